//! Drawing an approved demand down: entries of import and dispensing, and their reversal.

use super::super::Check;
use super::super::events::DemandEvent;
use super::super::ledger::{Draw, Ledger, Realisation, RealisationKind, Reversal};
use super::super::lifecycle::{Command, Realised, Revoked, State, WithWholesaler};
use super::super::model::Demand;
use super::super::refusals::{
    LEDGER_BEYOND, LEDGER_CLOSED, LEDGER_DATE, LEDGER_EXPIRED_BATCH, LEDGER_FINAL_KIND, LEDGER_PACK_SIZE,
    LEDGER_PACKS, LEDGER_UNIT, REALISATION_REVERSED, SOURCE_COUNTRY_POLAND, WRONG_STATE, admit_state,
};
use crate::calendar::warsaw_date;
use crate::decision::{Decided, Decision, admit};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, whole};
use crate::values::Quantity;
use chrono::{DateTime, NaiveDate, Utc};

/// An entry that somebody wants to record.
#[derive(Clone, Debug)]
pub struct AskedRealisation {
    pub entry: Realisation,
    pub today: NaiveDate,
}

pub const REALISATION_RULES: &[Rule<Check<AskedRealisation>>] = &[
    Rule {
        number: "SD-26",
        legal: "design",
        says: Sentence {
            pl: "Rozchód liczy się w jednostce zgody.",
            en: "The ledger counts in the approved unit.",
        },
        problem: LEDGER_UNIT,
        broken_at: counted_in_the_approved_unit,
    },
    Rule {
        number: "SD-27",
        legal: "design",
        says: Sentence {
            pl: "Wpisy każdego rodzaju sumują się najwyżej do ilości w zgodzie; ostatnie pełne opakowanie może ją przekroczyć.",
            en: "Entries of each kind add up to at most the approved quantity; the last whole pack may reach beyond it.",
        },
        problem: LEDGER_BEYOND,
        broken_at: within_the_approved_quantity,
    },
    Rule {
        number: "SD-28",
        legal: "design",
        says: Sentence {
            pl: "Data czynności leży między rozstrzygnięciem a dniem wpisu.",
            en: "The date lies between the resolution and the day of entry.",
        },
        problem: LEDGER_DATE,
        broken_at: done_on_is_past,
    },
    Rule {
        number: "SD-29",
        legal: "PF art. 4(8a), art. 66",
        says: Sentence {
            pl: "Seria po terminie ważności nie może być w obrocie.",
            en: "A batch past its expiry date must not be in trade.",
        },
        problem: LEDGER_EXPIRED_BATCH,
        broken_at: batch_is_not_expired,
    },
    Rule {
        number: "SD-30",
        legal: "design",
        says: Sentence {
            pl: "Rozchód zamyka apteka, wpisem wydania.",
            en: "The pharmacy closes the ledger, with an entry of dispensing.",
        },
        problem: LEDGER_FINAL_KIND,
        broken_at: only_dispensing_closes,
    },
    Rule {
        number: "SD-32",
        legal: "design",
        says: Sentence {
            pl: "Wpis obejmuje co najmniej jedno opakowanie.",
            en: "An entry is of at least one pack.",
        },
        problem: LEDGER_PACKS,
        broken_at: at_least_one_pack,
    },
    Rule {
        number: "SD-35",
        legal: "design",
        says: Sentence {
            pl: "W zgodzie liczonej w opakowaniach każde opakowanie liczy się jako jedno.",
            en: "In an approval that counts in packs every pack counts as one.",
        },
        problem: LEDGER_PACK_SIZE,
        broken_at: a_pack_is_one_pack,
    },
    Rule {
        number: "SD-36",
        legal: "PF art. 4(1)",
        says: Sentence { pl: "Produkt pochodzi z zagranicy.", en: "The product comes from abroad." },
        problem: SOURCE_COUNTRY_POLAND,
        broken_at: brought_from_abroad,
    },
    Rule {
        number: "SD-37",
        legal: "design",
        says: Sentence {
            pl: "Po zamknięciu rozchodu nic się nie wydaje; przywóz można dopisać.",
            en: "Nothing is dispensed from a closed ledger; an import can still be entered.",
        },
        problem: LEDGER_CLOSED,
        broken_at: nothing_is_dispensed_from_a_closed_ledger,
    },
];

fn approved_quantity(demand: &Demand) -> Option<&Quantity> {
    demand.state.resolution().and_then(|resolution| resolution.draft.approved_quantity.as_ref())
}

/// What was revoked after it was passed on: there is still to be entered what was done until that day.
fn revoked_on(state: &State) -> Option<NaiveDate> {
    match state {
        State::Revoked(revoked) => Some(warsaw_date(revoked.revocation.revoked_at)),
        _ => None,
    }
}

fn draw<'a>(demand: &'a Demand, asked: &'a AskedRealisation) -> Draw<'a> {
    Draw {
        entry: &asked.entry,
        approved: approved_quantity(demand).copied(),
        ledger: demand.state.ledger(),
        first_day: demand.state.resolution().map(|resolution| resolution.resolved_on),
        last_day: revoked_on(&demand.state).map_or(asked.today, |day| day.min(asked.today)),
    }
}

fn at_least_one_pack(demand: &Demand, asked: &AskedRealisation) -> Vec<String> {
    draw(demand, asked).of_no_pack()
}

