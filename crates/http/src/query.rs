//! Query strings into typed requests, with the name of the parameter at fault.

use crate::body::shaped;
use crate::faults;
use crate::problem::Problem;
use actix_web::HttpRequest;
use actix_web::web::Query;
use serde::de::{DeserializeOwned, Deserializer, Error};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Reads the query. Members of `Q` are strings, enums, `Option`s of these, or numbers by [`number`]; it denies
/// unknown fields.
pub fn read<Q: DeserializeOwned>(request: &HttpRequest) -> Result<Q, Problem> {
    let pairs = Query::<Vec<(String, String)>>::from_query(request.query_string())
        .map_err(|_| Problem::new(faults::UNREADABLE))?
        .into_inner();
    let mut members = Map::new();
    for (name, value) in pairs {
        if members.contains_key(&name) {
            return Err(Problem::at(faults::DUPLICATE_PARAMETER, format!("?{name}")));
        }
        members.insert(name, Value::String(value));
    }
    shaped(Value::Object(members)).map_err(|(problem, pointer)| {
        let problem = match problem {
            fault if fault == faults::UNKNOWN_MEMBER => faults::UNKNOWN_PARAMETER,
            fault if fault == faults::MISSING_MEMBER => faults::MISSING_PARAMETER,
            _ => faults::BAD_PARAMETER,
        };
        Problem::at(problem, format!("?{}", pointer.trim_start_matches('/')))
    })
}

/// `#[serde(default, deserialize_with = "query::number")]` for an optional whole number.
pub fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map(Some).map_err(|_| D::Error::custom("not a whole number"))
}

/// As [`number`], for a place in a feed: a whole number that is not negative.
pub fn position<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let position: Option<i64> = text.parse().ok().filter(|position| *position >= 0);
    position.map(Some).ok_or_else(|| D::Error::custom("not a place in a feed"))
}

/// As [`number`], for a switch: `true` or `false`.
pub fn switch<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map(Some).map_err(|_| D::Error::custom("neither true nor false"))
}

/// The filter of a list in the form that binds a cursor to it.
pub fn filter(filter: &impl Serialize) -> String {
    serde_json::to_string(filter).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Find {
        client_reference: Option<String>,
        on: String,
        #[serde(default, deserialize_with = "number")]
        limit: Option<u32>,
    }

    fn fault(query: &str) -> &'static str {
        let request = TestRequest::get().uri(&format!("/?{query}")).to_http_request();
        read::<Find>(&request).map_or_else(|problem| problem.code(), |_| "none")
    }

    #[test]
    fn each_fault_of_a_query_has_its_own_code() {
        assert_eq!(fault("on=2026-01-02&limit=7&clientReference=a%20b"), "none");
        assert_eq!(fault("on=a&on=b"), "request.duplicate_parameter");
        assert_eq!(fault("limit=7"), "request.missing_parameter");
        assert_eq!(fault("on=a&colour=red"), "request.unknown_parameter");
        assert_eq!(fault("on=a&limit=many"), "request.parameter");
    }
}
