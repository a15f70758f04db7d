//! A food: the minister gives consent, and the sanitary inspectorate sees it at once (UBZZ art. 29a(5)).

use super::DemoFault;
use super::case::Case;
use super::fault::same;

impl Case<'_, '_> {
    pub(super) async fn play_consent(mut self) -> Result<(), DemoFault> {
        self.draft().await?;
        self.submit().await?;
        self.give_opinion().await?;
        self.prepare().await?;
        self.the_inspectorate_looks(404, "404: no consent yet").await?;
        self.resolve().await?;
        self.the_inspectorate_looks(200, "product and consent, nothing of the patient").await?;
        self.check_publicly("APPROVED").await
    }

    async fn the_inspectorate_looks(&mut self, status: u16, told: &str) -> Result<(), DemoFault> {
        let (step, who) = ("reads the food demand", self.persona("inspector")?);
        let answer = self.api.try_get(&self.path(""), Some(&who)).await?;
        same(step, "the status", &status, &answer.status)?;
        for secret in [self.patient.spec.pesel, self.patient.spec.given_names] {
            let named = answer.body.to_string().contains(secret);
            same(step, "whether the answer names the patient", &false, &named)?;
        }
        let state = if status == 200 { answer.text("/state") } else { String::new() };
        self.told(who.key(), step, &state, told)
    }
}
