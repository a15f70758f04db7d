//! What is due from the payer for a repair: one entry in the ledger of what is issued, and one of the opposite amounts where it is
//! taken back.

use super::lifecycle::State;
use super::model::RepairOrder;
use crate::calendar::warsaw_date;
use crate::device_order::settlement::{Booked, Entry, EntryKind, SettledOrder};
use crate::problem::Sentence;
use crate::rule::RuleEntry;
use crate::values::{Grosze, YearMonth};
use chrono::{DateTime, Utc};

/// One repair, in hundredths as the payer's report has pieces.
const ONE: i64 = 100;

/// What is booked of the repair that the order has; none where it has none.
pub fn entry(order: &RepairOrder, kind: EntryKind, now: DateTime<Utc>) -> Option<Entry> {
    let State::Realised(realised) = &order.state else { return None };
    let (repair, device) = (&realised.repair, order.content.device.as_ref()?);
    let (provider, left) = (&repair.hold.provider, realised.confirmed.confirmation.terms.left);
    let sign = match kind {
        EntryKind::Realised => 1,
        EntryKind::Withdrawn => -1,
    };
    let booked = |amount: Grosze| Booked::of(sign * amount.get());
    Some(Entry {
        kind,
        month: YearMonth::of(warsaw_date(now)),
        entered_at: now,
        provider: provider.id,
        provider_name: Some(provider.name.clone()),
        place: Some(provider.place.clone()),
        contract: provider.contract.clone(),
        acts_for: provider.acts_for,
        order: SettledOrder::Repair(order.id),
        order_number: order.number.clone()?,
        take_up: repair.hold.id,
        code: device.code.clone(),
        tier: device.tier.unwrap_or(1),
        side: device.side,
        limit: repair.left.unwrap_or(left.limit),
        limit_kind: left.kind,
        share: left.refund.get(),
        entitlement: order.content.additional_entitlement.as_ref().map(|it| it.code),
        issued_in: YearMonth::of(repair.issued_on),
        pieces: sign * ONE,
        price: booked(repair.amounts.price),
        refund: booked(repair.amounts.refund),
        copay: booked(repair.amounts.copay),
    })
}

/// What the ledger keeps to; nothing is refused for it.
const BOOKED: RuleEntry = RuleEntry {
    operation: "repair orders: realisation, realisation-withdrawal",
    number: "RO-82",
    legal: "eZWM v2.1.6 pp. 88–96; design",
    says: Sentence {
        pl: "Naprawę rozlicza się w tej samej księdze co wydane wyroby (DO-66, DO-67): jednym zapisem, z pozostałym limitem naprawy i udziałem płatnika.",
        en: "A repair is settled in the same ledger as goods (DO-66, DO-67): by one entry, with what was left of the repair limit and the payer's share.",
    },
    code: "–",
};

/// What quotes and repairs keep to; nothing is refused for it.
const LEFT: RuleEntry = RuleEntry {
    operation: "repair orders: quotes, realisation",
    number: "RO-84",
    legal: "NFZ notice on repairs of devices; design",
    says: Sentence {
        pl: "Naprawę finansuje się najwyżej z tego, co z limitu zostało w jej chwili: inna naprawa wyrobu, potwierdzona po weryfikacji, zmniejsza resztę.",
        en: "A repair is borne with what is left of the limit by then at most: another repair of the device that was confirmed since the verification leaves less.",
    },
    code: "–",
};

pub fn entries() -> Vec<RuleEntry> {
    vec![BOOKED, LEFT]
}
