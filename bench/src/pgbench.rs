//! The rows of one real submission, inserted by pgbench one statement at a time: what the database alone can do.

use crate::load::{Measured, histogram};
use crate::postgres::Database;
use crate::settings::{CONNECTIONS, Scale};
use crate::workload::{Cell, Operation};
use crate::{Outcome, tell};
use serde_json::{Map, Value};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;

/// What a submission wrote, as the tables hold it; the last submitted demand stands for all.
const ROWS: &str = "
SELECT json_build_object(
    'demands', json_build_array(row_to_json(d)),
    'idempotency', (SELECT json_agg(t) FROM idempotency t WHERE t.document_id = d.id AND t.operation = 'submit_demand'),
    'deadlines', (SELECT json_agg(t) FROM deadlines t WHERE t.document_id = d.id),
    'signatures', (SELECT json_agg(t) FROM signatures t WHERE t.document_id = d.id),
    'audit', (SELECT json_agg(t) FROM audit t WHERE t.document_id = d.id AND t.action = 'submit_demand'),
    'events', (SELECT json_agg(t) FROM events t WHERE t.document_id = d.id),
    'event_audience', (SELECT json_agg(t) FROM event_audience t JOIN events e ON e.id = t.event_id WHERE e.document_id = d.id)
)
FROM demands d WHERE d.state = 'AWAITING_CONSULTANT' ORDER BY d.id DESC LIMIT 1";

/// Copies of that demand as it was before its submission, for pgbench to update.
const DRAFTS: &str = "
INSERT INTO demands
SELECT r.* FROM demands d, generate_series(1, ROWS) n,
    LATERAL jsonb_populate_record(d, jsonb_build_object(
        'id', lpad(n::text, 36, '0'), 'number', 'BENCH-' || n, 'client_reference', NULL, 'state', 'DRAFT', 'revision', 1,
        'consultant_npwz', NULL, 'is_issued', false, 'due_at', NULL)) r
WHERE d.id = (SELECT max(id) FROM demands WHERE state = 'AWAITING_CONSULTANT');
VACUUM ANALYZE demands;
CHECKPOINT;";

/// Given by the sequencer, later and to everybody alike.
const NOT_INSERTED: [&str; 3] = ["ordinal", "seq", "chain"];
/// Never written again after a draft's creation, or unique to it.
const NOT_UPDATED: [&str; 11] = [
    "id",
    "space",
    "kind",
    "number",
    "entity_id",
    "client_id",
    "created_at",
    "key_version",
    "wrapped_key",
    "client_reference",
    "resolution_number",
];

/// A script with the values that it names.
struct Script {
    text: String,
    values: Vec<(String, String)>,
}

impl Script {
    /// One transaction, each row a statement of its own.
    fn of(rows: &Value, drafts: u32) -> Outcome<Self> {
        let all =
            format!("\\set draft random(1, {drafts})\n\\set n random(1, 9223372036854775806)\nBEGIN;\n");
        let mut script = Self { text: all, values: Vec::new() };
        for row in table(rows, "idempotency")? {
            script.insert("idempotency", row, &[("key", "lpad((:n)::text, 48, '0')")])?;
        }
        for row in table(rows, "demands")? {
            script.update(row)?;
        }
        for row in table(rows, "deadlines")? {
            script.insert("deadlines", row, &[("document_id", UNIQUE)])?;
        }
        for row in table(rows, "signatures")? {
            let digest = "decode(lpad(to_hex((:n)::bigint), 64, '0'), 'hex')";
            script.insert("signatures", row, &[("id", UNIQUE), ("payload_sha256", digest)])?;
        }
        for row in table(rows, "audit")? {
            script.insert("audit", row, &[("id", UNIQUE)])?;
        }
        for row in table(rows, "events")? {
            script.insert("events", row, &[("id", UNIQUE)])?;
        }
        for row in table(rows, "event_audience")? {
            script.insert("event_audience", row, &[("event_id", UNIQUE)])?;
        }
        script.text.push_str("END;\n");
        Ok(script)
    }

