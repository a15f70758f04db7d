//! The two doors into the database, and what stands behind them on PostgreSQL and on SQLite.

mod commit;
mod connect;
mod nested;
mod options;
mod pool;
mod tx;
mod writer;

pub use options::StoreOptions;
pub use tx::Tx;

use crate::migrations;
use crate::{JobError, StoreError};
use connect::Access;
use diesel::{Connection, PgConnection, SqliteConnection};
use nested::Nested;
use options::Address;
use pool::Pool;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use writer::Writer;

/// Which of the two databases stands behind the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Postgres,
    Sqlite,
}

/// A handle on the database; clones share its connections.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    engine: Engine,
    options: StoreOptions,
    closing: watch::Sender<bool>,
}

enum Engine {
    Postgres { reads: Pool<PgConnection>, writes: Pool<PgConnection> },
    Sqlite { reads: Pool<SqliteConnection>, writer: Writer, path: PathBuf },
}

impl Store {
    /// Opens all connections. The schema is looked at by [`Store::migrate`] only.
    pub async fn open(options: StoreOptions) -> Result<Self, StoreError> {
        blocking(move || {
            let engine = Engine::open(&options)?;
            Ok(Self { inner: Arc::new(Inner { engine, options, closing: watch::channel(false).0 }) })
        })
        .await
    }

    pub fn backend(&self) -> Backend {
        match self.inner.engine {
            Engine::Postgres { .. } => Backend::Postgres,
            Engine::Sqlite { .. } => Backend::Sqlite,
        }
    }

    /// How long a statement waits for another's lock.
    pub fn lock_wait(&self) -> Duration {
        self.inner.options.lock_wait
    }

    /// Runs a job that only looks, on a connection that cannot write. Each statement sees what is
    /// committed when it begins; for one view across several use [`Store::read_snapshot`].
    pub async fn read<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: JobError,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        match &self.inner.engine {
            Engine::Postgres { reads, .. } => reads.run(move |c| job(&mut Tx::Postgres(c))).await,
            Engine::Sqlite { reads, .. } => reads.run(move |c| job(&mut Tx::Sqlite(c))).await,
        }
    }

    /// As [`Store::read`], with one unchanging view of the database for all statements of the job.
    pub async fn read_snapshot<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: JobError,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        match &self.inner.engine {
            Engine::Postgres { reads, .. } => {
                let job = move |c: &mut PgConnection| {
                    let mut view = c.build_transaction().read_only().repeatable_read();
                    view.run(|c| job(&mut Tx::Postgres(c)).map_err(Nested::Job))
                        .map_err(Nested::into_job_error)
                };
                reads.run(job).await
            }
            Engine::Sqlite { reads, .. } => {
                let job = move |c: &mut SqliteConnection| {
                    c.transaction(|c| job(&mut Tx::Sqlite(c)).map_err(Nested::Job))
                        .map_err(Nested::into_job_error)
                };
                reads.run(job).await
            }
        }
    }

    /// Runs a job in a transaction: all of it is on the disk when this answers `Ok`, none of it when
    /// the job errs or panics. After [`StoreError::Unavailable`] the caller cannot know which; an
    /// idempotency key tells on the next attempt.
    pub async fn transaction<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: JobError,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        match &self.inner.engine {
            Engine::Postgres { writes, .. } => {
                writes.run(move |c: &mut PgConnection| commit::in_transaction(c, job)).await
            }
            Engine::Sqlite { writer, .. } => writer.run(job).await,
        }
    }

    /// Whether the database takes writes now.
    pub async fn answers(&self) -> bool {
        match &self.inner.engine {
            Engine::Postgres { writes, .. } => writes.answers().await,
            Engine::Sqlite { writer, .. } => writer.run(|_| Ok::<_, StoreError>(())).await.is_ok(),
        }
    }

    /// Applies the migrations that are missing and names them. Several processes may try at once.
    pub async fn migrate(&self) -> Result<Vec<String>, StoreError> {
        let store = self.clone();
        blocking(move || match &store.inner.engine {
            Engine::Postgres { .. } => migrations::migrate_postgres(&mut store.inner.own_postgres()?),
            Engine::Sqlite { path, .. } => migrations::migrate_sqlite(&mut store.inner.own_sqlite(path)?),
        })
        .await
    }

    /// Names the migrations that [`Store::migrate`] would apply.
    pub async fn pending_migrations(&self) -> Result<Vec<String>, StoreError> {
        let store = self.clone();
        blocking(move || match &store.inner.engine {
            Engine::Postgres { .. } => migrations::pending_postgres(&mut store.inner.own_postgres()?),
            Engine::Sqlite { path, .. } => migrations::pending_sqlite(&mut store.inner.own_sqlite(path)?),
        })
        .await
    }

    /// Finishes what waits and refuses what comes later; background tasks of the store end.
    pub async fn close(&self) {
        self.inner.closing.send_replace(true);
        match &self.inner.engine {
            Engine::Postgres { reads, writes } => {
                writes.close().await;
                reads.close().await;
            }
            Engine::Sqlite { reads, writer, .. } => {
                writer.close().await;
                reads.close().await;
            }
        }
    }

    /// Resolves once [`Store::close`] has been called.
    pub(crate) fn closing(&self) -> watch::Receiver<bool> {
        self.inner.closing.subscribe()
    }
}

impl Inner {
    fn own_postgres(&self) -> Result<PgConnection, StoreError> {
        connect::postgres_unprepared(&self.options.url).map_err(StoreError::unavailable)
    }

    fn own_sqlite(&self, path: &std::path::Path) -> Result<SqliteConnection, StoreError> {
        connect::sqlite(path, Access::Write, self.options.lock_wait).map_err(StoreError::unavailable)
    }
}

impl Engine {
    fn open(options: &StoreOptions) -> Result<Self, StoreError> {
        let (lock_wait, pool_wait) = (options.lock_wait, options.pool_wait);
        match options.address()? {
            Address::Postgres => {
                let open = |access, size| {
                    let url = options.url.clone();
                    Pool::open(size, pool_wait, Box::new(move || connect::postgres(&url, access, lock_wait)))
                };
                let writes = open(Access::Write, options.write_pool_size)?;
                Ok(Self::Postgres { reads: open(Access::Read, options.read_pool_size)?, writes })
            }
            Address::Sqlite(path) => {
                // The writer opens first: it makes the file and switches it to WAL.
                let file = path.clone();
                let writer = Writer::start(
                    pool_wait,
                    Box::new(move || connect::sqlite(&file, Access::Write, lock_wait)),
                )?;
                let file = path.clone();
                let establish = Box::new(move || connect::sqlite(&file, Access::Read, lock_wait));
                let reads = Pool::open(options.read_pool_size, pool_wait, establish)?;
                Ok(Self::Sqlite { reads, writer, path })
            }
        }
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let span = tracing::Span::current();
    tokio::task::spawn_blocking(move || span.in_scope(work)).await.unwrap_or_else(|error| {
        Err(if error.is_panic() { StoreError::Panicked } else { StoreError::unavailable(error) })
    })
}
