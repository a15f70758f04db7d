//! The whole application over an empty database.

use actix_web::body::to_bytes;
use actix_web::http::header::HeaderMap;
use actix_web::test::{TestRequest, init_service, try_call_service};
use actix_web::web;
use app::caller::{Caller, IdSystem, Org, OrganisationKind, Person, Role};
use app::clock::Clock;
use app::directory::DirectoryFile;
use app::entropy::Entropy;
use app::{App, Parts};
use chrono::{DateTime, Utc};
use domain::ids::{OrganisationId, SpaceId};
use domain::outage::Grace;
use domain::redacted::Redacted;
use domain::values::{OrderPrefix, Pesel};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use gateways::attachment_store::Objects;
use gateways::crl::PreloadedLists;
use http::limits::{Limits, production};
use http::paging::CursorKey;
use http::{AuthFault, Authenticator, Catalogue, Contract, Edge};
use serde_json::{Value, json};
use signing::keys::{KeySet, SigningKey};
use signing::{Anchors, Policy};
use std::sync::Arc;
use std::time::Duration;
use store::audit::AuditBatch;
use store::sealing::KeyRing;
use store::{Store, StoreOptions};
use tempfile::TempDir;

const KEY: &str = "-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgevZzL1gdAFr88hb2
OF/2NxApJCzGCEDdfSp6VQO30hyhRANCAAQRWz+jn65BtOMvdyHKcvjBeBSDZH2r
1RTwjmYSi9R/zpBnuQ4EiMnCqfMPWiZqB4QdbAd0E7oH50VpuZ1P087G
-----END PRIVATE KEY-----
";

/// The token of a request is the caller's role.
struct Roles;

impl Authenticator for Roles {
    fn authenticate<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Caller, AuthFault>> {
        let role = Role::parse(token).unwrap();
        let (id, kind) = match role {
            Role::Physician => (HOSPITAL, OrganisationKind::MedicalEntity),
            Role::Wholesaler => (WHOLESALER, OrganisationKind::Wholesaler),
            _ => (WHOLESALER, OrganisationKind::Pharmacy),
        };
        let org = Org { id: OrganisationId::parse(id).unwrap(), kind };
        let npwz = || Person { id_system: IdSystem::Npwz, id: PHYSICIAN.to_owned() };
        let caller = Caller {
            client_id: "test-client".to_owned(),
            org: (role != Role::Patient).then_some(org),
            person: (role == Role::Physician).then(npwz),
            role,
            patient: (role == Role::Patient).then(|| Redacted::new(Pesel::parse("44051401359").unwrap())),
            representative: None,
            space: SpaceId::production(),
        };
        async move { Ok(caller) }.boxed()
    }
}

struct Noon;

impl Clock for Noon {
    fn real_now(&self) -> DateTime<Utc> {
        "2026-03-02T11:00:00Z".parse().unwrap()
    }

    fn now(&self, _: &SpaceId) -> DateTime<Utc> {
        self.real_now()
    }
}

pub(crate) const HOSPITAL: &str = "01980f2a-6c00-7000-8000-000000000021";
pub(crate) const PHYSICIAN: &str = "2234567";
pub(crate) const WHOLESALER: &str = "01980f2a-6c00-7000-8000-000000000031";

pub(crate) struct Fixture {
    app: web::Data<App>,
    edge: web::Data<Edge>,
    _directory: TempDir,
}

pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
    pub(crate) body: Value,
}

