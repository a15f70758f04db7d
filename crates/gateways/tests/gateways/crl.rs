//! Revocation lists: which hosts are asked, how long a list counts, and what a bad answer does.

use crate::at;
use crate::receiver::{Receiver, Reply};
use gateways::FetchLimits;
use gateways::crl::{CrlPace, PreloadedLists, RevocationLists, RevocationSource};
use signing::Publishers;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use time::OffsetDateTime;

/// An authority of this test: its certificate, and the lists that it signs.
struct TestAuthority {
    certificate: Vec<u8>,
    issuer: rcgen::Issuer<'static, rcgen::KeyPair>,
}

impl TestAuthority {
    fn new() -> Self {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut params = rcgen::CertificateParams::default();
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        params.key_usages = vec![rcgen::KeyUsagePurpose::CrlSign];
        let certificate = params.self_signed(&key).unwrap().der().to_vec();
        Self { certificate, issuer: rcgen::Issuer::new(params, key) }
    }

    /// A list of the day that ends so many seconds after noon.
    fn list(&self, next_update: i64, number: u64) -> Vec<u8> {
        let stamp = |seconds| OffsetDateTime::from_unix_timestamp(at(seconds).timestamp()).unwrap();
        let crl = rcgen::CertificateRevocationListParams {
            this_update: stamp(next_update - 86_400),
            next_update: stamp(next_update),
            crl_number: rcgen::SerialNumber::from(number),
            issuing_distribution_point: None,
            revoked_certs: Vec::new(),
            key_identifier_method: rcgen::KeyIdMethod::Sha256,
        };
        crl.signed_by(&self.issuer).unwrap().der().to_vec()
    }
}

static AUTHORITY: LazyLock<TestAuthority> = LazyLock::new(TestAuthority::new);

fn list(next_update: i64) -> Vec<u8> {
    AUTHORITY.list(next_update, 1)
}

fn published_at(urls: Vec<String>) -> Publishers {
    Publishers::new(urls, vec![AUTHORITY.certificate.clone()])
}

fn lists(receiver: &Receiver) -> Arc<RevocationLists> {
    lists_within(receiver, CrlPace::default().limits)
}

fn lists_within(receiver: &Receiver, limits: FetchLimits) -> Arc<RevocationLists> {
    let pace = CrlPace { limits, ..CrlPace::default() };
    Arc::new(RevocationLists::new([receiver.host()], pace).unwrap())
}

async fn ask(lists: &RevocationLists, url: &str, seconds: i64) -> Vec<Vec<u8>> {
    lists.lists(&published_at(vec![url.to_owned()]), at(seconds)).await
}

#[tokio::test]
async fn a_list_is_fetched_once_and_kept_for_an_hour() {
    let list = list(86_400);
    let receiver = Receiver::start(Reply::ok(list.clone())).await;
    let lists = lists(&receiver);
    for second in [0, 1, 3599] {
        assert_eq!(ask(&lists, &receiver.url(), second).await, vec![list.clone()]);
    }
    assert_eq!(receiver.asked(), 1);
    ask(&lists, &receiver.url(), 3600).await;
    assert_eq!(receiver.asked(), 2);
}

#[tokio::test]
async fn a_list_is_renewed_before_its_next_update() {
    let receiver = Receiver::start(Reply::ok(list(1800))).await;
    let lists = lists(&receiver);
    ask(&lists, &receiver.url(), 0).await;
    let newer = list(3600);
    receiver.now_answers(Reply::ok(newer.clone()));
    assert_ne!(ask(&lists, &receiver.url(), 1199).await, vec![newer.clone()]);
    assert_eq!(ask(&lists, &receiver.url(), 1200).await, vec![newer]);
}

#[tokio::test]
async fn the_last_good_list_counts_until_its_next_update() {
    let list = list(1800);
    let receiver = Receiver::start(Reply::ok(list.clone())).await;
    let lists = lists(&receiver);
    ask(&lists, &receiver.url(), 0).await;
    receiver.now_answers(Reply::broken());
    assert_eq!(ask(&lists, &receiver.url(), 1799).await, vec![list]);
    assert!(ask(&lists, &receiver.url(), 1800).await.is_empty());
}

#[tokio::test]
async fn an_outdated_list_does_not_displace_one_that_is_current() {
    let current = list(86_400);
    let receiver = Receiver::start(Reply::ok(current.clone())).await;
    let lists = lists(&receiver);
    ask(&lists, &receiver.url(), 0).await;
    receiver.now_answers(Reply::ok(list(60)));
    assert_eq!(ask(&lists, &receiver.url(), 4000).await, vec![current]);
    assert_eq!(receiver.asked(), 2);
}

#[tokio::test]
async fn an_earlier_list_does_not_displace_a_later_one() {
    let later = AUTHORITY.list(80_000, 5);
    let receiver = Receiver::start(Reply::ok(later.clone())).await;
    let lists = lists(&receiver);
    ask(&lists, &receiver.url(), 0).await;
    for (second, earlier) in [(4000, AUTHORITY.list(70_000, 5)), (8000, AUTHORITY.list(82_000, 4))] {
        receiver.now_answers(Reply::ok(earlier));
        assert_eq!(ask(&lists, &receiver.url(), second).await, vec![later.clone()], "{second}");
    }
    assert_eq!(receiver.asked(), 3);
    let latest = AUTHORITY.list(82_000, 6);
    receiver.now_answers(Reply::ok(latest.clone()));
    assert_eq!(ask(&lists, &receiver.url(), 12_000).await, vec![latest]);
    let after_its_end = AUTHORITY.list(100_000, 1);
    receiver.now_answers(Reply::ok(after_its_end.clone()));
    assert_eq!(ask(&lists, &receiver.url(), 82_000).await, vec![after_its_end], "numbers may begin anew");
}

