//! What was issued on paper in an outage is entered in bulk: each line is judged and committed alone, and reported (ADR 47).

use super::PaperOrder;
use crate::App;
use crate::answer::{Answer, Render, StoredAnswer, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::device_order::view::DeviceOrderView;
use crate::entry::EntryWrite;
use crate::failure::{Existing, Failure};
use crate::idempotent::Done;
use domain::problem::Violation;

/// One paper of a batch, as it could be read.
#[derive(Clone, Debug)]
pub struct BatchLine {
    /// As it was sent.
    pub reference: Option<String>,
    pub order: Result<PaperOrder, Vec<Violation>>,
    /// SHA-256 over the line.
    pub fingerprint: [u8; 32],
}

/// What became of a line.
#[derive(Clone, Debug)]
pub enum LineOutcome {
    /// Entered now, or before under the same key.
    Entered(StoredAnswer),
    /// Its paper, or its client's reference, is known of another order.
    Known {
        existing: Existing,
        violations: Vec<Violation>,
    },
    Refused(Vec<Violation>),
}

/// A line with its outcome.
#[derive(Clone, Debug)]
pub struct LineReport {
    pub reference: Option<String>,
    pub outcome: LineOutcome,
}

/// What became of every line, in their order.
#[derive(Clone, Debug)]
pub struct BatchReport {
    id: String,
    pub lines: Vec<LineReport>,
}

impl App {
    /// The report is stored under the key once every line is through. Whoever sends the batch again before that, since the
    /// answer was lost, finds each line under a key of its own: nothing is entered twice, and nothing is left half done.
    #[tracing::instrument(name = "confirm_paper_orders", skip_all)]
    pub async fn confirm_paper_orders(
        &self,
        caller: &Caller,
        lines: Vec<BatchLine>,
        write: Write,
        render_line: Render<DeviceOrderView>,
        render: Render<BatchReport>,
    ) -> Result<Answer, Failure> {
        authorize_role(caller, Action::ConfirmPaperOrder).map_err(Failure::Denied)?;
        let turn = self.turn(caller, &write).await?;
        if let Some(earlier) = self.earlier_answer(caller, &write).await? {
            return Ok(Answer::Replayed(earlier));
        }
        let mut reports = Vec::new();
        for (place, line) in lines.into_iter().enumerate() {
            let reference = line.reference.clone();
            let outcome = self.enter_line(caller, place, line, &write, render_line).await?;
            reports.push(LineReport { reference, outcome });
        }
        let id = self.inner.entropy.id(self.inner.clock.now(&caller.space)).to_string();
        let report = BatchReport { id, lines: reports };
        let entry = EntryWrite {
            action: Action::ConfirmPaperOrder,
            operation: "confirm_paper_orders",
            document_kind: "PAPER_ORDER_BATCH",
            id_of: |report: &BatchReport| report.id.clone(),
            id: None,
            write,
            render,
        };
        let answered = self.insert_entry(caller, entry, move |_| Ok(report.clone())).await;
        drop(turn);
        answered
    }

    /// What concerns the line alone is its outcome; what would stop every other line, too, stops the batch.
    async fn enter_line(
        &self,
        caller: &Caller,
        place: usize,
        line: BatchLine,
        write: &Write,
        render: Render<DeviceOrderView>,
    ) -> Result<LineOutcome, Failure> {
        let order = match line.order {
            Ok(order) => order,
            Err(violations) => return Ok(LineOutcome::Refused(violations)),
        };
        let key = write.key.as_ref().map(|key| format!("{key}#{place}"));
        let write = Write { key, fingerprint: line.fingerprint, trace_id: write.trace_id.clone() };
        match self.enter_paper_order(caller, &order, &write, render).await {
            Ok(Done::Now(answer)) => Ok(LineOutcome::Entered(answer)),
            Ok(Done::Before(earlier)) => Ok(LineOutcome::Entered(earlier.answer)),
            Err(Failure::Refused(refused)) => Ok(match refused.existing {
                Some(existing) => LineOutcome::Known { existing, violations: refused.violations },
                None => LineOutcome::Refused(refused.violations),
            }),
            Err(other) => Err(other),
        }
    }
}
