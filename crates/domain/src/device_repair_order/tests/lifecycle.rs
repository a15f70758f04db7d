//! Every state against every command, as the table says it, and what is stored of it.

use super::*;

fn play(command: Command, order: &RepairOrder) -> Vec<RepairOrderDecision> {
    let (now, it) = (december(), || order.clone());
    match command {
        Command::Edit => vec![edit(it(), read(content()), now)],
        Command::Submission => vec![submit(it(), submission(), Some(&known()), now)],
        Command::VerificationResult => vec![
            conclude(it(), verdict(order, &[]), now),
            conclude(it(), Verdict::Negative { findings: Vec::new(), warnings: Vec::new() }, now),
        ],
        Command::PendingStepRefusal => {
            let pending =
                PendingStep { step: SignedStep::Submission, kind: SignatureKind::Trusted, received_at: now };
            let at_once = Ending { after: TimeDelta::zero(), ..ending() };
            let waiting = RepairOrder { pending: Some(pending), ..it() };
            vec![end(waiting, &at_once, now)]
        }
        Command::Correction => vec![correct(it(), read(content()), submission(), Some(&known()), now)],
        Command::Cancellation => vec![cancel(it(), cancelling(), now)],
        Command::TakeUp => vec![take_up(it(), asked(), now)],
        Command::TakeUpWithdrawal => {
            [0, 400].map(|days| withdraw(it(), &returning(), now + TimeDelta::days(days))).into()
        }
        Command::ReleaseRequest => vec![request(it(), asking(Requester::Patient), now)],
        Command::Realisation => vec![realise(it(), repairing(), now)],
        Command::RealisationWithdrawal => vec![withdraw_realisation(it(), &returning(), now)],
        Command::Elapse => [38, 400]
            .into_iter()
            .map(|days| elapse(it(), now + TimeDelta::days(days)))
            .filter(|decided| !decided.events.is_empty())
            .map(Ok)
            .collect(),
    }
}

#[test]
fn the_table_says_exactly_what_the_commands_do() {
    let cancelled = cancel(positive(), cancelling(), december()).expect("a cancellation").document;
    let expired = elapse(positive(), december() + TimeDelta::days(400)).document;
    let negative = concluded(Insurance::NotConfirmed);
    let samples =
        [drafted(content()), verifying(), negative, positive(), held(), realised(), expired, cancelled];
    assert_eq!(samples.each_ref().map(|it| it.state.name()), StateName::ALL);
    for order in &samples {
        for command in Command::ALL {
            let told: BTreeSet<StateName> = TRANSITIONS
                .iter()
                .filter(|row| row.from == order.state.name() && row.command == command)
                .flat_map(|row| row.to.iter().copied())
                .collect();
            let ended = play(command, order);
            let reached = ended.iter().flatten().map(|it| it.document.state.name()).collect();
            assert_eq!(told, reached, "{} in {}", command.name(), order.state.name().name());
            let is_out = |found: &Vec<Violation>| {
                found.iter().any(|it| it.problem == WRONG_STATE || it.problem == TAKEN)
            };
            assert!(ended.iter().all(|end| end.as_ref().err().is_none_or(is_out)), "{}", command.name());
            assert!(order.state.issue().is_some() || order.state.name() == StateName::Draft);
        }
    }
    assert!(StateName::ALL.into_iter().all(|state| StateName::parse(state.name()) == Some(state)));
}

#[test]
fn what_is_stored_is_read_again() {
    for order in [realised(), concluded(Insurance::NotConfirmed)] {
        let json = serde_json::to_string(&order.state).expect("a text");
        assert_eq!(serde_json::from_str::<State>(&json).expect("a state"), order.state);
    }
    let original = read::<Content>(content()).original;
    assert!(matches!(original, Some(Original::Known { branch: 7, .. })));
}
