//! Reading: every variable, every fault, and the file that documents them.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use super::variable::Absent;
use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeSet;
use std::time::Duration;

mod outside;

/// A self-signed root with this common name and organisation, as DER.
pub(super) fn root(common_name: &str, organisation: &str) -> Vec<u8> {
    let mut params = rcgen::CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(rcgen::DnType::CommonName, common_name);
    params.distinguished_name.push(rcgen::DnType::OrganizationName, organisation);
    params.self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap().der().to_vec()
}

fn pem(label: &str, der: &[u8]) -> String {
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", STANDARD.encode(der))
}

pub(super) fn ring(current: u32, key: [u8; 32], index: [u8; 32]) -> String {
    let (key, index) = (STANDARD.encode(key), STANDARD.encode(index));
    serde_json::json!({"current": current, "keys": {"1": key}, "index": index}).to_string()
}

pub(super) fn random() -> [u8; 32] {
    let mut key = [0; 32];
    aws_lc_rs::rand::fill(&mut key).unwrap();
    key
}

/// What a complete production environment sets.
fn environment() -> BTreeMap<String, String> {
    let set = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    let issuer = r#"[{"issuer":"https://login.przyklad.pl","jwksUrl":"https://login.przyklad.pl/jwks","audience":"soid"}]"#;
    [
        ("SOID_PUBLIC_URL", "https://soid.przyklad.pl/"),
        ("DATABASE_URL", "postgres://soid:tajne@db.przyklad.pl/soid"),
        ("SOID_ISSUERS", issuer),
        ("SOID_KEY_RING_FILE", "/ring"),
        ("SOID_DECISION_KEY_FILE", "/decision"),
        ("SOID_ANCHORS_QUALIFIED_FILE", "/anchors"),
        ("SOID_CRL_HOSTS", "crl.przyklad.pl, CRL2.przyklad.pl:8080"),
    ]
    .map(set)
    .into()
}

fn file(path: &Path) -> io::Result<Vec<u8>> {
    Ok(match path.to_str().unwrap() {
        "/ring" => ring(1, random(), random()).into_bytes(),
        "/decision" => rcgen::KeyPair::generate().unwrap().serialize_pem().into_bytes(),
        "/p384" => {
            rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384).unwrap().serialize_pem().into_bytes()
        }
        "/anchors" => {
            let roots = [root("Korzen A", "Dostawca"), root("Korzen B", "Dostawca")];
            roots.map(|der| pem("CERTIFICATE", &der)).concat().into_bytes()
        }
        "/empty" => Vec::new(),
        "/totp" => b"GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ\n".to_vec(),
        "/s3-secret" => b"tajne\n".to_vec(),
        "/former" => {
            let key = aws_lc_rs::signature::EcdsaKeyPair::generate_pkcs8(
                &aws_lc_rs::signature::ECDSA_P256_SHA256_FIXED_SIGNING,
                &aws_lc_rs::rand::SystemRandom::new(),
            );
            let key = signing::keys::SigningKey::from_pkcs8_der(key.unwrap().as_ref()).unwrap();
            signing::keys::KeySet::of([&key]).jwk_set().to_string().into_bytes()
        }
        "/weak-keys" => br#"{"keys":[{"kty":"oct","kid":"a","k":"AQAB"}]}"#.to_vec(),
        _ => return Err(io::Error::from(io::ErrorKind::NotFound)),
    })
}

fn read(map: &BTreeMap<String, String>) -> Result<Config, Vec<ConfigFault>> {
    Config::from_env_and_files(map, &file)
}

/// A configuration that production accepts.
pub(super) fn config() -> Config {
    read(&environment()).unwrap()
}

