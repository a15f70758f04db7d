//! Requests that no route takes: 405 where another method would be taken, else 404.

use crate::edge::Edge;
use crate::faults;
use crate::problem::Problem;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};

pub(crate) async fn answer(request: HttpRequest, edge: web::Data<Edge>) -> Result<HttpResponse, Problem> {
    let methods = edge.contract.methods(request.path()).join(", ");
    match HeaderValue::from_str(&methods) {
        Ok(allow) if !methods.is_empty() => Err(Problem::with_header(faults::METHOD, ALLOW, allow)),
        _ => Err(Problem::new(faults::UNKNOWN_PATH)),
    }
}
