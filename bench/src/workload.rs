//! What is measured of a running server, and everything that has to be ready before a measurement begins.

use crate::api::{self, Draft, People, Prepared};
use crate::case::Cases;
use crate::client::{Call, Reply};
use crate::load::{Measured, Span, drive};
use crate::machine::{Effort, Spent};
use crate::service::Server;
use crate::settings::{CONNECTIONS, Scale};
use crate::{Outcome, tell};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Preparation, unlike a measurement, ends when it is done; this is only its emergency brake.
const LONGEST_PREPARATION: Duration = Duration::from_mins(2);
const PREPARING: usize = 16;
/// Coprime to every small count of documents, so that reads jump about.
const STRIDE: usize = 7_919;

/// The operations, in the order of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    Create,
    Submit,
    Read,
    List,
    Hello,
    Insert,
}

impl Operation {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Create => "draft created",
            Self::Submit => "signed submission",
            Self::Read => "read by id",
            Self::List => "list of 50",
            Self::Hello => "hello",
            Self::Insert => "rows of one submission",
        }
    }
}

/// One measurement.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) operation: Operation,
    pub(crate) connections: usize,
    pub(crate) measured: Measured,
    pub(crate) spent: Option<Spent>,
}

/// Appended to from every connection.
type Kept<T> = Arc<Mutex<Vec<T>>>;

fn keep<T>(all: &Kept<T>, one: T) {
    all.lock().unwrap_or_else(PoisonError::into_inner).push(one);
}

