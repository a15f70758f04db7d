//! Objects in a bucket, before a server on the loopback interface that speaks as much of the S3 protocol as it takes.

use domain::redacted::Redacted;
use gateways::attachment_store::{AttachmentStore, Bucket, BucketKeys, Objects, StorageFault};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const NAME: &str = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42";
const PART: usize = 5 * 1024 * 1024;

#[derive(Default)]
struct Kept {
    objects: BTreeMap<String, Vec<u8>>,
    /// Of the only upload under way.
    parts: BTreeMap<u32, Vec<u8>>,
    uploads: usize,
    largest_part: usize,
    unsigned: usize,
}

struct Server {
    address: SocketAddr,
    kept: Arc<Mutex<Kept>>,
}

struct Asked {
    method: String,
    path: String,
    query: String,
    range: Option<(usize, usize)>,
    is_signed: bool,
    body: Vec<u8>,
}

impl Server {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self { address: listener.local_addr().unwrap(), kept: Arc::default() };
        let kept = Arc::clone(&server.kept);
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(serve(connection, Arc::clone(&kept)));
            }
        });
        server
    }

    fn bucket(&self) -> Objects {
        let keys = BucketKeys { id: "soid".to_owned(), secret: Redacted::new("tajne".to_owned()) };
        Objects::in_bucket(&Bucket {
            name: "soid".to_owned(),
            prefix: "zal".to_owned(),
            endpoint: Some(format!("http://{}", self.address)),
            region: "eu-central-1".to_owned(),
            keys: Some(keys),
        })
        .unwrap()
    }
}

async fn serve(mut connection: TcpStream, kept: Arc<Mutex<Kept>>) {
    while let Some(asked) = read(&mut connection).await {
        let (status, header, body) = kept.lock().unwrap().answer(&asked);
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n{header}\r\n", body.len());
        if connection.write_all(&[head.as_bytes(), &body].concat()).await.is_err() {
            return;
        }
    }
}

async fn read(connection: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        if connection.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(bytes.get(..end)?).into_owned();
    let header = |name: &str| {
        let line = head.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}: ")))?;
        Some(line.split_once(": ")?.1.trim().to_owned())
    };
    let length: usize = header("content-length").and_then(|it| it.parse().ok()).unwrap_or(0);
    while bytes.len() < end + length {
        if connection.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let mut words = head.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let range = header("range").and_then(|range| {
        let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
        Some((first.parse().ok()?, last.parse().ok()?))
    });
    let is_signed =
        header("authorization").is_some_and(|it| it.starts_with("AWS4-HMAC-SHA256 Credential=soid/"));
    let body = bytes.get(end..)?.to_vec();
    Some(Asked { method, path: path.to_owned(), query: query.to_owned(), range, is_signed, body })
}

impl Kept {
    fn answer(&mut self, asked: &Asked) -> (&'static str, String, Vec<u8>) {
        let plain = |body: &str| ("200 OK", String::new(), body.as_bytes().to_vec());
        self.unsigned += usize::from(!asked.is_signed);
        match (asked.method.as_str(), asked.query.as_str()) {
            ("POST", "uploads" | "uploads=") => {
                self.uploads += 1;
                plain(
                    "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>",
                )
            }
            ("PUT", query) if query.contains("partNumber=") => {
                let number = query.split('&').find_map(|pair| pair.strip_prefix("partNumber="));
                self.parts.insert(number.unwrap().parse().unwrap(), asked.body.clone());
                self.largest_part = self.largest_part.max(asked.body.len());
                ("200 OK", "ETag: \"part\"\r\n".to_owned(), Vec::new())
            }
            ("POST", query) if query.contains("uploadId=") => {
                let whole = std::mem::take(&mut self.parts).into_values().flatten().collect();
                self.objects.insert(asked.path.clone(), whole);
                self.uploads -= 1;
                plain("<CompleteMultipartUploadResult><ETag>\"whole\"</ETag></CompleteMultipartUploadResult>")
            }
            ("DELETE", query) if query.contains("uploadId=") => {
                self.parts.clear();
                self.uploads -= 1;
                ("204 No Content", String::new(), Vec::new())
            }
            ("DELETE", "") => {
                self.objects.remove(&asked.path);
                ("204 No Content", String::new(), Vec::new())
            }
            ("GET", "") => self.get(asked),
            _ => ("400 Bad Request", String::new(), Vec::new()),
        }
    }

    fn get(&self, asked: &Asked) -> (&'static str, String, Vec<u8>) {
        let Some(object) = self.objects.get(&asked.path) else {
            return ("404 Not Found", String::new(), b"<Error><Code>NoSuchKey</Code></Error>".to_vec());
        };
        let (first, last) = asked.range.unwrap();
        let header = format!(
            "Content-Range: bytes {first}-{last}/{}\r\nETag: \"whole\"\r\nLast-Modified: Thu, 26 Nov 2026 11:00:00 GMT\r\n",
            object.len(),
        );
        ("206 Partial Content", header, object.get(first..=last).unwrap().to_vec())
    }
}

fn pattern(length: usize) -> Vec<u8> {
    (0..length).map(|index| u8::try_from(index % 251).unwrap()).collect()
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
async fn an_object_goes_into_a_bucket_in_signed_parts_and_comes_back() {
    let server = Server::start().await;
    let objects = server.bucket();
    let bytes = pattern(2 * PART + 1000);
    let mut writer = objects.create(NAME).await.unwrap();
    for part in bytes.chunks(65_569) {
        writer.write(part.to_vec()).await.unwrap();
    }
    writer.finish().await.unwrap();
    {
        let kept = server.kept.lock().unwrap();
        assert_eq!(kept.objects.keys().collect::<Vec<_>>(), [&format!("/soid/zal/{NAME}")]);
        assert_eq!((kept.largest_part, kept.uploads, kept.unsigned), (PART, 0, 0));
    }
    assert_eq!(get(&objects, 100..70_000).await.unwrap(), bytes[100..70_000]);
    objects.remove(NAME).await.unwrap();
    assert!(matches!(get(&objects, 0..1).await, Err(StorageFault::Missing)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_aborted_upload_leaves_no_parts_in_a_bucket() {
    let server = Server::start().await;
    let objects = server.bucket();
    let mut writer = objects.create(NAME).await.unwrap();
    for part in pattern(PART + 1000).chunks(65_569) {
        writer.write(part.to_vec()).await.unwrap();
    }
    writer.abort().await.unwrap();
    let kept = server.kept.lock().unwrap();
    assert_eq!((kept.objects.len(), kept.parts.len(), kept.uploads), (0, 0, 0));
}
