//! Files of a case: what is taken in, and who reads it.

mod uploads;

use reqwest::Method;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::time::Duration;
use testkit::{Case, Request, Response, Stage, TestApp, on_both};

const SEGMENT: usize = 64 * 1024;
const PDF: &str = "application/pdf";
const NO_UPLOADS: &str = "SELECT count(*) AS number FROM attachment_uploads";
const ATTACHMENTS: &str = "SELECT count(*) AS number FROM attachments";

/// Every type of an image, how its files are called, and how they begin: those of the last one in either order of bytes.
const IMAGES: [(&str, &str, &[u8]); 4] = [
    ("image/png", "png", b"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", "jpg", b"\xff\xd8\xff"),
    ("image/tiff", "tif", b"II*\0"),
    ("image/tiff", "tif", b"MM\0*"),
];

/// A file of this size that begins so.
fn beginning_with(leading: &[u8], size: usize) -> Vec<u8> {
    let pattern = (0..size).map(|index| u8::try_from(index % 251).unwrap());
    leading.iter().copied().chain(pattern).take(size).collect()
}

/// A file of this size that begins as a PDF does.
fn pdf(size: usize) -> Vec<u8> {
    beginning_with(b"%PDF-1.7\n", size)
}

fn upload(case: &Case, persona: &'static str, to: &str, media_type: &str, file: Vec<u8>) -> Request {
    let path = format!("{}?recipients={to}", case.path_of("attachments"));
    let key = format!("upload-{}-{}-{}-{to}", case.id, file.len(), media_type.replace('/', "-"));
    let request = case.app.as_persona(persona).request(Method::POST, &path).key(&key.replace(',', "-"));
    request.header("Attachment-Title", "Wypis%20pani%20Testowej").bytes(media_type, file)
}

/// A file of the physician for the ministry.
async fn added(case: &Case, file: Vec<u8>) -> Response {
    upload(case, case.physician(), "MINISTRY", PDF, file).send().await.is(201)
}

fn content(case: &Case, added: &Response) -> String {
    case.path_of(&format!("attachments/{}", added.text_at("/id")))
}

async fn download(case: &Case, persona: &'static str, path: &str, headers: &[(&str, &str)]) -> Response {
    let request = case.app.as_persona(persona).request(Method::GET, path);
    headers.iter().fold(request, |request, (name, value)| request.header(name, value)).send().await
}