fn a_pack_is_one_pack(demand: &Demand, asked: &AskedRealisation) -> Vec<String> {
    draw(demand, asked).pack_of_several()
}

fn brought_from_abroad(demand: &Demand, asked: &AskedRealisation) -> Vec<String> {
    draw(demand, asked).from_poland()
}

fn nothing_is_dispensed_from_a_closed_ledger(demand: &Demand, asked: &AskedRealisation) -> Vec<String> {
    let is_closed = matches!(demand.state, State::Realised(_));
    whole(is_closed && asked.entry.kind == RealisationKind::Dispensed)
}

fn counted_in_the_approved_unit(demand: &Demand, asked: &AskedRealisation) -> Vec<String> {
    draw(demand, asked).of_another_unit()
}

fn within_the_approved_quantity(demand: &Demand, asked: &AskedRealisation) -> Vec<String> {
    draw(demand, asked).beyond_what_is_approved()
}

fn done_on_is_past(demand: &Demand, asked: &AskedRealisation) -> Vec<String> {
    draw(demand, asked).out_of_time()
}

fn batch_is_not_expired(demand: &Demand, asked: &AskedRealisation) -> Vec<String> {
    draw(demand, asked).of_an_expired_batch()
}

fn only_dispensing_closes(demand: &Demand, asked: &AskedRealisation) -> Vec<String> {
    draw(demand, asked).closed_by_an_import()
}

/// A demand with the ledger entry that was recorded or reversed.
pub type LedgerDecision = Decision<(Demand, Realisation), DemandEvent>;

/// Records an entry; the ledger's end realises the demand.
pub fn realise(demand: Demand, entry: Realisation, now: DateTime<Utc>) -> LedgerDecision {
    admit_state(&demand.state, Command::Realisation)?;
    let asked = AskedRealisation { entry, today: warsaw_date(now) };
    let asked = AskedRealisation { entry: draw(&demand, &asked).counted(), ..asked };
    admit(rule::broken(REALISATION_RULES, |check| check(&demand, &asked)))?;
    let exhausted = |ledger: &Ledger| approved_quantity(&demand).is_some_and(|q| ledger.is_exhausted(q));
    let ledger = demand.state.ledger().cloned().unwrap_or_default().with(&asked.entry);
    let is_done = exhausted(&ledger);
    let mut events = vec![DemandEvent::RealisationRecorded { realisation: asked.entry.id }];
    let state = match demand.state {
        State::WithWholesaler(held) if is_done => {
            events.push(DemandEvent::DemandRealised {});
            let WithWholesaler { approved, handover, .. } = *held;
            State::Realised(Box::new(Realised { approved, handover, ledger, at: now }))
        }
        State::WithWholesaler(held) => State::WithWholesaler(Box::new(WithWholesaler { ledger, ..*held })),
        // The wholesaler enters what was brought in for packs that were dispensed meanwhile.
        State::Realised(done) => State::Realised(Box::new(Realised { ledger, ..*done })),
        // Of what was never passed on nobody is a party who enters anything.
        State::Revoked(revoked) => State::Revoked(Box::new(Revoked { ledger, ..*revoked })),
        _ => return Err(vec![Violation::whole(WRONG_STATE)]),
    };
    Ok(Decided { document: (Demand { state, changed_at: now, ..demand }, asked.entry), events })
}

pub const REVERSAL_RULES: &[Rule<Check<Realisation>>] = &[Rule {
    number: "SD-31",
    legal: "design",
    says: Sentence {
        pl: "Wpis wycofuje się raz; sam wpis się nie zmienia.",
        en: "An entry is reversed once; the entry itself never changes.",
    },
    problem: REALISATION_REVERSED,
    broken_at: entry_stands,
}];

fn entry_stands(_: &Demand, entry: &Realisation) -> Vec<String> {
    whole(entry.reversal.is_some())
}

/// Reverses an entry; what it had drawn is free again, and a finished demand may be open again.
pub fn reverse(demand: Demand, entry: Realisation, reversal: Reversal, now: DateTime<Utc>) -> LedgerDecision {
    admit_state(&demand.state, Command::RealisationReversal)?;
    admit(rule::broken(REVERSAL_RULES, |check| check(&demand, &entry)))?;
    let ledger = demand.state.ledger().cloned().unwrap_or_default().without(&entry);
    let still_done = approved_quantity(&demand).is_some_and(|approved| ledger.is_exhausted(approved));
    let mut events = vec![DemandEvent::RealisationReversed { realisation: entry.id }];
    let state = match demand.state {
        State::WithWholesaler(held) => State::WithWholesaler(Box::new(WithWholesaler { ledger, ..*held })),
        State::Realised(done) if still_done => State::Realised(Box::new(Realised { ledger, ..*done })),
        State::Realised(done) => {
            events.push(DemandEvent::DemandReopened {});
            let Realised { approved, handover, .. } = *done;
            State::WithWholesaler(Box::new(WithWholesaler { approved, handover, ledger }))
        }
        State::Revoked(revoked) => State::Revoked(Box::new(Revoked { ledger, ..*revoked })),
        _ => return Err(vec![Violation::whole(WRONG_STATE)]),
    };
    let entry = Realisation { reversal: Some(reversal), ..entry };
    Ok(Decided { document: (Demand { state, changed_at: now, ..demand }, entry), events })
}