fn with(changes: &[(&str, &str)]) -> Result<Config, Vec<ConfigFault>> {
    let mut map = environment();
    map.extend(changes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    read(&map)
}

/// The faults of the complete environment with these changes, as the operator reads them.
fn faults(changes: &[(&str, &str)]) -> Vec<String> {
    with(changes).unwrap_err().iter().map(ToString::to_string).collect()
}

fn only_fault(changes: &[(&str, &str)]) -> String {
    let faults = faults(changes);
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.concat()
}

#[test]
fn a_complete_environment_is_read_with_its_defaults() {
    let config = config();
    assert_eq!(config.mode, Mode::Production);
    assert_eq!(config.space, SpaceId::production());
    assert_eq!(config.http.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.http.public_url, "https://soid.przyklad.pl");
    assert_eq!(config.database.read_connections, 8);
    assert!(config.database.migrate_on_start);
    assert_eq!(config.issuers.jwks_max_age, Duration::from_mins(5));
    assert_eq!(config.issuers.issuers.first().unwrap().audience, "soid");
    assert!(config.keys.ring.text().starts_with('{'));
    assert_eq!((config.trust.qualified.len(), config.trust.personal.len()), (2, 0));
    assert_eq!(config.trust.crl_hosts, ["crl.przyklad.pl", "crl2.przyklad.pl:8080"]);
    assert_eq!(config.telemetry.format, LogFormat::Json);
}

#[test]
fn an_empty_environment_names_everything_that_must_be_set() {
    let faults = read(&BTreeMap::new()).unwrap_err();
    let named: Vec<_> = faults.iter().map(|fault| fault.variable.as_str()).collect();
    let expected =
        ["SOID_PUBLIC_URL", "DATABASE_URL", "SOID_ISSUERS", "SOID_KEY_RING_FILE", "SOID_DECISION_KEY_FILE"];
    assert_eq!(named, expected);
}

#[test]
fn a_variable_that_is_set_but_empty_is_not_set() {
    assert_eq!(with(&[("SOID_LISTEN", "  ")]).unwrap().http.listen.port(), 8080);
    assert!(only_fault(&[("DATABASE_URL", "")]).starts_with("DATABASE_URL: must be set"));
}

#[test]
fn a_misspelt_variable_is_told() {
    assert_eq!(only_fault(&[("SOID_LISTN", "[::]:80")]), "SOID_LISTN: there is no such variable");
    assert!(with(&[("PATH", "/bin"), ("SOIDX", "1")]).is_ok());
}

#[test]
fn every_fault_is_told_at_once() {
    let told =
        faults(&[("SOID_LISTEN", "here"), ("SOID_LOG_FORMAT", "xml"), ("SOID_MIGRATE_ON_START", "yes")]);
    let expected = [
        "SOID_LISTEN: must be an IP address and a port, not \"here\"",
        "SOID_MIGRATE_ON_START: must be true or false, not \"yes\"",
        "SOID_LOG_FORMAT: must be json or text, not \"xml\"",
    ];
    assert_eq!(told, expected);
}

#[test]
fn each_variable_refuses_what_it_cannot_mean() {
    let wrong = [
        ("SOID_MODE", "sandbox"),
        ("SOID_MODE", "test"),
        ("SOID_PUBLIC_URL", "soid.przyklad.pl"),
        ("SOID_PUBLIC_URL", "https://soid.przyklad.pl/api"),
        ("SOID_PUBLIC_URL", "https://a:b@soid.przyklad.pl"),
        ("SOID_PUBLIC_URL", "ftp://soid.przyklad.pl"),
        ("SOID_TRUSTED_PROXIES", "proxy.przyklad.pl"),
        ("SOID_BODY_TIMEOUT_SECONDS", "0"),
        ("SOID_DRAIN_SECONDS", "-1"),
        ("SOID_WORKERS", "0"),
        ("DATABASE_URL", "mysql://localhost/soid"),
        ("DATABASE_URL", "sqlite://"),
        ("SOID_DATABASE_READ_CONNECTIONS", "0"),
        ("SOID_DATABASE_WRITE_CONNECTIONS", "501"),
        ("SOID_DATABASE_POOL_WAIT_SECONDS", "61"),
        ("SOID_DATABASE_LOCK_WAIT_SECONDS", "0"),
        ("SOID_ISSUERS", "https://login.przyklad.pl"),
        ("SOID_ISSUERS", "[]"),
        ("SOID_ISSUERS", r#"[{"issuer":"","jwksUrl":"https://a.pl","audience":"b"}]"#),
        ("SOID_ISSUERS", r#"[{"issuer":"a","jwksUrl":"https://a.pl","audience":""}]"#),
        ("SOID_ISSUERS", r#"[{"issuer":"a","jwksUrl":"/jwks","audience":"b"}]"#),
        ("SOID_ISSUERS", r#"[{"issuer":"a","jwksUrl":"https://a.pl","audience":"b","roles":[]}]"#),
        ("SOID_ISSUERS", r#"[{"issuer":"a","jwksUrl":"https://a.pl","audience":"b","roles":["KING"]}]"#),
        ("SOID_ISSUERS", r#"[{"issuer":"a","jwksUrl":"https://a.pl","audience":"b","alg":"HS256"}]"#),
        ("SOID_JWKS_MAX_AGE_SECONDS", "5"),
        ("SOID_KEY_RING_FILE", "/nowhere"),
        ("SOID_DECISION_KEY_FILE", "/nowhere"),
        ("SOID_DECISION_KEY_FILE", "/anchors"),
        ("SOID_DECISION_KEY_FILE", "/p384"),
        ("SOID_FORMER_DECISION_KEYS_FILE", "/empty"),
        ("SOID_FORMER_DECISION_KEYS_FILE", "/weak-keys"),
        ("SOID_ANCHORS_QUALIFIED_FILE", "/nowhere"),
        ("SOID_ANCHORS_PERSONAL_FILE", "/empty"),
        ("SOID_ANCHORS_ZUS_FILE", "/decision"),
        ("SOID_CRL_HOSTS", "https://crl.przyklad.pl"),
        ("SOID_CRL_HOSTS", "*.przyklad.pl"),
        ("SOID_CRL_HOSTS", "a.pl,,b.pl"),
        ("SOID_DSS_URL", "dss.przyklad.pl"),
        ("SOID_DSS_URL", "https://dss.przyklad.pl/?policy=1"),
        ("SOID_DSS_TIMEOUT_SECONDS", "121"),
        ("SOID_VALIDATION_PATIENCE_HOURS", "0"),
        ("SOID_PENDING_REFUSAL_AFTER_HOURS", "721"),
        ("SOID_TRUSTED_SEALS_FILE", "/empty"),
        ("SOID_LOG_FILTER", "====="),
        ("SOID_ATTACHMENTS", "/var/lib/soid"),
        ("SOID_ATTACHMENTS", "file://attachments"),
        ("SOID_ATTACHMENTS", "s3://"),
        ("SOID_S3_ENDPOINT", "s3.przyklad.pl"),
    ];
    for (name, value) in wrong {
        let fault = only_fault(&[(name, value)]);
        assert!(fault.starts_with(&format!("{name}: ")), "{fault}");
    }
}

#[test]
fn an_issuer_that_is_named_twice_is_refused() {
    let one = r#"{"issuer":"a","jwksUrl":"https://a.pl","audience":"b"}"#;
    assert_eq!(
        only_fault(&[("SOID_ISSUERS", &format!("[{one},{one}]"))]),
        "SOID_ISSUERS: names the issuer a twice"
    );
}

#[test]
fn the_key_ring_comes_from_a_file_or_a_variable_but_not_from_both() {
    let ring = ring(1, random(), random());
    assert!(
        only_fault(&[("SOID_KEY_RING", &ring)])
            .starts_with("SOID_KEY_RING: is set beside SOID_KEY_RING_FILE")
    );
    assert!(with(&[("SOID_KEY_RING_FILE", ""), ("SOID_KEY_RING", &ring)]).is_ok());
}

#[test]
fn a_key_ring_that_cannot_be_right_is_refused() {
    let key = random();
    let short = r#"{"current":1,"keys":{"1":"c2hvcnQ="},"index":"c2hvcnQ="}"#.to_owned();
    let wrong = [ring(2, key, random()), ring(1, key, key), short, "{}".to_owned(), "secret".to_owned()];
    for json in wrong {
        let fault = only_fault(&[("SOID_KEY_RING_FILE", ""), ("SOID_KEY_RING", &json)]);
        assert!(fault.starts_with("SOID_KEY_RING: "), "{fault}");
        assert!(!fault.contains("secret") && !fault.contains(&STANDARD.encode(key)), "{fault}");
    }
}

#[test]
fn keys_of_other_purposes_are_the_same_on_every_node_and_none_is_another() {
    let parse = |json: &str| KeyRingConfig::parse(json).unwrap();
    let json = ring(1, random(), random());
    let derived = parse(&json).derived("cursors");
    assert_eq!(derived, parse(&json).derived("cursors"));
    assert_ne!(derived, parse(&json).derived("links"));
    assert_ne!(derived, parse(&ring(1, random(), random())).derived("cursors"));
    assert!(parse(&json).keys().all(|(_, key)| *key != derived));
}

#[test]
fn former_keys_are_a_set_that_may_be_empty() {
    let empty = signing::keys::KeySet::default();
    assert_eq!(config().keys.former_decisions, empty);
    assert_ne!(with(&[("SOID_FORMER_DECISION_KEYS_FILE", "/former")]).unwrap().keys.former_decisions, empty);
}

#[test]
fn the_number_of_workers_is_the_machines_unless_it_is_set() {
    assert_eq!(config().http.workers, None);
    assert_eq!(with(&[("SOID_WORKERS", "3")]).unwrap().http.workers, Some(3));
}

#[test]
fn proxies_are_a_list_of_addresses() {
    assert_eq!(config().http.trusted_proxies, Vec::<std::net::IpAddr>::new());
    let proxies = with(&[("SOID_TRUSTED_PROXIES", "10.0.0.1, ::1")]).unwrap().http.trusted_proxies;
    assert_eq!(proxies, [std::net::IpAddr::from([10, 0, 0, 1]), std::net::Ipv6Addr::LOCALHOST.into()]);
}

#[test]
fn attachments_are_in_a_folder_or_in_a_bucket_with_its_key() {
    let AttachmentsConfig::Folder(folder) = config().attachments else { unreachable!("a bucket") };
    assert_eq!(folder, Path::new("/var/lib/soid/attachments"));
    let bucket = |changes: &[(&str, &str)]| {
        let place = [("SOID_ATTACHMENTS", "s3://soid/zal/"), ("SOID_S3_ENDPOINT", "https://s3.przyklad.pl")];
        match with(&[&place, changes].concat()).unwrap().attachments {
            AttachmentsConfig::Bucket(bucket) => bucket,
            AttachmentsConfig::Folder(folder) => unreachable!("{folder:?}"),
        }
    };
    let of_the_machine = bucket(&[]);
    assert_eq!((of_the_machine.name.as_str(), of_the_machine.prefix.as_str()), ("soid", "zal"));
    assert_eq!(of_the_machine.region, "eu-central-1");
    assert!(of_the_machine.keys.is_none());
    let key = [("SOID_S3_ACCESS_KEY_ID", "soid"), ("SOID_S3_SECRET_ACCESS_KEY_FILE", "/s3-secret")];
    assert_eq!(bucket(&key).keys.unwrap().secret.reveal(), "tajne");
    assert!(only_fault(&key[..1]).starts_with("SOID_S3_SECRET_ACCESS_KEY_FILE: must be set"));
    assert!(only_fault(&key[1..]).starts_with("SOID_S3_ACCESS_KEY_ID: must be set"));
    let empty = [key[0], ("SOID_S3_SECRET_ACCESS_KEY_FILE", "/empty")];
    assert!(only_fault(&empty).contains("holds no text"));
}

#[test]
fn secrets_are_not_printed() {
    let key = [
        ("SOID_ATTACHMENTS", "s3://soid"),
        ("SOID_S3_ACCESS_KEY_ID", "soid"),
        ("SOID_S3_SECRET_ACCESS_KEY_FILE", "/s3-secret"),
    ];
    let config = with(&key).unwrap();
    let printed = format!("{config:?}");
    assert!(!printed.contains("tajne"), "{printed}");
    let decision = format!("{:?}", config.keys.decision.pkcs8());
    assert!(!printed.contains(&decision));
    assert!(!printed.contains("current") && !printed.contains("index\\"), "{printed}");
    for (_, key) in config.keys.ring.keys() {
        assert!(!printed.contains(&format!("{:?}", key.reveal())));
        assert!(!printed.contains(&STANDARD.encode(key.reveal())));
    }
    assert!(!faults(&[("DATABASE_URL", "mysql://soid:tajne@db/soid")]).concat().contains("tajne"));
}

#[test]
fn the_golden_example_file_is_the_one_that_the_code_declares() {
    let place = concat!(env!("CARGO_MANIFEST_DIR"), "/../../.env.example");
    #[expect(
        clippy::disallowed_methods,
        reason = "whoever runs the tests decides whether they renew the file"
    )]
    let bless = std::env::var_os("BLESS").is_some();
    if bless {
        std::fs::write(place, example_file()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(place).unwrap(), example_file(), "renew it with make bless");
}

#[test]
fn every_example_can_be_read_and_production_refuses_its_keys() {
    let declared: Vec<_> = SECTIONS.iter().flat_map(|section| section.variables).collect();
    let value = |absent| match absent {
        Absent::Refused { example } | Absent::Default(example) | Absent::Nothing { example } => example,
    };
    let mut map: BTreeMap<String, String> = declared
        .iter()
        .map(|variable| (variable.name.to_owned(), value(variable.absent).to_owned()))
        .collect();
    map.remove("SOID_KEY_RING_FILE");
    let files = |path: &Path| {
        let asked = path.to_str().unwrap();
        let known = ["anchors", "former", "totp"].into_iter().find(|known| asked.contains(known));
        let known = known.or(asked.contains("password").then_some("s3-secret"));
        file(Path::new(&format!("/{}", known.unwrap_or("decision"))))
    };
    let config = Config::from_env_and_files(&map, &files).unwrap();
    let refused: Vec<_> = production::refuse(&config).iter().map(ToString::to_string).collect();
    assert_eq!(refused.len(), 2, "{refused:?}");
    assert!(refused.iter().all(|fault| fault.contains("is the published example")), "{refused:?}");
}

#[test]
fn each_variable_is_declared_once_with_one_line_of_meaning() {
    let declared: Vec<_> = SECTIONS.iter().flat_map(|section| section.variables).collect();
    let names: BTreeSet<_> = declared.iter().map(|variable| variable.name).collect();
    assert_eq!(names.len(), declared.len());
    for Variable { name, says, .. } in declared {
        assert!(says.ends_with('.') && !says.contains('\n'), "{name}: {says}");
        assert!(name.starts_with("SOID_") || *name == "DATABASE_URL", "{name}");
    }
}
