//! Orders that were entered from paper, and their scans.

pub use crate::paper::{EnteredVersion, KnownBy, Released, released_as};

use crate::schema::paper_order_scans as scans;
use domain::correspondence::MediaType;
use domain::ids::DeviceOrderId;

crate::paper::papers!(DeviceOrderId, paper_orders, paper_order_versions, order_id, once: [
    crate::paper::SCANNED_ONCE,
    "paper_orders_space_scan_index_key",
    "paper_orders_space_paper_index_key",
]);

/// The constraint that gives an order one scan.
pub const SCAN_KEY: &str = "paper_order_scans_order_id_key";

/// The file that shows the paper; its bytes stand in the attachment store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredScan {
    pub object: String,
    pub added_at: DateTime<Utc>,
    pub media_type: MediaType,
    /// In bytes.
    pub size: u64,
}

/// Keeps what is said of the order's scan.
pub fn insert_scan(tx: &mut Tx<'_>, order: DeviceOrderId, scan: &StoredScan) -> Result<(), StoreError> {
    let id = order.to_string();
    let row = (
        scans::order_id.eq(&id),
        scans::object_name.eq(&scan.object),
        scans::added_at.eq(timestamp::column(scan.added_at)),
        scans::media_type.eq(scan.media_type.name()),
        scans::size.eq(i64::try_from(scan.size).map_err(|_| StoreError::corrupt("paper_order_scans", &id))?),
    );
    on_backend!(tx, |conn| diesel::insert_into(scans::table).values(row).execute(conn))?;
    Ok(())
}

/// The order's scan, once it is there.
pub fn find_scan(tx: &mut Tx<'_>, order: DeviceOrderId) -> Result<Option<StoredScan>, StoreError> {
    let id = order.to_string();
    let columns = (scans::object_name, scans::added_at, scans::media_type, scans::size);
    let row: Option<(String, NaiveDateTime, String, i64)> =
        on_backend!(tx, |conn| scans::table.find(&id).select(columns).first(conn).optional())?;
    row.map(|(object, added_at, media_type, size)| {
        let corrupt = || StoreError::corrupt("paper_order_scans", &id);
        Ok(StoredScan {
            object,
            added_at: timestamp::instant(added_at),
            media_type: MediaType::parse(&media_type).ok_or_else(corrupt)?,
            size: u64::try_from(size).map_err(|_| corrupt())?,
        })
    })
    .transpose()
}