#[tokio::test]
async fn a_list_that_its_issuer_has_not_signed_does_not_displace_the_good_one() {
    let good = list(80_000);
    let receiver = Receiver::start(Reply::ok(good.clone())).await;
    let lists = lists(&receiver);
    ask(&lists, &receiver.url(), 0).await;
    receiver.now_answers(Reply::ok(TestAuthority::new().list(82_000, 7)));
    assert_eq!(ask(&lists, &receiver.url(), 4000).await, vec![good]);
    assert_eq!(receiver.asked(), 2);
}

#[tokio::test]
async fn a_list_of_the_future_does_not_displace_the_good_one() {
    let good = list(80_000);
    let receiver = Receiver::start(Reply::ok(good.clone())).await;
    let lists = lists(&receiver);
    ask(&lists, &receiver.url(), 0).await;
    receiver.now_answers(Reply::ok(list(4001 + 86_400)));
    assert_eq!(ask(&lists, &receiver.url(), 4000).await, vec![good]);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_callers_at_once_make_one_request() {
    let receiver = Receiver::start(Reply::ok(list(86_400)).after(Duration::from_millis(100))).await;
    let lists = lists(&receiver);
    let mut callers = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let (lists, url) = (Arc::clone(&lists), receiver.url());
        callers.spawn(async move { ask(&lists, &url, 0).await.len() });
    }
    assert_eq!(callers.join_all().await, vec![1; 50]);
    assert_eq!(receiver.asked(), 1);
}

#[tokio::test]
async fn a_host_that_is_not_allowed_is_never_asked() {
    let receiver = Receiver::start(Reply::ok(list(86_400))).await;
    let nobody = RevocationLists::new(["crl.przyklad.pl".to_owned()], CrlPace::default()).unwrap();
    assert!(ask(&nobody, &receiver.url(), 0).await.is_empty());
    let lists = lists(&receiver);
    for prefix in ["ftp://", "ldap://", "http://user:secret@", "http://crl.przyklad.pl@"] {
        assert!(ask(&lists, &format!("{prefix}{}/document", receiver.host()), 0).await.is_empty());
    }
    assert_eq!(receiver.asked(), 0);
}

#[tokio::test]
async fn a_slow_host_is_given_up_and_left_alone_for_a_while() {
    let receiver = Receiver::start(Reply::ok(list(86_400)).after(Duration::from_mins(1))).await;
    let limits = FetchLimits { whole: Duration::from_millis(300), ..CrlPace::default().limits };
    let lists = lists_within(&receiver, limits);
    assert!(ask(&lists, &receiver.url(), 0).await.is_empty());
    assert!(ask(&lists, &receiver.url(), 29).await.is_empty());
    assert_eq!(receiver.asked(), 1);
}

#[tokio::test]
async fn a_huge_answer_is_refused() {
    assert_eq!(CrlPace::default().limits.bytes, 8 * 1024 * 1024);
    let list = list(86_400);
    let receiver = Receiver::start(Reply::ok(list.clone())).await;
    for (bytes, found) in [(list.len() - 1, 0), (list.len(), 1)] {
        let lists = lists_within(&receiver, FetchLimits { bytes, ..CrlPace::default().limits });
        assert_eq!(ask(&lists, &receiver.url(), 0).await.len(), found);
    }
}

#[tokio::test]
async fn a_redirect_is_refused() {
    let elsewhere = Receiver::start(Reply::ok(list(86_400))).await;
    let receiver = Receiver::start(Reply::redirect(&elsewhere.url())).await;
    assert!(ask(&lists(&receiver), &receiver.url(), 0).await.is_empty());
    assert_eq!((receiver.asked(), elsewhere.asked()), (1, 0));
}

#[tokio::test]
async fn an_answer_that_is_no_list_is_refused() {
    let mut trailing = list(86_400);
    trailing.push(0);
    for body in [b"<html>".to_vec(), trailing] {
        let receiver = Receiver::start(Reply::ok(body)).await;
        assert!(ask(&lists(&receiver), &receiver.url(), 0).await.is_empty());
    }
}

#[tokio::test]
async fn only_the_first_points_of_a_certificate_are_asked() {
    let receiver = Receiver::start(Reply::ok(list(86_400))).await;
    let urls: Vec<String> = (0..100).map(|n| format!("{}?{n}", receiver.url())).collect();
    assert_eq!(lists(&receiver).lists(&published_at(urls), at(0)).await.len(), 8);
    assert_eq!(receiver.asked(), 8);
}

#[tokio::test]
async fn lists_that_were_handed_in_are_served_and_can_be_replaced() {
    let preloaded = PreloadedLists::new([vec![1]]);
    assert_eq!(preloaded.lists(&Publishers::default(), at(0)).await, vec![vec![1]]);
    preloaded.replace([vec![2], vec![3]]);
    assert_eq!(preloaded.lists(&Publishers::default(), at(0)).await.len(), 2);
}
