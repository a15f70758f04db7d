//! Demands that were entered from paper.

pub use crate::paper::{EnteredVersion, KnownBy, Released, released_as};

use domain::ids::DemandId;

crate::paper::papers!(DemandId, paper_entries, paper_versions, demand_id, once: [
    crate::paper::SCANNED_ONCE,
    "paper_entries_space_scan_index_key",
    "paper_entries_space_paper_index_key",
]);
