//! A wheelchair is in use, so the next one is refused; it is borne once the order names a ground that cuts the period short.

use super::super::DemoFault;
use super::content::{Ordered, one};
use super::supply::item;
use super::{Order, SHOP};
use serde_json::{Value, json};

pub(super) const CODE: &str = "S.12.01";
const MONEY: [&str; 3] = ["700.00", "650.00", "50.00"];

impl Order<'_, '_> {
    pub(super) async fn play_wheelchair(mut self) -> Result<(), DemoFault> {
        self.chapter(
            "A wheelchair before its time",
            "A second one is refused while the first is in use, and borne on a ground that cuts the period of use short.",
        )?;
        let content = self.wheelchair()?;
        self.draft(&content).await?;
        self.submit("POSITIVE", "").await?;
        self.supply_wheelchair().await?;
        self.draft(&content).await?;
        self.submit("NEGATIVE", "device_order.use_period_not_elapsed").await?;
        let figures = json!({
            "tier": 1, "ages": { "from": 18 }, "shortenable": true,
            "source": "Przykład dla piaskownicy: wykaz wyrobów, kolumna skracania okresu użytkowania",
        });
        self.enter_figures(CODE, figures).await?;
        let mut content = content;
        if let Some(members) = content.as_object_mut() {
            let why = "Zmiana masy ciała; możliwości regulacji wyczerpano.";
            members
                .insert("shortening".to_owned(), json!({ "ground": "ADULT_CHANGE", "justification": why }));
        }
        self.sign("correction", json!({ "content": content }), "POSITIVE", "").await?;
        self.supply_wheelchair().await
    }

    pub(super) fn wheelchair(&self) -> Result<Value, DemoFault> {
        let patient = self.persona("patient-second")?;
        let device = json!({ "kind": "OTHER", "code": CODE });
        let ordered = Ordered { specialty: "rodzinny", diagnosis: "G82.2", device, supply: one() };
        Ok(Self::content(&patient, ordered))
    }

    pub(super) async fn supply_wheelchair(&mut self) -> Result<(), DemoFault> {
        let pair = json!({ "number": self.number, "code": self.code });
        self.look_up(SHOP, &pair, "number and code").await?;
        let taken = self.take_up(SHOP, None).await?;
        self.issue(SHOP, &taken, (vec![item(CODE, 1, None, 1, "700.00")], false), MONEY).await?;
        self.stands_at("reads the order", "REALISED", &["REALISED"]).await
    }
}
