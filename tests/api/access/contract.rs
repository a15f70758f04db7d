//! The operations of the contract, read from the service itself.

use reqwest::Method;
use serde_json::Value;
use testkit::TestApp;

pub(super) struct Operation {
    pub(super) id: String,
    pub(super) path: String,
    method: String,
    /// The contract asks for no token.
    pub(super) is_public: bool,
    pub(super) needs_key: bool,
    pub(super) takes_body: bool,
    pub(super) example: Option<Value>,
}

impl Operation {
    pub(super) fn method(&self) -> Method {
        Method::from_bytes(self.method.to_uppercase().as_bytes()).unwrap()
    }

    /// Whether it asks for one demand by its id; everybody needs a token for these.
    pub(super) fn is_of_one_demand(&self) -> bool {
        let by_id = self.path.contains("-demands/{id}");
        assert!(!by_id || !self.is_public, "{} is public", self.id);
        by_id
    }
}

pub(super) async fn operations(app: &TestApp) -> Vec<Operation> {
    let document = app.anyone().get("/openapi.json").await.is(200).json();
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            if ["get", "post", "put", "delete", "patch"].contains(&method.as_str()) {
                operations.push(read(&document, path, method, operation));
            }
        }
    }
    operations
}

fn read(document: &Value, path: &str, method: &str, operation: &Value) -> Operation {
    let body = &operation["requestBody"]["content"]["application/json"];
    let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    let names = |parameter: &Value| resolved(document, parameter)["name"].as_str().map(str::to_lowercase);
    let secured = operation.get("security").or_else(|| document.get("security"));
    Operation {
        id: operation["operationId"].as_str().unwrap().to_owned(),
        path: path.to_owned(),
        method: method.to_owned(),
        is_public: secured.and_then(Value::as_array).is_none_or(|all| {
            all.is_empty() || all.iter().any(|one| one.as_object().is_some_and(serde_json::Map::is_empty))
        }),
        needs_key: parameters.iter().filter_map(names).any(|name| name == "idempotency-key"),
        takes_body: !body.is_null(),
        example: example(document, body),
    }
}

/// The body's own example, or that of its schema.
fn example(document: &Value, body: &Value) -> Option<Value> {
    let named = body["examples"].as_object().and_then(|all| all.values().next());
    let of_schema = resolved(document, &body["schema"]);
    [
        body.get("example"),
        named.and_then(|one| one.get("value")),
        of_schema.get("example"),
        of_schema.get("examples").and_then(|all| all.get(0)),
    ]
    .into_iter()
    .flatten()
    .next()
    .cloned()
}

fn resolved<'d>(document: &'d Value, value: &'d Value) -> &'d Value {
    let reference = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    reference.and_then(|pointer| document.pointer(pointer)).unwrap_or(value)
}
