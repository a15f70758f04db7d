//! A sealed value opens in its own place with its own key, and nowhere else.

use crate::test_support::{ring, ring_with};
use store::StoreError;
use store::sealing::{KeyRing, KeyRingError, Place};

const HERE: Place<'static> = Place { table: "demands", column: "patient", id: "1" };

#[expect(clippy::needless_pass_by_value, reason = "the answer is used up by the question")]
fn is_corrupt<T>(answer: Result<T, StoreError>) -> bool {
    matches!(answer, Err(StoreError::Corrupt { table: "demands" | "other", .. }))
}

#[test]
fn what_is_sealed_opens_and_never_looks_the_same_twice() {
    let key = ring().new_data_key().unwrap();
    let sealed = key.seal(HERE, b"Testowa").unwrap();
    assert_eq!(key.open(HERE, &sealed).unwrap(), b"Testowa");
    assert_ne!(key.seal(HERE, b"Testowa").unwrap(), sealed);
    assert_eq!(key.open(HERE, &key.seal(HERE, b"").unwrap()).unwrap(), b"");
}

#[test]
fn every_altered_bit_and_every_cut_is_found() {
    let key = ring().new_data_key().unwrap();
    let sealed = key.seal(HERE, b"Testowa").unwrap();
    for byte in 0..sealed.len() {
        let mut altered = sealed.clone();
        altered[byte] ^= 1;
        assert!(is_corrupt(key.open(HERE, &altered)), "byte {byte}");
        assert!(is_corrupt(key.open(HERE, &sealed[..byte])), "cut at {byte}");
    }
}

#[test]
fn a_value_moved_to_another_place_does_not_open() {
    let key = ring().new_data_key().unwrap();
    let sealed = key.seal(HERE, b"Testowa").unwrap();
    for place in [
        Place::new("other", "patient", "1"),
        Place::new("demands", "contact", "1"),
        Place { id: "2", ..HERE },
    ] {
        assert!(is_corrupt(key.open(place, &sealed)), "{place:?}");
    }
    // Parts are told apart by their lengths.
    let shifted = key.seal(Place::new("demands", "patient1", ""), b"Testowa").unwrap();
    assert!(is_corrupt(key.open(HERE, &shifted)));
}

#[test]
fn another_documents_key_does_not_open_it() {
    let ring = ring();
    let sealed = ring.new_data_key().unwrap().seal(HERE, b"Testowa").unwrap();
    assert!(is_corrupt(ring.new_data_key().unwrap().open(HERE, &sealed)));
}

#[test]
fn a_wrapped_key_opens_in_its_place_with_its_ring() {
    let ring = ring();
    let key = ring.new_data_key().unwrap();
    let sealed = key.seal(HERE, b"Testowa").unwrap();
    let wrapped = ring.wrap(HERE, &key).unwrap();
    assert_eq!(ring.unwrap(HERE, &wrapped).unwrap().open(HERE, &sealed).unwrap(), b"Testowa");
    assert!(is_corrupt(ring.unwrap(Place { id: "2", ..HERE }, &wrapped)));
    let stranger = r#"{"current":1,"keys":{"1":"ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICA="},
                       "index":"ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICA="}"#;
    assert!(is_corrupt(KeyRing::parse(stranger).unwrap().unwrap(HERE, &wrapped)));
}

#[test]
fn rotation_wraps_anew_and_leaves_the_contents_alone() {
    let (old, new) = (ring_with(1), ring_with(2));
    let key = old.new_data_key().unwrap();
    let sealed = key.seal(HERE, b"Testowa").unwrap();
    let wrapped = old.wrap(HERE, &key).unwrap();
    assert!(old.rewrap(HERE, &wrapped).unwrap().is_none());
    let anew = new.rewrap(HERE, &wrapped).unwrap().unwrap();
    assert_eq!(anew.version, 2);
    assert_eq!(new.unwrap(HERE, &anew.wrapped).unwrap().open(HERE, &sealed).unwrap(), b"Testowa");
    assert!(new.rewrap(HERE, &anew.wrapped).unwrap().is_none());
}

#[test]
fn a_blind_index_depends_on_kind_and_identifier_and_survives_rotation() {
    let index = ring().blind_index("PESEL", "44051401359");
    assert_eq!(index, ring_with(2).blind_index("PESEL", "44051401359"));
    assert_ne!(index, ring().blind_index("PASSPORT", "44051401359"));
    assert_ne!(index, ring().blind_index("PESEL", "44051401366"));
}

#[test]
fn keys_are_never_printed() {
    let ring = ring();
    let printed =
        format!("{ring:?} {:?} {:?}", ring.new_data_key().unwrap(), ring.blind_index("PESEL", "44051401359"));
    assert_eq!(printed, "KeyRing(…) DataKey(…) BlindIndex(…)");
}

#[test]
fn a_text_that_is_no_ring_is_refused_without_repeating_it() {
    let good = "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICA=";
    let refusal = |text: &str| KeyRing::parse(text).unwrap_err();
    assert_eq!(refusal("secret"), KeyRingError::Shape);
    let text = format!(r#"{{"current":3,"keys":{{"1":"{good}"}},"index":"{good}"}}"#);
    assert_eq!(refusal(&text), KeyRingError::NoCurrent(3));
    let text = format!(r#"{{"current":1,"keys":{{"1":"c2hvcnQ="}},"index":"{good}"}}"#);
    assert_eq!(refusal(&text), KeyRingError::Key("1".to_owned()));
    let text = format!(r#"{{"current":1,"keys":{{"1":"{good}"}},"index":"?"}}"#);
    assert_eq!(refusal(&text), KeyRingError::Key("index".to_owned()));
}
