//! Translates between HTTP and the use cases: requests into calls, outcomes and failures into answers.
//!
//! Every operation is one handler file that registers itself in [`routes`]. What all operations share is done here:
//! callers, limits, bodies, preconditions, problems, and the OpenAPI document.

pub mod address;
pub mod answer;
mod asked;
mod authentication;
pub mod body;
pub mod clarification;
pub mod clock;
pub mod contract;
pub mod correspondence;
pub mod demand;
mod device_group;
pub mod device_order;
mod device_provider;
pub mod device_repair_order;
pub mod directory;
mod document_state;
mod documentation;
mod edge;
mod envelope;
mod even_time;
pub mod faults;
pub mod headers;
mod jwks;
mod language;
pub mod lifecycles;
pub mod limits;
mod medicinal_product;
pub mod meta;
pub mod operations;
pub mod outage;
pub mod paging;
pub mod parsing;
pub mod patient;
mod problem;
mod provider_product;
pub mod public;
pub mod query;
pub mod signatures;
pub mod supply;
pub mod temporary_authorisation;
pub mod threat;
mod trace;
mod unknown;

pub use asked::{Asked, Inquired, Looked, Open, Replaced};
pub use authentication::{AuthFault, Authenticated, Authenticator};
pub use body::{FORM, ORDER, PRODUCTS, QUOTES, SIGNED, SIGNED_ORDER};
pub use contract::{Contract, openapi, openapi_json};
pub use edge::{Edge, application};
pub use headers::{IfMatchHeader, IfNoneMatchHeader};
pub use language::Language;
pub use meta::health::{Dependency, is_ready};
pub use meta::problems::Catalogue;
pub use parsing::Faults;
pub use problem::{ExistingView, FaultView, Problem, ProblemView};
pub use trace::TraceId;

use utoipa_actix_web::service_config::ServiceConfig;

/// Every operation of the contract.
pub fn routes(cfg: &mut ServiceConfig) {
    supply::routes(cfg);
    public::routes(cfg);
    jwks::routes(cfg);
    patient::routes(cfg);
    signatures::routes(cfg);
    directory::routes(cfg);
    device_group::routes(cfg);
    device_provider::routes(cfg);
    provider_product::routes(cfg);
    medicinal_product::routes(cfg);
    lifecycles::routes(cfg);
    operations::routes(cfg);
    outage::routes(cfg);
    demand::routes(cfg);
    temporary_authorisation::routes(cfg);
    device_order::routes(cfg);
    device_repair_order::routes(cfg);
    meta::routes(cfg);
}
