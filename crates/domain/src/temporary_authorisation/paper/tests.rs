//! Paper: what it is judged by, what it leads to, and what is corrected.

use super::entry::{AskedCorrection, CORRECTION_RULES};
use super::rules::{Judged, RULES};
use super::*;
use crate::calendar::start_of_day_warsaw;
use crate::correspondence::{Attachment, CaseParty, Reader};
use crate::demand::model::Attested;
use crate::outage::Holds;
use crate::paper::Hindrance;
use crate::rule::RuleEntry;
use crate::support::notifications::{
    TO_MINISTER, after, batch, consented, content, draft_of, drafted, new_addition, play, proof,
};
use crate::support::notifications_on_paper::{asked, correction, entry, facts, on_paper};
use crate::support::papers::long_ago;
use crate::support::{
    DECIDER, PREPARER, broken, codes, date, day, digest, named, officer, organisation, packs, read, text,
};
use crate::temporary_authorisation::content::{Content, SignsAs};
use crate::temporary_authorisation::model::{Authorisation, Outcome};
use crate::temporary_authorisation::{
    AuthorisationEvent, Command, State, StateName, addition, clocks, payload, resolution,
};
use crate::values::{Nip, Quantity, QuantityUnit};

/// The pointers at which the rule is broken by a paper, once something of it is changed.
fn tried(number: &str, change: impl FnOnce(&mut Content, &mut Asked, &mut Facts)) -> Vec<String> {
    let (mut content, mut asked, mut facts) = (read(content()), asked(), facts(day(0)));
    change(&mut content, &mut asked, &mut facts);
    let rule = RULES.iter().find(|rule| rule.number == number).expect("a rule of that number");
    (rule.broken_at)(&Judged { content: &content, asked: &asked, facts: &facts })
}

const NOWHERE: [&str; 0] = [];

#[test]
fn what_was_notified_in_time_is_entered_whenever() {
    let content: Content = read(content());
    for days in [0, 400] {
        assert_eq!(faults(&content, &asked(), &facts(day(days))), [], "PE-37 after {days}");
    }
    // Long after its batches have expired.
    assert_eq!(faults(&content, &asked(), &facts(day(2000))), []);
    let number: Vec<RuleEntry> = entries().into_iter().filter(|it| it.number == "PE-37").collect();
    assert_eq!(number.len(), 1);
}

#[test]
fn an_entered_notification_is_with_the_minister_and_with_whoever_entered_it() {
    let it = on_paper();
    let State::WithMinister(held) = &it.state else { panic!("{:?}", it.state.name()) };
    assert_eq!(held.assigned.as_ref().map(|officer| officer.person), Some(officer(PREPARER).person));
    assert_eq!(held.since, start_of_day_warsaw(date("2026-09-08")));
    let Attested::OnPaper(written) = &held.examined.approval else { panic!("signed by hand") };
    assert_eq!((written.signed_on, &written.payload_sha256), (date("2026-09-04"), &digest("f")));
    assert_eq!(held.examined.approval.named(), named("Jan", "Przykładowy"));
    assert_eq!(held.examined.issue.signed.named(), named("Wiktoria", "Przykładowa"));
    assert_eq!(held.examined.issue.issued_on, date("2026-09-02"));
    assert_eq!(held.examined.issue.issued_at, start_of_day_warsaw(date("2026-09-02")));
    let entered = enter(drafted(), entry(day(0)), day(0)).expect("an entry");
    assert_eq!(entered.events, [AuthorisationEvent::AuthorisationEnteredFromPaper {}]);
    assert_eq!(clocks::running(&it.state), None, "no term runs");
}

#[test]
fn only_a_draft_is_entered() {
    let again = enter(on_paper(), entry(day(0)), day(0));
    assert_eq!(codes(again), ["authorisation.wrong_state"]);
}