fn files(app: &TestApp) -> Vec<PathBuf> {
    fs::read_dir(app.files()).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// Nothing is left of an upload: no object, no note, no attachment.
async fn nothing_is_left(app: &TestApp) {
    for _ in 0..200 {
        if files(app).is_empty() && app.count(NO_UPLOADS).await == 0 {
            assert_eq!(app.count(ATTACHMENTS).await, 0);
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("left behind: {:?}, {} notes", files(app), app.count(NO_UPLOADS).await);
}

/// Flips a bit of the only object.
fn tamper(app: &TestApp, at: usize) {
    let place = files(app).pop().unwrap();
    let mut bytes = fs::read(&place).unwrap();
    bytes[at] ^= 1;
    fs::write(&place, bytes).unwrap();
}

on_both! {
    async fn a_file_is_sealed_and_comes_back_byte_for_byte(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        let before = case.seen().await;
        let file = pdf(3 * SEGMENT + 17);
        let added = added(&case, file.clone()).await;
        assert_eq!(added.header("location"), Some(content(&case, &added).as_str()));
        assert_eq!(added.at("/title"), "Wypis pani Testowej");
        assert_eq!((added.at("/size"), added.at("/mediaType")), (json!(file.len()), json!(PDF)));
        let sha256 = hex::encode(signing::canonical::sha256(&file));
        assert_eq!(added.text_at("/sha256"), sha256);
        assert_eq!(case.seen().await, before, "a child moves nothing");
        let got = download(&case, "preparer", &content(&case, &added), &[]).await.is(200);
        assert_eq!(got.body, file);
        let etag = format!("\"{sha256}\"");
        let name = format!("attachment; filename=\"{}.pdf\"", added.text_at("/id"));
        for (header, value) in [
            ("etag", etag.as_str()), ("content-type", PDF), ("content-disposition", &name), ("accept-ranges", "bytes"),
            ("x-content-type-options", "nosniff"), ("cache-control", "no-store"),
        ] {
            assert_eq!(got.header(header), Some(value), "{header}");
        }
        let stored = fs::read(files(&app).pop().unwrap()).unwrap();
        assert!(!stored.windows(9).any(|bytes| bytes == b"%PDF-1.7\n"), "sealed at rest");
        assert_eq!(app.count(NO_UPLOADS).await, 0);
    }

    async fn a_file_is_read_by_its_sender_and_recipients_and_nobody_else(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        let added = added(&case, pdf(100)).await;
        let list = case.path_of("attachments");
        for reader in ["hospital-physician", "preparer"] {
            let shown = app.as_persona(reader).get(&list).await.is(200);
            assert_eq!(shown.at("/items/0"), added.json(), "{reader}");
        }
        for other in ["director", "patient", "preparer-second", "hospital-pharmacist", "wholesaler"] {
            assert_eq!(app.as_persona(other).get(&list).await.is(200).at("/items"), json!([]), "{other}");
            download(&case, other, &content(&case, &added), &[]).await.refused(404, "request.not_found");
        }
        upload(&case, "wholesaler", "PHYSICIAN", PDF, pdf(50)).send().await.refused(422, "message.recipients_apart");
        upload(&case, "preparer-second", "PHYSICIAN", PDF, pdf(50)).send().await.refused(403, "auth.not_yours");
        let heard = format!(
            "SELECT count(*) AS number FROM events e JOIN event_audience a ON a.event_id = e.id \
             WHERE e.type = 'AttachmentAdded' AND a.audience = 'role:MINISTRY' AND e.document_id = '{}'", case.id,
        );
        assert_eq!(app.count_of(heard).await, 1);
        let accesses = app.as_persona("patient").get("/api/v1/patient/access-log?limit=200").await.is(200).text();
        assert!(accesses.contains("add_attachment") && accesses.contains("list_attachments"), "{accesses}");
    }

    async fn parts_of_a_file_are_served_from_any_byte(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        let file = pdf(2 * SEGMENT + 100);
        let added = added(&case, file.clone()).await;
        let (path, etag) = (content(&case, &added), format!("\"{}\"", added.text_at("/sha256")));
        let last = file.len() - 1;
        for (range, part) in [
            ("bytes=0-9".to_owned(), 0..10),
            (format!("bytes={}-{}", SEGMENT - 5, SEGMENT + 5), SEGMENT - 5..SEGMENT + 6),
            (format!("bytes={}-{}", SEGMENT, 2 * SEGMENT - 1), SEGMENT..2 * SEGMENT),
            ("bytes=-7".to_owned(), file.len() - 7..file.len()),
            (format!("bytes={last}-"), last..file.len()),
        ] {
            let got = download(&case, "preparer", &path, &[("Range", &range)]).await.is(206);
            assert_eq!(got.body, file[part.clone()], "{range}");
            let expected = format!("bytes {}-{}/{}", part.start, part.end - 1, file.len());
            assert_eq!(got.header("content-range"), Some(expected.as_str()));
        }
        let beyond = download(&case, "preparer", &path, &[("Range", "bytes=9999999-")]).await;
        let beyond = beyond.refused(416, "attachment.range");
        assert_eq!(beyond.header("content-range"), Some(format!("bytes */{}", file.len()).as_str()));
        let other = [("Range", "bytes=0-9"), ("If-Range", "\"other\"")];
        assert_eq!(download(&case, "preparer", &path, &other).await.is(200).body, file);
        assert!(download(&case, "preparer", &path, &[("If-None-Match", &etag)]).await.is(304).body.is_empty());
    }

    async fn what_is_no_file_of_a_case_is_refused_and_leaves_nothing(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        let send = |media_type: &'static str, file: Vec<u8>| {
            upload(&case, "hospital-physician", "MINISTRY", media_type, file).send()
        };
        send("text/html", pdf(50)).await.refused(415, "attachment.type");
        send("application/json", b"{}".to_vec()).await.refused(415, "attachment.type");
        send(PDF, b"<html><script>".to_vec()).await.refused(415, "attachment.type");
        send("image/png", pdf(60)).await.refused(422, "attachment.type_differs");
        send(PDF, Vec::new()).await.refused(422, "attachment.empty");
        let path = case.path_of("attachments");
        let bare = |query: &str, title: &str| {
            let request = case.as_physician().request(Method::POST, &format!("{path}{query}"));
            request.key("upload-bare-0123456789").header("Attachment-Title", title).bytes(PDF, pdf(70)).send()
        };
        bare("", "RTG").await.refused(400, "request.missing_parameter");
        bare("?recipients=KING", "RTG").await.refused(400, "request.parameter");
        bare("?recipients=", "").await.refused(422, "request.several_faults");
        let title = bare("?recipients=MINISTRY", "%zz").await.refused(422, "value.text_characters");
        assert_eq!(title.at("/errors/0/parameter"), "Attachment-Title");
        bare("?recipients=MINISTRY", &"a".repeat(201)).await.refused(422, "value.text_too_long");
        bare("?recipients=CONSULTANT", "RTG").await.refused(422, "message.recipient_absent");
        let without = upload(&case, "hospital-physician", "MINISTRY", PDF, pdf(80)).without_key().send().await;
        without.refused(400, "request.idempotency_key_missing");
        nothing_is_left(&app).await;
        let refused = "SELECT count(*) AS number FROM audit WHERE action = 'add_attachment' AND refusal LIKE 'attachment.%'";
        assert_eq!(app.count(refused).await, 3);
    }

    async fn an_image_is_taken_for_what_it_is_and_comes_back_as_that(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        for (place, (media_type, extension, leading)) in IMAGES.into_iter().enumerate() {
            let file = beginning_with(leading, SEGMENT + place);
            let send = async |declared: &'static str| {
                upload(&case, "hospital-physician", "MINISTRY", declared, file.clone()).send().await
            };
            for other in [PDF, "image/png", "image/jpeg", "image/tiff"].into_iter().filter(|it| *it != media_type) {
                send(other).await.refused(422, "attachment.type_differs");
            }
            let added = send(media_type).await.is(201);
            assert_eq!((added.text_at("/mediaType").as_str(), added.at("/size")), (media_type, json!(file.len())));
            let got = download(&case, "preparer", &content(&case, &added), &[]).await.is(200);
            assert_eq!(got.body, file, "{media_type}");
            let name = format!("attachment; filename=\"{}.{extension}\"", added.text_at("/id"));
            assert_eq!((got.header("content-type"), got.header("content-disposition")), (Some(media_type), Some(name.as_str())));
        }
        assert_eq!(app.count(ATTACHMENTS).await, 4, "what was declared as something else was not kept");
    }

    async fn a_file_that_was_altered_is_never_served_as_whole(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        let file = pdf(3 * SEGMENT);
        let path = content(&case, &added(&case, file.clone()).await);
        tamper(&app, 2 * SEGMENT);
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let token = app.token("preparer").signed();
        let answer = client.get(app.url(&path)).bearer_auth(token).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.content_length()), (200, Some(file.len() as u64)));
        assert!(answer.bytes().await.is_err(), "it ends before its announced length");
        let first = download(&case, "preparer", &path, &[("Range", "bytes=0-99")]).await.is(206);
        assert_eq!(first.body, file[..100], "what is authentic is served");
        let part = format!("bytes={}-{}", SEGMENT, SEGMENT + 9);
        download(&case, "preparer", &path, &[("Range", &part)]).await.refused(500, "attachment.damaged");
        tamper(&app, 100);
        download(&case, "preparer", &path, &[]).await.refused(500, "attachment.damaged");
        fs::remove_file(files(&app).pop().unwrap()).unwrap();
        download(&case, "preparer", &path, &[]).await.refused(500, "attachment.damaged");
    }

    async fn a_file_that_was_cut_or_swapped_is_noticed(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        let path = content(&case, &added(&case, pdf(SEGMENT / 2)).await);
        let place = files(&app).pop().unwrap();
        let whole = fs::read(&place).unwrap();
        fs::write(&place, &whole[..whole.len() - 1]).unwrap();
        download(&case, "preparer", &path, &[]).await.refused(500, "attachment.damaged");
        fs::write(&place, &whole).unwrap();
        let second = content(&case, &added(&case, pdf(SEGMENT / 2 + 1)).await);
        let other = files(&app).into_iter().find(|it| *it != place).unwrap();
        fs::copy(&place, &other).unwrap();
        download(&case, "preparer", &second, &[]).await.refused(500, "attachment.damaged");
        download(&case, "preparer", &path, &[]).await.is(200);
    }

    async fn a_message_encloses_what_all_its_recipients_may_read(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        let id = added(&case, pdf(100)).await.text_at("/id");
        let send = async |to: Value| {
            let body = json!({ "recipients": to, "text": "W załączeniu.", "attachments": [id] });
            case.as_physician().post(&case.path_of("messages"), &body).send().await
        };
        send(json!(["MINISTRY", "PATIENT"])).await.refused_at(422, "attachment.not_for_all", "/attachments/0");
        let sent = send(json!(["MINISTRY"])).await.is(201);
        assert_eq!(sent.at("/attachments"), json!([id]));
    }

    async fn files_are_listed_page_by_page(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        let (first, second) = (added(&case, pdf(100)).await, added(&case, pdf(101)).await);
        let list = case.path_of("attachments");
        let page = case.as_physician().get(&format!("{list}?limit=1")).await.is(200);
        assert_eq!(page.at("/items/0"), second.json());
        let next = format!("{list}?limit=1&cursor={}", page.text_at("/nextCursor"));
        let page = case.as_physician().get(&next).await.is(200);
        assert_eq!((page.at("/items/0"), page.at("/nextCursor")), (first.json(), Value::Null));
    }

    async fn a_file_of_a_food_demand_is_found_under_its_address(app: TestApp) {
        let case = Case::of(&app, &testkit::food(testkit::in_facility(&app))).await.until(Stage::Assigned).await;
        let file = pdf(SEGMENT + 1);
        let added = added(&case, file.clone()).await;
        assert_eq!(added.header("location"), Some(content(&case, &added).as_str()));
        assert!(content(&case, &added).starts_with(testkit::FOOD_DEMANDS));
        assert_eq!(download(&case, "preparer", &content(&case, &added), &[]).await.is(200).body, file);
    }
}
