//! Objects in a folder: whole or not at all, read from any byte, gone when they are removed.

use gateways::attachment_store::{AttachmentStore, Bucket, Objects, StorageFault};
use std::path::{Path, PathBuf};

const NAME: &str = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42";

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("attachment-store-{name}-{}", std::process::id()));
        Self(folder)
    }

    fn files(&self) -> usize {
        std::fs::read_dir(&self.0).unwrap().count()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn pattern(length: usize) -> Vec<u8> {
    (0..length).map(|index| u8::try_from(index % 251).unwrap()).collect()
}

async fn put(objects: &Objects, bytes: &[u8]) {
    let mut writer = objects.create(NAME).await.unwrap();
    for part in bytes.chunks(70_000) {
        writer.write(part.to_vec()).await.unwrap();
    }
    writer.finish().await.unwrap();
}

async fn get(objects: &Objects, range: std::ops::Range<u64>) -> Result<Vec<u8>, StorageFault> {
    let mut reader = objects.open(NAME, range).await?;
    let mut all = Vec::new();
    while let Some(bytes) = reader.next().await? {
        all.extend_from_slice(&bytes);
    }
    Ok(all)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_comes_back_from_any_byte_and_goes() {
    let folder = Folder::new("whole");
    let objects = Objects::in_folder(&folder.0).unwrap();
    let bytes = pattern(700_000);
    put(&objects, &bytes).await;
    assert_eq!(get(&objects, 0..700_000).await.unwrap(), bytes);
    assert_eq!(get(&objects, 65_000..400_001).await.unwrap(), bytes[65_000..400_001]);
    objects.remove(NAME).await.unwrap();
    objects.remove(NAME).await.unwrap();
    assert!(matches!(get(&objects, 0..1).await, Err(StorageFault::Missing)));
    assert_eq!(folder.files(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn half_an_object_is_none() {
    let folder = Folder::new("half");
    let objects = Objects::in_folder(&folder.0).unwrap();
    let mut writer = objects.create(NAME).await.unwrap();
    writer.write(pattern(600_000)).await.unwrap();
    assert!(matches!(get(&objects, 0..1).await, Err(StorageFault::Missing)));
    writer.abort().await.unwrap();
    assert_eq!(folder.files(), 0);
}

#[cfg(unix)]
#[test]
fn nobody_else_enters_the_folder() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("mode");
    Objects::in_folder(&folder.0).unwrap();
    let mode = std::fs::metadata(&folder.0).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[test]
fn a_folder_that_cannot_be_made_is_a_fault() {
    let fault = Objects::in_folder(Path::new("/dev/null/attachments")).err();
    assert!(fault.is_some_and(|fault| fault.to_string().contains("/dev/null/attachments")));
}

#[test]
fn the_secret_of_a_bucket_is_not_printed() {
    let keys = gateways::attachment_store::BucketKeys {
        id: "AKIA".to_owned(),
        secret: domain::redacted::Redacted::new("tajne".to_owned()),
    };
    let bucket = Bucket {
        name: "soid".to_owned(),
        prefix: "zalaczniki".to_owned(),
        endpoint: Some("http://127.0.0.1:9".to_owned()),
        region: "eu-central-1".to_owned(),
        keys: Some(keys),
    };
    assert!(!format!("{bucket:?}").contains("tajne"));
    assert!(Objects::in_bucket(&bucket).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_process_left_of_an_object_goes_with_it() {
    let folder = Folder::new("killed");
    let objects = Objects::in_folder(&folder.0).unwrap();
    let other = NAME.replace("0197", "0198");
    for left in [format!("{NAME}#1"), format!("{NAME}#2"), format!("{other}#1")] {
        std::fs::write(folder.0.join(left), b"half").unwrap();
    }
    objects.remove(NAME).await.unwrap();
    assert_eq!(folder.files(), 1, "another one's half stays");
    assert!(folder.0.join(format!("{other}#1")).exists());
}