#[test]
fn the_grounds_cover_the_day_of_issue() {
    let place = ["/grounds/outageId"];
    assert_eq!(tried("PE-20", |_, _, _| ()), NOWHERE);
    assert_eq!(tried("PE-20", |_, asked, _| asked.dates.issued_on = date("2026-09-01")), place);
    assert_eq!(tried("PE-20", |_, asked, _| asked.dates.issued_on = date("2026-09-03")), NOWHERE);
    assert_eq!(tried("PE-20", |_, asked, _| asked.dates.issued_on = date("2026-09-04")), place);
    assert_eq!(tried("PE-20", |_, _, facts| facts.outage = None), place);
    let flood = |from: &str, until: &str| {
        let grounds =
            Hindrance::ForceMajeure { description: text("Powódź."), from: date(from), until: date(until) };
        tried("PE-21", |_, asked, _| asked.grounds = grounds)
    };
    assert_eq!(flood("2026-09-02", "2026-09-02"), NOWHERE);
    assert_eq!(flood("2026-09-03", "2026-09-20"), ["/grounds/from"]);
    assert_eq!(flood("2026-08-03", "2026-09-01"), ["/grounds/from"]);
    assert!(long_ago().until.is_some());
}

#[test]
fn dates_follow_each_other_and_are_not_ahead() {
    assert_eq!(tried("PE-22", |_, _, _| ()), NOWHERE);
    let same_day = |_: &mut Content, asked: &mut Asked, _: &mut Facts| {
        let day = date("2026-09-02");
        asked.dates = Dates { issued_on: day, representative_signed_on: day, sent_on: day, received_on: day };
    };
    assert_eq!(tried("PE-22", same_day), NOWHERE);
    let before = tried("PE-22", |_, asked, _| asked.dates.representative_signed_on = date("2026-09-01"));
    assert_eq!(before, ["/representativeSignedOn"]);
    assert_eq!(tried("PE-22", |_, asked, _| asked.dates.sent_on = date("2026-09-03")), ["/sentOn"]);
    assert_eq!(tried("PE-22", |_, asked, _| asked.dates.received_on = date("2026-12-01")), NOWHERE);
    assert_eq!(tried("PE-22", |_, asked, _| asked.dates.received_on = date("2026-12-02")), ["/receivedOn"]);
}

#[test]
fn batches_were_good_when_the_paper_was_sent() {
    let expired = |day: &str| tried("PE-23", |content, _, _| content.batches[1].expires_on = date(day));
    assert_eq!(expired("2026-09-05"), NOWHERE, "the last day counts");
    assert_eq!(expired("2026-09-04"), ["/content/batches/1/expiresOn"]);
    assert_eq!(expired("2026-09-02"), ["/content/batches/1/expiresOn"]);
    assert_eq!(expired("2026-09-01"), NOWHERE, "the content's fault");
    let mut old: Content = read(content());
    old.batches[1].expires_on = date("2026-09-01");
    let found = faults(&old, &asked(), &facts(day(0)));
    let found: Vec<_> = found.iter().map(|it| (it.problem.code, it.pointer.as_str())).collect();
    assert_eq!(found, [("authorisation.batch_expired", "/content/batches/1/expiresOn")], "told once");
}

#[test]
fn wholesaler_and_responsible_person_are_on_record() {
    assert_eq!(tried("PE-24", |_, _, _| ()), NOWHERE);
    assert_eq!(tried("PE-24", |_, _, facts| facts.wholesaler = None), ["/content/wholesaler/nip"]);
    let unstated = tried("PE-24", |content, _, facts| {
        content.wholesaler.nip = None;
        facts.wholesaler = None;
    });
    assert_eq!(unstated, NOWHERE, "the matrix asks for it");
    let place = ["/content/responsiblePerson/familyName"];
    assert_eq!(tried("PE-25", |_, _, _| ()), NOWHERE);
    let capitals = vec![named("Jan", "Inny"), named("WIKTORIA", "PRZYKŁADOWA")];
    assert_eq!(tried("PE-25", |_, _, facts| facts.responsible_people = capitals), NOWHERE);
    let halves = vec![named("Wiktoria", "Inna"), named("Jan", "Przykładowa")];
    assert_eq!(tried("PE-25", |_, _, facts| facts.responsible_people = halves), place);
    assert_eq!(tried("PE-25", |_, _, facts| facts.wholesaler = None), NOWHERE, "another rule's");
    let signed_as = |capacity: SignsAs| {
        tried("PE-25", |content, _, facts| {
            content.signs_as = Some(capacity);
            facts.responsible_people = Vec::new();
        })
    };
    assert_eq!(signed_as(SignsAs::ResponsiblePerson), place);
    assert_eq!(
        signed_as(SignsAs::AuthorisedPerson),
        NOWHERE,
        "an authorisation speaks for them, not an account"
    );
}

