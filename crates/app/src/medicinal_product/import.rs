//! Filling a new edition from the published file, beside the one that is served, and changing over at the end.

mod reading;

use crate::App;
use crate::clock::Clock;
use crate::entropy::Entropy;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::medicinal_product::RegisteredProduct;
use gateways::product_register::{Faulty, RegisterFault};
use reading::{Batch, Part, read};
use std::io::Read;
use std::time::Duration;
use store::medicinal_product as kept;
use store::{JobError, Store, StoreError, Tx, leases};
use tokio::sync::mpsc;

/// Rows that one transaction takes away.
const DISCARDED: i64 = 2000;
/// Batches that wait for the database; more would only fill the memory.
const AHEAD: usize = 2;
/// Faulty records that are told one by one; the others are counted.
const TOLD: usize = 1000;
const LEASE: &str = "product-import";
/// Renewed with every batch. An import that was killed holds the next one up for so long.
const LEASED: TimeDelta = TimeDelta::seconds(30);
/// While another writes to the same file, a batch may have to wait more than once.
const ATTEMPTS: u32 = 5;

/// What came of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedProducts {
    pub edition: String,
    /// The day of which the register says it is.
    pub as_of: NaiveDate,
    /// The day of the edition that was served before.
    pub before: Option<NaiveDate>,
    pub loaded: u64,
    /// Struck off the register, and left out.
    pub removed: u64,
    /// Left out because they cannot be taken as they are.
    pub faulty: u64,
    /// The first of these.
    pub faults: Vec<Faulty>,
}

impl ImportedProducts {
    pub fn read(&self) -> u64 {
        self.loaded + self.removed + self.faulty
    }
}

/// Whether a register may take the place of a newer one, or of one with more than twice as many products: both happen
/// when a former file, or a part of one, is taken for today's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepBack {
    Refused,
    Allowed,
}

/// Those that whoever runs the command can do something about are said in both languages.
#[derive(Debug, thiserror::Error)]
pub enum ProductImportFault {
    #[error("the file {0}")]
    Register(#[from] RegisterFault),
    #[error("the file holds no product that can be taken; the former edition stays")]
    Empty,
    #[error(
        "the file is of {file}, and the register that is served of {served}, which is newer; with \
         --allow-step-back it is taken all the same\nplik jest z dnia {file}, a udostępniany rejestr z dnia {served}, \
         czyli nowszy; z --allow-step-back zostanie mimo to przyjęty"
    )]
    Older { file: NaiveDate, served: NaiveDate },
    #[error(
        "the file holds {file} products that can be taken, less than half of the {served} that are served; with \
         --allow-step-back it is taken all the same\nplik zawiera {file} produktów, które można przyjąć, mniej niż \
         połowę z {served} udostępnianych; z --allow-step-back zostanie mimo to przyjęty"
    )]
    Smaller { file: i64, served: i64 },
    #[error("another import is running, or was ended less than half a minute ago")]
    Running,
    #[error("the database: {0}")]
    Store(#[from] StoreError),
    #[error("the file was not read to its end")]
    Reader,
}

impl JobError for ProductImportFault {
    fn store_error(&self) -> Option<&StoreError> {
        if let Self::Store(fault) = self { Some(fault) } else { None }
    }
}

impl App {
    /// As [`import_products`], into the database of this service.
    pub async fn import_products<R>(
        &self,
        source: R,
        step_back: StepBack,
        progress: impl Fn(u64) + Send,
    ) -> Result<ImportedProducts, ProductImportFault>
    where
        R: Read + Send + 'static,
    {
        import_products(&self.inner.store, self.inner.clock.as_ref(), source, step_back, progress).await
    }
}

/// Reads the whole file into an edition of its own and serves that from then on; a fault leaves the former one.
/// `progress` is told the bytes that are in. Needs nothing of a service but its database and real time.
#[tracing::instrument(name = "import_products", skip_all)]
pub async fn import_products<R>(
    store: &Store,
    clock: &dyn Clock,
    source: R,
    step_back: StepBack,
    progress: impl Fn(u64) + Send,
) -> Result<ImportedProducts, ProductImportFault>
where
    R: Read + Send + 'static,
{
    let edition = Entropy.id(clock.real_now()).to_string();
    let import = Import { store, clock, edition, step_back };
    import.lease().await?;
    let imported = import.all_of(source, progress).await;
    let cleaned = import.discard_superseded().await;
    let released = import.release().await.map_err(ProductImportFault::from);
    // The next import takes away what is left, and the lease ends by itself: neither undoes what was done.
    for fault in [cleaned, released].into_iter().filter_map(Result::err) {
        tracing::warn!(products.fault = %fault, "an import did not tidy up behind itself");
    }
    let imported = imported?;
    tracing::info!(
        products.loaded = imported.loaded,
        products.faulty = imported.faulty,
        "a new edition of the register is served"
    );
    Ok(imported)
}

struct Import<'a> {
    store: &'a Store,
    clock: &'a dyn Clock,
    edition: String,
    step_back: StepBack,
}

