//! The rules of an entry of paper. They look at the dates on the paper and never at the day of the entry, except that
//! nothing lies in the future.

use super::refusals::{
    DATES, DUPLICATE, FORCE_MAJEURE_DIFFERS, NOT_PRISON, OPINION_LATE, OPINION_NOT_CONFIRMED, OUTAGE_DIFFERS,
    REPRESENTATIVE_DATE, REPRESENTATIVE_LATE, SCAN_MISSING, SENT_LATE,
};
use super::{Dates, Grounds, Scan, entry};
use crate::demand::clocks::ClockKind;
use crate::demand::content::Content;
use crate::demand::issue::{self, EntityOnRecord, PhysicianOnRecord};
use crate::demand::model::{Consultant, Demand, Verdict};
use crate::demand::refusals::{
    CONSULTANT_IS_PHYSICIAN, CONSULTANT_UNKNOWN, ENTITY_DIFFERS, PHYSICIAN_DIFFERS,
};
use crate::ids::OrganisationId;
use crate::outage::Outage;
use crate::paper;
use crate::paper::formerly::{self, Formerly};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, at, whole};
use crate::values::{Npwz, Text};
use chrono::NaiveDate;

/// What the paper says beside the demand itself.
#[derive(Clone, Debug)]
pub struct Asked {
    /// `None` when nobody on record was chosen.
    pub consultant: Option<Consultant>,
    pub verdict: Verdict,
    pub justification: Option<Text<8000>>,
    pub grounds: Grounds,
    pub dates: Dates,
    pub scan: Scan,
}

/// The entity that the content names by its number of the register.
#[derive(Clone, Debug)]
pub struct IssuingEntity {
    pub id: OrganisationId,
    pub on_record: EntityOnRecord,
    /// For people deprived of liberty (SIOZ art. 1(3)).
    pub is_prison: bool,
}

/// What is on record.
#[derive(Clone, Debug)]
pub struct Facts {
    pub physician: Option<PhysicianOnRecord>,
    pub entity: Option<IssuingEntity>,
    /// The outage that the grounds name.
    pub outage: Option<Outage>,
    /// The same scan, or the same paper by physician, patient, product and date, was entered before.
    pub is_known: bool,
    /// The same scan was entered as a notification or an order.
    pub is_other_document: bool,
    /// What the same paper was entered as, and withdrawn; it warns (PE-40).
    pub formerly: Option<Formerly>,
    pub today: NaiveDate,
}

/// An entry before it is judged.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    pub content: &'a Content,
    pub asked: &'a Asked,
    pub facts: &'a Facts,
    /// The demand as a correction makes it; a first entry has none yet.
    pub corrected: Option<&'a Demand>,
}

