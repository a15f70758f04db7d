//! What the edge needs from outside, and the assembled application.

use crate::authentication::Authenticator;
use crate::contract::{self, Contract};
use crate::limits::Limits;
use crate::meta::health::Dependency;
use crate::meta::problems::Catalogue;
use crate::paging::CursorKey;
use crate::{address, documentation, envelope, faults, routes, unknown};
use actix_web::body::BoxBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::{App, Error, HttpRequest, web};
use std::sync::Arc;
use std::time::Duration;
use utoipa_actix_web::AppExt;
use utoipa_actix_web::service_config::ServiceConfig;

/// Shared by every worker; handed in by whoever starts the listener.
pub struct Edge {
    pub authenticator: Arc<dyn Authenticator>,
    /// Asked by `/health/ready`.
    pub dependencies: Vec<Arc<dyn Dependency>>,
    pub limits: Limits,
    pub cursors: CursorKey,
    pub catalogue: Catalogue,
    /// Filled by the first worker's [`application`].
    pub contract: Contract,
    /// How long a whole body may take to arrive.
    pub body_timeout: Duration,
    pub proxies: address::Proxies,
}

impl Edge {
    /// The edge of the application that answers this request.
    pub(crate) fn of(request: &HttpRequest) -> Result<web::Data<Self>, crate::Problem> {
        request
            .app_data::<web::Data<Self>>()
            .cloned()
            .ok_or_else(|| crate::Problem::bug("no edge in this app".into()))
    }
}

/// The whole application: this crate's routes and `more` (use cases as `app_data`, the sandbox's routes), inside the
/// envelope.
pub fn application<M: FnOnce(&mut ServiceConfig)>(
    edge: &web::Data<Edge>,
    more: M,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = Error,
        InitError = (),
    > + use<M>,
> {
    let path_faults =
        web::PathConfig::default().error_handler(|_, _| crate::Problem::new(faults::NOT_FOUND).into());
    let (app, registered) = App::new()
        .app_data(edge.clone())
        .app_data(path_faults)
        .into_utoipa_app()
        .openapi(contract::frame())
        .configure(routes)
        .configure(more)
        .split_for_parts();
    edge.contract.register(registered);
    app.configure(documentation::routes)
        .default_service(web::to(unknown::answer))
        .wrap(from_fn(envelope::wrap))
}