/// An addition of one batch to this consent, on paper issued on the day after it.
fn adding(
    number: &str,
    base: Authorisation,
    change: impl FnOnce(&mut Content, &mut Asked, &mut Facts),
) -> Vec<String> {
    tried(number, |content, asked, facts| {
        content.batches = vec![batch("B200")];
        content.quantity = Some(packs("5"));
        asked.adds_to = Some(base.number.clone());
        asked.dates.issued_on = date("2026-12-03");
        facts.base = Some(Box::new(base));
        change(content, asked, facts);
    })
}

#[test]
fn an_addition_names_a_consent_of_its_wholesaler() {
    let place = ["/addsToNumber"];
    assert_eq!(adding("PE-26", consented(), |_, _, _| ()), NOWHERE);
    assert_eq!(adding("PE-26", consented(), |_, _, facts| facts.base = None), place);
    assert_eq!(adding("PE-26", on_paper(), |_, _, _| ()), place, "nothing is consented to");
    assert_eq!(adding("PE-26", consented(), |_, _, facts| facts.wholesaler = Some(organisation(11))), place);
    let opened = addition::open(&consented(), new_addition(), day(1)).expect("an addition").document;
    let of_an_addition = Authorisation { adds_to: opened.adds_to, ..consented() };
    assert_eq!(adding("PE-26", of_an_addition, |_, _, _| ()), place);
    assert_eq!(tried("PE-26", |_, _, _| ()), NOWHERE, "it adds to nothing");
}

#[test]
fn a_consent_is_added_to_as_it_was_on_the_day_of_issue() {
    let place = ["/addsToNumber"];
    let on = |base: &Authorisation, day: &str| {
        adding("PE-27", base.clone(), |_, asked, _| asked.dates.issued_on = date(day))
    };
    let consented = consented();
    let resolved_on = consented.state.resolution().expect("a resolution").resolved_on;
    assert_eq!(on(&consented, &resolved_on.to_string()), NOWHERE);
    assert_eq!(on(&consented, &resolved_on.pred_opt().expect("a day").to_string()), place);
    let lapsed = clocks::elapse(consented.clone(), &Holds::none(), day(200)).document;
    assert_eq!((on(&lapsed, "2027-02-28"), on(&lapsed, "2027-03-01")), (vec![], vec![place[0].to_owned()]));
    let revoked = after(consented, &[Command::RevocationDraft, Command::Revocation]);
    let State::Revoked(ended) = &revoked.state else { panic!("{:?}", revoked.state.name()) };
    let last = crate::calendar::warsaw_date(ended.revocation.revoked_at);
    assert_eq!(on(&revoked, &last.to_string()), NOWHERE);
    assert_eq!(on(&revoked, &last.succ_opt().expect("a day").to_string()), place);
}

#[test]
fn new_batches_are_of_the_same_product_and_were_new() {
    assert_eq!(adding("PE-28", consented(), |_, _, _| ()), NOWHERE);
    let vials = Quantity::parse("5", QuantityUnit::Vial).ok();
    let other = adding("PE-28", consented(), |content, _, _| {
        content.product.strength = Some(text("250 mg"));
        content.quantity = vials;
    });
    assert_eq!(other, ["/content/product", "/content/quantity/unit"]);
    assert_eq!(adding("PE-29", consented(), |_, _, _| ()), NOWHERE);
    let known = adding("PE-29", consented(), |content, _, _| content.batches.push(batch("A123")));
    assert_eq!(known, ["/content/batches/1/number"]);
    let mut added = consented();
    let State::Consented(consented) = &mut added.state else { panic!("a consent") };
    consented.added.push(crate::temporary_authorisation::model::Added {
        authorisation: added.id,
        number: added.number.clone(),
        resolution_number: crate::support::resolution_number(2),
        quantity: packs("5"),
        batches: vec![batch("B200")],
        conditions: None,
        added_on: date("2026-12-03"),
    });
    assert_eq!(adding("PE-29", added.clone(), |_, _, _| ()), ["/content/batches/0/number"]);
    let earlier = adding("PE-29", added, |_, asked, _| asked.dates.issued_on = date("2026-12-02"));
    assert_eq!(earlier, NOWHERE, "it was consented to since");
}

