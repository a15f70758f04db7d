//! What each signed step signs. The service rebuilds these bytes (RFC 8785) and compares; nothing in them reads a
//! clock, so that the bytes to sign are the same whenever they are asked for.

use super::content::Content;
use super::model::{Consultant, ConsultantKind, Demand, Digest, Outcome, ResolutionDraft, Verdict};
use crate::ids::{DemandId, OrganisationId};
use crate::values::{DemandNumber, FieldOfMedicine, Npwz, PersonName, Quantity, ResolutionNumber, Text};
use serde::Serialize;

/// The signed steps; the payload's `type` is the step's name, so that a signature serves one step only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Demand,
    RepresentativeApproval,
    Opinion,
    Resolution,
}

impl Step {
    pub fn name(self) -> &'static str {
        match self {
            Self::Demand => "demand",
            Self::RepresentativeApproval => "representative-approval",
            Self::Opinion => "opinion",
            Self::Resolution => "resolution",
        }
    }
}

/// Signed by the physician. The consultant is left out, so that another can be chosen under the same signature.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DemandPayload<'a> {
    r#type: &'static str,
    id: DemandId,
    number: &'a DemandNumber,
    content_version: i32,
    content: &'a Content,
    physician: &'a Npwz,
    entity: OrganisationId,
}

pub fn demand(demand: &Demand) -> DemandPayload<'_> {
    DemandPayload {
        r#type: Step::Demand.name(),
        id: demand.id,
        number: &demand.number,
        content_version: demand.content_version,
        content: &demand.content,
        physician: &demand.physician,
        entity: demand.entity,
    }
}

/// Signed by the person entitled to represent the entity (PF art. 4ac(2)).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RepresentativeApprovalPayload<'a> {
    r#type: &'static str,
    id: DemandId,
    number: &'a DemandNumber,
    demand_sha256: &'a Digest,
}

pub fn representative_approval<'a>(
    demand: &'a Demand,
    demand_sha256: &'a Digest,
) -> RepresentativeApprovalPayload<'a> {
    RepresentativeApprovalPayload {
        r#type: Step::RepresentativeApproval.name(),
        id: demand.id,
        number: &demand.number,
        demand_sha256,
    }
}

/// Signed by the consultant (PF art. 4ad(1)–(2)).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OpinionPayload<'a> {
    r#type: &'static str,
    id: DemandId,
    number: &'a DemandNumber,
    demand_sha256: &'a Digest,
    consultant: ConsultantPayload<'a>,
    verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    justification: Option<&'a Text<8000>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ConsultantPayload<'a> {
    given_names: &'a PersonName,
    family_name: &'a PersonName,
    npwz: &'a Npwz,
    qualifications: &'a Text<300>,
    kind: ConsultantKind,
    field: &'a FieldOfMedicine,
    /// Licence number of the consultant who was chosen and is away.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_place_of: Option<&'a Npwz>,
}

pub fn opinion<'a>(
    demand: &'a Demand,
    demand_sha256: &'a Digest,
    consultant: &'a Consultant,
    verdict: Verdict,
    justification: Option<&'a Text<8000>>,
) -> OpinionPayload<'a> {
    OpinionPayload {
        r#type: Step::Opinion.name(),
        id: demand.id,
        number: &demand.number,
        demand_sha256,
        consultant: ConsultantPayload {
            given_names: &consultant.given_names,
            family_name: &consultant.family_name,
            npwz: &consultant.npwz,
            qualifications: &consultant.qualifications,
            kind: consultant.kind,
            field: &consultant.field,
            in_place_of: consultant.in_place_of.as_ref().map(|absent| &absent.npwz),
        },
        verdict,
        justification,
    }
}

/// Signed by the decider over the very draft that the preparer made.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResolutionPayload<'a> {
    r#type: &'static str,
    id: DemandId,
    number: &'a DemandNumber,
    demand_sha256: &'a Digest,
    resolution_number: &'a ResolutionNumber,
    outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    approved_quantity: Option<&'a Quantity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grounds: Option<&'a Text<8000>>,
}

pub fn resolution<'a>(
    demand: &'a Demand,
    demand_sha256: &'a Digest,
    draft: &'a ResolutionDraft,
) -> ResolutionPayload<'a> {
    ResolutionPayload {
        r#type: Step::Resolution.name(),
        id: demand.id,
        number: &demand.number,
        demand_sha256,
        resolution_number: &draft.number,
        outcome: draft.outcome,
        approved_quantity: draft.approved_quantity.as_ref(),
        grounds: draft.grounds.as_ref(),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "every payload is serialisable")]

    use super::*;
    use crate::support::stages::Stage;
    use crate::support::{THIRD, changed, consultant, day, digest, resolution_draft};
    use serde_json::{Value, to_value};

    fn of_demand(stage: &Stage) -> Value {
        to_value(demand(&stage.demand)).unwrap()
    }

    #[test]
    fn the_physician_signs_the_same_bytes_whenever_and_for_whichever_consultant() {
        let stage = Stage::draft(false);
        let at_first = of_demand(&stage);
        let later = stage.submitted().opinion(Verdict::NotMyField).on(3).resubmitted_to(THIRD);
        assert_eq!(of_demand(&later), at_first);
    }

    #[test]
    fn changed_content_is_another_payload_even_when_it_is_changed_back() {
        let returned = Stage::with_consultant(false).opinion(Verdict::NotMyField);
        let original = returned.demand.content.clone();
        let edited = returned.clone().then(|it, now| {
            let content = changed(&it.content);
            crate::demand::issue::edit(it, content, now)
        });
        assert_ne!(of_demand(&edited), of_demand(&returned));
        let back = edited.then(|it, now| crate::demand::issue::edit(it, original, now));
        assert_ne!(of_demand(&back), of_demand(&returned), "the version is signed too");
    }

    #[test]
    fn every_step_signs_its_own_type_and_the_number() {
        let stage = Stage::with_consultant(true);
        let sha256 = digest("a");
        let draft = resolution_draft(Outcome::Approved, day(0));
        let payloads = [
            (Step::Demand, of_demand(&stage)),
            (
                Step::RepresentativeApproval,
                to_value(representative_approval(&stage.demand, &sha256)).unwrap(),
            ),
            (
                Step::Opinion,
                to_value(opinion(&stage.demand, &sha256, &consultant(THIRD), Verdict::Confirmed, None))
                    .unwrap(),
            ),
            (Step::Resolution, to_value(resolution(&stage.demand, &sha256, &draft)).unwrap()),
        ];
        for (step, payload) in payloads {
            assert_eq!(payload["type"], step.name());
            assert_eq!(payload["number"], stage.demand.number.as_str());
            assert_eq!(payload.get("demandSha256").is_none(), step == Step::Demand);
        }
    }

    #[test]
    fn an_opinion_names_its_consultant_and_leaves_out_what_is_not_there() {
        let stage = Stage::with_consultant(true);
        let sha256 = digest("a");
        let chosen = consultant(THIRD);
        let payload = to_value(opinion(&stage.demand, &sha256, &chosen, Verdict::Confirmed, None)).unwrap();
        assert_eq!(payload["consultant"]["npwz"], THIRD);
        assert_eq!(payload["verdict"], "CONFIRMED");
        assert!(payload.get("justification").is_none());
    }
}
