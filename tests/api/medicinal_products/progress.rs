//! What an import tells of itself, and how far it reads ahead of the database.

use super::sample;
use std::io::{Cursor, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::Duration;
use testkit::{TestApp, on_both};

const MIB: u64 = 1 << 20;

/// They fill more than twelve batches.
const RECORDS: u64 = 13 * 260;

/// A register of more than 12 MiB, with what may follow its last tag.
fn large() -> String {
    let filler = "x".repeat(4000);
    let record =
        |id| format!("<produktLeczniczy id='{id}' nazwaProduktu='Próbny {id}' podstawaPrawna='{filler}'/>\n");
    let records: String = (1..=RECORDS).map(record).collect();
    let whole = format!("{records}</produktyLecznicze>\n<!-- koniec -->\n");
    sample().replace("</produktyLecznicze>", &whole)
}

fn length(text: &str) -> u64 {
    u64::try_from(text.len()).unwrap()
}

/// Counts what was read of it.
struct Counted {
    content: Cursor<String>,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.content.read(into)?;
        self.read.fetch_add(u64::try_from(read).unwrap(), Ordering::SeqCst);
        Ok(read)
    }
}

/// Waits until the reading thread has gone as far as it goes.
fn at_rest(read: &AtomicU64) -> u64 {
    loop {
        let before = read.load(Ordering::SeqCst);
        sleep(Duration::from_millis(60));
        if read.load(Ordering::SeqCst) == before {
            return before;
        }
    }
}

on_both! {
    async fn the_bytes_that_are_in_rise_to_the_length_of_the_file(app: TestApp) {
        for file in [sample().trim_end().to_owned(), sample().to_owned(), large()] {
            let told = Mutex::new(Vec::new());
            let watch = |bytes| told.lock().unwrap().push(bytes);
            app.try_import_products_watched(Cursor::new(file.clone()), watch).await.unwrap();
            let told = told.into_inner().unwrap();
            assert!(told.is_sorted_by(|one, next| one < next), "{told:?}");
            assert_eq!(told.last(), Some(&length(&file)));
            assert!(length(&file) < 12 * MIB || told.len() >= 12, "a bar that moves: {told:?}");
        }
    }

    async fn the_file_is_read_three_batches_ahead_of_the_database_at_most(app: TestApp) {
        let read = Arc::new(AtomicU64::new(0));
        let file = large();
        let source = Counted { content: Cursor::new(file.clone()), read: read.clone() };
        let most = AtomicU64::new(0);
        let watch = |bytes: u64| {
            most.fetch_max(at_rest(&read) - bytes, Ordering::SeqCst);
        };
        let imported = app.try_import_products_watched(source, watch).await.unwrap();
        assert_eq!(imported.loaded, RECORDS + 11);
        assert_eq!(read.load(Ordering::SeqCst), length(&file));
        let most = most.into_inner();
        // Those that wait for the database and the one that is filled, with the last record of each and a buffer.
        assert!((2 * MIB..3 * MIB + MIB / 4).contains(&most), "{most} bytes of {}", file.len());
    }
}
