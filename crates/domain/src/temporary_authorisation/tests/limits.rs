//! What a consent, its additions and its batches come to together.

use super::*;

fn in_force() -> Box<Authorisation> {
    Box::new(handed_over())
}

#[test]
fn a_consent_covers_batches_that_have_not_expired() {
    let held = |expires: &str| {
        let mut it = after(drafted(), &TO_MINISTER);
        it.content.batches[1].expires_on = date(expires);
        it
    };
    let on = |today: &str, quantity: &str| {
        draft(|it| {
            it.today = date(today);
            it.draft.approved_quantity = Some(packs(quantity));
        })
    };
    let tried = |asked| broken(DRAFT_RULES, "TA-80", &held("2026-12-05"), &asked);
    assert_eq!(tried(on("2026-12-05", "10")), [""; 0], "the last day counts");
    assert_eq!(tried(on("2026-12-06", "6")), [""; 0], "of the batch that has not");
    assert_eq!(tried(on("2026-12-06", "6.0001")), ["/approvedQuantity/amount"]);
    let mut signed = prepared();
    signed.content.batches[1].expires_on = date("2026-12-05");
    let when = |today: &str| Decision { today: date(today), ..decision(DECIDER, day(1)) };
    assert_eq!(broken(RESOLUTION_RULES, "TA-83", &signed, &when("2026-12-05")), [""; 0]);
    assert_eq!(broken(RESOLUTION_RULES, "TA-83", &signed, &when("2026-12-06")), [""]);
}

#[test]
fn of_two_additions_with_one_batch_the_first_is_consented_to() {
    let (with_it, first) = added();
    let second = after(
        addition::open(&handed_over(), new_addition(), day(1)).expect("an addition").document,
        &TO_MINISTER,
    );
    let asked = |base| draft(|it| it.base = base);
    assert_eq!(broken(DRAFT_RULES, "TA-81", &second, &asked(Some(in_force()))), [""; 0]);
    let added = Some(Box::new(with_it));
    assert_eq!(broken(DRAFT_RULES, "TA-81", &second, &asked(added.clone())), [""]);
    let refused = draft(|it| {
        it.base = added.clone();
        it.draft.outcome = Outcome::Refused;
    });
    assert_eq!(broken(DRAFT_RULES, "TA-81", &second, &refused), [""; 0]);
    let drafted_before = resolution::prepare(
        second,
        draft(|it| {
            it.base = Some(in_force());
            it.draft.approved_quantity = Some(packs("5"));
            it.draft.period = None;
        }),
        day(1),
    );
    let prepared = drafted_before.expect("a draft").document;
    let signing = |base| Decision { base, ..decision(DECIDER, day(1)) };
    assert_eq!(broken(RESOLUTION_RULES, "TA-84", &prepared, &signing(Some(in_force()))), [""; 0]);
    assert_eq!(broken(RESOLUTION_RULES, "TA-84", &prepared, &signing(added)), [""]);
    assert!(first.state.consented().is_some());
}

#[test]
fn a_sum_that_is_no_quantity_is_never_consented_to() {
    let with = |amount: &str| {
        let mut base = handed_over();
        if let State::Consented(consented) = &mut base.state {
            consented.terms.quantity = packs(amount);
        }
        Some(Box::new(base))
    };
    let new = addition::open(&handed_over(), new_addition(), day(1)).expect("an addition").document;
    let held = after(new, &TO_MINISTER);
    let asked = |base| {
        draft(|it| {
            it.base = base;
            it.draft.approved_quantity = Some(packs("5"));
            it.draft.period = None;
        })
    };
    let place = ["/approvedQuantity/amount"];
    assert_eq!(broken(DRAFT_RULES, "TA-82", &held, &asked(with("9999994"))), [""; 0]);
    assert_eq!(broken(DRAFT_RULES, "TA-82", &held, &asked(with("9999995"))), place);
    let prepared = resolution::prepare(held, asked(with("9999994")), day(1)).expect("a draft").document;
    let signing = |base| Decision { base, ..decision(DECIDER, day(1)) };
    assert_eq!(broken(RESOLUTION_RULES, "TA-84", &prepared, &signing(with("9999994"))), [""; 0]);
    assert_eq!(broken(RESOLUTION_RULES, "TA-84", &prepared, &signing(with("9999995"))), [""]);
}

