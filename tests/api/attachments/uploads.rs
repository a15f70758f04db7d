//! How a file arrives: how large, how slowly, how often, and that half an upload leaves nothing.

use super::{
    ATTACHMENTS, NO_UPLOADS, PDF, SEGMENT, added, content, download, files, nothing_is_left, pdf, upload,
};
use futures_util::future::join_all;
use std::fs;
use std::time::Duration;
use testkit::{Case, Stage, TestApp, on_both};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The head of an upload over a connection of its own, whose body is sent by hand.
async fn by_hand(case: &Case, key: &str, length: &str) -> TcpStream {
    let mut socket = TcpStream::connect(case.app.address()).await.unwrap();
    let head = format!(
        "POST {}?recipients=MINISTRY HTTP/1.1\r\nHost: soid\r\nAuthorization: Bearer {}\r\nIdempotency-Key: {key}\r\n\
         Attachment-Title: RTG\r\nContent-Type: {PDF}\r\n{length}\r\n\r\n",
        case.path_of("attachments"),
        case.app.token(case.physician()).signed(),
    );
    socket.write_all(head.as_bytes()).await.unwrap();
    socket
}

async fn answer(mut socket: TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    // A refusal closes the connection under what is still being sent.
    while let Ok(Ok(read @ 1..)) =
        tokio::time::timeout(Duration::from_secs(10), socket.read(&mut buffer)).await
    {
        bytes.extend_from_slice(&buffer[..read]);
        if String::from_utf8_lossy(&bytes).contains("\"traceId\"") {
            break;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn is_noted(app: &TestApp) {
    for _ in 0..200 {
        if app.count(NO_UPLOADS).await == 1 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the upload is not noted");
}

on_both! {
    async fn the_largest_file_passes_and_one_byte_more_does_not(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        let largest = 20 * 1024 * 1024;
        let announced = by_hand(&case, "upload-announced-01234", &format!("Content-Length: {}", largest + 1)).await;
        assert!(answer(announced).await.contains("attachment.too_large"));
        // Made before the connection is open: a sender that is silent for as long is cut off.
        let too_large = pdf(largest + 1);
        let mut chunked = by_hand(&case, "upload-chunked-0123456", "Transfer-Encoding: chunked").await;
        for part in too_large.chunks(SEGMENT) {
            let chunk = [format!("{:x}\r\n", part.len()).as_bytes(), part, b"\r\n"].concat();
            chunked.write_all(&chunk).await.unwrap();
        }
        let refused = answer(chunked).await;
        assert!(refused.starts_with("HTTP/1.1 413 ") && refused.contains("attachment.too_large"), "{refused}");
        nothing_is_left(&app).await;
        let file = pdf(largest);
        let added = added(&case, file.clone()).await;
        let got = download(&case, "preparer", &content(&case, &added), &[]).await.is(200);
        assert!(got.body == file);
    }

    async fn an_upload_that_breaks_off_leaves_nothing(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        let mut socket = by_hand(&case, "upload-broken-01234567", "Content-Length: 1000000").await;
        socket.write_all(&pdf(400_000)).await.unwrap();
        is_noted(&app).await;
        drop(socket);
        nothing_is_left(&app).await;
        let mut silent = by_hand(&case, "upload-silent-01234567", "Content-Length: 1000000").await;
        silent.write_all(&pdf(400_000)).await.unwrap();
        assert!(answer(silent).await.contains("request.body_timeout"));
        nothing_is_left(&app).await;
    }

    async fn the_same_upload_is_carried_out_once(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        let send = |file: Vec<u8>| {
            upload(&case, "hospital-physician", "MINISTRY", PDF, file).key("upload-once-0123456789").send()
        };
        let file = pdf(SEGMENT + 1);
        let first = send(file.clone()).await.is(201);
        let again = send(file.clone()).await.is(201);
        assert!(again.is_replayed() && again.body == first.body);
        assert_eq!(again.header("location"), first.header("location"));
        let other = [&file[..SEGMENT], b"x"].concat();
        send(other).await.refused(422, "request.idempotency_key_reused");
        assert_eq!((files(&app).len(), app.count(ATTACHMENTS).await), (1, 1));
        let known = case.as_physician().get("/api/v1/operations?key=upload-once-0123456789").await.is(200);
        assert_eq!(known.at("/operation"), "add_attachment");
    }

    async fn equal_uploads_at_once_are_one(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        let send = || upload(&case, "hospital-physician", "MINISTRY", PDF, pdf(300_000)).send();
        let (one, other) = tokio::join!(send(), send());
        let (one, other) = (one.is(201), other.is(201));
        assert!(one.is_replayed() != other.is_replayed() && one.body == other.body);
        assert_eq!((files(&app).len(), app.count(NO_UPLOADS).await), (1, 0));
    }

    async fn while_the_store_is_away_a_client_is_told_to_come_back(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        fs::remove_dir_all(app.files()).unwrap();
        fs::write(app.files(), "in the way").unwrap();
        let away = upload(&case, "hospital-physician", "MINISTRY", PDF, pdf(100)).send().await;
        assert_eq!(away.refused(503, "attachment.unavailable").header("retry-after"), Some("30"));
        assert_eq!(app.count(ATTACHMENTS).await, 0);
        fs::remove_file(app.files()).unwrap();
        fs::create_dir(app.files()).unwrap();
        added(&case, pdf(100)).await;
    }

    async fn an_upload_that_was_given_up_is_not_added(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        let file = pdf(400_000);
        let mut socket = by_hand(&case, "upload-given-up-012345", &format!("Content-Length: {}", file.len())).await;
        socket.write_all(&file[..300_000]).await.unwrap();
        is_noted(&app).await;
        app.execute("UPDATE attachment_uploads SET given_up_at = started_at");
        socket.write_all(&file[300_000..]).await.unwrap();
        assert!(answer(socket).await.contains("attachment.given_up"));
        nothing_is_left(&app).await;
    }

    async fn an_upload_whose_note_is_forgotten_leaves_no_object(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        let file = pdf(400_000);
        let mut socket = by_hand(&case, "upload-forgotten-01234", &format!("Content-Length: {}", file.len())).await;
        socket.write_all(&file[..300_000]).await.unwrap();
        is_noted(&app).await;
        app.execute("DELETE FROM attachment_uploads");
        socket.write_all(&file[300_000..]).await.unwrap();
        assert!(answer(socket).await.contains("attachment.given_up"));
        nothing_is_left(&app).await;
    }

    async fn an_object_that_cannot_be_removed_keeps_no_other(app: TestApp) {
        for (name, started) in [("stuck", "2026-01-02 03:04:05"), ("loose", "2026-01-02 03:04:06")] {
            app.execute(&format!("INSERT INTO attachment_uploads (object_name, started_at) VALUES ('{name}', '{started}')"));
        }
        fs::write(app.files().join("loose"), "half").unwrap();
        // A folder is no object, and is not removed as one.
        fs::create_dir(app.files().join("stuck")).unwrap();
        fs::write(app.files().join("stuck").join("inside"), "").unwrap();
        assert!(app.another_node().await.remove_abandoned_uploads("one").await.is_err(), "it is told at the end");
        assert!(!app.files().join("loose").exists());
        assert_eq!(app.count("SELECT count(*) AS number FROM attachment_uploads WHERE object_name = 'stuck'").await, 1);
        assert_eq!(app.count(NO_UPLOADS).await, 1);
    }

    async fn a_case_has_so_many_attachments_and_a_client_so_many_uploads_at_once(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        let at_once = (0..40).map(|index| upload(&case, case.physician(), "MINISTRY", PDF, pdf(200_000 + index)).send());
        let (mut sent, mut limited) = (0, 0);
        for answer in join_all(at_once).await {
            if answer.status == 429 {
                let refused = answer.refused(429, "limit.too_many_requests");
                assert!(refused.header("retry-after").is_some());
                limited += 1;
            } else {
                answer.is(201);
                sent += 1;
            }
        }
        assert!(limited > 0 && sent >= 8, "{sent} of forty at once");
        assert_eq!(app.count(ATTACHMENTS).await, sent);
        let missing = 199 - app.count(ATTACHMENTS).await;
        app.execute(&format!(
            "INSERT INTO attachments (id, demand_id, added_at, organisation_id, media_type, size, sealed) \
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {missing}) \
             SELECT 'filler-' || n.i, a.demand_id, a.added_at, a.organisation_id, a.media_type, a.size, a.sealed \
             FROM n, (SELECT * FROM attachments LIMIT 1) a"
        ));
        added(&case, pdf(700)).await;
        let refused = upload(&case, case.physician(), "MINISTRY", PDF, pdf(701)).send().await;
        refused.refused(409, "attachment.too_many");
        assert_eq!(app.count(ATTACHMENTS).await, 200);
    }

    async fn objects_of_abandoned_uploads_are_removed_after_an_hour(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        let kept = added(&case, pdf(100)).await;
        for (name, started) in [("old", "2026-01-02 03:04:05"), ("missing", "2026-01-02 03:04:06"), ("young", "2999-01-02 03:04:05")] {
            app.execute(&format!("INSERT INTO attachment_uploads (object_name, started_at) VALUES ('{name}', '{started}')"));
        }
        for name in ["old", "young"] {
            fs::write(app.files().join(name), "half").unwrap();
        }
        // A process that was killed leaves the object unfinished.
        for name in ["missing#1", "young#1"] {
            fs::write(app.files().join(name), "half").unwrap();
        }
        assert_eq!(app.remove_abandoned_uploads("one").await, 2);
        assert_eq!(app.remove_abandoned_uploads("two").await, 0);
        assert!(!app.files().join("old").exists() && app.files().join("young").exists());
        assert!(!app.files().join("missing#1").exists() && app.files().join("young#1").exists());
        assert_eq!(app.count(NO_UPLOADS).await, 1);
        download(&case, "preparer", &content(&case, &kept), &[]).await.is(200);
    }
}
