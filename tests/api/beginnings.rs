//! What begins each term: the table of `GET /lifecycles/{type}` against the rows that the commands really write.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::{
    Case, Notification, Reached, Response, Stage, TestApp, ad_hoc, food, on_both, outside_facility,
};

/// A kind of term and the step with which it begins.
type Beginning = (String, String);

fn beginning(kind: &str, step: &str) -> Beginning {
    (kind.to_owned(), step.to_owned())
}

/// The served table.
async fn served(app: &TestApp, lifecycle: &str) -> BTreeSet<Beginning> {
    let clocks = app.anyone().get(&format!("/api/v1/lifecycles/{lifecycle}")).await.is(200).at("/clocks");
    let mut all = BTreeSet::new();
    for clock in clocks.as_array().unwrap() {
        let steps = clock["startsWith"].as_array().unwrap();
        assert!(!steps.is_empty(), "nothing begins {clock}");
        all.extend(
            steps.iter().map(|step| beginning(clock["kind"].as_str().unwrap(), step.as_str().unwrap())),
        );
    }
    all
}

/// The terms of one document as the store keeps them, and what began with which step.
struct Watch<'a> {
    app: &'a TestApp,
    kinds: BTreeSet<String>,
    running: BTreeSet<String>,
    begun: BTreeSet<Beginning>,
}

impl<'a> Watch<'a> {
    async fn over(app: &'a TestApp, lifecycle: &str) -> Self {
        let kinds = served(app, lifecycle).await.into_iter().map(|(kind, _)| kind).collect();
        Self { app, kinds, running: BTreeSet::new(), begun: BTreeSet::new() }
    }

    /// Another document, on which nothing runs yet.
    fn turn(&mut self) {
        self.running.clear();
    }

    async fn after(&mut self, document: &str, step: &str) {
        let terms = async |of_kind: &str| {
            let rows = format!(
                "SELECT count(*) AS number FROM deadlines \
                 WHERE document_id = '{document}' AND purpose = 'TERM' AND kind {of_kind}"
            );
            self.app.count_of(rows).await
        };
        let mut now = BTreeSet::new();
        for kind in &self.kinds {
            if terms(&format!("= '{kind}'")).await > 0 {
                now.insert(kind.clone());
            }
        }
        let known = i64::try_from(now.len()).unwrap();
        assert_eq!(terms("LIKE '%'").await, known, "after {step} a term runs that the table does not have");
        self.begun.extend(now.difference(&self.running).map(|kind| beginning(kind, step)));
        self.running = now;
    }

    async fn played(&mut self, case: &Case, step: &str, answer: Response) {
        assert!((200..300).contains(&answer.status), "{step}: {}", answer.text());
        self.after(&case.id, step).await;
    }
}

/// From the draft to the approval.
async fn examined(watch: &mut Watch<'_>, case: &Case, approved: &str) {
    watch.turn();
    watch.after(&case.id, "create").await;
    watch.played(case, "submission", case.submit().await).await;
    if case.in_facility {
        watch.played(case, "representative-approval", case.approve().await).await;
    }
    watch.played(case, "opinion", case.confirm().await).await;
    watch.played(case, "assignment", case.assign("preparer").await).await;
    let question = json!({ "addressee": "PHYSICIAN", "question": "Jakie leki stosowano?", "days": 10 });
    let asked = case.command("preparer", "clarifications", &question).await;
    let id = asked.text_at("/clarifications/0/id");
    watch.played(case, "clarifications", asked).await;
    let answer = format!("clarifications/{id}/answer");
    let answered = case.command(case.physician(), &answer, &json!({ "answer": "Wszystkie." })).await;
    watch.played(case, "answer", answered).await;
    watch.played(case, "resolution-draft", case.prepare(&testkit::approval(approved)).await).await;
    watch.played(case, "resolution", case.resolve().await).await;
}

/// A return, a takeover and a hand-over begin nothing that did not begin before.
async fn returned_and_taken_back(watch: &mut Watch<'_>, app: &TestApp) {
    let case = Case::in_facility(app).await;
    watch.turn();
    watch.played(&case, "submission", case.submit().await).await;
    let refusal = json!({ "reason": "Brak środków." });
    let refused = case.command("director", "representative-refusal", &refusal).await;
    watch.played(&case, "representative-refusal", refused).await;
    // The content has not changed: the physician's first signature counts.
    let again = case.command(case.physician(), "submission", &app.consultant("consultant-nephrology")).await;
    watch.played(&case, "submission", again).await;
    watch.played(&case, "representative-approval", case.approve().await).await;
    let case = Case::in_facility(app).await.until(Stage::Approved).await;
    watch.turn();
    watch.after(&case.id, "resolution").await;
    watch.played(&case, "handover", case.hand_over().await).await;
    let back = json!({ "reason": "Inna hurtownia." });
    let taken = case.command("hospital-pharmacist", "handover-return", &back).await;
    watch.played(&case, "handover-return", taken).await;
}