pub type PaperCheck = fn(&Judged<'_>) -> Vec<String>;

pub const RULES: &[Rule<PaperCheck>] = &[
    Rule {
        number: "PE-01",
        legal: "PF art. 4ad(8)",
        says: Sentence {
            pl: "Na papierze wystawia się w czasie zapisanej awarii systemu.",
            en: "A demand is issued on paper in a recorded outage of the system.",
        },
        problem: OUTAGE_DIFFERS,
        broken_at: outage_covers_the_issue,
    },
    Rule {
        number: "PE-02",
        legal: "PF art. 4ad(8)",
        says: Sentence {
            pl: "Na papierze wystawia się w czasie działania siły wyższej.",
            en: "A demand is issued on paper in a period of force majeure.",
        },
        problem: FORCE_MAJEURE_DIFFERS,
        broken_at: force_majeure_covers_the_issue,
    },
    Rule {
        number: "PE-03",
        legal: "PF art. 4ad(8); SIOZ art. 1(3)",
        says: Sentence {
            pl: "Podmioty dla osób pozbawionych wolności wystawiają na papierze zawsze.",
            en: "Entities for people deprived of liberty may always issue on paper.",
        },
        problem: NOT_PRISON,
        broken_at: entity_is_of_a_prison,
    },
    Rule {
        number: "PE-04",
        legal: "PF art. 4ac(2), 4ad(1)-(3)",
        says: Sentence {
            pl: "Wystawienie, wpływ do reprezentanta, jego podpis, wpływ do konsultanta, opinia, wysłanie i wpływ do ministra następują po sobie, najpóźniej dziś.",
            en: "Issue, receipt by the representative and their signature, receipt by the consultant, opinion, sending and receipt by the minister follow each other, today at the latest.",
        },
        problem: DATES,
        broken_at: dates_follow_each_other,
    },
    Rule {
        number: "PE-05",
        legal: "PF art. 4ac(2)",
        says: Sentence {
            pl: "Reprezentant podpisuje w ciągu 3 dni od otrzymania; gdy papier nie podaje dnia wpływu – od wystawienia.",
            en: "The representative signs within 3 days of receipt; where the paper states none, of the issue.",
        },
        problem: REPRESENTATIVE_LATE,
        broken_at: representative_signed_in_time,
    },
    Rule {
        number: "PE-06",
        legal: "PF art. 4ad(1)",
        says: Sentence {
            pl: "Konsultant wydaje opinię w ciągu 7 dni od otrzymania.",
            en: "The consultant gives the opinion within 7 days of receipt.",
        },
        problem: OPINION_LATE,
        broken_at: opinion_given_in_time,
    },
    Rule {
        number: "PE-07",
        legal: "PF art. 4ad(3)",
        says: Sentence {
            pl: "Zapotrzebowanie wysyła się do ministra w ciągu 60 dni od wystawienia.",
            en: "A demand is sent to the minister within 60 days of its issue.",
        },
        problem: SENT_LATE,
        broken_at: sent_in_time,
    },
    Rule {
        number: "PE-08",
        legal: "PF art. 4ac(1)",
        says: Sentence {
            pl: "Przy zastosowaniu w podmiocie, i tylko wtedy, otrzymuje je i podpisuje też reprezentant.",
            en: "For use in a facility, and only then, the representative receives it and signs too.",
        },
        problem: REPRESENTATIVE_DATE,
        broken_at: representative_signed_where_one_signs,
    },
    Rule {
        number: "PE-09",
        legal: "PF art. 4ad(2)",
        says: Sentence {
            pl: "Do ministra trafia zapotrzebowanie, którego zasadność konsultant potwierdził.",
            en: "A demand that the consultant has confirmed reaches the minister.",
        },
        problem: OPINION_NOT_CONFIRMED,
        broken_at: opinion_confirms,
    },
    Rule {
        number: "PE-10",
        legal: "PF art. 4ac(1)",
        says: Sentence {
            pl: "Lekarz wskazany w treści jest w systemie zapisany pod tym numerem i nazwiskiem.",
            en: "The physician whom the content names is on record under that number and name.",
        },
        problem: PHYSICIAN_DIFFERS,
        broken_at: physician_is_on_record,
    },
    Rule {
        number: "PE-11",
        legal: "PF art. 4ac(3)-(4)",
        says: Sentence {
            pl: "Podmiot wskazany w treści jest w systemie zapisany pod tym numerem i NIP.",
            en: "The entity that the content names is on record under that number and NIP.",
        },
        problem: ENTITY_DIFFERS,
        broken_at: entity_is_on_record,
    },
    Rule {
        number: "PE-12",
        legal: "PF art. 4ad(1)",
        says: Sentence {
            pl: "Opinię wydał konsultant zapisany w systemie.",
            en: "A consultant on record gave the opinion.",
        },
        problem: CONSULTANT_UNKNOWN,
        broken_at: consultant_is_on_record,
    },
    Rule {
        number: "PE-13",
        legal: "design",
        says: Sentence {
            pl: "Konsultant nie ocenia zapotrzebowania, które sam wystawił, prowadzi lub prowadził, także po poprawce.",
            en: "A consultant does not assess a demand that they have issued, hold or have held, nor by a correction.",
        },
        problem: CONSULTANT_IS_PHYSICIAN,
        broken_at: consultant_is_another_person,
    },
    Rule {
        number: "PE-14",
        legal: "design",
        says: Sentence {
            pl: "Ten sam papier – ten sam skan albo te same podmiot, lekarz, pacjent, produkt i dzień – wpisuje się raz.",
            en: "The same paper – the same scan, or the same entity, physician, patient, product and day – is entered once.",
        },
        problem: DUPLICATE,
        broken_at: was_not_entered_before,
    },
    Rule {
        number: "PE-38",
        legal: "design",
        says: Sentence {
            pl: "Skanu, z którym wpisano zgłoszenie hurtowni albo zlecenie na wyroby medyczne, nie wpisuje się jako zapotrzebowania.",
            en: "The scan with which a wholesaler's notification or an order for medical devices was entered is not entered as a demand.",
        },
        problem: DUPLICATE,
        broken_at: was_not_entered_as_another_document,
    },
];

fn outage_covers_the_issue(entry: &Judged<'_>) -> Vec<String> {
    let (Asked { grounds, dates, .. }, known) = (entry.asked, entry.facts.outage.as_ref());
    let misses = grounds.hindrance().is_some_and(|it| it.misses_outage(known, dates.issued_on));
    at("/grounds/outageId", misses)
}

fn force_majeure_covers_the_issue(entry: &Judged<'_>) -> Vec<String> {
    let Asked { grounds, dates, .. } = entry.asked;
    at("/grounds/from", grounds.hindrance().is_some_and(|it| it.misses_force_majeure(dates.issued_on)))
}

fn entity_is_of_a_prison(entry: &Judged<'_>) -> Vec<String> {
    let is_prison = entry.facts.entity.as_ref().is_some_and(|entity| entity.is_prison);
    at("/grounds/kind", entry.asked.grounds == Grounds::PrisonEntity && !is_prison)
}

fn dates_follow_each_other(entry: &Judged<'_>) -> Vec<String> {
    let dates = &entry.asked.dates;
    let steps = [
        ("/issuedOn", Some(dates.issued_on)),
        ("/representativeReceivedOn", dates.representative_received_on),
        ("/representativeSignedOn", dates.representative_signed_on),
        ("/opinion/receivedOn", Some(dates.consultant_received_on)),
        ("/opinion/givenOn", Some(dates.opinion_given_on)),
        ("/sentOn", Some(dates.sent_on)),
        ("/receivedOn", Some(dates.received_on)),
    ];
    paper::out_of_order(steps, entry.facts.today)
}

/// Later than the last day of a term that began on that date.
fn is_late(term: ClockKind, began_on: NaiveDate, done_on: NaiveDate) -> bool {
    done_on > term.term().last_day(began_on)
}

fn representative_signed_in_time(entry: &Judged<'_>) -> Vec<String> {
    let dates = &entry.asked.dates;
    let began_on = dates.representative_received_on.unwrap_or(dates.issued_on);
    let late = dates
        .representative_signed_on
        .is_some_and(|signed_on| is_late(ClockKind::RepresentativeApproval, began_on, signed_on));
    at("/representativeSignedOn", late)
}

fn opinion_given_in_time(entry: &Judged<'_>) -> Vec<String> {
    let Dates { consultant_received_on, opinion_given_on, .. } = entry.asked.dates;
    at("/opinion/givenOn", is_late(ClockKind::Opinion, consultant_received_on, opinion_given_on))
}

fn sent_in_time(entry: &Judged<'_>) -> Vec<String> {
    let Dates { issued_on, sent_on, .. } = entry.asked.dates;
    at("/sentOn", is_late(ClockKind::SubmissionToMinister, issued_on, sent_on))
}

fn representative_signed_where_one_signs(entry: &Judged<'_>) -> Vec<String> {
    let Dates { representative_received_on, representative_signed_on, .. } = entry.asked.dates;
    let signs = entry.content.is_in_facility();
    let mut places = at("/representativeReceivedOn", representative_received_on.is_some() && !signs);
    places.extend(at("/representativeSignedOn", representative_signed_on.is_some() != signs));
    places
}

fn opinion_confirms(entry: &Judged<'_>) -> Vec<String> {
    at("/opinion/verdict", entry.asked.verdict != Verdict::Confirmed)
}

fn physician_is_on_record(entry: &Judged<'_>) -> Vec<String> {
    match (&entry.facts.physician, &entry.content.physician.npwz) {
        (Some(known), _) => issue::physician_differs_at(entry.content, known),
        (None, stated) => at("/content/physician/npwz", stated.is_some()),
    }
}

fn entity_is_on_record(entry: &Judged<'_>) -> Vec<String> {
    match (&entry.facts.entity, &entry.content.entity.rpwdl_number) {
        (Some(known), _) => issue::entity_differs_at(entry.content, &known.on_record),
        (None, stated) => at("/content/entity/rpwdlNumber", stated.is_some()),
    }
}

fn consultant_is_on_record(entry: &Judged<'_>) -> Vec<String> {
    at("/consultantId", entry.asked.consultant.is_none())
}

fn consultant_is_another_person(entry: &Judged<'_>) -> Vec<String> {
    let is_theirs = |chosen: &Npwz| match entry.corrected {
        Some(demand) => demand.is_or_was_of(chosen),
        None => entry.content.physician.npwz.as_ref() == Some(chosen),
    };
    at("/consultantId", entry.asked.consultant.as_ref().is_some_and(|chosen| is_theirs(&chosen.npwz)))
}

fn was_not_entered_before(entry: &Judged<'_>) -> Vec<String> {
    whole(entry.facts.is_known)
}

fn was_not_entered_as_another_document(entry: &Judged<'_>) -> Vec<String> {
    at("/scan/sha256", entry.facts.is_other_document)
}

/// Everything that stands in the way of this entry; the content is judged as of the day of its issue.
pub fn faults(content: &Content, asked: &Asked, facts: &Facts) -> Vec<Violation> {
    all_faults(&Judged { content, asked, facts, corrected: None })
}

/// The same of the demand that a correction would make.
pub fn faults_of_correction(demand: &Demand, asked: &Asked, facts: &Facts) -> Vec<Violation> {
    all_faults(&Judged { content: &demand.content, asked, facts, corrected: Some(demand) })
}

fn all_faults(entry: &Judged<'_>) -> Vec<Violation> {
    let mut faults = issue::content_faults_on(entry.content, entry.asked.dates.issued_on);
    faults.extend(rule::broken(RULES, |check| check(entry)));
    faults
}

const SCAN: RuleEntry = RuleEntry {
    operation: "resolution-draft",
    number: "PE-15",
    legal: "PF art. 4ad(8); design",
    says: Sentence {
        pl: "Rozstrzyga się dopiero, gdy do sprawy dołączono skan papieru o podanym skrócie.",
        en: "A resolution is prepared only once the scan of the paper, with the stated digest, is in the case.",
    },
    code: SCAN_MISSING.code,
};

/// What the clocks obey; it refuses nothing.
const NEVER_EXPIRES: RuleEntry = RuleEntry {
    operation: "paper-entries",
    number: "PE-19",
    legal: "PF art. 4ad(3), 4ad(8)",
    says: Sentence {
        pl: "Terminy ocenia się według dat na papierze; co wysłano w terminie, nie wygasa przez późniejszy wpis.",
        en: "Terms are judged by the dates on the paper; what was sent in time does not expire by being entered later.",
    },
    code: "–",
};

pub fn entries() -> Vec<RuleEntry> {
    let mut entries: Vec<RuleEntry> = RULES.iter().map(|rule| rule.entry("paper-entries")).collect();
    entries.push(SCAN);
    entries.extend(entry::CORRECTION_RULES.iter().map(|rule| rule.entry("paper-correction")));
    entries.push(NEVER_EXPIRES);
    entries.extend(formerly::RULES.iter().map(|rule| rule.entry("paper-entries, validations")));
    entries
}
