//! Where the bytes of attachments stand: a folder, or a bucket of a service that speaks the S3 protocol.
//!
//! What is written here is sealed already. An object appears whole when its writer finishes, or not at all.

use crate::Asked;
use bytes::Bytes;
use domain::redacted::Redacted;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::prefix::PrefixStore;
use object_store::{Error, GetOptions, GetRange, ObjectStore, ObjectStoreExt, WriteMultipart};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How much is gathered before it is written to a folder.
const FOLDER_PART: usize = 256 * 1024;
/// The least that S3 takes as one of several parts.
const BUCKET_PART: usize = 5 * 1024 * 1024;
/// Parts under way at once: the next one is gathered while one is written.
const PARTS_AT_ONCE: usize = 1;

/// Why an object was not written, read or removed.
#[derive(Debug, thiserror::Error)]
pub enum StorageFault {
    #[error("there is no such object")]
    Missing,
    #[error("the attachment store does not answer: {0}")]
    Unavailable(String),
}

impl From<Error> for StorageFault {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound { .. } => Self::Missing,
            other => Self::Unavailable(other.to_string()),
        }
    }
}

type Stored<'a, T> = Asked<'a, Result<T, StorageFault>>;

/// Keeps objects under names that say nothing.
pub trait AttachmentStore: Send + Sync {
    /// Begins an object; nobody finds it before its writer finishes.
    fn create<'a>(&'a self, name: &'a str) -> Stored<'a, Box<dyn ObjectWriter>>;

    /// Some of an object's bytes, as they come.
    fn open<'a>(&'a self, name: &'a str, bytes: Range<u64>) -> Stored<'a, Box<dyn ObjectReader>>;

    /// Removes an object; one that is not there is removed already.
    fn remove<'a>(&'a self, name: &'a str) -> Stored<'a, ()>;
}

/// Takes an object part by part. Dropped before it has finished, it leaves nothing in a folder; in a bucket the parts
/// stay until they are aborted.
pub trait ObjectWriter: Send {
    /// Returns when there is room for more.
    fn write(&mut self, bytes: Vec<u8>) -> Stored<'_, ()>;
    /// Returns when the whole object is kept.
    fn finish(self: Box<Self>) -> Stored<'static, ()>;
    /// Leaves nothing behind.
    fn abort(self: Box<Self>) -> Stored<'static, ()>;
}

pub trait ObjectReader: Send {
    /// The next bytes; `None` at the end.
    fn next(&mut self) -> Stored<'_, Option<Bytes>>;
}

/// A bucket and how to reach it.
#[derive(Clone, Debug)]
pub struct Bucket {
    pub name: String,
    /// Before every object's name; may be empty.
    pub prefix: String,
    /// Where a service other than that of AWS listens.
    pub endpoint: Option<String>,
    pub region: String,
    /// Without keys, the role of the machine counts.
    pub keys: Option<BucketKeys>,
}

#[derive(Clone, Debug)]
pub struct BucketKeys {
    pub id: String,
    pub secret: Redacted<String>,
}

/// Why there is no attachment store.
#[derive(Debug, thiserror::Error)]
pub enum AttachmentStoreFault {
    #[error("the folder {0} cannot be made: {1}")]
    Folder(PathBuf, #[source] std::io::Error),
    #[error("it cannot be set up: {0}")]
    SetUp(String),
}

/// Objects in a folder or a bucket.
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    part: usize,
    /// Where halves of objects stand beside the whole ones.
    folder: Option<PathBuf>,
}

