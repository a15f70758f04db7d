//! A space of a tester's own.

use crate::state::{FillFault, Sandbox};
use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, post, web};
use app::App;
use app::device_provider::ContractsFault;
use app::directory::ImportFault;
use app::entropy::Entropy;
use app::failure::Failure;
use domain::ids::SpaceId;
use http::body::{Validate, ValidationErrors};
use http::faults::SHAPE;
use http::{Open, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a space is called.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SpaceRequest, example = json!({"name": "vendor-abc"}))]
pub(super) struct SpaceBody {
    /// The beginning of the space's name; the rest is random, so that nobody takes another's.
    #[serde(default)]
    #[schema(pattern = "^[a-z0-9-]{1,20}$", example = "vendor-abc")]
    name: Option<String>,
}

impl Validate for SpaceBody {
    fn validate(&self) -> Result<(), ValidationErrors> {
        Ok(())
    }
}

/// A new space.
#[derive(Serialize, ToSchema)]
#[schema(as = Space, example = json!({"space": "vendor-abc-5f1d3a9c04e2b781"}))]
pub(super) struct SpaceView {
    /// For `space` of the other operations.
    #[schema(example = "vendor-abc-5f1d3a9c04e2b781")]
    space: String,
}

/// Make a space of your own
///
/// With its own copy of all organisations and personas, whose ids are new: testers in different spaces see nothing of
/// each other. Look at the personas with `GET /sandbox/personas?space=…`.
#[utoipa::path(tag = "sandbox", security(()), request_body = SpaceBody,
    responses((status = 201, description = "The space is ready", body = SpaceView,
               headers(("Location" = String, description = "Its personas")))))]
#[post("/api/v1/sandbox/spaces")]
pub(super) async fn make_space(
    sandbox: web::Data<Sandbox>,
    app: web::Data<App>,
    asked: Open<SpaceBody>,
) -> Result<HttpResponse, Problem> {
    let name = asked.body.name.as_deref().unwrap_or("space");
    let wrong = || Problem::at(SHAPE, "/name");
    if name.len() > 20 {
        return Err(wrong());
    }
    let space = SpaceId::parse(&format!("{name}-{}", hex::encode(Entropy.random()))).ok_or_else(wrong)?;
    sandbox.fill(&app, &space).await.map_err(|fault| match fault {
        FillFault::Import(ImportFault::Store(fault)) | FillFault::Contracts(ContractsFault::Store(fault)) => {
            Problem::from(Failure::from(fault))
        }
        fault => Problem::bug(Box::new(fault)),
    })?;
    let address = format!("/api/v1/sandbox/personas?space={space}");
    Ok(HttpResponse::Created()
        .insert_header((LOCATION, address))
        .json(SpaceView { space: space.to_string() }))
}
