//! The contract: one OpenAPI document made from the very registrations that serve it.

mod kinds;
mod parameters;
mod responses;
mod table;

pub(crate) use responses::{KEY_EXAMPLE, example};

use self::table::RouteTable;
use crate::documentation;
use crate::problem::ProblemView;
use actix_web::App;
use actix_web::http::Method;
use actix_web::web::Bytes;
use std::collections::BTreeSet;
use std::sync::OnceLock;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::tag::{Tag, TagBuilder};
use utoipa::openapi::{InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, ServerBuilder};
use utoipa::{PartialSchema, ToSchema};
use utoipa_actix_web::AppExt;
use utoipa_actix_web::service_config::ServiceConfig;

const LICENSE: &str = "MIT OR Apache-2.0";
const SCHEME: &str = "bearer";
const SANDBOX: &str = "sandbox";

/// Every tag that an operation may bear, in the order in which Swagger UI shows them.
const TAGS: &[(&str, &str)] = &[
    (SANDBOX, "Only in the sandbox: personas, their tokens and signatures, spaces. Begin here"),
    ("medicine-demands", "Demands for a medicine that is not on the Polish market (PF art. 4(2))"),
    ("food-demands", "Demands for a food for special medical purposes (art. 29a of the food safety act)"),
    (
        "temporary-authorisations",
        "Wholesalers' notifications for the minister's temporary authorisation in a disaster or another threat (PF art. 4(8))",
    ),
    (
        "device-orders",
        "Orders for medical devices (Refund act art. 38): issue, verification, access data, look-ups by providers, quotes, \
         and what a branch of the payer confirms from paper",
    ),
    (
        "device-repair-orders",
        "Orders for the repair of a medical device (Refund act art. 38): issue by a prescriber or a branch of the payer, and what is \
         left of the repair limit",
    ),
    (
        "take-ups",
        "Months of an order that a provider holds: taken up exclusively, given back, released by the payer; goods issued of \
         them, received, and taken back in error",
    ),
    ("settlement-reports", "What is due from the payer to a provider of medical devices, month by month"),
    ("supply", "Pharmacies and wholesalers: retrieval, hand-over, the feed of demands, receipts"),
    ("public", "What anyone may check without an account"),
    (
        "patient",
        "What patients ask about themselves: their cases and orders for devices, who looked at them, and to what they agree",
    ),
    ("signatures", "Why a signature is accepted or refused, check by check"),
    ("directory", "Consultants, wholesalers and what else has to be chosen from"),
    (
        "provider-products",
        "What a provider of medical devices supplies under its contracts, and for how much",
    ),
    ("lifecycles", "The state machines as data"),
    ("outages", "When the system could not be used, and which terms wait because of it"),
    ("operations", "Whether an earlier request was carried out"),
    ("meta", "The problem catalogue"),
    ("health", "For operators and load balancers"),
];

/// The document of one binary, with what routing and tracing need of it: empty until the first worker registers its
/// routes, of which it is made.
#[derive(Default)]
pub struct Contract(OnceLock<Registered>);

struct Registered {
    document: OpenApi,
    table: RouteTable,
    /// Made when somebody first asks for it.
    file: OnceLock<File>,
}

struct File {
    json: Bytes,
    etag: String,
}

impl Contract {
    /// Takes what one worker's registrations describe; every worker registers the same.
    pub(crate) fn register(&self, document: OpenApi) {
        self.0.get_or_init(|| Registered {
            table: RouteTable::of(&document, &documentation::PATHS),
            document,
            file: OnceLock::new(),
        });
    }

    pub(crate) fn json(&self) -> Bytes {
        self.file().map(|file| file.json.clone()).unwrap_or_default()
    }

    pub(crate) fn etag(&self) -> &str {
        self.file().map_or("", |file| &file.etag)
    }

    /// See [`RouteTable::operation`].
    pub(crate) fn operation(&self, pattern: &str, method: &Method) -> Option<&str> {
        self.0.get()?.table.operation(pattern, method)
    }

    /// See [`RouteTable::methods`].
    pub(crate) fn methods(&self, path: &str) -> Vec<&'static str> {
        self.0.get().map(|it| it.table.methods(path)).unwrap_or_default()
    }

    fn file(&self) -> Option<&File> {
        let registered = self.0.get()?;
        Some(registered.file.get_or_init(|| {
            let json = Bytes::from(to_json(&completed(registered.document.clone())));
            File { etag: crate::answer::weak_etag(&json), json }
        }))
    }
}

/// The OpenAPI document of production.
pub fn openapi() -> OpenApi {
    compose(|_| ())
}

/// The OpenAPI document of production as the file that is checked in.
pub fn openapi_json() -> String {
    to_json(&openapi())
}

/// The OpenAPI document of this crate's routes and more of them.
pub fn compose(more: impl FnOnce(&mut ServiceConfig)) -> OpenApi {
    let registered = App::new().into_utoipa_app().openapi(frame()).configure(crate::routes).configure(more);
    let (_, document) = registered.split_for_parts();
    completed(document)
}

/// What handlers say of themselves, with what holds of all of them.
fn completed(registered: OpenApi) -> OpenApi {
    let mut document = kinds::told_apart(registered);
    add_problem_schemas(&mut document);
    responses::add(&mut document);
    let used: BTreeSet<String> = responses::operations(&mut document)
        .into_iter()
        .flat_map(|operation| operation.operation.tags.clone().unwrap_or_default())
        .collect();
    if let (true, Some(description)) = (used.contains(SANDBOX), &mut document.info.description) {
        description.push_str(include_str!("sandbox.md"));
    }
    document.tags = Some(TAGS.iter().filter(|(name, _)| used.contains(*name)).map(tag).collect());
    document
}

/// Pretty, with a newline at its end; the same bytes for the same code.
pub fn to_json(document: &OpenApi) -> String {
    let text = document.to_pretty_json().unwrap_or_default();
    format!("{text}\n")
}

pub(crate) fn frame() -> OpenApi {
    let license = LicenseBuilder::new().name(LICENSE).identifier(Some(LICENSE)).build();
    let info = InfoBuilder::new()
        .title("SOID: target import and medical device orders")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(include_str!("description.md")))
        .license(Some(license))
        .build();
    let server = ServerBuilder::new().url("/").description(Some("The server that serves this page")).build();
    OpenApiBuilder::new()
        .info(info)
        .servers(Some([server]))
        .security(Some([SecurityRequirement::new(SCHEME, [] as [&str; 0])]))
        .build()
}

fn tag((name, description): &(&str, &str)) -> Tag {
    TagBuilder::new().name(*name).description(Some(*description)).build()
}

fn add_problem_schemas(document: &mut OpenApi) {
    let components = document.components.get_or_insert_default();
    let mut schemas = vec![(ProblemView::name().into_owned(), ProblemView::schema())];
    ProblemView::schemas(&mut schemas);
    components.schemas.extend(schemas);
    let token = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some("Access token (RFC 9068, `at+jwt`) of an issuer that the service accepts."))
        .build();
    components.security_schemes.insert(SCHEME.to_owned(), SecurityScheme::Http(token).into());
}