impl Objects {
    /// In this folder, which is made where it is missing.
    pub fn in_folder(folder: &Path) -> Result<Self, AttachmentStoreFault> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(|fault| AttachmentStoreFault::Folder(folder.to_owned(), fault))?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|fault| set_up(&fault))?;
        let folder = Some(folder.to_owned());
        Ok(Self { store: Arc::new(store.with_fsync(true)), part: FOLDER_PART, folder })
    }

    pub fn in_bucket(bucket: &Bucket) -> Result<Self, AttachmentStoreFault> {
        // Objects are removed one at a time, which every service of this protocol can do.
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&bucket.name)
            .with_region(&bucket.region)
            .with_disable_bulk_delete(true);
        if let Some(endpoint) = &bucket.endpoint {
            builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        if let Some(keys) = &bucket.keys {
            builder = builder.with_access_key_id(&keys.id).with_secret_access_key(keys.secret.reveal());
        }
        let store = builder.build().map_err(|fault| set_up(&fault))?;
        let store: Arc<dyn ObjectStore> = if bucket.prefix.is_empty() {
            Arc::new(store)
        } else {
            Arc::new(PrefixStore::new(store, ObjectPath::from(bucket.prefix.as_str())))
        };
        Ok(Self { store, part: BUCKET_PART, folder: None })
    }
}

fn set_up(fault: &Error) -> AttachmentStoreFault {
    AttachmentStoreFault::SetUp(fault.to_string())
}

/// In a folder an object is written as `<name>#<n>` until it is whole; a process that was killed leaves that behind.
fn remove_halves(folder: &Path, name: &str) -> std::io::Result<()> {
    let begins = format!("{name}#");
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with(&begins) {
            continue;
        }
        match std::fs::remove_file(entry.path()) {
            Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => return Err(fault),
            _ => {}
        }
    }
    Ok(())
}

impl AttachmentStore for Objects {
    fn create<'a>(&'a self, name: &'a str) -> Stored<'a, Box<dyn ObjectWriter>> {
        Box::pin(async move {
            let upload = self.store.put_multipart(&ObjectPath::from(name)).await?;
            let parts = WriteMultipart::new_with_chunk_size(upload, self.part);
            Ok(Box::new(Parts(parts)) as Box<dyn ObjectWriter>)
        })
    }

    fn open<'a>(&'a self, name: &'a str, bytes: Range<u64>) -> Stored<'a, Box<dyn ObjectReader>> {
        Box::pin(async move {
            let options = GetOptions { range: Some(GetRange::Bounded(bytes)), ..GetOptions::default() };
            let found = self.store.get_opts(&ObjectPath::from(name), options).await?;
            Ok(Box::new(Chunks(found.into_stream())) as Box<dyn ObjectReader>)
        })
    }

    fn remove<'a>(&'a self, name: &'a str) -> Stored<'a, ()> {
        Box::pin(async move {
            if let Some(folder) = self.folder.clone() {
                let name = name.to_owned();
                let removed = tokio::task::spawn_blocking(move || remove_halves(&folder, &name)).await;
                let fault = |fault: String| StorageFault::Unavailable(fault);
                removed.map_err(|ended| fault(ended.to_string()))?.map_err(|io| fault(io.to_string()))?;
            }
            match self.store.delete(&ObjectPath::from(name)).await {
                Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
                Err(fault) => Err(fault.into()),
            }
        })
    }
}

struct Parts(WriteMultipart);

impl ObjectWriter for Parts {
    fn write(&mut self, bytes: Vec<u8>) -> Stored<'_, ()> {
        Box::pin(async move {
            self.0.wait_for_capacity(PARTS_AT_ONCE).await?;
            self.0.write(&bytes);
            Ok(())
        })
    }

    fn finish(self: Box<Self>) -> Stored<'static, ()> {
        Box::pin(async move { Ok(self.0.finish().await.map(drop)?) })
    }

    fn abort(self: Box<Self>) -> Stored<'static, ()> {
        Box::pin(async move { Ok(self.0.abort().await?) })
    }
}

struct Chunks(BoxStream<'static, Result<Bytes, Error>>);

impl ObjectReader for Chunks {
    fn next(&mut self) -> Stored<'_, Option<Bytes>> {
        Box::pin(async move { Ok(self.0.next().await.transpose()?) })
    }
}
