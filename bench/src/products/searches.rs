//! Searches of a large register, and dry runs that look into it.

use super::generate;
use crate::Outcome;
use crate::api;
use crate::client::{Call, Connection};
use crate::load::{Measured, Span, drive};
use crate::service::Server;
use hyper::header::{AUTHORIZATION, ETAG, IF_NONE_MATCH};
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

const PRODUCTS: &str = "/api/v1/medicinal-products";
const CONNECTIONS: [usize; 2] = [1, 16];
/// Coprime to every small number, so that searches jump about.
const STRIDE: u64 = 7_919;
/// Smaller than any register that is worth measuring.
const KNOWN: u64 = 20_000;

pub(super) struct Searched {
    pub(super) what: &'static str,
    pub(super) connections: usize,
    pub(super) measured: Measured,
}

type Ask = fn(u64) -> Call;

const SEARCHES: [(&str, Ask); 6] = [
    ("first page of 50", |_| Call::get(PRODUCTS)),
    ("by the beginning of a name", |number| by(&format!("name={}", beginning(number)))),
    ("by substance", |number| by(&format!("substance={}", generate::entry(number).substance))),
    ("by substance, strength and form", |number| {
        let entry = generate::entry(number);
        let (strength, form) = (entry.strength.replace(' ', "%20"), encoded(entry.form));
        by(&format!("substance={}&strength={strength}&form={form}", entry.substance))
    }),
    ("by GTIN", |number| by(&format!("gtin={}", generate::gtin(number * 5)))),
    ("dry run with an equivalent", dry_run),
];

fn by(query: &str) -> Call {
    Call::get(format!("{PRODUCTS}?{query}"))
}

fn beginning(number: u64) -> String {
    generate::entry(number).substance.chars().take(5).collect()
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

fn dry_run(number: u64) -> Call {
    let entry = generate::entry(number);
    let product =
        json!({ "internationalName": entry.substance, "strength": entry.strength, "form": entry.form });
    let body = json!({ "content": { "use": "OUTSIDE_FACILITY", "product": product } });
    Call::post("/api/v1/medicine-demands/validations", body.to_string())
}

pub(super) async fn measure(server: &Server, longest: Duration) -> Outcome<Vec<Searched>> {
    let mut all = Vec::new();
    for (what, ask) in SEARCHES {
        for connections in CONNECTIONS {
            let measured = search(server.address, Span { connections, longest }, ask).await?;
            all.push(Searched { what, connections, measured });
        }
    }
    let what = "known edition, 304";
    let measured = revalidate(server.address, longest).await?;
    all.push(Searched { what, connections: 1, measured });
    Ok(all)
}

async fn search(address: SocketAddr, span: Span, ask: Ask) -> Outcome<Measured> {
    let token = Arc::new(api::token(address).await?);
    let next = AtomicU64::new(0);
    let calls = move || {
        let number = next.fetch_add(STRIDE, Ordering::Relaxed) % KNOWN;
        Some((ask(number).with(AUTHORIZATION, token.as_str()), ()))
    };
    drive(address, span, calls, |(), _| Ok(())).await
}

/// One connection that always has what it asks for.
async fn revalidate(address: SocketAddr, longest: Duration) -> Outcome<Measured> {
    let token = api::token(address).await?;
    let mut connection = Connection::open(address).await?;
    let ask = |etag: &str| Call::get(PRODUCTS).with(AUTHORIZATION, &*token).with(IF_NONE_MATCH, etag);
    let first = connection.send(ask("\"none\"")).await?;
    let etag = first.header(&ETAG).ok_or("a page without an ETag")?.to_owned();
    let (mut latencies, began) = (crate::load::histogram()?, std::time::Instant::now());
    while began.elapsed() < longest {
        let sent = std::time::Instant::now();
        let reply = connection.send(ask(&etag)).await?;
        latencies.record(u64::try_from(sent.elapsed().as_micros())?)?;
        if reply.status.as_u16() != 304 {
            return Err("a known edition was sent again".into());
        }
    }
    Ok(Measured::of(latencies, began.elapsed()))
}
