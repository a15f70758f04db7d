//! RFC 8785 bytes of a JSON text, after refusing what the canonical form would silently lose.
//!
//! A canonicaliser sees values, not text: of two members with one name the last would win, and an integer
//! beyond 2^53 would be rounded (RFC 7493 §2.2 and §2.3). Both are refused before.

use aws_lc_rs::digest;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// The greatest integer that every JSON reader keeps exactly (RFC 7493 §2.2).
pub const GREATEST_INTEGER: u64 = (1 << 53) - 1;

/// Why a text has no canonical form. The pointers are RFC 6901.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalError {
    #[error("not a JSON text")]
    NotJson,
    #[error("a member occurs twice at {pointer}")]
    DuplicateMember { pointer: String },
    #[error("an integer beyond ±(2^53−1) at {pointer}")]
    UnsafeInteger { pointer: String },
}

impl CanonicalError {
    /// Where the fault is; empty for the whole text.
    pub fn pointer(&self) -> &str {
        match self {
            Self::NotJson => "",
            Self::DuplicateMember { pointer } | Self::UnsafeInteger { pointer } => pointer,
        }
    }
}

/// Reads a JSON text, refusing duplicate members and unsafe integers at any depth.
pub fn read(text: &[u8]) -> Result<Value, CanonicalError> {
    let mut trail = Trail::default();
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let value = Strict { trail: &mut trail }.deserialize(&mut deserializer);
    match value.and_then(|value| deserializer.end().map(|()| value)) {
        Ok(value) => Ok(value),
        Err(_) => Err(trail.fault.unwrap_or(CanonicalError::NotJson)),
    }
}

/// The canonical bytes of a JSON text.
pub fn canonical_text(text: &[u8]) -> Result<Vec<u8>, CanonicalError> {
    serialize(&read(text)?)
}

/// The canonical bytes of a value that was built in memory.
pub fn canonical_value(value: &Value) -> Result<Vec<u8>, CanonicalError> {
    let mut trail = Trail::default();
    if check_integers(value, &mut trail) { serialize(value) } else { Err(trail.unsafe_integer()) }
}

pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut result = [0; 32];
    result.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    result
}

fn serialize(value: &Value) -> Result<Vec<u8>, CanonicalError> {
    serde_json_canonicalizer::to_vec(value).map_err(|_| CanonicalError::NotJson)
}

fn check_integers(value: &Value, trail: &mut Trail) -> bool {
    let children: Vec<(String, &Value)> = match value {
        Value::Number(number) => return is_safe(number),
        Value::Array(items) => items.iter().enumerate().map(|(i, item)| (i.to_string(), item)).collect(),
        Value::Object(members) => members.iter().map(|(name, item)| (name.clone(), item)).collect(),
        Value::Null | Value::Bool(_) | Value::String(_) => return true,
    };
    children.into_iter().all(|(segment, child)| {
        trail.segments.push(segment);
        let safe = check_integers(child, trail);
        if safe {
            trail.segments.pop();
        }
        safe
    })
}

/// A JSON reader turns an integer beyond 64 bits into a double, so whole doubles are looked at as well.
fn is_safe(number: &Number) -> bool {
    if let Some(unsigned) = number.as_u64() {
        unsigned <= GREATEST_INTEGER
    } else if let Some(signed) = number.as_i64() {
        signed.unsigned_abs() <= GREATEST_INTEGER
    } else {
        number.as_f64().is_some_and(|double| double.fract() != 0.0 || double.abs() < TWO_TO_53)
    }
}

const TWO_TO_53: f64 = 9_007_199_254_740_992.0;

/// Where the reader stands, and what it refused there.
#[derive(Default)]
struct Trail {
    segments: Vec<String>,
    fault: Option<CanonicalError>,
}

impl Trail {
    fn pointer(&self) -> String {
        self.segments.iter().fold(String::new(), |pointer, segment| {
            pointer + "/" + &segment.replace('~', "~0").replace('/', "~1")
        })
    }

    fn unsafe_integer(&self) -> CanonicalError {
        CanonicalError::UnsafeInteger { pointer: self.pointer() }
    }
}

struct Strict<'t> {
    trail: &'t mut Trail,
}

impl Strict<'_> {
    fn number<E: Error>(self, number: Number) -> Result<Value, E> {
        if is_safe(&number) {
            return Ok(Value::Number(number));
        }
        self.trail.fault = Some(self.trail.unsafe_integer());
        Err(E::custom("unsafe integer"))
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.number(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.number(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::from_f64(value).ok_or_else(|| E::custom("not finite"))?;
        self.number(number)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        self.trail.segments.push("0".to_owned());
        while let Some(value) = items.next_element_seed(Strict { trail: &mut *self.trail })? {
            values.push(value);
            self.trail.segments.pop();
            self.trail.segments.push(values.len().to_string());
        }
        self.trail.segments.pop();
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            self.trail.segments.push(name.clone());
            if object.contains_key(&name) {
                self.trail.fault = Some(CanonicalError::DuplicateMember { pointer: self.trail.pointer() });
                return Err(A::Error::custom("duplicate member"));
            }
            let value = members.next_value_seed(Strict { trail: &mut *self.trail })?;
            object.insert(name, value);
            self.trail.segments.pop();
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use serde_json::json;

    #[test]
    fn members_are_sorted_and_white_space_is_dropped() {
        let bytes = canonical_text(br#"{ "b": [1, 2.50], "a": "\u017c" }"#).unwrap();
        assert_eq!(bytes, r#"{"a":"ż","b":[1,2.5]}"#.as_bytes());
    }

    #[test]
    fn the_order_of_members_is_that_of_utf_16_units() {
        // RFC 8785 §3.2.3
        let bytes = canonical_text("{\"\u{fb33}\":1,\"\u{1f600}\":2}".as_bytes()).unwrap();
        assert_eq!(bytes, "{\"\u{1f600}\":2,\"\u{fb33}\":1}".as_bytes());
    }

    #[test]
    fn a_duplicate_member_is_refused_with_its_place() {
        let error = read(br#"{"a":[{"x/y":1,"x\u002fy":2}]}"#).unwrap_err();
        assert_eq!(error, CanonicalError::DuplicateMember { pointer: "/a/0/x~1y".to_owned() });
    }

    #[test]
    fn an_integer_beyond_two_to_the_53rd_is_refused_with_its_place() {
        for text in
            ["9007199254740992", "-9007199254740992", "18446744073709551616", "1e30", "9007199254740993.0"]
        {
            let error = read(format!(r#"{{"a":[0,{text}]}}"#).as_bytes()).unwrap_err();
            assert_eq!(error, CanonicalError::UnsafeInteger { pointer: "/a/1".to_owned() }, "{text}");
        }
        assert!(read(b"[9007199254740991, -9007199254740991, 0.1, 1e3]").is_ok());
    }

    #[test]
    fn a_value_built_in_memory_is_held_to_the_same_rule() {
        let error = canonical_value(&json!({"a": [true, {"b": u64::MAX}]})).unwrap_err();
        assert_eq!(error.pointer(), "/a/1/b");
        assert_eq!(canonical_value(&json!({"b": 1, "a": null})).unwrap(), br#"{"a":null,"b":1}"#);
    }

    #[test]
    fn text_that_is_not_json_is_refused() {
        for text in
            [&b""[..], b"{", b"{} {}", b"[1,]", b"\xff", br#""\ud800""#, b"NaN", &b"[".repeat(100_000)]
        {
            assert_eq!(read(text).unwrap_err(), CanonicalError::NotJson);
        }
    }
}
