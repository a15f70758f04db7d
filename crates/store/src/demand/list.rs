//! Lists: one page by key, built from typed columns; nothing sealed is opened.

use super::row::TABLE;
use crate::deadlines::free_terms;
use crate::pending_steps::received_by;
use crate::schema::{demand_grants, demand_patients, demands, treated_patients};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::demand::clarification::Addressee;
use domain::demand::clocks::{self, RunningClock};
use domain::demand::lifecycle::StateName;
use domain::demand::model::{Demand, DemandKind, Party};
use domain::ids::{DemandId, OrganisationId, PatientId, SpaceId};
use domain::pending::PendingStep;
use domain::values::{CountryCode, FieldOfMedicine, Npwz, Quantity, Text};
use serde::{Deserialize, Serialize};

/// What a list shows of a demand besides its columns: nothing of a patient, a diagnosis or an opinion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// A medicine's trade name, a food's name.
    pub name: Option<String>,
    /// Of a medicine.
    pub international_name: Option<String>,
    pub form: Option<String>,
    /// Of a medicine.
    pub strength: Option<String>,
    /// Of a food.
    #[serde(default)]
    pub producer: Option<String>,
    pub quantity: Option<Quantity>,
    pub approved_quantity: Option<Quantity>,
    pub source_country: Option<CountryCode>,
    pub entity_name: Option<String>,
    pub urgent: bool,
    pub clocks: Vec<RunningClock>,
    pub pharmacy: Option<Party>,
    pub wholesaler: Option<Party>,
    /// A signature that awaits validation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<PendingStep>,
}

impl Summary {
    pub(super) fn of(demand: &Demand) -> Self {
        let content = &demand.content;
        let medicine = content.product.as_medicine();
        let handover = demand.state.handover();
        let text = |value: Option<&str>| value.map(str::to_owned);
        Self {
            name: text(content.product.name().map(Text::as_str)),
            international_name: text(
                medicine.and_then(|it| it.international_name.as_ref()).map(Text::as_str),
            ),
            form: text(content.product.form().map(Text::as_str)),
            strength: text(medicine.and_then(|it| it.strength.as_ref()).map(Text::as_str)),
            producer: text(content.product.as_food().and_then(|it| it.producer.as_ref()).map(Text::as_str)),
            quantity: content.quantity,
            approved_quantity: demand.state.resolution().and_then(|r| r.draft.approved_quantity),
            source_country: content.extras.source_country,
            entity_name: text(content.entity.name.as_ref().map(Text::as_str)),
            urgent: content.extras.urgency.is_some(),
            clocks: clocks::running(demand),
            pharmacy: handover.map(|handover| handover.pharmacy.clone()),
            wholesaler: handover.map(|handover| handover.wholesaler.clone()),
            pending: demand.pending.clone(),
        }
    }

    /// Every clock with since when it waits for the outcome of a signature; that is kept once, apart from them.
    fn paused(mut self) -> Self {
        let waits_since = self.pending.as_ref().map(|pending| pending.received_at);
        for clock in &mut self.clocks {
            clock.paused_since = waits_since;
        }
        self
    }
}

/// One line of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct DemandLine {
    pub id: DemandId,
    pub kind: String,
    pub number: String,
    pub state: String,
    pub in_facility: bool,
    pub ground: String,
    pub revision: i64,
    pub entity: OrganisationId,
    pub resolution_number: Option<String>,
    pub client_id: String,
    pub client_reference: Option<String>,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    pub summary: Summary,
}

