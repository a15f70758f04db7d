//! What comes on paper: entered with its own dates, and judged by them.

use super::december;
use crate::calendar::{end_of_day_warsaw, start_of_day_warsaw, warsaw_date};
use crate::device_order::elapse::elapse;
use crate::device_order::events::DeviceOrderEvent;
use crate::device_order::issue::correct;
use crate::device_order::lifecycle::{PeriodState, State, StateName};
use crate::device_order::paper::{
    Asked, Channel, ChannelName, Entry, Facts, Numbered, Reason, Replying, enter, entries, identity, reply,
};
use crate::device_order::verification::{conclude, judged_on, look};
use crate::device_order::{Content, DeviceOrder, DeviceOrderDecision};
use crate::ids::OutageId;
use crate::outage::{Grace, Outage};
use crate::problem::Violation;
use crate::support::device_orders::{
    Known, absorbents, draft, facts as looked, from_paper, groups, positive, scan, submission, wheelchair,
    with,
};
use crate::support::{codes, date, digest, instant, officer, organisation, read, recorded, text};
use crate::values::{AccessCode, DeviceOrderNumber};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

/// Two days of September 2026, three months before the entry.
fn september() -> Outage {
    let (from, until) = (start_of_day_warsaw(date("2026-09-02")), end_of_day_warsaw(date("2026-09-03")));
    recorded(from, Some(until - TimeDelta::minutes(1)), &[], Grace::Days(1))
}

fn asked() -> Asked {
    Asked {
        issued_on: date("2026-09-02"),
        received_on: date("2026-11-30"),
        channel: Channel::Counter,
        reason: Reason::Outage { outage: september().id },
        scan: scan(),
    }
}

fn facts() -> Facts {
    Facts {
        outages: vec![september()],
        is_known: false,
        is_other_document: false,
        today: warsaw_date(december()),
    }
}

/// For six months from September on.
fn content() -> Value {
    let content = with(absorbents(), "/supply/from", json!("2026-09"));
    with(content, "/supply/months", json!(6))
}

fn entry(asked: Asked, facts: Facts) -> Entry {
    Entry {
        asked,
        facts,
        numbered: Numbered {
            number: DeviceOrderNumber::compose_by_hand(7, [3; 10]),
            branch: 7,
            office: organisation(70),
            by: officer(1),
        },
        payload_sha256: digest("c"),
        formerly: None,
    }
}

fn entered_as(content: Value, asked: Asked, facts: Facts) -> DeviceOrderDecision {
    let on = groups(asked.issued_on);
    enter(draft(content, december()), entry(asked, facts), &on, december())
}

fn only(number: &str, asked: Asked, facts: Facts) -> Vec<String> {
    let rule = entries().into_iter().find(|entry| entry.number == number).expect("a rule");
    let found = entered_as(content(), asked, facts).expect_err("it is refused");
    assert!(found.iter().all(|it| it.problem.code == rule.code), "{number}: {found:?}");
    found.into_iter().map(|it| it.pointer).collect()
}

/// Entered and looked at on that day.
fn concluded(content: Value, now: DateTime<Utc>) -> DeviceOrder {
    let on = groups(asked().issued_on);
    let order = enter(draft(content, now), entry(asked(), facts()), &on, now).expect("an entry").document;
    let day = judged_on(&order, warsaw_date(now));
    let verdict = look(&order.content, &looked(day, &groups(day), &Known::default()));
    conclude(order, verdict, Some(AccessCode::numbered(7)), now).expect("a conclusion").document
}

#[test]
fn an_order_on_paper_begins_to_be_looked_at_with_a_number_by_hand() {
    let entered = entered_as(content(), asked(), facts()).expect("an entry");
    let order = entered.document;
    assert_eq!(order.state.name(), StateName::Verifying);
    assert_eq!(order.number.as_ref().map(DeviceOrderNumber::is_by_hand), Some(true));
    let issue = order.state.issue().expect("an issue");
    assert_eq!((issue.issued_on, issue.signed.at()), (date("2026-09-02"), instant("2026-09-01T22:00:00Z")));
    let told = DeviceOrderEvent::OrderEnteredFromPaper { answer_by: ChannelName::Counter };
    assert_eq!(entered.events, [DeviceOrderEvent::OrderRegistered {}, told]);
}

#[test]
fn a_named_outage_lasted_on_the_day_of_issue() {
    let other = Reason::Outage { outage: OutageId(Uuid::from_u128(9)) };
    assert_eq!(only("DO-90", Asked { reason: other, ..asked() }, facts()), ["/reason/outageId"]);
    let later = Asked { issued_on: date("2026-09-04"), ..asked() };
    assert_eq!(only("DO-90", later, facts()), ["/reason/outageId"]);
    assert!(entered_as(content(), Asked { issued_on: date("2026-09-03"), ..asked() }, facts()).is_ok());
}

#[test]
fn an_outage_on_record_is_named() {
    let unavailable = Reason::ServicesUnavailable { description: text("Brak połączenia.") };
    let unnamed = Asked { reason: unavailable.clone(), ..asked() };
    assert_eq!(only("DO-91", unnamed.clone(), facts()), ["/reason/kind"]);
    assert!(entered_as(content(), unnamed, Facts { outages: Vec::new(), ..facts() }).is_ok());
    let unsigned = Reason::SigningImpossible { description: text("Uszkodzona karta.") };
    assert!(entered_as(content(), Asked { reason: unsigned, ..asked() }, facts()).is_ok());
}

