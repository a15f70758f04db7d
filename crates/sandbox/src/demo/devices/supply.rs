//! At a shop's counter: an order is opened, taken up, issued, received, and settled with the payer.

use super::super::DemoFault;
use super::super::api::{Answer, text};
use super::super::fault::same;
use super::{OFFICER, Order, SHOP};
use domain::values::YearMonth;
use serde_json::{Value, json};

/// What an issue costs: the price, what the payer bears of it, and what the patient pays.
pub(super) type Money = [&'static str; 3];

fn told<T: std::fmt::Display>([price, refund, copay]: [T; 3]) -> String {
    format!("{price} PLN: {refund} payer, {copay} patient")
}

fn costs(step: &str, body: &Value, pointer: &str, expected: Money) -> Result<(), DemoFault> {
    let found = ["price", "refund", "copay"].map(|part| text(body, &format!("{pointer}/{part}")));
    same(step, "what it costs", &told(expected), &told(found))
}

/// So many pieces of a made-up product at this price.
pub(super) fn item(code: &str, tier: u32, side: Option<&str>, pieces: u32, price: &str) -> Value {
    let product = json!({
        "product": "900000000009", "maker": "Wytwórnia Przykładowa", "model": "Próbka", "name": "Wyrób próbny",
        "pieces": pieces, "price": price,
    });
    let mut item = json!({ "code": code, "tier": tier, "products": [product] });
    if let (Some(side), Some(members)) = (side, item.as_object_mut()) {
        members.insert("side".to_owned(), json!(side));
    }
    item
}

impl Order<'_, '_> {
    /// Opened with one of the four pairs.
    pub(super) async fn look_up(
        &mut self,
        shop: &'static str,
        pair: &Value,
        with: &str,
    ) -> Result<(), DemoFault> {
        let who = self.persona(shop)?;
        let opened = self.api.look("device-orders/look-ups", who.key(), Some(&who), pair).await?;
        same("look-up", "the order", &self.id, &opened.text("/id"))?;
        same("look-up", "the diagnosis", &String::new(), &opened.text("/content/grounds/diagnosis"))?;
        self.told(who.key(), "look-up", &opened, "POSITIVE", &format!("with {with}; no diagnosis"))
    }

    /// What a product would cost, before anything is written.
    pub(super) async fn quote(
        &mut self,
        shop: &'static str,
        months: Value,
        choices: &[(&str, u32, Money)],
    ) -> Result<(), DemoFault> {
        let who = self.persona(shop)?;
        let choice = |(price, pieces, _): &(&str, u32, Money)| json!({ "items": [{ "code": "Y.06.01", "tier": 2, "products": [{ "price": price, "pieces": pieces }] }] });
        let body = json!({
            "takeUp": { "months": months, "place": "M-1" }, "choices": choices.iter().map(choice).collect::<Vec<_>>(),
        });
        let quoted = self.api.look(&self.path("/quotes"), who.key(), Some(&who), &body).await?;
        for (at, (_, _, money)) in choices.iter().enumerate() {
            costs("quotes", &quoted.body, &format!("/choices/{at}/total"), *money)?;
        }
        let all: Vec<String> = choices.iter().map(|(_, _, money)| told(*money)).collect();
        self.said(who.key(), "quotes", &all.join(" · "))
    }

    /// Months, or the whole of a one-off order; gives the take-up.
    pub(super) async fn take_up(
        &mut self,
        shop: &'static str,
        months: Option<Value>,
    ) -> Result<Answer, DemoFault> {
        let who = self.persona(shop)?;
        let mut body = json!({ "place": if shop == SHOP { "M-1" } else { "M-2" } });
        if let (Some(months), Some(members)) = (months, body.as_object_mut()) {
            members.insert("months".to_owned(), months);
        }
        let taken = self.api.write(&self.path("/take-ups"), &who, None, &body).await?;
        let limit = format!(
            "limit {}, {} %, held until {}",
            taken.text("/lines/0/limit"),
            taken.text("/lines/0/refundPercent"),
            taken.text("/heldUntil")
        );
        self.told(who.key(), "take-up", &taken, "HELD", &limit)?;
        Ok(taken)
    }

    /// Handed over today, or sent by courier, whose receipt follows.
    pub(super) async fn issue(
        &mut self,
        shop: &'static str,
        taken: &Answer,
        (items, by_courier): (Vec<Value>, bool),
        money: Money,
    ) -> Result<(), DemoFault> {
        let (who, today) = (self.persona(shop)?, self.timeline.today());
        let mut body = json!({
            "issuedOn": today, "method": if by_courier { "COURIER" } else { "IN_PERSON" },
            "staff": "Renata Przykładowa", "items": items,
        });
        let receipt = json!({ "receivedOn": today, "by": { "kind": "PATIENT" } });
        if let (false, Some(members)) = (by_courier, body.as_object_mut()) {
            members.insert("receipt".to_owned(), receipt.clone());
        }
        let part = self.path(&format!("/take-ups/{}", taken.text("/id")));
        let issued = self.api.write(&format!("{part}/realisation"), &who, None, &body).await?;
        costs("realisation", &issued.body, "/realisation/total", money)?;
        self.told(who.key(), "realisation", &issued, "REALISED", &told(money))?;
        if by_courier {
            let received = self.api.write(&format!("{part}/receipt"), &who, None, &receipt).await?;
            self.told(who.key(), "receipt", &received, "REALISED", "by courier, received by the patient")?;
        }
        Ok(())
    }

    /// What the shop has by the report of that month: as the holder of a contract what the payer owes it, as a supplier what it
    /// issued itself.
    pub(super) async fn settle(
        &mut self,
        (shop, capacity): (&'static str, &str),
        month: YearMonth,
        money: Money,
    ) -> Result<(), DemoFault> {
        let who = self.persona(shop)?;
        let path = format!("settlement-reports/{month}?capacity={capacity}");
        let report = self.api.get(&path, Some(&who)).await?;
        costs("settlement-report", &report.body, "/totals", money)?;
        let issuers = report.body.get("byProvider").and_then(Value::as_array).cloned().unwrap_or_default();
        let names: Vec<String> = issuers.iter().map(|it| text(it, "/providerName")).collect();
        let more = format!("{}, issued by {}", told(money), names.join(" and "));
        self.said(who.key(), &format!("settlement-report {month}, as {capacity}"), &more)
    }

    /// An officer of the payer enters what is not known of a group, with its source.
    pub(super) async fn enter_figures(&mut self, code: &str, mut figures: Value) -> Result<(), DemoFault> {
        let who = self.persona(OFFICER)?;
        if let Some(members) = figures.as_object_mut() {
            members.insert("holdsFrom".to_owned(), json!(self.timeline.today()));
        }
        let entered = self.api.write(&format!("device-groups/{code}/figures"), &who, None, &figures).await?;
        let source = entered.text("/source");
        self.said(who.key(), &format!("figures of {code}"), &format!("source: {source}"))
    }
}
