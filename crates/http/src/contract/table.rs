//! Which methods and operation ids stand at which path, read from the contract itself.

use super::kinds;
use actix_web::dev::ResourceDef;
use actix_web::http::Method;
use std::sync::OnceLock;
use utoipa::openapi::OpenApi;

/// Answers 405 with `Allow`, and names operations in traces.
pub(super) struct RouteTable(Vec<Entry>);

struct Entry {
    pattern: String,
    /// Only what no route takes is compared with it.
    resource: OnceLock<ResourceDef>,
    operations: Vec<(Method, String)>,
}

impl RouteTable {
    pub(super) fn of(document: &OpenApi, pages: &[&str]) -> Self {
        let contract = document.paths.paths.iter().map(|(path, item)| {
            let methods = [
                (Method::GET, &item.get),
                (Method::PUT, &item.put),
                (Method::POST, &item.post),
                (Method::DELETE, &item.delete),
                (Method::PATCH, &item.patch),
            ];
            let named = methods.into_iter().filter_map(|(method, operation)| {
                let id = operation.as_ref()?.operation_id.as_deref().unwrap_or_default();
                Some((method, kinds::operation_id(path, id)))
            });
            Entry::new(path, named.collect())
        });
        let pages = pages.iter().map(|path| Entry::new(path, vec![(Method::GET, String::new())]));
        Self(contract.chain(pages).collect())
    }

    /// The operation id; `None` outside the contract.
    pub(super) fn operation(&self, pattern: &str, method: &Method) -> Option<&str> {
        // HEAD is answered by the GET beside it.
        let method = if method == Method::HEAD { &Method::GET } else { method };
        let entry = self.0.iter().find(|entry| entry.pattern == pattern)?;
        let (_, id) = entry.operations.iter().find(|(its, _)| its == method)?;
        (!id.is_empty()).then_some(id)
    }

    /// Every method that some operation takes at this path.
    pub(super) fn methods(&self, path: &str) -> Vec<&'static str> {
        let matching = self.0.iter().filter(|entry| entry.is_at(path));
        let known: Vec<&Method> =
            matching.flat_map(|entry| entry.operations.iter().map(|(method, _)| method)).collect();
        let names = [
            (Method::GET, "GET"),
            (Method::GET, "HEAD"),
            (Method::POST, "POST"),
            (Method::PUT, "PUT"),
            (Method::PATCH, "PATCH"),
            (Method::DELETE, "DELETE"),
        ];
        names.into_iter().filter(|(method, _)| known.contains(&method)).map(|(_, name)| name).collect()
    }
}

impl Entry {
    fn new(pattern: &str, operations: Vec<(Method, String)>) -> Self {
        Self { pattern: pattern.to_owned(), resource: OnceLock::new(), operations }
    }

    fn is_at(&self, path: &str) -> bool {
        self.resource.get_or_init(|| ResourceDef::new(self.pattern.as_str())).is_match(path)
    }
}
