//! Goods that were issued of a take-up, as the domain decides and the store keeps it.

use crate::device_order::DeviceOrder;
use crate::service::TestApp;
use app::failure::Failure;
use domain::calendar::warsaw_date;
use domain::device_group::built_in;
use domain::device_order::model::{IssuedProduct, Method, Receipt, Receiver};
use domain::device_order::money::Rounding;
use domain::device_order::realisation::{Issuing, Item, realise};
use domain::device_order::take_up;
use domain::ids::{DeviceOrderId, TakeUpId};
use domain::values::{DeviceCode, Grosze, Text};
use store::Tx;
use store::device_order::Saved;

fn text<const MAX: usize>(text: &str) -> Text<MAX> {
    Text::parse(text).expect("a text")
}

/// So many absorbent products of tier 2 at 2,50 zł.
fn products(pieces: u32) -> Item {
    let product = IssuedProduct {
        product: text("1001"),
        maker: text("Fabryka Próbna"),
        model: text("Żółw L"),
        name: text("Pieluchomajtki Gęś"),
        serial_number: None,
        pieces,
        price: Grosze::parse("2.50").expect("a price"),
    };
    Item { code: DeviceCode::parse("Y.06.01").expect("a code"), tier: 2, side: None, products: vec![product] }
}

impl DeviceOrder {
    /// Issues absorbent products of a take-up today, in person, to whoever takes them.
    pub async fn issue_goods(&self, take_up: &str, pieces: u32, by: Receiver) {
        let id = DeviceOrderId::parse(&self.id).expect("an id");
        let id_of_part = TakeUpId::parse(take_up).expect("an id");
        let ring = server::service::key_ring(&TestApp::keys()).expect("a key ring");
        let now = self.app.now();
        let times = Saved { now, verify_at: self.app.real_now() };
        let today = warsaw_date(now);
        let goods = Issuing {
            issued_on: today,
            method: Method::InPerson,
            staff: text("Renata Przykładowa"),
            items: vec![products(pieces)],
            receipt: Some(Receipt { received_on: today, by }),
            provider: None,
            today,
            rounding: Rounding::PerLine,
        };
        let groups = built_in::groups().iter().map(|listed| listed.group.clone());
        let groups: Vec<_> = groups.filter(|group| group.is_valid_on(today)).collect();
        let issue = move |tx: &mut Tx<'_>| {
            let loaded = store::device_order::find(tx, &ring, id)?.expect("the order");
            let provider = take_up::find(&loaded.order, id_of_part).map(|it| it.provider.clone());
            let goods = Issuing { provider, ..goods };
            let issued = realise(loaded.order.clone(), id_of_part, goods, &groups, now)?;
            let saved = store::device_order::save(tx, &ring, issued.document, &loaded, None, times)?;
            saved.ok_or(Failure::Stale).map(|_| ())
        };
        self.app.store().transaction(issue).await.expect("the goods are issued");
    }
}
