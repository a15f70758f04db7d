//! The files of the documents that a notification names: the very ones, where those who sign and examine can read them
//! (PF art. 4ac(6)).

use super::content::{AttachedDocument, Attachments};
use super::model::Authorisation;
use super::parties::EXAMINERS;
use super::refusals::ATTACHMENT_NOT_UPLOADED;
use crate::correspondence::{Attachment, Reader};
use crate::ids::AttachmentId;
use crate::problem::Sentence;
use crate::rule::{Rule, at};
use std::fmt::Write;

/// The file of a named document, where it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttachedFile {
    pub attachment: Option<AttachmentId>,
}

/// The same for each document that is named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AttachedFiles {
    pub power_of_representation: Option<AttachedFile>,
    pub agriculture_minister_request: Option<AttachedFile>,
    pub responsible_person_authorisation: Option<AttachedFile>,
}

/// Which of these files are the named documents.
pub fn find(named: &Attachments, files: &[Attachment]) -> AttachedFiles {
    let of = |document: &AttachedDocument| AttachedFile {
        attachment: files.iter().find(|file| is_it(document, file)).map(|file| file.id),
    };
    AttachedFiles {
        power_of_representation: named.power_of_representation.as_ref().map(of),
        agriculture_minister_request: named.agriculture_minister_request.as_ref().map(of),
        responsible_person_authorisation: named.responsible_person_authorisation.as_ref().map(of),
    }
}

/// The very file, for all who have to read it.
fn is_it(document: &AttachedDocument, file: &Attachment) -> bool {
    let is_read = EXAMINERS.into_iter().all(|party| file.is_seen_by(Reader { party, only: None }));
    is_read && hexadecimal(&file.sha256) == document.sha256.as_str()
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A rule that looks at a notification and at its files.
pub type FileCheck = fn(&Authorisation, &[Attachment]) -> Vec<String>;

/// Rules of submission that look at the files of the notification.
pub const RULES: &[Rule<FileCheck>] = &[Rule {
    number: "TA-70",
    legal: "PF art. 4(8), 4ac(6)",
    says: Sentence {
        pl: "Plik każdego wskazanego dokumentu, o podpisywanym skrócie, jest w sprawie i mogą go odczytać reprezentant oraz ministerstwo.",
        en: "The file of every named document, with the digest that is signed, is in the case, and representative and ministry may read it.",
    },
    problem: ATTACHMENT_NOT_UPLOADED,
    broken_at: every_named_file_is_there,
}];

/// The places of the named documents whose file is not there.
pub(super) fn every_named_file_is_there(authorisation: &Authorisation, files: &[Attachment]) -> Vec<String> {
    let found = find(&authorisation.content.attachments, files);
    let is_missing = |it: Option<AttachedFile>| it.is_some_and(|file| file.attachment.is_none());
    let place = |member: &str| format!("/content/attachments/{member}/sha256");
    [
        at(&place("powerOfRepresentation"), is_missing(found.power_of_representation)),
        at(&place("agricultureMinisterRequest"), is_missing(found.agriculture_minister_request)),
        at(&place("responsiblePersonAuthorisation"), is_missing(found.responsible_person_authorisation)),
    ]
    .concat()
}

#[cfg(test)]
mod tests;