#[test]
fn dates_follow_each_other_and_none_is_to_come() {
    let early = Asked { received_on: date("2026-09-01"), ..asked() };
    assert_eq!(only("DO-92", early, facts()), ["/receivedOn"]);
    let late = Asked { received_on: date("2026-12-02"), ..asked() };
    assert_eq!(only("DO-92", late, facts()), ["/receivedOn"]);
    assert!(entered_as(content(), Asked { received_on: date("2026-12-01"), ..asked() }, facts()).is_ok());
}

#[test]
fn the_same_paper_is_entered_once() {
    assert_eq!(only("DO-93", asked(), Facts { is_known: true, ..facts() }), [""]);
    assert_eq!(only("DO-94", asked(), Facts { is_other_document: true, ..facts() }), ["/scan/sha256"]);
}

#[test]
fn all_faults_of_an_entry_are_told_at_once() {
    let seven = with(content(), "/supply/months", json!(7));
    let found = entered_as(seven, asked(), Facts { is_known: true, ..facts() });
    assert_eq!(codes(found), ["device_order.paper_duplicate", "device_order.too_many_months"]);
    let nameless = with(content(), "/prescriber/familyName", Value::Null);
    let found = entered_as(nameless, asked(), Facts { is_known: true, ..facts() });
    assert_eq!(codes(found), ["device_order.paper_duplicate", "device_order.field_required"]);
}

#[test]
fn an_order_on_paper_is_looked_at_as_of_its_own_day() {
    let (rule, today) = (entries().into_iter().find(|it| it.number == "DO-95"), warsaw_date(december()));
    assert!(rule.is_some());
    let order = entered_as(content(), asked(), facts()).expect("an entry").document;
    assert_eq!(judged_on(&order, today), date("2026-09-02"));
    // A document that was valid on the day of issue proves the right then.
    let until = json!({ "kind": "DAY", "last": "2026-09-10" });
    let right = json!({ "kind": "DOCUMENT", "document": { "kind": "INSURANCE_PROOF", "until": until } });
    let content: Content = read(with(content(), "/right", right));
    let known =
        Known { insurance: crate::device_order::verification::Insurance::NotConfirmed, ..Known::default() };
    let found = |day: NaiveDate| look(&content, &looked(day, &groups(day), &known));
    assert_ne!(found(date("2026-09-02")), found(today));
    assert_eq!(judged_on(&positive(wheelchair(), december()), today), today, "a take-up is of its own day");
}

#[test]
fn months_before_the_entry_are_lost_and_there_is_no_code() {
    let order = elapse(concluded(content(), december()), december()).document;
    let State::Positive(confirmed) = &order.state else { panic!("positive") };
    assert_eq!(confirmed.access.code, None);
    let lost = confirmed.periods.states().filter(|state| *state == PeriodState::Lost).count();
    assert_eq!((lost, confirmed.periods.states().count()), (3, 6), "September to November");
}

#[test]
fn a_paper_order_is_not_corrected_electronically() {
    let now = december();
    let refused = crate::support::device_orders::looked_at(
        absorbents(),
        &Known { insurance: crate::device_order::verification::Insurance::NotConfirmed, ..Known::default() },
        now,
    );
    let negative = from_paper(refused, now);
    let ended = correct(negative, read(absorbents()), submission(now), &groups(warsaw_date(now)), now);
    let rule = super::entries().into_iter().find(|it| it.number == "DO-99").expect("a rule");
    assert_eq!(codes(ended), [rule.code]);
}

fn replying() -> Replying {
    let today = warsaw_date(december());
    Replying { sent_on: today, by: officer(1), has_scan: true, today }
}

#[test]
fn the_number_goes_back_once_with_the_scan_kept() {
    let refused = |number: &str, order: DeviceOrder, asked: Replying| -> Vec<Violation> {
        let rule = entries().into_iter().find(|it| it.number == number).expect("a rule");
        let found = reply(order, asked, december()).expect_err("it is refused");
        assert!(found.iter().all(|it| it.problem.code == rule.code), "{number}: {found:?}");
        found
    };
    refused("DO-96", positive(absorbents(), december()), replying());
    let order = || concluded(content(), december());
    refused("DO-97", order(), Replying { has_scan: false, ..replying() });
    for day in ["2026-11-29", "2026-12-02"] {
        let found = refused("DO-98b", order(), Replying { sent_on: date(day), ..replying() });
        assert_eq!(found[0].pointer, "/sentOn");
    }
    let replied = reply(order(), Replying { sent_on: date("2026-11-30"), ..replying() }, december());
    let replied = replied.expect("an answer");
    assert_eq!(replied.events, [DeviceOrderEvent::PaperAnswered {}]);
    let paper = replied.document.state.issue().and_then(|it| it.paper.clone()).expect("a paper");
    assert_eq!(paper.reply.map(|it| it.sent_on), Some(date("2026-11-30")));
    refused("DO-98", replied.document, replying());
}

#[test]
fn a_paper_is_known_by_prescriber_patient_device_month_and_day() {
    let text = |content: Value, day: &str| identity::index_text(&read(content), date(day)).into_inner();
    let same = text(content(), "2026-09-02");
    assert_eq!(text(with(content(), "/supply/piecesAMonth", json!("60")), "2026-09-02"), same);
    for (other, day) in [
        (content(), "2026-09-03"),
        (with(content(), "/supply/from", json!("2026-10")), "2026-09-02"),
        (with(content(), "/device/code", json!("Y.06.02")), "2026-09-02"),
        (with(content(), "/prescriber/licenceNumber", json!("3900433")), "2026-09-02"),
        (with(content(), "/patient/identifier/number", json!("44051401359")), "2026-09-02"),
    ] {
        assert_ne!(text(other, day), same);
    }
}
