//! Lenses for a child without a PESEL: one for each eye, each on the limit that its power reaches.

use super::super::DemoFault;
use super::content::content_of;
use super::supply::item;
use super::{Order, SHOP};
use chrono::{Months, NaiveDate};
use serde_json::{Value, json};

const CODE: &str = "O.01.02";
const MONEY: [&str; 3] = ["100.00", "65.00", "35.00"];

impl Order<'_, '_> {
    pub(super) async fn play_lenses(mut self) -> Result<(), DemoFault> {
        self.chapter(
            "Lenses for a child without a PESEL",
            "Each eye has its limit; without a PESEL there is no code, and the date of birth opens the order.",
        )?;
        self.draft(&self.lenses()).await?;
        self.submit("POSITIVE", "").await?;
        let pair = json!({ "number": self.number, "birthDate": self.birth_date() });
        self.look_up(SHOP, &pair, "number and date of birth").await?;
        let taken = self.take_up(SHOP, None).await?;
        let items = vec![item(CODE, 1, Some("LEFT"), 1, "60.00"), item(CODE, 2, Some("RIGHT"), 1, "40.00")];
        self.issue(SHOP, &taken, (items, false), MONEY).await?;
        self.stands_at("reads the order", "REALISED", &["REALISED"]).await
    }

    /// Of a child who is six years old all through the demo.
    fn birth_date(&self) -> NaiveDate {
        self.timeline.today() - Months::new(6 * 12 + 6)
    }

    fn lenses(&self) -> Value {
        let lens =
            |eye: &str, sphere: &str| json!({ "code": CODE, "lensUse": "FAR", "eye": eye, "sphere": sphere });
        let device = json!({
            "kind": "LENSES", "pupilDistance": "58.5", "lenses": [lens("LEFT", "-6.00"), lens("RIGHT", "-6.25")],
        });
        let patient = json!({
            "givenNames": "Oksana", "familyName": "Przykładowa", "birthDate": self.birth_date(), "sex": "FEMALE",
            "identifier": { "kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FA123456" },
        });
        let mut content = content_of(&patient, "okulista", device, json!({ "kind": "ONE_OFF", "pieces": 2 }));
        if let Some(members) = content.as_object_mut() {
            let right = json!({ "kind": "STATEMENT", "madeOn": self.timeline.today(), "madeBy": "STATUTORY_REPRESENTATIVE" });
            members.insert("right".to_owned(), right);
        }
        content
    }
}