#[test]
fn the_same_paper_is_entered_once() {
    assert_eq!(tried("PE-30", |_, _, _| ()), NOWHERE);
    assert_eq!(tried("PE-30", |_, _, facts| facts.is_known = true), [""]);
    assert_eq!(tried("PE-39", |_, _, _| ()), NOWHERE);
    assert_eq!(tried("PE-39", |_, _, facts| facts.is_other_document = true), ["/scan/sha256"]);
    let of = |change: &dyn Fn(&mut Content)| {
        let mut content: Content = read(content());
        change(&mut content);
        identity::index_text(&content, None, date("2026-09-02")).into_inner()
    };
    let same = of(&|content| {
        content.batches.reverse();
        content.justification = Some(text("Przepisane inaczej."));
        content.product.trade_name = Some(text("EXEMPLAR"));
    });
    assert_eq!(of(&|_| ()), same);
    assert_ne!(of(&|content| content.wholesaler.nip = Nip::parse("1234563218").ok()), same);
    assert_ne!(of(&|content| content.batches = vec![batch("A123")]), same);
    let content: Content = read(content());
    let added = identity::index_text(&content, Some(&drafted().number), date("2026-09-02"));
    assert_ne!(added.into_inner(), same);
    assert_ne!(identity::index_text(&content, None, date("2026-09-03")).into_inner(), same);
}

fn scan(it: &Authorisation) -> Attachment {
    Attachment { sha256: [0xee; 32], ..proof(it) }
}

#[test]
fn a_resolution_rests_on_the_scan_and_a_consent_on_every_file() {
    let it = on_paper();
    let found = |outcome, files: &[Attachment]| -> Vec<_> {
        let found = evidence_faults(&it, outcome, files);
        found.into_iter().map(|it| (it.problem.code, it.pointer)).collect()
    };
    let scan_missing = ("paper_entry.scan_missing", String::new());
    let place = "/content/attachments/powerOfRepresentation/sha256".to_owned();
    let file_missing = ("paper_entry.file_missing", place);
    assert_eq!(found(Outcome::Consented, &[]), [scan_missing.clone(), file_missing.clone()], "PE-31, PE-32");
    assert_eq!(found(Outcome::Refused, &[proof(&it)]), [scan_missing]);
    let scan = Attachment { sha256: [0xee; 32], ..proof(&it) };
    assert_eq!(found(Outcome::Refused, std::slice::from_ref(&scan)), [], "the proof may be what it lacks");
    assert_eq!(found(Outcome::Consented, std::slice::from_ref(&scan)), std::slice::from_ref(&file_missing));
    assert_eq!(found(Outcome::Consented, &[scan.clone(), proof(&it)]), []);
    let whole = |party| Reader { party, only: None };
    let unread = Attachment {
        sender: whole(CaseParty::Ministry),
        recipients: vec![whole(CaseParty::ResponsiblePerson)],
        ..proof(&it)
    };
    assert_eq!(found(Outcome::Consented, &[scan, unread]), [file_missing], "both who signed read it");
    let electronic = after(drafted(), &TO_MINISTER);
    assert_eq!(evidence_faults(&electronic, Outcome::Consented, &[]), [], "TA-70 has asked already");
    let numbers: Vec<&str> = entries().iter().map(|it| it.number).collect();
    assert!(numbers.contains(&"PE-31") && numbers.contains(&"PE-32"));
}

#[test]
fn from_there_on_it_is_a_notification_like_any_other() {
    let it = on_paper();
    assert!(has_scan(&it, &[proof(&it), scan(&it)]) && !has_scan(&it, &[proof(&it)]));
    assert!(!has_scan(&drafted(), &[scan(&it)]));
    let prepared = resolution::prepare(it, draft_of(Outcome::Consented, day(1)), day(1)).expect("a draft");
    let consented = after(prepared.document, &[Command::Resolution, Command::Handover]);
    assert_eq!(consented.state.name(), StateName::Consented);
    assert!(consented.paper.is_some());
    assert_eq!(after(on_paper(), &[Command::Withdrawal]).state.name(), StateName::Withdrawn);
}

