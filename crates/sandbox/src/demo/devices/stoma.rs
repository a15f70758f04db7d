//! Bags for an ileostomy: an amount for the month, borne for three months at once.

use super::super::DemoFault;
use super::content::Ordered;
use super::supply::item;
use super::{Order, SHOP};
use serde_json::json;

/// Three times the amount of a month, and what is above it.
const MONEY: [&str; 3] = ["1400.00", "1350.00", "50.00"];

impl Order<'_, '_> {
    pub(super) async fn play_stoma(mut self) -> Result<(), DemoFault> {
        self.chapter("Bags for a stoma", "An amount for each month; three months are issued at once.")?;
        let patient = self.persona("patient")?;
        let stoma = json!({ "kind": "ILEOSTOMY", "count": 1 });
        let device = json!({ "kind": "OTHER", "code": "W.01.01.I", "stoma": stoma });
        let supply = self.by_the_month("1", 12);
        let ordered = Ordered { specialty: "chirurg ogólny", diagnosis: "Z93.2", device, supply };
        let content = Self::content(&patient, ordered);
        self.draft(&content).await?;
        self.submit("POSITIVE", "").await?;
        let pair = json!({ "code": self.code, "pesel": patient.spec.pesel });
        self.look_up(SHOP, &pair, "code and PESEL").await?;
        let three = json!({ "from": self.month(0).to_string(), "count": 3 });
        let taken = self.take_up(SHOP, Some(three)).await?;
        self.issue(SHOP, &taken, (vec![item("W.01.01.I", 1, None, 140, "10.00")], false), MONEY).await?;
        self.stands_at("reads the order", "POSITIVE", &["REALISED", "REALISED", "REALISED", "AVAILABLE"])
            .await
    }
}