#[test]
fn entries_of_a_batch_stay_within_it() {
    let it = handed_over();
    let tried = |packs: i32, drawn: i64| {
        let entry = drawing(RealisationKind::Imported, packs, day(1));
        let asked = AskedRealisation { drawn_of_batch: Decimal::from(drawn), ..asking(entry) };
        broken(REALISATION_RULES, "TA-85", &it, &asked)
    };
    assert_eq!(tried(6, 0), [""; 0]);
    assert_eq!(tried(7, 0), ["/packs"]);
    assert_eq!(tried(1, 5), [""; 0]);
    assert_eq!(tried(1, 6), ["/packs"]);
}

#[test]
fn a_batch_of_an_addition_is_drawn_from_the_consent_to_it_on() {
    let (it, _) = added_at(day(4));
    let tried = |number: &str, done_on: &str| {
        let (batch, done_on) = (batch(number).number, date(done_on));
        let entry = Realisation { batch, done_on, ..drawing(RealisationKind::Imported, 1, day(4)) };
        let asked = AskedRealisation { today: date("2026-12-06"), ..asking(entry) };
        broken(REALISATION_RULES, "TA-44", &it, &asked)
    };
    let first = it.content.batches[0].number.as_str().to_owned();
    assert_eq!(tried("B200", "2026-12-04"), ["/doneOn"]);
    assert_eq!(tried("B200", "2026-12-05"), [""; 0]);
    assert_eq!(tried(&first, "2026-12-04"), [""; 0], "a batch of the consent itself");
}

#[test]
fn a_consent_is_for_five_years_at_most() {
    let held = after(drafted(), &TO_MINISTER);
    let until =
        |day: &str| draft(|it| it.draft.period = Some(Period { from: date("2026-12-01"), until: date(day) }));
    assert_eq!(broken(DRAFT_RULES, "TA-86", &held, &until("2031-11-30")), [""; 0]);
    assert_eq!(broken(DRAFT_RULES, "TA-86", &held, &until("2031-12-01")), ["/validUntil"]);
}

#[test]
fn what_was_done_before_a_revocation_is_entered_after_it() {
    let revoked = after(handed_over(), &[Command::RevocationDraft, Command::Revocation]);
    let entry = |done_on: &str| Realisation {
        done_on: date(done_on),
        ..drawing(RealisationKind::Dispensed, 1, day(1))
    };
    let later = day(5);
    let entered = supply::realise(revoked.clone(), entry("2026-12-02"), Decimal::ZERO, later);
    let document = entered.expect("an entry").document.0;
    assert_eq!(document.state.name(), StateName::Revoked);
    assert_eq!(document.state.consented().map(|it| it.ledger.entries), Some(1));
    let refused = supply::realise(revoked, entry("2026-12-03"), Decimal::ZERO, later);
    assert_eq!(refused.map(|_| ()).map_err(|it| it[0].problem), Err(refusals::LEDGER_DATE));
}

#[test]
fn a_closed_wholesaler_receives_no_consent() {
    let held = after(drafted(), &TO_MINISTER);
    let drafting = |is_active| draft(|it| it.wholesaler_is_active = is_active);
    assert_eq!(broken(DRAFT_RULES, "TA-87", &held, &drafting(true)), [""; 0]);
    assert_eq!(broken(DRAFT_RULES, "TA-87", &held, &drafting(false)), [""]);
    let signing = |is_active| Decision { wholesaler_is_active: is_active, ..decision(DECIDER, day(1)) };
    assert_eq!(broken(RESOLUTION_RULES, "TA-88", &prepared(), &signing(true)), [""; 0]);
    assert_eq!(broken(RESOLUTION_RULES, "TA-88", &prepared(), &signing(false)), [""]);
}

#[test]
fn of_a_short_period_is_reminded_when_half_of_it_is_over() {
    let mut it = consented();
    if let State::Consented(consented) = &mut it.state {
        consented.terms.period.until = date("2026-12-12");
    }
    let end = clocks::running(&it.state).expect("a period");
    assert_eq!(end.reminder_at().to_rfc3339(), "2026-12-07T23:00:00+00:00");
}