    /// With these expressions in the place of what must be unique.
    fn insert(&mut self, table: &str, row: &Map<String, Value>, unique: &[(&str, &str)]) -> Outcome<()> {
        let (mut columns, mut values) = (Vec::new(), Vec::new());
        for (column, value) in row {
            if value.is_null() || NOT_INSERTED.contains(&column.as_str()) {
                continue;
            }
            columns.push(column.as_str());
            match unique.iter().find(|(name, _)| name == column) {
                Some((_, expression)) => values.push((*expression).to_owned()),
                None => values.push(self.value(table, column, value)),
            }
        }
        writeln!(self.text, "INSERT INTO {table} ({}) VALUES ({});", columns.join(", "), values.join(", "))?;
        Ok(())
    }

    fn update(&mut self, row: &Map<String, Value>) -> Outcome<()> {
        let changed = row.iter().filter(|(column, _)| !NOT_UPDATED.contains(&column.as_str()));
        let set: Vec<String> = changed
            .map(|(column, value)| format!("{column} = {}", self.value("demands", column, value)))
            .collect();
        let found = "id = lpad((:draft)::text, 36, '0') AND revision > 0";
        writeln!(self.text, "UPDATE demands SET {} WHERE {found};", set.join(", "))?;
        Ok(())
    }

    /// A parameter of the prepared statement, as a program would send it.
    fn value(&mut self, table: &str, column: &str, value: &Value) -> String {
        let text = match value {
            Value::Null => return "NULL".to_owned(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let name = format!("{table}_{column}_{}", self.values.len());
        let parameter = format!(":{name}");
        self.values.push((name, text));
        parameter
    }
}

/// Thirty-six characters, as long as a UUID.
const UNIQUE: &str = "lpad((:n)::text, 36, '0')";

fn table<'r>(rows: &'r Value, name: &str) -> Outcome<Vec<&'r Map<String, Value>>> {
    let found = rows.get(name).and_then(Value::as_array).map(|rows| rows.iter().filter_map(Value::as_object));
    let found: Vec<_> = found.into_iter().flatten().collect();
    if found.is_empty() { Err(format!("the submission wrote no row into {name}").into()) } else { Ok(found) }
}

/// On the database that the service has filled and left.
pub(crate) async fn measure(database: &Database, scale: Scale, directory: &Path) -> Outcome<Vec<Cell>> {
    let script = Script::of(&database.json(ROWS).await?, scale.rows)?;
    database.run(&DRAFTS.replace("ROWS", &scale.rows.to_string())).await?;
    let file = directory.join("submission.sql");
    std::fs::write(&file, &script.text)?;
    let mut cells = Vec::new();
    for connections in CONNECTIONS {
        let measured = run(database, &script, &file, connections, scale.cell).await?;
        tell(&format!(
            "{:>10} {:<18} {connections:>3} connections: {:>8.0}/s, p50 {:.2} ms, p99 {:.2} ms",
            "pgbench",
            Operation::Insert.name(),
            measured.per_second(),
            measured.milliseconds_at(0.5),
            measured.milliseconds_at(0.99),
        ));
        cells.push(Cell { operation: Operation::Insert, connections, measured, spent: None });
    }
    Ok(cells)
}

