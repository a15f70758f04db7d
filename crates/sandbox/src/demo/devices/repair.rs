//! A wheelchair is repaired: the order is found by its number, the payer bears the repair within its limit, and the period of use
//! grows by what was used of that limit.

use super::super::DemoFault;
use super::super::api::{Answer, text};
use super::super::fault::same;
use super::wheelchair::CODE;
use super::{Order, PRESCRIBER, SHOP};
use crate::personas::Persona;
use chrono::{Months, NaiveDate};
use serde_json::{Value, json};

const REPAIRS: &str = "device-repair-orders";
const PRICE: &str = "150.00";
/// Of a limit of 200 zł three quarters are used, and so four months become seven.
const LONGER: u32 = 4 + 3;

impl Order<'_, '_> {
    pub(super) async fn play_repair(mut self) -> Result<(), DemoFault> {
        self.chapter(
            "A repair of a wheelchair",
            "One shop repairs it within the repair limit, and the next wheelchair is borne that much later.",
        )?;
        let figures = json!({
            "tier": 1, "ages": { "from": 18 }, "repairLimit": "200.00", "usage": { "kind": "MONTHS", "months": 4 },
            "source": "Przykład dla piaskownicy: wykaz wyrobów, kolumna limitów napraw",
            "reason": "Krótki okres użytkowania na potrzeby pokazu.",
        });
        self.enter_figures(CODE, figures).await?;
        let content = self.wheelchair()?;
        self.draft(&content).await?;
        self.submit("POSITIVE", "").await?;
        self.supply_wheelchair().await?;
        let supplied_on = self.timeline.today();
        self.order_repair(&content).await?;
        let hold = self.hold_repair().await?;
        self.carry_out(&hold, supplied_on + Months::new(LONGER)).await
    }

    fn repair(&self, step: &str) -> String {
        format!("{REPAIRS}/{}{step}", self.id)
    }

    /// Of the wheelchair that stands in this order.
    async fn order_repair(&mut self, order: &Value) -> Result<(), DemoFault> {
        let who = self.persona(PRESCRIBER)?;
        let content = json!({
            "place": order.get("place"), "prescriber": order.get("prescriber"), "patient": order.get("patient"),
            "device": { "code": CODE, "maker": "Wytwórnia Przykładowa", "model": "Próbka", "name": "Wyrób próbny" },
            "original": { "kind": "KNOWN", "number": self.number, "branch": 7 },
            "justification": "Pęknięta rama.",
        });
        let drafted = self.api.write(REPAIRS, &who, None, &json!({ "content": content })).await?;
        self.id = drafted.text("/id");
        self.told(who.key(), "repair order", &drafted, "DRAFT", "")?;
        let path = self.repair("/submission");
        let signature = self.api.signature(&path, &who, &json!({})).await?;
        let body = json!({ "signature": signature });
        let issued = self.api.write(&path, &who, drafted.etag.as_deref(), &body).await?;
        self.number = issued.text("/number");
        let more = format!("{}, limit {}", self.number, issued.text("/verification/terms/left"));
        self.told(who.key(), "submission, signed", &issued, "POSITIVE", &more)
    }

    /// Opened by its number, priced, and held; gives the hold.
    async fn hold_repair(&mut self) -> Result<String, DemoFault> {
        let who = self.persona(SHOP)?;
        let patient = self.persona("patient-second")?;
        let pair = json!({ "number": self.number, "pesel": patient.spec.pesel });
        let opened = self.api.look("device-repair-orders/look-ups", who.key(), Some(&who), &pair).await?;
        same("look-up", "the reason", &String::new(), &opened.text("/content/justification"))?;
        self.told(
            who.key(),
            "look-up",
            &opened,
            "POSITIVE",
            "with number and PESEL; no reason of the repair",
        )?;
        let asked = json!({ "prices": [PRICE] });
        let quoted = self.api.look(&self.repair("/quotes"), who.key(), Some(&who), &asked).await?;
        self.said(who.key(), "quotes", &cost(&quoted.body, "/choices/0"))?;
        let taken = self.api.write(&self.repair("/take-ups"), &who, None, &json!({ "place": "M-1" })).await?;
        let until = format!("held until {}", taken.text("/hold/heldUntil"));
        self.told(who.key(), "take-up", &taken, "HELD", &until)?;
        Ok(taken.text("/hold/id"))
    }

    async fn carry_out(&mut self, hold: &str, next_from: NaiveDate) -> Result<(), DemoFault> {
        let (who, today) = (self.persona(SHOP)?, self.timeline.today());
        let body = json!({
            "description": "Wymiana ramy.", "price": PRICE, "guaranteeMonths": 12, "issuedOn": today,
            "method": "IN_PERSON", "staff": "Renata Przykładowa",
            "receipt": { "receivedOn": today, "by": { "kind": "PATIENT" } },
        });
        let path = self.repair(&format!("/take-ups/{hold}/realisation"));
        let repaired = self.api.write(&path, &who, None, &body).await?;
        let extended_to = repaired.text("/repair/extension/extendedTo");
        same("realisation", "from when the next one is borne", &next_from.to_string(), &extended_to)?;
        let more = format!("{}; the next wheelchair from {extended_to}", cost(&repaired.body, "/repair"));
        self.told(who.key(), "realisation", &repaired, "REALISED", &more)?;
        self.seen_by(&self.persona("patient-second")?).await
    }

    async fn seen_by(&mut self, patient: &Persona) -> Result<(), DemoFault> {
        let own: Answer = self.api.get("patient/device-repair-orders", Some(patient)).await?;
        same("own repairs", "the order", &self.number, &own.text("/items/0/number"))?;
        self.said(patient.key(), "own repairs", "what was repaired, by whom, and what it cost")
    }
}

fn cost(body: &Value, pointer: &str) -> String {
    let part = |name: &str| text(body, &format!("{pointer}/{name}"));
    format!("{} PLN: {} payer, {} patient", part("price"), part("refund"), part("copay"))
}