fn taken<T>(all: &Kept<T>) -> Vec<T> {
    std::mem::take(&mut all.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Hands out one after the other, to every connection another one.
fn queue<T: Clone>(all: Vec<T>) -> impl Fn() -> Option<T> {
    let place = AtomicUsize::new(0);
    move || all.get(place.fetch_add(1, Ordering::Relaxed)).cloned()
}

/// A server under load.
pub(crate) struct Bench<'s> {
    name: &'static str,
    server: &'s Server,
    scale: Scale,
    cells: Vec<Cell>,
}

impl<'s> Bench<'s> {
    pub(crate) fn new(name: &'static str, server: &'s Server, scale: Scale) -> Self {
        Self { name, server, scale, cells: Vec::new() }
    }

    /// The bare server.
    pub(crate) async fn hello(mut self) -> Outcome<Vec<Cell>> {
        let call = || Some((Call::get("/hello"), ()));
        self.drive(PREPARING, self.scale.warm_up, call, done).await?;
        for connections in CONNECTIONS {
            self.measure(Operation::Hello, connections, call, done).await?;
        }
        Ok(self.cells)
    }

    /// Everything of the service: drafts, their submission, and then reading of what has come together.
    pub(crate) async fn service(mut self) -> Outcome<Vec<Cell>> {
        let people = Arc::new(People::find(self.server.address).await?);
        let cases = Arc::new(Cases::new(&people.entity, &people.physician)?);
        let mut drafts = Vec::new();
        self.create(&cases, None).await?;
        for connections in CONNECTIONS {
            drafts.push((connections, self.create(&cases, Some(connections)).await?));
        }
        let ids: Vec<String> =
            drafts.iter().flat_map(|(_, made)| made.iter().map(|draft| draft.id.clone())).collect();
        for (connections, made) in drafts {
            self.submit(&people, connections, made).await?;
        }
        self.reads(ids).await?;
        self.lists().await?;
        Ok(self.cells)
    }

    /// Without connections: the warm-up.
    async fn create(&mut self, cases: &Arc<Cases>, connections: Option<usize>) -> Outcome<Vec<Draft>> {
        let made: Kept<Draft> = Arc::default();
        let (token, cases, kept) = (self.token().await?, Arc::clone(cases), Arc::clone(&made));
        let count = AtomicUsize::new(0);
        let part = format!("{:04}", connections.unwrap_or_default());
        let next = move || {
            let key = format!("bench-create-{part}-{:08}", count.fetch_add(1, Ordering::Relaxed));
            Some((api::create(&token, key, cases.next()), ()))
        };
        let created = move |(), reply: Reply| {
            keep(&kept, api::created(&reply)?);
            Ok(())
        };
        match connections {
            Some(connections) => self.measure(Operation::Create, connections, next, created).await?,
            None => drop(self.drive(PREPARING, self.scale.warm_up, next, created).await?),
        }
        Ok(taken(&made))
    }

    async fn submit(&mut self, people: &Arc<People>, connections: usize, made: Vec<Draft>) -> Outcome<()> {
        let made = made.into_iter().take(self.scale.signatures).collect();
        let prepared = self.sign(people, made).await?;
        let (token, people) = (self.token().await?, Arc::clone(people));
        let next = queue(prepared);
        let asked = move || {
            let one: Prepared = next()?;
            let key = format!("bench-submit-{}", one.draft.id);
            Some((api::submit(&token, key, &people, &one), ()))
        };
        self.measure(Operation::Submit, connections, asked, done).await
    }

    /// First the bytes of every draft, then the signatures over them: a signature holds for ten minutes.
    async fn sign(&self, people: &Arc<People>, drafts: Vec<Draft>) -> Outcome<Vec<Prepared>> {
        let (token, people) = (self.token().await?, Arc::clone(people));
        let documents = self
            .prepare(
                drafts,
                move |draft| api::document(&token, &people, draft),
                |draft, reply| Ok(Prepared { draft, text: api::payload(reply)? }),
            )
            .await?;
        self.prepare(
            documents,
            |one: &Prepared| api::sign(&one.text),
            |one, reply| Ok(Prepared { draft: one.draft, text: api::signature(reply)? }),
        )
        .await
    }

    /// One call for each, outside of every measurement.
    async fn prepare<F, T>(
        &self,
        from: Vec<F>,
        call: impl Fn(&F) -> Call + Send + Sync + 'static,
        answered: impl Fn(F, &Reply) -> Outcome<T> + Send + Sync + 'static,
    ) -> Outcome<Vec<T>>
    where
        F: Clone + Send + Sync + 'static,
        T: Send + 'static,
    {
        let expected = from.len();
        let all: Kept<T> = Arc::default();
        let kept = Arc::clone(&all);
        let next = queue(from);
        let asked = move || next().map(|one| (call(&one), one));
        let answer = move |one, reply: Reply| {
            keep(&kept, answered(one, &reply)?);
            Ok(())
        };
        self.drive(PREPARING, LONGEST_PREPARATION, asked, answer).await?;
        let all = taken(&all);
        if all.len() == expected { Ok(all) } else { Err("the preparation took too long".into()) }
    }

    async fn reads(&mut self, ids: Vec<String>) -> Outcome<()> {
        let ids: Arc<[String]> = ids.into();
        for connections in CONNECTIONS {
            let (token, ids) = (self.token().await?, Arc::clone(&ids));
            let place = AtomicUsize::new(0);
            let next = move || {
                let place = place.fetch_add(STRIDE, Ordering::Relaxed) % ids.len().max(1);
                Some((api::read(&token, ids.get(place)?), ()))
            };
            self.measure(Operation::Read, connections, next, done).await?;
        }
        Ok(())
    }

    async fn lists(&mut self) -> Outcome<()> {
        for connections in CONNECTIONS {
            let token = self.token().await?;
            self.measure(Operation::List, connections, move || Some((api::list(&token), ())), done).await?;
        }
        Ok(())
    }

    async fn token(&self) -> Outcome<String> {
        api::token(self.server.address).await
    }

    async fn drive<T: Send + 'static>(
        &self,
        connections: usize,
        longest: Duration,
        next: impl Fn() -> Option<(Call, T)> + Send + Sync + 'static,
        answered: impl Fn(T, Reply) -> Outcome<()> + Send + Sync + 'static,
    ) -> Outcome<Measured> {
        drive(self.server.address, Span { connections, longest }, next, answered).await
    }

    async fn measure(
        &mut self,
        operation: Operation,
        connections: usize,
        next: impl Fn() -> Option<(Call, ())> + Send + Sync + 'static,
        answered: impl Fn((), Reply) -> Outcome<()> + Send + Sync + 'static,
    ) -> Outcome<()> {
        let before = Effort::of(self.server.process);
        let measured = self.drive(connections, self.scale.cell, next, answered).await?;
        let spent = before.zip(Effort::of(self.server.process)).map(|(before, after)| before.until(after));
        if measured.operations() == 0 {
            return Err(format!("{} {}: nothing was measured", self.name, operation.name()).into());
        }
        tell(&format!(
            "{:>10} {:<18} {connections:>3} connections: {:>8.0}/s, p50 {:.2} ms, p99 {:.2} ms",
            self.name,
            operation.name(),
            measured.per_second(),
            measured.milliseconds_at(0.5),
            measured.milliseconds_at(0.99),
        ));
        self.cells.push(Cell { operation, connections, measured, spent });
        Ok(())
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the shape that every answer goes through")]
fn done((): (), _reply: Reply) -> Outcome<()> {
    Ok(())
}