impl Fixture {
    pub(crate) async fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/whole.db", directory.path().display());
        let store = Store::open(StoreOptions::new(url)).await.unwrap();
        store.migrate().await.unwrap();
        let zeros = format!("{}=", "A".repeat(43));
        let ring = json!({"current": 1, "keys": {"1": zeros}, "index": zeros}).to_string();
        let key = SigningKey::from_pkcs8_pem(KEY.as_bytes()).unwrap();
        let attachments = Objects::in_folder(&directory.path().join("attachments")).unwrap();
        let app = App::new(Parts {
            pending_refusal_after: chrono::TimeDelta::hours(24),
            attachments: Arc::new(attachments),
            audit: AuditBatch::spawn(store.clone()),
            store,
            ring: KeyRing::parse(&ring).unwrap(),
            clock: Arc::new(Noon),
            entropy: Entropy,
            access_codes: domain::device_order::access::CODES,
            signatures: Policy::new(Anchors::default()),
            revocation: Arc::new(PreloadedLists::new([])),
            decision_keys: KeySet::of([&key]),
            decision_key: key,
            trusted: None,
            outage_grace: Grace::Days(1),
            silence_is_outage: None,
            insurance: None,
            patient_list_days: None,
            order_numbers: OrderPrefix::Test,
            take_ups: domain::device_order::take_up::Settings::default(),
            issuer: "https://soid.example".to_owned(),
        });
        app.import_directory(SpaceId::production(), people()).await.unwrap();
        let edge = Edge {
            authenticator: Arc::new(Roles),
            dependencies: Vec::new(),
            limits: Limits::new(production()),
            cursors: CursorKey::new(b"a key of the tests"),
            catalogue: Catalogue::whole(),
            contract: Contract::default(),
            body_timeout: Duration::from_secs(1),
            proxies: http::address::Proxies::default(),
        };
        Self { app: web::Data::new(app), edge: web::Data::new(edge), _directory: directory }
    }

    pub(crate) async fn send(&self, request: TestRequest) -> Reply {
        let app = self.app.clone();
        let service = init_service(http::application(&self.edge, move |cfg| {
            cfg.app_data(app);
        }))
        .await;
        let response = match try_call_service(&service, request.to_request()).await {
            Ok(response) => response.map_into_boxed_body().into_parts().1,
            Err(error) => error.error_response(),
        };
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = to_bytes(response.into_body()).await.unwrap();
        let body = serde_json::from_slice(&bytes).unwrap_or_default();
        Reply { status, headers, bytes: bytes.to_vec(), body }
    }

    pub(crate) async fn get(&self, role: &str, path: &str) -> Reply {
        let token = ("Authorization", format!("Bearer {role}"));
        self.send(TestRequest::get().uri(path).insert_header(token)).await
    }

    pub(crate) async fn post(&self, role: &str, path: &str, body: &Value) -> Reply {
        let token = ("Authorization", format!("Bearer {role}"));
        self.send(TestRequest::post().uri(path).insert_header(token).set_json(body)).await
    }
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn outcome(&self) -> (u16, &str) {
        (self.status, self.body["code"].as_str().unwrap_or_default())
    }
}

/// One wholesaler, one hospital with a physician, and one consultant in two fields.
fn people() -> DirectoryFile {
    let held = |field: &str| json!({"field": field, "kind": "NATIONAL", "npwz": "5425740", "qualifications": "prof. dr hab. n. med."});
    serde_json::from_value(json!({
        "organisations": [{"id": WHOLESALER, "kind": "WHOLESALER", "name": "Hurtownia Testowa",
                           "nip": null, "rpwdlNumber": null, "parent": null, "email": null},
                          {"id": HOSPITAL, "kind": "MEDICAL_ENTITY", "name": "Szpital Przykładowy",
                           "nip": "5260250995", "rpwdlNumber": "000000001688", "parent": null, "email": null}],
        "people": [{"id": "01980f2a-6c00-7000-8000-000000000041", "givenNames": "Ewa",
                    "familyName": "Przykładowa", "pesel": null, "ids": [], "roles": [],
                    "consults": [held("0745"), held("0755")]},
                   {"id": "01980f2a-6c00-7000-8000-000000000042", "givenNames": "Anna", "familyName": "Testowa",
                    "pesel": null, "ids": [{"system": "NPWZ", "id": PHYSICIAN}], "consults": [],
                    "roles": [{"role": "PHYSICIAN", "organisation": HOSPITAL, "position": "Lekarz"}]}]
    }))
    .unwrap()
}