async fn run(
    database: &Database,
    script: &Script,
    file: &Path,
    connections: usize,
    longest: Duration,
) -> Outcome<Measured> {
    // A directory for each, since pgbench names its logs by itself.
    let logs = tempfile::tempdir_in(file.parent().unwrap_or(Path::new(".")))?;
    let threads = connections.min(std::thread::available_parallelism()?.get());
    let mut pgbench = Command::new("pgbench");
    pgbench
        .args(["--no-vacuum", "--protocol=prepared", "--log"])
        .arg(format!("--log-prefix={}", logs.path().join("log").display()))
        .arg(format!("--file={}", file.display()))
        .arg(format!("--client={connections}"))
        .arg(format!("--jobs={threads}"))
        .arg(format!("--time={}", longest.as_secs().max(1)));
    for (name, value) in &script.values {
        pgbench.arg(format!("--define={name}={value}"));
    }
    pgbench.arg(&database.url).stdin(Stdio::null()).kill_on_drop(true);
    let output = pgbench.output().await.map_err(|fault| format!("pgbench: {fault}"))?;
    let told = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() || !told.contains("number of failed transactions: 0 ") {
        return Err(format!("pgbench: {told}{}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let mut latencies = histogram()?;
    for log in std::fs::read_dir(logs.path())? {
        for line in std::fs::read_to_string(log?.path())?.lines() {
            latencies.record(microseconds(line).ok_or("pgbench wrote a log of another form")?)?;
        }
    }
    let per_second = per_second(&told).ok_or("pgbench told no tps")?;
    let elapsed = f64::from(u32::try_from(latencies.len())?) / per_second;
    Ok(Measured::of(latencies, Duration::from_secs_f64(elapsed)))
}

/// `client transaction time script seconds microseconds`; `time` in microseconds.
fn microseconds(line: &str) -> Option<u64> {
    line.split(' ').nth(2)?.parse().ok()
}

fn per_second(told: &str) -> Option<f64> {
    let line = told.lines().find_map(|line| line.strip_prefix("tps = "))?;
    line.split(' ').next()?.parse().ok().filter(|rate: &f64| *rate > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rows() -> Value {
        json!({
            "demands": [{ "id": "a", "state": "AWAITING_CONSULTANT", "due_at": null, "sealed": "\\x00" }],
            "idempotency": [{ "key": "k", "scope": "s" }],
            "deadlines": [{ "document_id": "a", "purpose": "TERM", "leased_by": null }],
            "signatures": [{ "id": "a", "payload_sha256": "\\x00", "kind": "QUALIFIED" }],
            "audit": [{ "ordinal": 1, "id": "a", "seq": 1, "chain": "\\x00", "role": "PHYSICIAN" }],
            "events": [{ "id": "a", "payload": { "state": "AWAITING_CONSULTANT" } }],
            "event_audience": [{ "event_id": "a", "audience": "org:a", "seq": 3 }],
        })
    }

    #[test]
    fn every_row_is_a_statement_in_one_transaction() {
        let script = Script::of(&rows(), 9).unwrap_or_else(|fault| panic!("{fault}"));
        let lines: Vec<&str> = script.text.lines().collect();
        assert_eq!(lines.len(), 11, "{}", script.text);
        assert_eq!(
            lines[4],
            "UPDATE demands SET due_at = NULL, sealed = :demands_sealed_1, state = :demands_state_2 WHERE id = lpad((:draft)::text, 36, '0') AND revision > 0;"
        );
        assert_eq!(
            lines[5],
            format!("INSERT INTO deadlines (document_id, purpose) VALUES ({UNIQUE}, :deadlines_purpose_3);")
        );
        assert_eq!(lines[7], format!("INSERT INTO audit (id, role) VALUES ({UNIQUE}, :audit_role_5);"));
        let payload = script.values.iter().find(|(name, _)| name.starts_with("events_payload"));
        assert_eq!(payload.map(|(_, value)| value.as_str()), Some(r#"{"state":"AWAITING_CONSULTANT"}"#));
    }

    #[test]
    fn a_submission_that_left_no_signature_is_no_submission() {
        let mut rows = rows();
        rows["signatures"] = Value::Null;
        assert!(Script::of(&rows, 9).is_err());
    }

    #[test]
    fn logs_and_rates_are_read() {
        assert_eq!(microseconds("0 199 2241 0 1175850568 995598"), Some(2241));
        assert_eq!(per_second("x\ntps = 896.5 (without initial connection time)\n"), Some(896.5));
    }
}
