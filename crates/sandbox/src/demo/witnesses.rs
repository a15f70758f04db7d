//! What those outside the case see of it: nothing, the decision, or who looked.

use super::DemoFault;
use super::api::text;
use super::case::Case;
use super::fault::{differs, same};
use super::supply::items;
use serde_json::json;
use signing::decision_token;
use signing::keys::KeySet;
use std::collections::BTreeSet;

impl Case<'_, '_> {
    /// Neither a physician of the same clinic nor one of another sees the demand.
    pub(super) async fn nobody_else_sees_it(&mut self) -> Result<(), DemoFault> {
        let in_facility = self.scenario.is_in_facility();
        let others = if in_facility {
            ["hospital-physician-second", "clinic-physician"]
        } else {
            ["hospital-physician", "hospital-physician-second"]
        };
        for key in others {
            let who = self.persona(key)?;
            let answer = self.api.try_get(&self.path(""), Some(&who)).await?;
            same("reads another's demand", "the status", &404, &answer.status)?;
            self.told(key, "reads another's demand", "", "404: not theirs to know of")?;
        }
        Ok(())
    }

    /// Anyone with two numbers sees the decision; its token verifies with nothing but the published keys.
    pub(super) async fn check_publicly(&mut self, state: &str) -> Result<(), DemoFault> {
        let step = "public check";
        let body = self.public_numbers();
        let checked = self.api.look("public/checks", "anyone", None, &body).await?;
        same(step, "the state", &state.to_owned(), &checked.text("/state"))?;
        let token = checked.text("/token");
        let published = self.api.get("/.well-known/jwks.json", None).await?;
        let claims = decision_token::verify(&token, &KeySet::from_jwk_set(&published.body))
            .map_err(|fault| differs(step, "the decision token", "one that verifies", fault.to_string()))?;
        same(step, "the token's demand", &self.number, &claims.number)?;
        let ruling = claims.ruling_number.unwrap_or_default();
        same(step, "the token's resolution", &self.resolution_number, &ruling)?;
        same(step, "the token's outcome", &"APPROVED".to_owned(), &claims.outcome)?;
        for secret in [self.patient.spec.pesel, self.patient.spec.family_name] {
            same(
                step,
                "whether the answer names the patient",
                &false,
                &checked.body.to_string().contains(secret),
            )?;
        }
        self.told("anyone", step, state, &format!("token of {} bytes verifies offline", token.len()))?;
        let asked = json!({ "token": token });
        let verified = self.api.look("public/decision-verifications", "anyone", None, &asked).await?;
        same(step, "whether it was withdrawn", &"false".to_owned(), &verified.text("/withdrawn"))?;
        self.told("anyone", "decision-verification", &verified.text("/state"), "genuine, not withdrawn")
    }

    /// In a facility an entity's RPWDL number stands for the patient's.
    fn public_numbers(&self) -> serde_json::Value {
        if self.scenario.is_in_facility() {
            let rpwdl = self.physician.organisation.and_then(|known| known.spec.rpwdl_number);
            return json!({ "kind": "IN_FACILITY", "demandNumber": self.number, "rpwdlNumber": rpwdl });
        }
        let patient = json!({ "kind": "PESEL", "number": self.patient.spec.pesel });
        json!({ "kind": "OUTSIDE_FACILITY", "demandNumber": self.number, "patient": patient })
    }

    /// The patient sees everybody who looked, by organisation and role.
    pub(super) async fn ask_who_looked(&mut self) -> Result<(), DemoFault> {
        let (who, step) = (self.patient, "access-log");
        let own = self.api.get(&self.path(""), Some(&who)).await?;
        same("reads the own demand", "the state", &"REALISED".to_owned(), &own.text("/state"))?;
        self.told(who.key(), "reads the own demand", &own.text("/state"), "whole, as its patient")?;
        let log = items(&self.api.get("patient/access-log?limit=200", Some(&who)).await?);
        let looked: BTreeSet<String> = log.iter().map(|entry| text(entry, "/role")).collect();
        let mut expected = vec![
            "PHYSICIAN",
            "CONSULTANT",
            "MINISTRY_PREPARER",
            "MINISTRY_DECIDER",
            "PHARMACY",
            "WHOLESALER",
        ];
        if self.scenario.is_in_facility() {
            expected.push("ENTITY_REPRESENTATIVE");
        }
        let missing: Vec<&str> = expected.iter().copied().filter(|role| !looked.contains(*role)).collect();
        same(step, "who is missing in it", &String::new(), &missing.join(", "))?;
        let refused = log.iter().filter(|entry| text(entry, "/outcome") == "REFUSED").count();
        same(step, "whether refused attempts are in it", &true, &(refused > 0))?;
        let roles = looked.into_iter().collect::<Vec<_>>().join(", ");
        self.told(who.key(), step, "", &format!("{} entries, {refused} refused: {roles}", log.len()))
    }
}
