//! A database of the run's own, reached through PostgreSQL's programs.

use crate::Outcome;
use serde_json::Value;
use std::process::Stdio;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

/// Dropped with this value, however the run ends.
pub(crate) struct Database {
    server: String,
    name: String,
    pub(crate) url: String,
}

impl Database {
    /// Empty and new, on the server of this superuser's address.
    pub(crate) async fn create(server: &str) -> Outcome<Self> {
        let name = format!("soid_bench_{}", std::process::id());
        let url = on(server, &name).ok_or("the address of PostgreSQL names no database")?;
        run(server, &format!("CREATE DATABASE {name}")).await?;
        Ok(Self { server: server.to_owned(), name, url })
    }

    pub(crate) async fn run(&self, sql: &str) -> Outcome<String> {
        run(&self.url, sql).await
    }

    /// One row of one column of JSON.
    pub(crate) async fn json(&self, sql: &str) -> Outcome<Value> {
        Ok(serde_json::from_str(self.run(sql).await?.trim())?)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let mut psql = std::process::Command::new("psql");
        psql.args(["--no-psqlrc", "--quiet", "--command", &drop, &self.server]);
        // If the server is gone already, so is the database.
        let _ = psql.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}

/// The same address with another database.
fn on(server: &str, name: &str) -> Option<String> {
    let (address, query) = server.split_once('?').map_or((server, None), |(left, right)| (left, Some(right)));
    let (host, _) = address.rsplit_once('/')?;
    Some(query.map_or_else(|| format!("{host}/{name}"), |query| format!("{host}/{name}?{query}")))
}

/// Statements come over standard input: they may be longer than an argument.
async fn run(url: &str, sql: &str) -> Outcome<String> {
    let mut psql = Command::new("psql");
    psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1", url]);
    psql.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    let mut child = psql.spawn().map_err(|fault| format!("psql: {fault}"))?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(sql.as_bytes()).await?;
    }
    let output = child.wait_with_output().await?;
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout)?);
    }
    Err(format!("psql: {}", String::from_utf8_lossy(&output.stderr).trim()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_database_differs() {
        let socket = "postgres://soid@%2Fvar%2Ftmp%2Fa.b:5/postgres";
        assert_eq!(on(socket, "x").as_deref(), Some("postgres://soid@%2Fvar%2Ftmp%2Fa.b:5/x"));
        assert_eq!(
            on("postgres://h/a?sslmode=disable", "x").as_deref(),
            Some("postgres://h/x?sslmode=disable")
        );
    }
}
