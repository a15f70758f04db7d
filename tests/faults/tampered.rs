//! Somebody with all rights on the database who changes the audit behind the service's back.

use crate::database::{Backend, Home};
use crate::process::Service;
use crate::tester::Tester;
use crate::verification::{Keys, Verdict};
use crate::{ledger, on_both};
use diesel::QueryableByName;
use diesel::sql_types::Binary;
use std::time::Duration;

const ENTRIES: usize = 6;
/// Columns of an entry without its id and its numbers.
const REST: &str = "space, at, client_id, role, action, document_kind, document_id";

on_both! {
    async fn an_edited_audit_entry_is_found(home: Home) {
        let keys = audited(&home).await;
        home.execute("UPDATE audit SET role = 'ADMIN' WHERE seq = 2");
        let verdict = keys.verify(&home);
        found(&verdict, "entry number 2 ");
        assert!(verdict.said.contains("the audit has 1 fault(s)"), "{}", verdict.said);
    }

    async fn an_edited_audit_entry_is_found_even_if_bytes_and_digest_agree_with_it(home: Home) {
        let keys = audited(&home).await;
        let stored = home.rows::<Bytes>("SELECT bytes FROM audit WHERE seq = 3").remove(0);
        let text = String::from_utf8(stored.bytes).expect("JSON");
        let forged = text.replace(r#""role":"PHYSICIAN""#, r#""role":"CONSULTANT""#);
        assert_ne!(forged, text);
        home.execute(&format!(
            "UPDATE audit SET role = 'CONSULTANT', bytes = {}, digest = {} WHERE seq = 3",
            literal(&home, forged.as_bytes()),
            literal(&home, &signing::canonical::sha256(forged.as_bytes())),
        ));
        found(&keys.verify(&home), "entry number 3 does not continue the chain");
    }

    async fn a_removed_audit_entry_is_found(home: Home) {
        let keys = audited(&home).await;
        home.execute("DELETE FROM audit WHERE seq = 4");
        found(&keys.verify(&home), "the entries number 4 to 4 are missing");
    }

    async fn a_removed_audit_entry_is_found_even_if_the_later_ones_move_up(home: Home) {
        let keys = audited(&home).await;
        home.execute("DELETE FROM audit WHERE seq = 4");
        move_later_entries(&home, -1);
        found(&keys.verify(&home), "entry number 4 does not continue the chain");
    }

    async fn an_inserted_audit_entry_is_found(home: Home) {
        let keys = audited(&home).await;
        move_later_entries(&home, 1);
        home.execute(&format!(
            "INSERT INTO audit (id, {REST}, bytes, digest, seq, chain) \
             SELECT 'forged', {REST}, bytes, digest, 5, chain FROM audit WHERE seq = 4"
        ));
        found(&keys.verify(&home), "entry number 5 does not continue the chain");
    }
}

#[derive(QueryableByName)]
struct Bytes {
    #[diesel(sql_type = Binary)]
    bytes: Vec<u8>,
}

/// A sound audit of several entries that nothing guards any more, and the keys to verify it with.
async fn audited(home: &Home) -> Keys {
    let service = Service::start(home);
    let tester = Tester::of(&service).await;
    for serial in 0..ENTRIES {
        tester.create(serial).await;
    }
    let keys = Keys::fetch(&tester, home).await;
    ledger::is_sound(home).await;
    service.terminate();
    let status = service.exited(Duration::from_secs(15)).await;
    assert_eq!(status.code(), Some(0), "{status}");
    keys.verify_sound(home);
    for refused in ["UPDATE audit SET role = 'ADMIN' WHERE seq = 2", "DELETE FROM audit WHERE seq = 4"] {
        let fault = home.try_execute(refused).expect_err(refused).to_string();
        assert!(fault.contains("append-only"), "{fault}");
    }
    let on = if home.backend() == Backend::Postgres { " ON audit" } else { "" };
    home.execute(&format!(
        "DROP TRIGGER audit_update{on}; DROP TRIGGER audit_delete{on}; DROP TRIGGER audit_insert{on}"
    ));
    keys
}

/// Gives the entries after number 4 the next numbers, past each other.
fn move_later_entries(home: &Home, by: i64) {
    home.execute("UPDATE audit SET seq = seq + 1000000 WHERE seq > 4");
    home.execute(&format!("UPDATE audit SET seq = seq - 1000000 + {by} WHERE seq > 1000000"));
}

fn found(verdict: &Verdict, fault: &str) {
    assert_eq!(verdict.exit_code, Some(1), "{}", verdict.said);
    assert!(verdict.said.contains(fault), "not {fault:?} but: {}", verdict.said);
}

/// These bytes as the database writes them.
fn literal(home: &Home, bytes: &[u8]) -> String {
    let hex = hex::encode(bytes);
    match home.backend() {
        Backend::Sqlite => format!("x'{hex}'"),
        Backend::Postgres => format!("'\\x{hex}'::bytea"),
    }
}
