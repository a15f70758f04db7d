//! Files that a party adds to a case for those whom it names.

use super::case::{Case, CaseId};
use super::party::{CaseParty, Reader};
use super::refusals::{EMPTY, TYPE, TYPE_DIFFERS};
use super::rules::{self, Address};
use crate::decision::admit;
use crate::ids::{AttachmentId, OrganisationId};
use crate::problem::{ProblemType, Violation};
use crate::values::Text;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The largest file: 20 MiB.
pub const LARGEST: u64 = 20 * 1024 * 1024;
/// How many files one case has at most.
pub const MOST: i64 = 200;

/// What a file may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MediaType {
    Pdf,
    Png,
    Jpeg,
    Tiff,
}

impl MediaType {
    pub const ALL: [MediaType; 4] = [Self::Pdf, Self::Png, Self::Jpeg, Self::Tiff];

    /// As `Content-Type` names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Tiff => "image/tiff",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name().eq_ignore_ascii_case(name))
    }

    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Tiff => "tif",
        }
    }

    /// What the file is by its first bytes, whatever it is called.
    pub fn of_leading(bytes: &[u8]) -> Option<Self> {
        const SIGNATURES: [(&[u8], MediaType); 5] = [
            (b"%PDF-", MediaType::Pdf),
            (b"\x89PNG\r\n\x1a\n", MediaType::Png),
            (b"\xff\xd8\xff", MediaType::Jpeg),
            (b"II*\0", MediaType::Tiff),
            (b"MM\0*", MediaType::Tiff),
        ];
        SIGNATURES.into_iter().find(|(signature, _)| bytes.starts_with(signature)).map(|(_, it)| it)
    }
}

/// The type that was declared, when the file's first bytes say the same (MA-07 to MA-09).
pub fn admit_file(declared: MediaType, leading: &[u8]) -> Result<(), &'static ProblemType> {
    if leading.is_empty() {
        return Err(EMPTY);
    }
    match MediaType::of_leading(leading) {
        None => Err(TYPE),
        Some(found) if found != declared => Err(TYPE_DIFFERS),
        Some(_) => Ok(()),
    }
}

/// A file of the case; it never changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Attachment {
    pub id: AttachmentId,
    pub case: CaseId,
    pub added_at: DateTime<Utc>,
    pub sender: Reader,
    /// Absent where a patient added it.
    pub organisation: Option<OrganisationId>,
    pub recipients: Vec<Reader>,
    pub title: Text<200>,
    pub media_type: MediaType,
    /// In bytes.
    pub size: u64,
    pub sha256: [u8; 32],
}

/// What somebody wants to add, before its bytes are looked at.
#[derive(Clone, Debug)]
pub struct NewAttachment {
    pub sender: Reader,
    pub recipients: Vec<CaseParty>,
}

/// Who reads the file.
pub fn readers(case: &Case, new: &NewAttachment) -> Result<Vec<Reader>, Vec<Violation>> {
    let address = Address::of_file(case, new.sender, &new.recipients);
    let mut faults = rules::address_faults(&address);
    // They are one parameter of the query here.
    for fault in &mut faults {
        "?recipients".clone_into(&mut fault.pointer);
    }
    faults.dedup();
    admit(faults)?;
    Ok(address.readers())
}

impl Attachment {
    pub fn is_seen_by(&self, reader: Reader) -> bool {
        self.sender.includes(reader) || self.recipients.iter().any(|it| it.includes(reader))
    }
}
