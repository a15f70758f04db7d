//! Parameters as a page can offer them: each once, and only required ones filled in beforehand.

use serde_json::Value;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{RefOr, Required};

/// Handlers name their path parameters twice: as an argument, and in words.
pub(super) fn tidy(operation: &mut Operation) {
    let Some(parameters) = operation.parameters.take() else { return };
    let mut kept: Vec<RefOr<Parameter>> = Vec::with_capacity(parameters.len());
    for parameter in parameters {
        let known = kept.iter_mut().find(|other| is_same(other, &parameter));
        match known {
            Some(known) if !is_described(known) => *known = parameter,
            Some(_) => {}
            None => kept.push(parameter),
        }
    }
    operation.parameters = Some(kept.into_iter().map(empty_unless_required).collect());
}

fn is_same(one: &RefOr<Parameter>, other: &RefOr<Parameter>) -> bool {
    match (one, other) {
        (RefOr::T(one), RefOr::T(other)) => one.name == other.name && one.parameter_in == other.parameter_in,
        _ => false,
    }
}

fn is_described(parameter: &RefOr<Parameter>) -> bool {
    matches!(parameter, RefOr::T(parameter) if parameter.description.is_some())
}

/// Swagger UI fills a parameter's example in and sends it; examples of its schema it only shows.
fn empty_unless_required(parameter: RefOr<Parameter>) -> RefOr<Parameter> {
    let RefOr::T(mut parameter) = parameter else { return parameter };
    if parameter.required == Required::True {
        return RefOr::T(parameter);
    }
    let example =
        serde_json::to_value(&parameter).ok().and_then(|mut it| it.get_mut("example").map(Value::take));
    if let (Some(example), Some(RefOr::T(Schema::Object(schema)))) = (example, &mut parameter.schema) {
        schema.examples.push(example);
    }
    RefOr::T(ParameterBuilder::from(parameter).example(None).build())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use serde_json::Value;

    fn parameters() -> Vec<(String, Value)> {
        let document = serde_json::to_value(crate::openapi()).unwrap();
        let mut all = Vec::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                for parameter in operation["parameters"].as_array().into_iter().flatten() {
                    all.push((format!("{method} {path}"), parameter.clone()));
                }
            }
        }
        all
    }

    #[test]
    fn every_parameter_stands_once_and_is_described() {
        let mut seen = std::collections::HashSet::new();
        for (operation, parameter) in parameters() {
            let place = format!("{operation} {} {}", parameter["in"], parameter["name"]);
            assert!(parameter["description"].is_string(), "{place}");
            assert!(seen.insert(place.clone()), "{place}");
        }
    }

    #[test]
    fn only_a_required_parameter_is_filled_in_beforehand() {
        for (operation, parameter) in parameters() {
            let example = parameter.get("example").or(parameter["schema"].get("example"));
            assert!(example.is_none() || parameter["required"] == true, "{operation} {}", parameter["name"]);
        }
    }
}