/// What the listed demands have in common. Each is one clause; all must hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    Kind(&'static str),
    State(String),
    Ground(&'static str),
    ClientReference {
        client_id: String,
        reference: String,
    },
    Physician {
        npwz: String,
        entity: OrganisationId,
    },
    Entity(OrganisationId),
    /// Waiting for this consultant's opinion, or for that of one of those posts, which are [`consultant_post`]s, or for this
    /// consultant's answer.
    Consultant {
        npwz: String,
        posts: Vec<String>,
    },
    /// Retrieved by, or passed on to, this wholesaler.
    OfWholesaler(OrganisationId),
    /// Retrieved by, or on its way to, this pharmacy; for a hospital's own also what is approved for its entity.
    OfPharmacy {
        pharmacy: OrganisationId,
        entity: Option<OrganisationId>,
    },
    /// Signed by the physician: no draft.
    Issued,
    /// Confirmed by a consultant, and so of the ministry's concern; or with a signature that has awaited validation since then,
    /// so that an officer may end the wait.
    OfMinistry {
        waiting_since: DateTime<Utc>,
    },
    /// Of a food and approved once, or waiting for the inspectorate's answer.
    OfInspectorate,
    /// Waiting for the answer of this role.
    Asked(&'static str),
    InFacilityOf(OrganisationId),
    /// Named by it, or treated from it.
    Patient(PatientId),
    /// Still able to move.
    Open,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = demands)]
struct LineRow {
    id: String,
    kind: String,
    number: String,
    state: String,
    in_facility: bool,
    ground: String,
    revision: i64,
    entity_id: String,
    resolution_number: Option<String>,
    client_id: String,
    client_reference: Option<String>,
    created_at: NaiveDateTime,
    changed_at: NaiveDateTime,
    summary: serde_json::Value,
}

/// Under which a demand is found that waits for a consultant in one of their fields.
pub fn consultant_post(npwz: &Npwz, field: FieldOfMedicine) -> String {
    format!("{}/{}", npwz.as_str(), field.as_str())
}

macro_rules! page {
    ($conn:expr, $backend:ty, $space:expr, $conditions:expr, $after:expr, $limit:expr) => {{
        let mut query = demands::table
            .filter(demands::space.eq($space.as_str()))
            .select(LineRow::as_select())
            .order(demands::id.desc())
            .limit($limit)
            .into_boxed::<$backend>();
        if let Some(after) = $after {
            query = query.filter(demands::id.lt(after.to_string()));
        }
        for condition in $conditions {
            query = match condition {
                Condition::Kind(kind) => query.filter(demands::kind.eq(*kind)),
                Condition::State(state) => query.filter(demands::state.eq(state.as_str())),
                Condition::Ground(ground) => query.filter(demands::ground.eq(*ground)),
                Condition::ClientReference { client_id, reference } => query
                    .filter(demands::client_id.eq(client_id.as_str()))
                    .filter(demands::client_reference.eq(reference.as_str())),
                Condition::Physician { npwz, entity } => query
                    .filter(demands::physician_npwz.eq(npwz.as_str()))
                    .filter(demands::entity_id.eq(entity.to_string())),
                Condition::Entity(entity) => query.filter(demands::entity_id.eq(entity.to_string())),
                Condition::Consultant { npwz, posts } => {
                    let theirs = demands::consultant_npwz.eq(npwz.as_str()).assume_not_null();
                    let chosen = theirs.or(demands::consultant_post.eq_any(posts).assume_not_null());
                    let waits = demands::state.eq(StateName::AwaitingConsultant.name()).and(chosen);
                    let asked = demands::asked.eq(Addressee::Consultant.name()).assume_not_null();
                    query.filter(waits.or(asked.and(theirs)))
                }
                Condition::OfWholesaler(id) => query.filter(demands::is_approved.eq(true)).filter(
                    demands::wholesaler_id
                        .eq(id.to_string())
                        .assume_not_null()
                        .or(demands::id.eq_any(granted_to(*id))),
                ),
                Condition::OfPharmacy { pharmacy, entity } => {
                    let own_entity = entity.map_or_else(String::new, |id| id.to_string());
                    query.filter(demands::is_approved.eq(true)).filter(
                        demands::pharmacy_id
                            .eq(pharmacy.to_string())
                            .assume_not_null()
                            .or(demands::id.eq_any(granted_to(*pharmacy)))
                            .or(demands::in_facility.eq(true).and(demands::entity_id.eq(own_entity))),
                    )
                }
                Condition::Issued => query.filter(demands::is_issued.eq(true)),
                Condition::OfMinistry { waiting_since } => query.filter(
                    demands::is_examined
                        .eq(true)
                        .or(demands::id.eq_any(received_by(timestamp::column(*waiting_since)))),
                ),
                Condition::OfInspectorate => {
                    let consent =
                        demands::kind.eq(DemandKind::Food.name()).and(demands::is_approved.eq(true));
                    let asked = demands::asked.eq(Addressee::SanitaryInspectorate.name()).assume_not_null();
                    query.filter(consent.or(asked))
                }
                Condition::Asked(role) => query.filter(demands::asked.eq(*role)),
                Condition::InFacilityOf(id) => {
                    query.filter(demands::entity_id.eq(id.to_string())).filter(demands::in_facility.eq(true))
                }
                Condition::Patient(patient) => {
                    let named = demand_patients::table
                        .filter(demand_patients::patient_id.eq(patient.to_string()))
                        .select(demand_patients::demand_id);
                    let treated = treated_patients::table
                        .filter(treated_patients::patient_id.eq(patient.to_string()))
                        .filter(treated_patients::taken_back_at.is_null())
                        .select(treated_patients::demand_id);
                    query.filter(demands::id.eq_any(named).or(demands::id.eq_any(treated)))
                }
                Condition::Open => query.filter(demands::is_open),
            };
        }
        query.load::<LineRow>($conn)
    }};
}