fn corrected(number: &str, it: &Authorisation, change: impl FnOnce(&mut AskedCorrection)) -> Vec<String> {
    let mut asked = correction(it, day(1));
    change(&mut asked);
    broken(CORRECTION_RULES, number, it, &asked)
}

#[test]
fn an_error_of_typing_is_put_right_as_the_next_version() {
    let it = on_paper();
    let mut asked = correction(&it, day(1));
    asked.entry.asked.dates.received_on = date("2026-09-09");
    let decided = correct(it.clone(), asked, day(1)).expect("a correction");
    assert_eq!(decided.events, [AuthorisationEvent::PaperEntryCorrected {}]);
    let next = decided.document;
    assert_eq!((next.content_version, next.changed_at), (2, day(1)));
    assert_eq!(next.content.justification, Some(text("Zapas skończy się za tydzień.")));
    let State::WithMinister(held) = &next.state else { panic!("{:?}", next.state.name()) };
    assert_eq!(held.examined.issue.content_version, 2);
    assert_eq!(held.since, start_of_day_warsaw(date("2026-09-09")));
    let paper = next.paper.as_ref().expect("a paper");
    assert_eq!(paper.entered_at, day(0));
    let reasons: Vec<_> =
        paper.corrections.iter().map(|it| (it.reason.as_str(), it.content_version)).collect();
    assert_eq!(reasons, [("Literówka.", 2)]);
    let bytes = |it: &Authorisation| serde_json::to_value(payload::submission(it)).expect("a payload");
    assert_ne!(bytes(&it), bytes(&next));
}

#[test]
fn a_correction_is_the_officer_s_and_keeps_wholesaler_and_consent() {
    let it = on_paper();
    for number in ["PE-33", "PE-34", "PE-35", "PE-36"] {
        assert_eq!(corrected(number, &it, |_| ()), NOWHERE, "{number}");
    }
    assert_eq!(corrected("PE-33", &after(drafted(), &TO_MINISTER), |_| ()), [""]);
    assert_eq!(corrected("PE-34", &it, |asked| asked.entry.by = officer(DECIDER)), [""]);
    let other = |asked: &mut AskedCorrection| asked.entry.facts.wholesaler = Some(organisation(11));
    assert_eq!(corrected("PE-35", &it, other), ["/content/wholesaler/nip"]);
    let moved = |asked: &mut AskedCorrection| {
        asked.entry.asked.adds_to = Some(consented().number);
        asked.entry.facts.base = Some(Box::new(consented()));
    };
    assert_eq!(corrected("PE-36", &it, moved), ["/addsToNumber"]);
    let unknown = |asked: &mut AskedCorrection| asked.entry.asked.adds_to = Some(consented().number);
    assert_eq!(corrected("PE-36", &it, unknown), NOWHERE, "another rule's");
    let addition = Authorisation { adds_to: Some(consented().id), ..on_paper() };
    assert_eq!(corrected("PE-36", &addition, moved), NOWHERE);
    let left_out = |asked: &mut AskedCorrection| asked.entry.asked.adds_to = None;
    assert_eq!(corrected("PE-36", &addition, left_out), ["/addsToNumber"]);
}

#[test]
fn a_correction_is_judged_like_the_entry_and_only_before_anything_is_prepared() {
    let it = on_paper();
    let mut wrong = correction(&it, day(1));
    wrong.entry.asked.dates.sent_on = date("2026-09-09");
    assert_eq!(codes(correct(it.clone(), wrong, day(1))), ["paper_entry.dates"]);
    let asked = correction(&it, day(1));
    let prepared = play(Command::ResolutionDraft, &it, day(1)).remove(0).expect("a draft");
    assert_eq!(codes(correct(prepared, asked, day(1))), ["authorisation.wrong_state"]);
}

#[test]
fn what_is_stored_of_a_paper_is_read_again() {
    let paper = on_paper().paper.expect("a paper");
    let stored = serde_json::to_value(&paper).expect("a value");
    assert_eq!(stored["grounds"]["kind"], "OUTAGE");
    assert_eq!(serde_json::from_value::<Paper>(stored).ok(), Some(paper));
}
