//! Pads for twelve months: two are issued at one shop, one is lost, and the next one comes from another shop.

use super::super::DemoFault;
use super::super::api::text;
use super::super::fault::same;
use super::content::Ordered;
use super::supply::item;
use super::{Order, SECOND_SHOP, SHOP};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const BELOW_THE_LIMIT: [&str; 3] = ["270.00", "216.00", "54.00"];
const ABOVE_THE_LIMIT: [&str; 3] = ["450.00", "244.80", "205.20"];
const OF_A_MONTH: [&str; 3] = ["225.00", "122.40", "102.60"];
/// Well within the first month that is not lost.
const DAYS_INTO_THE_MONTH: i64 = 4;

impl Order<'_, '_> {
    pub(super) async fn play_pads(mut self) -> Result<(), DemoFault> {
        self.chapter(
            "Pads for twelve months, two shops",
            "Two months are issued at once, a third is lost, and the fourth comes from another shop.",
        )?;
        let (patient, first) = (self.persona("patient")?, self.month(0));
        let device = json!({ "kind": "OTHER", "code": "Y.06.01", "tier": 2 });
        let supply = self.by_the_month("90", 12);
        let ordered = Ordered { specialty: "rodzinny", diagnosis: "N39.4", device, supply };
        let content = Self::content(&patient, ordered);
        self.would_pass(&content).await?;
        self.draft(&content).await?;
        self.submit("POSITIVE", "").await?;
        let pesel = patient.spec.pesel;
        self.look_up(SHOP, &json!({ "code": self.code, "pesel": pesel }), "code and PESEL").await?;
        let two = json!({ "from": first.to_string(), "count": 2 });
        let choices = [("1.50", 180, BELOW_THE_LIMIT), ("2.50", 180, ABOVE_THE_LIMIT)];
        self.quote(SHOP, two.clone(), &choices).await?;
        let taken = self.take_up(SHOP, Some(two)).await?;
        self.issue(SHOP, &taken, (vec![item("Y.06.01", 2, None, 180, "1.50")], false), BELOW_THE_LIMIT)
            .await?;
        let later = self.month(3).first_day() - self.timeline.today();
        self.wait(later.num_days() + DAYS_INTO_THE_MONTH).await?;
        self.stands_at("a third month passes", "POSITIVE", &["REALISED", "REALISED", "LOST", "AVAILABLE"])
            .await?;
        self.look_up(SECOND_SHOP, &json!({ "number": self.number, "pesel": pesel }), "number and PESEL")
            .await?;
        let (present, one) = (self.month(0), json!({ "from": self.month(0).to_string(), "count": 1 }));
        let taken = self.take_up(SECOND_SHOP, Some(one)).await?;
        self.issue(SECOND_SHOP, &taken, (vec![item("Y.06.01", 2, None, 90, "2.50")], true), OF_A_MONTH)
            .await?;
        self.stands_at(
            "reads the order",
            "POSITIVE",
            &["REALISED", "REALISED", "LOST", "REALISED", "AVAILABLE"],
        )
        .await?;
        self.settle((SHOP, "HOLDER"), first, BELOW_THE_LIMIT).await?;
        self.settle((SECOND_SHOP, "SUPPLIER"), present, OF_A_MONTH).await?;
        // The second shop acts under the contract of the first, which settles it with the payer.
        self.settle((SHOP, "HOLDER"), present, OF_A_MONTH).await?;
        self.ask_who_looked().await
    }

    async fn would_pass(&mut self, content: &Value) -> Result<(), DemoFault> {
        let who = self.persona(super::PRESCRIBER)?;
        let body = json!({ "content": content });
        let dry = self.api.look("device-orders/validations", who.key(), Some(&who), &body).await?;
        same("validations", "whether it could be submitted", &"true".to_owned(), &dry.text("/valid"))?;
        self.said(who.key(), "validations", "valid, nothing written")
    }

    /// The patient sees which shops have looked.
    async fn ask_who_looked(&mut self) -> Result<(), DemoFault> {
        let who = self.persona("patient")?;
        let log = self.api.get("patient/access-log?limit=200", Some(&who)).await?;
        let entries = log.body.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
        let looked = entries.iter().filter(|entry| text(entry, "/action") == "look_up_device_order");
        let shops: BTreeSet<String> = looked.map(|entry| text(entry, "/organisation/id")).collect();
        same("access-log", "how many shops opened the order", &2, &shops.len())?;
        self.said(who.key(), "access-log", &format!("{} entries, two shops opened the order", entries.len()))
    }
}
