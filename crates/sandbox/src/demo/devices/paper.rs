//! Pads on paper: nobody could sign in an outage, a branch of the payer confirms the paper days later by its own dates, and the
//! number goes back the way the paper came.

use super::super::DemoFault;
use super::super::api::text;
use super::super::fault::same;
use super::content::Ordered;
use super::supply::item;
use super::{OFFICER, Order, PRESCRIBER, SHOP};
use chrono::{DateTime, TimeDelta, Utc};
use domain::values::YearMonth;
use serde_json::{Value, json};

const MONEY: [&str; 3] = ["135.00", "108.00", "27.00"];
/// How long the outage lasts and the paper is on its way.
const DAYS_ON_THE_WAY: i64 = 3;
/// The picture of the paper, as short as a document can be.
const SCAN: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n% Zlecenie\n";

impl Order<'_, '_> {
    pub(super) async fn play_paper(mut self) -> Result<(), DemoFault> {
        self.chapter(
            "Pads on paper, in an outage",
            "The paper is confirmed at a branch by its own dates, has no code, and goes to one shop.",
        )?;
        self.far_from_the_months_end().await?;
        let (patient, issued_on) = (self.persona("patient")?, self.timeline.today());
        let outage = self.outage().await?;
        self.said(PRESCRIBER, "signs on paper", "the system cannot be used")?;
        let device = json!({ "kind": "OTHER", "code": "Y.06.01", "tier": 2 });
        let supply = self.by_the_month("90", 6);
        let ordered = Ordered { specialty: "rodzinny", diagnosis: "N39.4", device, supply };
        let content = Self::content(&patient, ordered);
        self.wait(DAYS_ON_THE_WAY).await?;
        let entry = json!({
            "content": content, "issuedOn": issued_on, "receivedOn": self.timeline.today(),
            "reason": { "kind": "OUTAGE", "outageId": outage },
            "channel": { "kind": "POST", "returnAddress": {
                "streetLine": "ul. Zmyślona 3", "postalCode": "00-912", "city": "Wzorcowice", "country": "PL",
            } },
            "scan": { "title": "Zlecenie na papierze", "sha256": hex::encode(signing::canonical::sha256(SCAN)) },
        });
        self.confirm(&entry).await?;
        self.answer().await?;
        let pair = json!({ "number": self.number, "pesel": patient.spec.pesel });
        self.look_up(SHOP, &pair, "number and PESEL").await?;
        let one = json!({ "from": self.month(0).to_string(), "count": 1 });
        let taken = self.take_up(SHOP, Some(one)).await?;
        self.issue(SHOP, &taken, (vec![item("Y.06.01", 2, None, 90, "1.50")], false), MONEY).await?;
        self.stands_at("reads the order", "POSITIVE", &["REALISED", "AVAILABLE"]).await
    }

    /// On whichever day the demo is played, no month passes while the paper is on its way.
    async fn far_from_the_months_end(&mut self) -> Result<(), DemoFault> {
        let today = self.timeline.today();
        let left = (YearMonth::of(today).last_day() - today).num_days();
        if left > DAYS_ON_THE_WAY { Ok(()) } else { self.wait(left + 1).await }
    }

    /// Somebody records it once it is over; the system itself was never away here.
    async fn outage(&mut self) -> Result<String, DemoFault> {
        let who = self.persona("preparer")?;
        let until: DateTime<Utc> = self.timeline.now();
        let body = json!({ "from": until - TimeDelta::hours(1), "until": until, "reason": "Awaria próbna" });
        let recorded = self.api.write("outages", &who, None, &body).await?;
        self.said(who.key(), "outage", "an hour of today")?;
        Ok(recorded.text("/id"))
    }

    /// The officer's branch gives the number, and the payer looks at once.
    async fn confirm(&mut self, entry: &Value) -> Result<(), DemoFault> {
        let who = self.persona(OFFICER)?;
        let answer = self.api.write("device-orders/paper-confirmations", &who, None, entry).await?;
        (self.id, self.number) = (answer.text("/id"), answer.text("/number"));
        self.etag = answer.etag.clone().unwrap_or_default();
        let issued_on = text(entry, "/issuedOn");
        same("paper-confirmation", "the day of issue", &issued_on, &answer.text("/issue/issuedOn"))?;
        same("paper-confirmation", "the code", &String::new(), &answer.text("/access/code"))?;
        let more = format!("{}, issued on {issued_on}, no code", self.number);
        self.told(who.key(), "paper-confirmation", &answer, "POSITIVE", &more)
    }

    async fn answer(&mut self) -> Result<(), DemoFault> {
        let who = self.persona(OFFICER)?;
        self.api.send_file(&self.path("/scan"), &who, SCAN).await?;
        self.said(who.key(), "scan of the paper", "sealed beside the order")?;
        let replied = self.api.write(&self.path("/reply"), &who, Some(&self.etag), &json!({})).await?;
        self.etag = replied.etag.clone().unwrap_or_default();
        self.told(who.key(), "reply", &replied, "POSITIVE", "by post, as the paper came")
    }
}
