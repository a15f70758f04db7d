//! The file is read on a thread of its own, and handed over in batches.

use chrono::NaiveDate;
use domain::medicinal_product::{RegisterId, RegisteredProduct};
use gateways::product_register::{Faulty, ProductRegister, Record, RegisterFault};
use std::collections::HashSet;
use std::io::Read;
use store::medicinal_product as kept;
use tokio::sync::mpsc;

/// Products of one transaction: others write in between.
const BATCH: usize = 250;
/// Bytes of the file for one transaction, which bounds time and memory where products list thousands of packs.
const LONGEST_BATCH: u64 = 1 << 20;

/// What the reading thread hands over.
pub(super) enum Part {
    Opened(NaiveDate),
    Batch(Batch),
}

#[derive(Default)]
pub(super) struct Batch {
    pub(super) products: Vec<RegisteredProduct>,
    pub(super) removed: u64,
    pub(super) faulty: Vec<Faulty>,
    /// Bytes read so far.
    pub(super) position: u64,
}

/// Reads on a thread of its own until the end, a fault, or nobody listens.
pub(super) fn read<R: Read>(source: R, to: &mpsc::Sender<Result<Part, RegisterFault>>) {
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
    let mut batch_begins_at = register.position();
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
        batch.position = register.position();
        let is_full = batch.products.len() + batch.faulty.len() >= BATCH
            || batch.position - batch_begins_at >= LONGEST_BATCH;
        if is_last || is_full {
            batch_begins_at = batch.position;
            if to.blocking_send(Ok(Part::Batch(std::mem::take(&mut batch)))).is_err() || is_last {
                return Ok(());
            }
        }
    }
}

impl Batch {
    fn add(&mut self, product: RegisteredProduct, position: u64, known: &mut HashSet<RegisterId>) {
        let reason = if kept::has_too_long_a_key(&product) {
            "a word of its name, a substance or all of its substances together are too long to be searched for"
        } else if known.insert(product.id) {
            self.products.push(product);
            return;
        } else {
            "stands in the file a second time"
        };
        let reason = reason.to_owned();
        self.faulty.push(Faulty { id: Some(product.id.to_string()), position, reason });
    }
}