/// The demands that this organisation retrieved.
#[diesel::dsl::auto_type(no_type_alias)]
fn granted_to(organisation: OrganisationId) -> _ {
    let id: String = organisation.to_string();
    demand_grants::table.filter(demand_grants::organisation_id.eq(id)).select(demand_grants::demand_id)
}

/// Up to `limit` demands, the newest first, older than `after`.
pub fn list(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    conditions: &[Condition],
    after: Option<DemandId>,
    limit: i64,
) -> Result<Vec<DemandLine>, StoreError> {
    let rows = match tx {
        Tx::Postgres(conn) => page!(*conn, diesel::pg::Pg, space, conditions, after, limit),
        Tx::Sqlite(conn) => page!(*conn, diesel::sqlite::Sqlite, space, conditions, after, limit),
    }?;
    rows.into_iter().map(DemandLine::try_from).collect()
}

/// Up to `limit` demands of which a term had run out by then, which is the space's present, and is not applied yet, the
/// longest overdue first.
pub fn list_due(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    by: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<DemandId>, StoreError> {
    let rows: Vec<String> = on_backend!(tx, |conn| demands::table
        .filter(demands::space.eq(space.as_str()))
        .filter(demands::due_at.le(timestamp::column(by)))
        .filter(demands::id.eq_any(free_terms(space.as_str(), timestamp::column(by))))
        .order(demands::due_at)
        .limit(limit)
        .select(demands::id)
        .load(conn))?;
    rows.into_iter().map(|id| DemandId::parse(&id).ok_or_else(|| StoreError::corrupt(TABLE, id))).collect()
}

impl TryFrom<LineRow> for DemandLine {
    type Error = StoreError;

    fn try_from(row: LineRow) -> Result<Self, StoreError> {
        let corrupt = || StoreError::corrupt(TABLE, &row.id);
        Ok(Self {
            id: DemandId::parse(&row.id).ok_or_else(corrupt)?,
            entity: OrganisationId::parse(&row.entity_id).ok_or_else(corrupt)?,
            summary: serde_json::from_value(row.summary.clone())
                .map(Summary::paused)
                .map_err(|_| corrupt())?,
            kind: row.kind,
            number: row.number,
            state: row.state,
            in_facility: row.in_facility,
            ground: row.ground,
            revision: row.revision,
            resolution_number: row.resolution_number,
            client_id: row.client_id,
            client_reference: row.client_reference,
            created_at: timestamp::instant(row.created_at),
            changed_at: timestamp::instant(row.changed_at),
        })
    }
}
