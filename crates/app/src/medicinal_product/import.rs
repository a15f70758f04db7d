//! Filling a new edition from the published file, beside the one that is served, and changing over at the end.

use crate::App;
use crate::clock::Clock;
use crate::entropy::Entropy;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::medicinal_product::{RegisterId, RegisteredProduct};
use gateways::product_register::{Faulty, ProductRegister, Record, RegisterFault};
use std::collections::HashSet;
use std::io::Read;
use std::time::Duration;
use store::medicinal_product as kept;
use store::{Store, StoreError, leases};
use tokio::sync::mpsc;

/// Products of one transaction: others write in between.
const BATCH: usize = 250;
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

#[derive(Debug, thiserror::Error)]
pub enum ProductImportFault {
    #[error("the file {0}")]
    Register(#[from] RegisterFault),
    #[error("the file holds no product that can be taken; the former edition stays")]
    Empty,
    #[error("another import is running, or was ended less than half a minute ago")]
    Running,
    #[error("the database: {0}")]
    Store(#[from] StoreError),
    #[error("the file was not read to its end")]
    Reader,
}

/// What the reading thread hands over.
enum Part {
    Opened(NaiveDate),
    Batch(Batch),
}

#[derive(Default)]
struct Batch {
    products: Vec<RegisteredProduct>,
    removed: u64,
    faulty: Vec<Faulty>,
    /// Bytes read so far.
    position: u64,
}

impl App {
    /// As [`import_products`], into the database of this service.
    pub async fn import_products<R>(
        &self,
        source: R,
        progress: impl Fn(u64) + Send,
    ) -> Result<ImportedProducts, ProductImportFault>
    where
        R: Read + Send + 'static,
    {
        import_products(&self.inner.store, self.inner.clock.as_ref(), source, progress).await
    }
}

/// Reads the whole file into an edition of its own and serves that from then on; a fault leaves the former one.
/// `progress` is told the bytes that are in. Needs nothing of a service but its database and real time.
#[tracing::instrument(name = "import_products", skip_all)]
pub async fn import_products<R>(
    store: &Store,
    clock: &dyn Clock,
    source: R,
    progress: impl Fn(u64) + Send,
) -> Result<ImportedProducts, ProductImportFault>
where
    R: Read + Send + 'static,
{
    let edition = Entropy.id(clock.real_now()).to_string();
    let import = Import { store, clock, edition };
    if !import.lease().await? {
        return Err(ProductImportFault::Running);
    }
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
        let (edition, now) = (self.edition.clone(), self.now());
        let before = self
            .store
            .transaction(move |tx| {
                kept::begin(tx, &edition, as_of, now)?;
                Ok::<_, StoreError>(kept::current(tx)?.map(|served| served.as_of))
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
                    if !leases::acquire(tx, LEASE, &edition, now, now + LEASED)? {
                        return Ok(false);
                    }
                    kept::insert(tx, &edition, &products)?;
                    Ok::<_, StoreError>(true)
                })
                .await;
            match inserted {
                Ok(true) => return Ok(()),
                Ok(false) => return Err(ProductImportFault::Running),
                Err(StoreError::Busy) if attempt < ATTEMPTS => {
                    tokio::time::sleep(Duration::from_millis(200) * attempt).await;
                    attempt += 1;
                }
                Err(fault) => return Err(fault.into()),
            }
        }
    }

    async fn change_over(&self, loaded: u64) -> Result<(), ProductImportFault> {
        let (edition, now) = (self.edition.clone(), self.now());
        let products = i64::try_from(loaded).unwrap_or(i64::MAX);
        self.store.transaction(move |tx| kept::make_current(tx, &edition, products, now)).await?;
        Ok(())
    }

    /// Former editions and half-filled ones, in small steps.
    async fn discard_superseded(&self) -> Result<(), ProductImportFault> {
        for edition in self.store.read(kept::superseded).await? {
            loop {
                let (holder, superseded, now) = (self.edition.clone(), edition.clone(), self.now());
                let done = self
                    .store
                    .transaction(move |tx| {
                        if !leases::acquire(tx, LEASE, &holder, now, now + LEASED)? {
                            return Ok(None);
                        }
                        kept::discard(tx, &superseded, DISCARDED).map(Some)
                    })
                    .await?;
                match done {
                    Some(false) => {}
                    Some(true) => break,
                    None => return Err(ProductImportFault::Running),
                }
            }
        }
        Ok(())
    }

    async fn lease(&self) -> Result<bool, StoreError> {
        let (holder, now) = (self.edition.clone(), self.now());
        self.store.transaction(move |tx| leases::acquire(tx, LEASE, &holder, now, now + LEASED)).await
    }

    async fn release(&self) -> Result<(), StoreError> {
        let holder = self.edition.clone();
        self.store.transaction(move |tx| leases::release(tx, LEASE, &holder)).await
    }

    fn now(&self) -> DateTime<Utc> {
        self.clock.real_now()
    }
}

fn count(many: usize) -> u64 {
    u64::try_from(many).unwrap_or(u64::MAX)
}

/// Reads on a thread of its own until the end, a fault, or nobody listens.
fn read<R: Read>(source: R, to: &mpsc::Sender<Result<Part, RegisterFault>>) {
    let mut sent = ProductRegister::open(source);
    if let Ok(register) = &mut sent {
        let opened = to.blocking_send(Ok(Part::Opened(register.as_of()))).is_ok();
        if let (true, Err(fault)) = (opened, read_batches(register, to)) {
            sent = Err(fault);
        }
    }
    if let Err(fault) = sent {
        // Whoever imported may have given up.
        let _gone = to.blocking_send(Err(fault)).is_err();
    }
}

fn read_batches<R: Read>(
    register: &mut ProductRegister<R>,
    to: &mpsc::Sender<Result<Part, RegisterFault>>,
) -> Result<(), RegisterFault> {
    let mut known = HashSet::new();
    let mut batch = Batch::default();
    loop {
        let begins_at = register.position();
        let record = register.next_record()?;
        let is_last = record.is_none();
        match record {
            Some(Record::Product(product)) => batch.add(*product, begins_at, &mut known),
            Some(Record::Removed) => batch.removed += 1,
            Some(Record::Faulty(faulty)) => batch.faulty.push(faulty),
            None => {}
        }
        if is_last || batch.products.len() + batch.faulty.len() >= BATCH {
            batch.position = register.position();
            if to.blocking_send(Ok(Part::Batch(std::mem::take(&mut batch)))).is_err() || is_last {
                return Ok(());
            }
        }
    }
}

impl Batch {
    fn add(&mut self, product: RegisteredProduct, position: u64, known: &mut HashSet<RegisterId>) {
        if known.insert(product.id) {
            self.products.push(product);
            return;
        }
        let reason = "stands in the file a second time".to_owned();
        self.faulty.push(Faulty { id: Some(product.id.to_string()), position, reason });
    }
}
