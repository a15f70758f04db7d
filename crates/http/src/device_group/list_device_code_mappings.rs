//! Which code took the place of a former number of the list.

use super::choices::SourceConfidence;
use crate::answer;
use crate::asked::Inquired;
use crate::headers::IfNoneMatchHeader;
use crate::parsing::Faults;
use crate::problem::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use domain::device_group::Mapping;
use domain::device_group::mapping::Former;
use domain::values::DeviceCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeviceCodeMappingsQuery {
    /// A code before 2024 or a list number.
    #[param(nullable = false, max_length = 16, example = "P.099")]
    from: Option<String>,
}

/// Former numbers of the list and the codes of 2024 (Dz.U. 2023 poz. 2461 §2).
#[derive(Serialize, ToSchema)]
#[schema(as = DeviceCodeMappings, example = json!({"items": [{"listNumber": "99", "from": "P.099", "to": "W.01.01",
    "source": "Dz.U. 2023 poz. 2461 §2", "confidence": "MEDIUM"}]}))]
pub(crate) struct DeviceCodeMappingsView {
    items: Vec<DeviceCodeMappingView>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceCodeMapping)]
pub(crate) struct DeviceCodeMappingView {
    #[schema(example = "99")]
    list_number: &'static str,
    /// With its letter; absent where no source gives the letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "P.099")]
    from: Option<&'static str>,
    /// Where kinds of stoma are told apart, the code without its ending.
    #[schema(example = "W.01.01")]
    to: &'static str,
    /// The former name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    name: Option<&'static str>,
    source: &'static str,
    confidence: SourceConfidence,
}

impl DeviceCodeMappingView {
    fn of(mapping: &'static Mapping) -> Self {
        Self {
            list_number: &mapping.list_number,
            from: mapping.from.as_ref().map(DeviceCode::as_str),
            to: mapping.to.as_str(),
            name: mapping.name.as_deref(),
            source: &mapping.source,
            confidence: mapping.confidence.into(),
        }
    }
}

/// List which codes of device groups took the place of former numbers
///
/// Of the list until 2023. A number that is missing here has no code that a source names.
#[utoipa::path(tag = "directory", params(DeviceCodeMappingsQuery, IfNoneMatchHeader),
    responses((status = 200, description = "The whole list, or what one number leads to", body = DeviceCodeMappingsView,
               headers(("ETag" = String, description = "Weak; of this list"))),
              (status = 422, description = "No former code and no list number", body = crate::ProblemView,
               content_type = "application/problem+json")))]
#[get("/api/v1/dictionaries/device-code-mapping")]
pub(crate) async fn list_device_code_mappings(
    request: HttpRequest,
    app: web::Data<App>,
    asked: Inquired<DeviceCodeMappingsQuery>,
) -> Result<HttpResponse, Problem> {
    let mut faults = Faults::new();
    let from = faults.optional("?from", asked.query.from.as_deref(), Former::parse);
    let from = faults.finish_with(from)?;
    let found = app.device_code_mappings(&asked.caller, from.as_ref())?;
    let items = found.into_iter().map(DeviceCodeMappingView::of).collect();
    answer::look(&request, &DeviceCodeMappingsView { items })
}