/// The term of a list begins with the end of treatment, and again where a line is taken back from a list that was whole.
async fn listed(watch: &mut Watch<'_>, case: &Case) {
    watch.played(case, "handover", case.hand_over().await).await;
    let ended = json!({ "treatmentEndedOn": case.app.today() });
    let reported = case.command(case.physician(), "treated-patients", &ended).await;
    watch.played(case, "treated-patients", reported).await;
    let spec = case.app.persona("patient").spec;
    let whole = json!({ "final": true, "patients": [{
        "patient": {
            "givenNames": spec.given_names, "familyName": spec.family_name,
            "identifier": { "kind": "PESEL", "number": spec.pesel },
        },
        "quantity": { "amount": "2", "unit": "PACK" }, "dose": "1 ampułka co 8 godzin",
        "treatedFrom": case.app.today(), "treatedTo": case.app.today(),
    }]});
    let reported = case.command(case.physician(), "treated-patients", &whole).await;
    watch.played(case, "treated-patients", reported).await;
    let list = case.app.as_persona(case.physician()).get(&case.path_of("treated-patients")).await.is(200);
    let path = format!("treated-patients/{}/reversal", list.text_at("/items/0/id"));
    let back = case.command(case.physician(), &path, &json!({ "reason": "Nie ten pacjent." })).await;
    watch.played(case, "treated-patients/reversal", back).await;
}

on_both! {
    async fn the_table_of_medicines_is_what_their_commands_begin(app: TestApp) {
        let mut watch = Watch::over(&app, "medicine-demands").await;
        examined(&mut watch, &Case::outside(&app).await, "10").await;
        let ad_hoc = Case::of(&app, &ad_hoc(&app)).await;
        examined(&mut watch, &ad_hoc, "10").await;
        listed(&mut watch, &ad_hoc).await;
        returned_and_taken_back(&mut watch, &app).await;
        assert_eq!(watch.begun, served(&app, "medicine-demands").await);
    }

    async fn the_table_of_foods_is_the_same(app: TestApp) {
        let table = served(&app, "medicine-demands").await;
        assert_eq!(served(&app, "food-demands").await, table);
        let mut watch = Watch::over(&app, "food-demands").await;
        examined(&mut watch, &Case::of(&app, &food(outside_facility(&app))).await, "10").await;
        assert!(watch.begun.is_subset(&table), "{:?}", watch.begun);
        assert!(watch.begun.contains(&beginning("HANDOVER", "resolution")), "{:?}", watch.begun);
    }

    async fn the_table_of_notifications_is_what_their_commands_begin(app: TestApp) {
        let mut watch = Watch::over(&app, "temporary-authorisations").await;
        let it = Notification::drafted(&app).await.until(Reached::WithMinister).await;
        watch.after(&it.id, "representative-approval").await;
        it.command("preparer", "assignment", &json!({})).await.is(200);
        watch.after(&it.id, "assignment").await;
        let question = json!({ "addressee": "WHOLESALER", "question": "Kiedy będą serie?", "days": 14 });
        let asked = it.command("preparer", "clarifications", &question).await.is(201);
        watch.after(&it.id, "clarifications").await;
        let path = format!("clarifications/{}/closure", asked.text_at("/clarifications/0/id"));
        it.command("preparer", &path, &json!({ "reason": "Wiadomo już." })).await.is(200);
        watch.after(&it.id, "closure").await;
        it.prepare(&testkit::consent(&app, "10")).await.is(200);
        watch.after(&it.id, "resolution-draft").await;
        it.resolve().await.is(200);
        watch.after(&it.id, "resolution").await;
        it.retrieve("pharmacist").await.is(200);
        it.hand_over("pharmacist").await.is(200);
        watch.after(&it.id, "handover").await;
        assert_eq!(watch.begun, served(&app, "temporary-authorisations").await);
    }

    async fn every_clock_says_what_begins_it_and_each_step_is_one_of_the_lifecycle(app: TestApp) {
        for lifecycle in ["medicine-demands", "food-demands", "temporary-authorisations"] {
            let page = app.anyone().get(&format!("/api/v1/lifecycles/{lifecycle}")).await.is(200);
            let rows = page.at("/transitions");
            let commands: Vec<&Value> = rows.as_array().unwrap().iter().map(|row| &row["command"]).collect();
            for (kind, step) in served(&app, lifecycle).await {
                assert!(commands.contains(&&json!(step)), "{lifecycle}: {kind} begins with {step}");
            }
        }
    }
}
