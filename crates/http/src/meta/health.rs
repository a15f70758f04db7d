//! Health for operators and load balancers: alive, and ready dependency by dependency.

use crate::edge::Edge;
use crate::envelope::Deliberate;
use actix_web::{HttpResponse, get, web};
use futures_util::future::{BoxFuture, join_all};
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;
use utoipa::ToSchema;

/// A dependency that does not answer within this time is down.
const PATIENCE: Duration = Duration::from_secs(3);

/// Something that the service needs for its work, or for some of it.
pub trait Dependency: Send + Sync {
    /// Stable, lower case: `database`.
    fn name(&self) -> &'static str;

    /// Whether it answers now.
    fn is_up(&self) -> BoxFuture<'_, bool>;

    /// Whether nothing can be done without it.
    fn is_required(&self) -> bool {
        true
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Health {
    Up,
    Down,
}

/// Whether the service can do its work.
#[derive(Serialize, ToSchema)]
#[schema(as = HealthReport, example = json!({"status": "UP", "dependencies": [{"name": "database", "status": "UP", "required": true}]}))]
pub struct HealthView {
    status: Health,
    dependencies: Vec<DependencyView>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = DependencyHealth)]
pub struct DependencyView {
    name: &'static str,
    status: Health,
    /// Whether the service is down with it; without the others some work waits.
    required: bool,
}

/// Say that the process is alive
///
/// Asks nothing of any dependency: a process that does not answer here is to be started anew.
#[utoipa::path(tag = "health", security(()),
    responses((status = 200, description = "The process answers", body = HealthView)))]
#[get("/health/live")]
pub(crate) async fn report_liveness() -> HttpResponse {
    HttpResponse::Ok().json(HealthView { status: Health::Up, dependencies: Vec::new() })
}

/// Say whether everything that is needed answers
///
/// Requests should go to processes only that answer 200 here.
#[utoipa::path(tag = "health", security(()),
    responses((status = 200, description = "Every required dependency answers", body = HealthView),
              (status = 503, description = "A required dependency does not answer; the report names it", body = HealthView)))]
#[get("/health/ready")]
pub(crate) async fn report_readiness(edge: web::Data<Edge>) -> HttpResponse {
    let dependencies = report(&edge.dependencies).await;
    if suffices(&dependencies) {
        return HttpResponse::Ok().json(HealthView { status: Health::Up, dependencies });
    }
    let mut response =
        HttpResponse::ServiceUnavailable().json(HealthView { status: Health::Down, dependencies });
    response.extensions_mut().insert(Deliberate);
    response
}

/// Whether requests should go to a process with these dependencies.
pub async fn is_ready(dependencies: &[Arc<dyn Dependency>]) -> bool {
    suffices(&report(dependencies).await)
}

async fn report(dependencies: &[Arc<dyn Dependency>]) -> Vec<DependencyView> {
    join_all(dependencies.iter().map(ask)).await
}

fn suffices(report: &[DependencyView]) -> bool {
    report.iter().all(|dependency| dependency.status == Health::Up || !dependency.required)
}

async fn ask(dependency: &Arc<dyn Dependency>) -> DependencyView {
    let up = tokio::time::timeout(PATIENCE, dependency.is_up()).await.unwrap_or(false);
    DependencyView {
        name: dependency.name(),
        status: if up { Health::Up } else { Health::Down },
        required: dependency.is_required(),
    }
}
