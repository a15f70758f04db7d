//! Where the bytes of attachments are kept.

use super::reader::Reader;
use super::variable::variables;
use domain::redacted::Redacted;
use gateways::attachment_store::{Bucket, BucketKeys};
use std::path::PathBuf;

variables! {
    ATTACHMENTS = "SOID_ATTACHMENTS", default "file:///var/lib/soid/attachments",
        "Where sealed attachments are: file:///folder or s3://bucket/prefix; the same for every process.";
    S3_ENDPOINT = "SOID_S3_ENDPOINT", optional "https://s3.przyklad.pl",
        "Where a service that speaks the S3 protocol listens; without it that of AWS.";
    S3_REGION = "SOID_S3_REGION", default "eu-central-1",
        "The region of the bucket.";
    S3_ACCESS_KEY_ID = "SOID_S3_ACCESS_KEY_ID", optional "soid",
        "The name of the key to the bucket; without it the role of the machine counts.";
    S3_SECRET_ACCESS_KEY_FILE = "SOID_S3_SECRET_ACCESS_KEY_FILE", optional "/etc/soid/s3-secret",
        "The file that holds the secret of that key.";
}

/// `SOID_ATTACHMENTS`
#[derive(Clone, Debug)]
pub enum AttachmentsConfig {
    Folder(PathBuf),
    Bucket(Bucket),
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<AttachmentsConfig> {
    let place = reader.parsed(&ATTACHMENTS, place);
    let endpoint = read_endpoint(reader);
    let region = reader.text(&S3_REGION);
    let keys = read_keys(reader);
    Some(match place? {
        Place::Folder(folder) => AttachmentsConfig::Folder(folder),
        Place::Bucket { name, prefix } => {
            let (endpoint, region, keys) = (endpoint.ok()?, region?, keys.ok()?);
            AttachmentsConfig::Bucket(Bucket { name, prefix, endpoint, region, keys })
        }
    })
}

enum Place {
    Folder(PathBuf),
    Bucket { name: String, prefix: String },
}

fn place(text: &str) -> Result<Place, &'static str> {
    if let Some(path) = text.strip_prefix("file://")
        && path.starts_with('/')
    {
        return Ok(Place::Folder(PathBuf::from(path)));
    }
    if let Some(rest) = text.strip_prefix("s3://") {
        let (name, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        if !name.is_empty() {
            let (name, prefix) = (name.to_owned(), prefix.trim_matches('/').to_owned());
            return Ok(Place::Bucket { name, prefix });
        }
    }
    Err("must be file:// with the whole path of a folder, or s3:// with a bucket")
}

/// The reader has been told what is wrong.
struct Told;

fn read_endpoint(reader: &mut Reader<'_>) -> Result<Option<String>, Told> {
    if reader.text(&S3_ENDPOINT).is_none() {
        return Ok(None);
    }
    let endpoint = reader.parsed(&S3_ENDPOINT, |text| {
        let is_address = ["https://", "http://"].into_iter().any(|scheme| text.starts_with(scheme));
        if is_address { Ok(text.to_owned()) } else { Err("must begin with https:// or http://") }
    });
    endpoint.map(Some).ok_or(Told)
}

/// Both or neither.
fn read_keys(reader: &mut Reader<'_>) -> Result<Option<BucketKeys>, Told> {
    match (reader.text(&S3_ACCESS_KEY_ID), reader.text(&S3_SECRET_ACCESS_KEY_FILE)) {
        (None, None) => Ok(None),
        (Some(id), Some(_)) => {
            let secret =
                String::from_utf8(reader.file(&S3_SECRET_ACCESS_KEY_FILE).ok_or(Told)?).unwrap_or_default();
            if secret.trim().is_empty() {
                reader.refuse(&S3_SECRET_ACCESS_KEY_FILE, "the file holds no text");
                return Err(Told);
            }
            Ok(Some(BucketKeys { id, secret: Redacted::new(secret.trim().to_owned()) }))
        }
        (Some(_), None) => {
            reader.refuse(&S3_SECRET_ACCESS_KEY_FILE, "must be set beside SOID_S3_ACCESS_KEY_ID");
            Err(Told)
        }
        (None, Some(_)) => {
            reader.refuse(&S3_ACCESS_KEY_ID, "must be set beside SOID_S3_SECRET_ACCESS_KEY_FILE");
            Err(Told)
        }
    }
}
