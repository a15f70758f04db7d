//! `schema.rs` says of every table what both migrated databases say.

use crate::test_support::on_each;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use std::collections::BTreeSet;
use store::{StoreError, Tx};

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    type_name: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

/// `table.column type`, the type as `schema.rs` writes it.
fn declared() -> BTreeSet<String> {
    let (mut columns, mut table, mut renamed) = (BTreeSet::new(), String::new(), None);
    for line in include_str!("../../src/schema.rs").lines().map(str::trim) {
        if let Some(name) = line.strip_prefix("#[sql_name = ") {
            renamed = Some(name.trim_matches(['"', ']']).to_owned());
        } else if let Some((name, sql_type)) = line.trim_end_matches(',').split_once(" -> ") {
            if !name.contains([' ', '!']) {
                let name = renamed.take().unwrap_or_else(|| name.to_owned());
                columns.insert(format!("{table}.{name} {sql_type}"));
            }
        } else if let Some((name, _)) = line.strip_suffix('{').and_then(|line| line.split_once(" (")) {
            name.clone_into(&mut table);
        }
    }
    columns
}

const POSTGRES: &str = "SELECT table_name::text, column_name::text, data_type::text AS type_name, \
     is_nullable = 'YES' AS nullable FROM information_schema.columns WHERE table_schema = 'public'";

/// A rowid is 64 bits wide however its column is declared.
const SQLITE: &str = "SELECT m.name AS table_name, c.name AS column_name, \
     CASE WHEN c.name = 'ordinal' AND c.pk = 1 THEN 'BIGINT' ELSE c.type END AS type_name, \
     c.\"notnull\" = 0 AND c.pk = 0 AS nullable \
     FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'";

fn found(tx: &mut Tx<'_>) -> Result<BTreeSet<String>, StoreError> {
    let rows: Vec<ColumnRow> = match tx {
        Tx::Postgres(conn) => diesel::sql_query(POSTGRES).load(*conn)?,
        Tx::Sqlite(conn) => diesel::sql_query(SQLITE).load(*conn)?,
    };
    let ours = rows.into_iter().filter(|row| row.table_name != "__diesel_schema_migrations");
    Ok(ours.map(|row| row.said()).collect())
}

impl ColumnRow {
    fn said(&self) -> String {
        let name = match self.type_name.to_ascii_lowercase().as_str() {
            "text" => "Text",
            "integer" => "Integer",
            "bigint" => "BigInt",
            "boolean" => "Bool",
            "bytea" | "blob" => "Binary",
            "date" => "Date",
            "timestamp" | "timestamp without time zone" => "Timestamp",
            "jsonb" => "Jsonb",
            other => {
                panic!("{}.{} has the type {other}, which is not portable", self.table_name, self.column_name)
            }
        };
        let sql_type = if self.nullable { format!("Nullable<{name}>") } else { name.to_owned() };
        format!("{}.{} {sql_type}", self.table_name, self.column_name)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schema_in_the_code_is_that_of_the_databases() {
    let declared = declared();
    assert!(declared.contains("events.type Text"), "{declared:?}");
    on_each(async |database| {
        let found = database.store.read(found).await.unwrap();
        let missing: Vec<_> = declared.difference(&found).collect();
        let unknown: Vec<_> = found.difference(&declared).collect();
        assert!(
            missing.is_empty() && unknown.is_empty(),
            "only in schema.rs: {missing:?}; only in the database: {unknown:?}"
        );
    })
    .await;
}
