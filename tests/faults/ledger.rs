//! What the database holds of every submission, and whether all that belongs together is there together.

use crate::database::Home;
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Longer than the lease of a sequencer that was killed.
const NUMBERING: Duration = Duration::from_secs(30);

/// What is stored of one demand's submission.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName)]
pub(crate) struct Trace {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = BigInt)]
    revision: i64,
    #[diesel(sql_type = BigInt)]
    entries: i64,
    #[diesel(sql_type = BigInt)]
    events: i64,
    #[diesel(sql_type = BigInt)]
    signatures: i64,
    #[diesel(sql_type = BigInt)]
    answers: i64,
}

impl Trace {
    /// Document, audit entry, event, signature and stored answer: all of them once, or none. Anything between is a fault.
    pub(crate) fn is_submitted(&self) -> bool {
        let parts = [self.entries, self.events, self.signatures, self.answers];
        match (self.state.as_str(), self.revision, parts) {
            ("AWAITING_CONSULTANT", 2, [1, 1, 1, 1]) => true,
            ("DRAFT", 1, [0, 0, 0, 0]) => false,
            _ => panic!("neither wholly submitted nor untouched: {self:?}"),
        }
    }

    /// As the demand's `ETag` says it.
    pub(crate) fn etag(&self) -> String {
        format!("\"{}\"", self.revision)
    }

    pub(crate) fn state(&self) -> &str {
        &self.state
    }
}

/// Every demand with what is stored of its submission.
pub(crate) fn traces(home: &Home) -> BTreeMap<String, Trace> {
    let counted = |table: &str, condition: &str| {
        format!("(SELECT document_id, count(*) AS n FROM {table} WHERE {condition} GROUP BY document_id)")
    };
    let sql = format!(
        "SELECT d.id, d.state, d.revision, coalesce(a.n, 0) AS entries, coalesce(e.n, 0) AS events, \
         coalesce(s.n, 0) AS signatures, coalesce(i.n, 0) AS answers FROM demands d \
         LEFT JOIN {} a ON a.document_id = d.id LEFT JOIN {} e ON e.document_id = d.id \
         LEFT JOIN {} s ON s.document_id = d.id LEFT JOIN {} i ON i.document_id = d.id",
        counted("audit", "action = 'submit_demand' AND refusal IS NULL"),
        counted("events", "type = 'DemandSubmitted'"),
        counted("signatures", "step = 'demand'"),
        counted("idempotency", "operation = 'submit_demand' AND answer IS NOT NULL"),
    );
    home.rows::<Trace>(&sql).into_iter().map(|trace| (trace.id.clone(), trace)).collect()
}

/// Rows that have lost what belongs to them: each of these queries counts none in a sound database.
const ORPHANS: [(&str, &str); 8] = [
    (
        "event without its document",
        "events e WHERE NOT EXISTS (SELECT 1 FROM demands d WHERE d.id = e.document_id)",
    ),
    (
        "event without readers",
        "events e WHERE NOT EXISTS (SELECT 1 FROM event_audience r WHERE r.event_id = e.id)",
    ),
    (
        "reader with another number",
        "event_audience r JOIN events e ON e.id = r.event_id WHERE r.seq <> e.seq",
    ),
    (
        "document without its patient",
        "demands d WHERE NOT EXISTS (SELECT 1 FROM demand_patients p WHERE p.demand_id = d.id)",
    ),
    (
        "document without the entry of its creation",
        "demands d WHERE NOT EXISTS \
      (SELECT 1 FROM audit a WHERE a.document_id = d.id AND a.action = 'create_demand')",
    ),
    (
        "entry without its document",
        "audit a WHERE a.document_id IS NOT NULL AND NOT EXISTS \
      (SELECT 1 FROM demands d WHERE d.id = a.document_id)",
    ),
    ("key without its answer", "idempotency WHERE answer IS NULL"),
    (
        "signature without its document",
        "signatures s WHERE NOT EXISTS (SELECT 1 FROM demands d WHERE d.id = s.document_id)",
    ),
];

/// Nothing stands alone, and the numbers of events and of audit entries have no gap.
pub(crate) async fn is_sound(home: &Home) {
    numbered(home).await;
    for (what, rows) in ORPHANS {
        assert_eq!(home.number(&format!("SELECT count(*) AS number FROM {rows}")), 0, "{what}");
    }
    for table in ["events", "audit"] {
        let gaps = format!("SELECT coalesce(max(seq), 0) - count(*) AS number FROM {table}");
        assert_eq!(home.number(&gaps), 0, "the numbers of {table} have a gap");
    }
}

/// Waits until everything that is committed has its number.
pub(crate) async fn numbered(home: &Home) {
    let waiting = "SELECT (SELECT count(*) FROM events WHERE seq IS NULL) + \
                   (SELECT count(*) FROM audit WHERE seq IS NULL) AS number";
    let until = Instant::now() + NUMBERING;
    while home.number(waiting) > 0 {
        assert!(Instant::now() < until, "the sequencer does not come to an end");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
