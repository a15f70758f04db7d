//! The numbered rules of outages, and of what they hold.

use super::refusals::{OUTAGE_ENDED, OUTAGE_FAR, OUTAGE_LASTS, OUTAGE_RELEASED, OUTAGE_SPAN};
use crate::problem::{ProblemType, Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, at};
use chrono::{DateTime, TimeDelta, Utc};

/// Beginning and end, as far as the end is known, and when they are told.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    pub from: DateTime<Utc>,
    pub until: Option<DateTime<Utc>>,
    pub now: DateTime<Utc>,
}

/// Looks at the span; the pointers at which it is broken.
pub type SpanCheck = fn(&Span) -> Vec<String>;

pub const SPAN_RULES: &[Rule<SpanCheck>] = &[
    Rule {
        number: "OU-01",
        legal: "design",
        says: Sentence {
            pl: "Awaria kończy się po tym, jak się zaczęła.",
            en: "An outage ends after it began.",
        },
        problem: OUTAGE_SPAN,
        broken_at: ends_after_it_began,
    },
    Rule {
        number: "OU-02",
        legal: "design",
        says: Sentence {
            pl: "Początek i koniec awarii leżą nie dalej niż rok od chwili wpisu.",
            en: "Beginning and end of an outage lie within a year of the entry.",
        },
        problem: OUTAGE_FAR,
        broken_at: lies_within_a_year,
    },
];

fn ends_after_it_began(span: &Span) -> Vec<String> {
    at("/until", span.until.is_some_and(|until| until <= span.from))
}

fn lies_within_a_year(span: &Span) -> Vec<String> {
    let is_far = |at: DateTime<Utc>| (at - span.now).abs() > TimeDelta::days(366);
    [at("/from", is_far(span.from)), at("/until", span.until.is_some_and(is_far))].concat()
}

pub fn span_faults(span: Span) -> Vec<Violation> {
    rule::broken(SPAN_RULES, |check| check(&span))
}

/// What the terms of every document obey; it is kept by their evaluation and refuses nothing.
const HELD: RuleEntry = RuleEntry {
    operation: "elapse",
    number: "OU-06",
    legal: "PF art. 4ad(8); design",
    says: Sentence {
        pl: "Termin, którego ostatni dzień objęła zapisana awaria systemu, kończy się dopiero po ustalonym czasie od jej końca albo gdy zwolni go urzędnik; termin, który skończył się, zanim awarię zapisano, nie wraca.",
        en: "A term on whose last day a recorded outage of the system fell ends only a set time after the outage, or when an officer releases it; one that had ended before the outage was recorded does not come back.",
    },
    code: "–",
};

/// What the service does before it lets a term end after its own silence.
const SILENCE: RuleEntry = RuleEntry {
    operation: "–",
    number: "OU-07",
    legal: "PF art. 4ad(8); design",
    says: Sentence {
        pl: "Jeżeli usługa milczała dłużej, niż dopuszcza operator, i skończył się w tym czasie termin, którego nie wstrzymuje zapisana awaria, usługa sama zapisuje to milczenie jako awarię, zanim zastosuje jakikolwiek termin.",
        en: "Where the service was silent for longer than the operator lets pass, and a term ended meanwhile that no recorded outage holds, the service records that silence as an outage itself before it applies any term.",
    },
    code: "–",
};

/// What a silence holds until it is on record.
const UNTIL_SERVED: RuleEntry = RuleEntry {
    operation: "elapse",
    number: "OU-08",
    legal: "PF art. 4ad(8); design",
    says: Sentence {
        pl: "Dopóki trwa milczenie dłuższe, niż dopuszcza operator, nie kończy się żaden termin, którego koniec, także odsunięty przez awarię, przypadł w tym milczeniu; samoczynnie kończą się tylko terminy, które upłynęły, zanim usługa ostatnio dała znak, że odpowiada.",
        en: "While a silence lasts that is longer than the operator lets pass, no term ends whose end, also one that an outage put off, fell in it; by itself the service ends only terms that ran out before it last said that it answers.",
    },
    code: "–",
};

pub fn entries() -> Vec<RuleEntry> {
    let of_state = |number, problem: &'static ProblemType, operation| RuleEntry {
        operation,
        number,
        legal: "design",
        says: problem.says,
        code: problem.code,
    };
    let mut entries: Vec<RuleEntry> = SPAN_RULES.iter().map(|rule| rule.entry("outages, end")).collect();
    entries.push(of_state("OU-03", OUTAGE_ENDED, "end"));
    entries.push(of_state("OU-04", OUTAGE_LASTS, "release"));
    entries.push(of_state("OU-05", OUTAGE_RELEASED, "release"));
    entries.push(HELD);
    entries.extend([SILENCE, UNTIL_SERVED]);
    entries
}