impl Import<'_> {
    async fn all_of<R: Read + Send + 'static>(
        &self,
        source: R,
        progress: impl Fn(u64) + Send,
    ) -> Result<ImportedProducts, ProductImportFault> {
        // What an import left behind that was killed.
        self.discard_superseded().await?;
        let (sender, mut parts) = mpsc::channel(AHEAD);
        let reading = tokio::task::spawn_blocking(move || read(source, &sender));
        let mut whole = None;
        while let Some(part) = parts.recv().await {
            match part? {
                Part::Opened(as_of) => whole = Some(self.begin(as_of).await?),
                Part::Batch(batch) => {
                    let whole = whole.as_mut().ok_or(ProductImportFault::Reader)?;
                    let position = batch.position;
                    self.take(whole, batch).await?;
                    progress(position);
                }
            }
        }
        // A thread that panicked sends no more, and must not pass for one that came to the end.
        reading.await.map_err(|_| ProductImportFault::Reader)?;
        let whole = whole.ok_or(ProductImportFault::Reader)?;
        if whole.loaded == 0 {
            return Err(ProductImportFault::Empty);
        }
        self.change_over(whole.loaded).await?;
        Ok(whole)
    }

    async fn begin(&self, as_of: NaiveDate) -> Result<ImportedProducts, ProductImportFault> {
        let (edition, now, step_back) = (self.edition.clone(), self.now(), self.step_back);
        let before = self
            .store
            .transaction(move |tx| {
                hold(tx, &edition, now)?;
                let before = kept::current(tx)?.map(|served| served.as_of);
                match before {
                    Some(served) if served > as_of && step_back == StepBack::Refused => {
                        return Err(ProductImportFault::Older { file: as_of, served });
                    }
                    _ => kept::begin(tx, &edition, as_of, now)?,
                }
                Ok(before)
            })
            .await?;
        let edition = self.edition.clone();
        let faults = Vec::new();
        Ok(ImportedProducts { edition, as_of, before, loaded: 0, removed: 0, faulty: 0, faults })
    }

    async fn take(&self, whole: &mut ImportedProducts, batch: Batch) -> Result<(), ProductImportFault> {
        whole.removed += batch.removed;
        whole.faulty += count(batch.faulty.len());
        let room = TOLD.saturating_sub(whole.faults.len());
        whole.faults.extend(batch.faulty.into_iter().take(room));
        whole.loaded += count(batch.products.len());
        self.insert(batch.products.into()).await
    }

    async fn insert(&self, products: std::sync::Arc<[RegisteredProduct]>) -> Result<(), ProductImportFault> {
        let mut attempt = 1;
        loop {
            let (edition, products, now) = (self.edition.clone(), products.clone(), self.now());
            let inserted = self
                .store
                .transaction(move |tx| {
                    hold(tx, &edition, now)?;
                    Ok::<_, ProductImportFault>(kept::insert(tx, &edition, &products)?)
                })
                .await;
            match inserted {
                Err(ProductImportFault::Store(StoreError::Busy)) if attempt < ATTEMPTS => {
                    tokio::time::sleep(Duration::from_millis(200) * attempt).await;
                    attempt += 1;
                }
                done => return done,
            }
        }
    }

    /// Whoever has lost the lease meanwhile may have lost the edition too, to an import that takes it for left behind.
    async fn change_over(&self, loaded: u64) -> Result<(), ProductImportFault> {
        let (edition, now, step_back) = (self.edition.clone(), self.now(), self.step_back);
        let file = i64::try_from(loaded).unwrap_or(i64::MAX);
        self.store
            .transaction(move |tx| {
                hold(tx, &edition, now)?;
                let served = kept::current(tx)?.map_or(0, |served| served.products);
                if step_back == StepBack::Refused && file < served - file {
                    return Err(ProductImportFault::Smaller { file, served });
                }
                if kept::make_current(tx, &edition, file, now)? {
                    Ok(())
                } else {
                    Err(ProductImportFault::Running)
                }
            })
            .await
    }

    /// Former editions and half-filled ones, in small steps.
    async fn discard_superseded(&self) -> Result<(), ProductImportFault> {
        for edition in self.store.read(kept::superseded).await? {
            loop {
                let (holder, superseded, now) = (self.edition.clone(), edition.clone(), self.now());
                let done = self
                    .store
                    .transaction(move |tx| {
                        hold(tx, &holder, now)?;
                        Ok::<_, ProductImportFault>(kept::discard(tx, &superseded, DISCARDED)?)
                    })
                    .await?;
                if done {
                    break;
                }
            }
        }
        Ok(())
    }

    async fn lease(&self) -> Result<(), ProductImportFault> {
        let (holder, now) = (self.edition.clone(), self.now());
        self.store.transaction(move |tx| hold(tx, &holder, now)).await
    }

    async fn release(&self) -> Result<(), StoreError> {
        let holder = self.edition.clone();
        self.store.transaction(move |tx| leases::release(tx, LEASE, &holder)).await
    }

    fn now(&self) -> DateTime<Utc> {
        self.clock.real_now()
    }
}

/// Keeps the lease for the transaction and half a minute more.
fn hold(tx: &mut Tx<'_>, holder: &str, now: DateTime<Utc>) -> Result<(), ProductImportFault> {
    if leases::acquire(tx, LEASE, holder, now, now + LEASED)? {
        Ok(())
    } else {
        Err(ProductImportFault::Running)
    }
}

fn count(many: usize) -> u64 {
    u64::try_from(many).unwrap_or(u64::MAX)
}
