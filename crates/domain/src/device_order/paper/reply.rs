//! What was found goes back to whoever sent the paper, the way it came.

use super::refusals::{NOT_ON_PAPER, REPLIED, REPLY_DATE, SCAN_MISSING};
use crate::decision::{Decided, admit};
use crate::demand::model::Officer;
use crate::device_order::events::DeviceOrderEvent;
use crate::device_order::lifecycle::Command;
use crate::device_order::model::OnPaper;
use crate::device_order::refusals::admit_state;
use crate::device_order::{DeviceOrder, DeviceOrderDecision};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, at, whole};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The number and what was found were sent back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reply {
    pub sent_on: NaiveDate,
    pub by: Officer,
    pub at: DateTime<Utc>,
}

/// What an officer records, with what the rules look at.
#[derive(Clone, Debug)]
pub struct Replying {
    pub sent_on: NaiveDate,
    pub by: Officer,
    pub has_scan: bool,
    pub today: NaiveDate,
}

pub(super) type ReplyCheck = fn(Option<&OnPaper>, &Replying) -> Vec<String>;

pub(super) const RULES: &[Rule<ReplyCheck>] = &[
    Rule {
        number: "DO-96",
        legal: "refund act art. 38(4c); design",
        says: Sentence {
            pl: "Odpowiedź odnotowuje się przy zleceniu wpisanym z papieru.",
            en: "An answer is recorded of an order that was entered from paper.",
        },
        problem: NOT_ON_PAPER,
        broken_at: |paper, _| whole(paper.is_none()),
    },
    Rule {
        number: "DO-97",
        legal: "design",
        says: Sentence {
            pl: "Numer odsyła się, gdy skan papieru jest dołączony.",
            en: "The number is sent back once the scan of the paper is there.",
        },
        problem: SCAN_MISSING,
        broken_at: |paper, asked| whole(paper.is_some() && !asked.has_scan),
    },
    Rule {
        number: "DO-98",
        legal: "design",
        says: Sentence { pl: "Odpowiada się raz.", en: "There is one answer." },
        problem: REPLIED,
        broken_at: |paper, _| whole(paper.is_some_and(|paper| paper.reply.is_some())),
    },
    Rule {
        number: "DO-98b",
        legal: "design",
        says: Sentence {
            pl: "Odpowiedź następuje po wpływie, najpóźniej dziś.",
            en: "The answer follows the receipt, today at the latest.",
        },
        problem: REPLY_DATE,
        broken_at: |paper, asked| {
            let is_early = paper.is_some_and(|paper| asked.sent_on < paper.received_on);
            at("/sentOn", is_early || asked.sent_on > asked.today)
        },
    },
];

/// What stands in the way of an answer, whenever it was sent.
pub fn obstacles(order: &DeviceOrder, has_scan: bool) -> Vec<Violation> {
    let paper = order.state.issue().and_then(|issue| issue.paper.as_ref());
    match paper {
        None => vec![Violation::whole(NOT_ON_PAPER)],
        Some(_) if !has_scan => vec![Violation::whole(SCAN_MISSING)],
        Some(paper) if paper.reply.is_some() => vec![Violation::whole(REPLIED)],
        Some(_) => Vec::new(),
    }
}

fn faults(order: &DeviceOrder, asked: &Replying) -> Vec<Violation> {
    let paper = order.state.issue().and_then(|issue| issue.paper.as_ref());
    rule::broken(RULES, |check| check(paper, asked))
}

/// Records that the number went back, by the channel by which the paper came.
pub fn reply(order: DeviceOrder, asked: Replying, now: DateTime<Utc>) -> DeviceOrderDecision {
    admit_state(&order.state, Command::Reply)?;
    admit(faults(&order, &asked))?;
    let mut state = order.state;
    if let Some(paper) = state.issue_mut().and_then(|issue| issue.paper.as_mut()) {
        paper.reply = Some(Reply { sent_on: asked.sent_on, by: asked.by, at: now });
    }
    let document = DeviceOrder { state, changed_at: now, ..order };
    Ok(Decided { document, events: vec![DeviceOrderEvent::PaperAnswered {}] })
}
