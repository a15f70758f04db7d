//! Notifications that were entered from paper.

pub use crate::paper::{EnteredVersion, KnownBy, Released, released_as};

use domain::ids::AuthorisationId;

crate::paper::papers!(
    AuthorisationId, paper_notifications, paper_notification_versions, authorisation_id, once: [
        crate::paper::SCANNED_ONCE,
        "paper_notifications_space_scan_index_key",
        "paper_notifications_space_paper_index_key",
    ]
);
