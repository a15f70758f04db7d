//! A closed loop: each connection sends its next call when the one before is answered.

use crate::Outcome;
use crate::client::{Call, Connection, Reply};
use hdrhistogram::Histogram;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

/// Three significant digits, of microseconds.
const PRECISION: u8 = 3;

/// How much and how long.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) connections: usize,
    pub(crate) longest: Duration,
}

/// What was measured.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    pub(crate) latencies: Histogram<u64>,
    pub(crate) elapsed: Duration,
}

impl Measured {
    pub(crate) fn of(latencies: Histogram<u64>, elapsed: Duration) -> Self {
        Self { latencies, elapsed }
    }

    pub(crate) fn operations(&self) -> u64 {
        self.latencies.len()
    }

    pub(crate) fn per_second(&self) -> f64 {
        let operations = u32::try_from(self.operations()).unwrap_or(u32::MAX);
        f64::from(operations) / self.elapsed.as_secs_f64().max(f64::EPSILON)
    }

    pub(crate) fn milliseconds_at(&self, quantile: f64) -> f64 {
        let microseconds = u32::try_from(self.latencies.value_at_quantile(quantile)).unwrap_or(u32::MAX);
        f64::from(microseconds) / 1000.0
    }
}

pub(crate) fn histogram() -> Outcome<Histogram<u64>> {
    Ok(Histogram::new(PRECISION)?)
}

/// Calls until the time is up or `next` has no more; what `next` says of a call comes back with its answer. An answer
/// outside 2xx, or one that `keep` refuses, is the end.
pub(crate) async fn drive<T, N, K>(address: SocketAddr, span: Span, next: N, keep: K) -> Outcome<Measured>
where
    T: Send + 'static,
    N: Fn() -> Option<(Call, T)> + Send + Sync + 'static,
    K: Fn(T, Reply) -> Outcome<()> + Send + Sync + 'static,
{
    let work = Arc::new((next, keep));
    let start = Arc::new(Barrier::new(span.connections + 1));
    let mut running = JoinSet::new();
    for _ in 0..span.connections {
        let connection = Connection::open(address).await?;
        running.spawn(caller(connection, span.longest, Arc::clone(&work), Arc::clone(&start)));
    }
    start.wait().await;
    let began = Instant::now();
    let mut latencies = histogram()?;
    while let Some(ended) = running.join_next().await {
        latencies.add(ended??)?;
    }
    Ok(Measured::of(latencies, began.elapsed()))
}

async fn caller<T, N, K>(
    mut connection: Connection,
    longest: Duration,
    work: Arc<(N, K)>,
    start: Arc<Barrier>,
) -> Outcome<Histogram<u64>>
where
    N: Fn() -> Option<(Call, T)>,
    K: Fn(T, Reply) -> Outcome<()>,
{
    let (next, keep) = &*work;
    let mut latencies = histogram()?;
    start.wait().await;
    let began = Instant::now();
    while began.elapsed() < longest {
        let Some((call, about)) = next() else { break };
        let sent = Instant::now();
        let reply = connection.ask(call).await?;
        latencies.record(u64::try_from(sent.elapsed().as_micros())?)?;
        keep(about, reply)?;
    }
    Ok(latencies)
}
