//! Messages and attachments of a case: who writes and reads as which party, in a demand or in a notification.

mod abandoned_uploads;
mod add_attachment;
mod case;
mod correspondent;
mod download;
mod hear;
mod list_attachments;
mod list_messages;
mod mark_message_read;
mod places;
mod read_attachment;
mod send_message;
mod told;
mod upload;
mod view;

pub(crate) use add_attachment::with_digest;
pub use add_attachment::{AddAttachment, AddedAttachment};
pub use case::CaseTarget;
pub use download::FileContent;
pub use list_messages::{MessageFilter, MessageList};
pub(crate) use places::UploadPlaces;
pub use read_attachment::StoredFile;
pub use send_message::SendMessage;
pub use store::correspondence::ReadMark;
pub(crate) use told::Readable;
pub use upload::Upload;
pub(crate) use upload::{Received, Segments};
pub use view::MessageView;
