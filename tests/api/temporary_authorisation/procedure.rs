//! The whole procedure of a notification as the law has it (PF art. 4(8), 4ac(1), 4ac(5), 4ad(4)–(6)), row by row, for medicines
//! for people and for animals: from where, on what, to where, and what stands in the way. Time is let pass by moving the
//! clock, for animals with the worker firing, for people without.

mod ministry;
mod supply;

use app::caller::Role;
use chrono::TimeDelta;
use domain::temporary_authorisation::{paper, rulebook};
use serde_json::{Value, json};
use testkit::{
    AUTHORISATIONS, Notification, REQUEST, Reached, Response, TestApp, digest_of, on_both, with, without,
};

/// One row: what happens, and every state to which it may lead.
struct Row {
    name: Name,
    says: &'static str,
    to: &'static [&'static str],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    Drafted,
    Guarded,
    Signed,
    SentBack,
    CoSigned,
    OnPaper,
    Prepared,
    Asked,
    Answered,
    Unanswered,
    Closed,
    Consented,
    Refused,
    Withdrawn,
    Lapsed,
    Revoked,
    Retrieved,
    HandedOver,
    DrawnDown,
    Added,
}

const fn row(name: Name, says: &'static str, to: &'static [&'static str]) -> Row {
    Row { name, says, to }
}

const ROWS: [Row; 20] = [
    row(Name::Drafted, "a responsible person drafts it", &["DRAFT"]),
    row(Name::Guarded, "what is incomplete, expired or somebody else's is not signed", &["DRAFT"]),
    row(Name::Signed, "the responsible person signs", &["AWAITING_REPRESENTATIVE"]),
    row(Name::SentBack, "the representative sends it back, and it is signed as another version", &["DRAFT"]),
    row(Name::CoSigned, "the representative co-signs", &["WITH_MINISTER"]),
    row(Name::OnPaper, "it came on paper in an outage, and is entered later", &["WITH_MINISTER"]),
    row(
        Name::Prepared,
        "an officer prepares a resolution, and takes it back",
        &["RESOLUTION_PREPARED", "WITH_MINISTER"],
    ),
    row(Name::Asked, "an officer asks wholesaler or office", &["CLARIFICATION"]),
    row(Name::Answered, "whoever is asked answers", &["WITH_MINISTER"]),
    row(Name::Unanswered, "the term ends without an answer", &["WITH_MINISTER"]),
    row(Name::Closed, "the officer needs no answer any more", &["WITH_MINISTER"]),
    row(Name::Consented, "the decider signs a consent for a fixed period", &["CONSENTED"]),
    row(Name::Refused, "the decider signs a refusal", &["REFUSED"]),
    row(Name::Withdrawn, "the wholesaler withdraws before the resolution", &["WITHDRAWN"]),
    row(Name::Lapsed, "the period of the consent ends", &["LAPSED"]),
    row(Name::Revoked, "two officers revoke the consent", &["REVOKED"]),
    row(Name::Retrieved, "a pharmacy retrieves it with both numbers", &["CONSENTED"]),
    row(Name::HandedOver, "pharmacies pass it on to the wholesaler", &["CONSENTED"]),
    row(Name::DrawnDown, "its batches are brought in and dispensed", &["CONSENTED"]),
    row(Name::Added, "new batches are notified and consented to anew", &["CONSENTED"]),
];

/// For whom the product is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    People,
    Animals,
}

/// Walks these rows in both columns.
async fn walk(app: &TestApp, names: &[Name]) {
    for row in ROWS.iter().filter(|row| names.contains(&row.name)) {
        for column in [Column::People, Column::Animals] {
            let states = Walker { app, column }.reached(row.name).await;
            assert!(!states.is_empty(), "{:?} leads nowhere", row.name);
            for state in states {
                assert!(row.to.contains(&state.as_str()), "{:?}: {}: {state}", row.name, row.says);
                eprintln!("{:?}: {} ({column:?}): {state}", row.name, row.says);
            }
        }
    }
}

/// Refused for the rule of that number, which is one of that operation.
fn refused_by(refused: &Response, operation: &str, number: &str) {
    let rules = [rulebook::entries(), paper::entries()].concat();
    let rule = rules.iter().find(|rule| rule.number == number).unwrap_or_else(|| panic!("no rule {number}"));
    assert_eq!(rule.operation, operation, "{number}");
    let errors = refused.at("/errors");
    let codes: Vec<&str> = errors.as_array().unwrap().iter().filter_map(|it| it["code"].as_str()).collect();
    assert!(
        codes.contains(&rule.code) && (400..500).contains(&refused.status),
        "{number}: {}",
        refused.text()
    );
}

struct Walker<'a> {
    app: &'a TestApp,
    column: Column,
}

impl Walker<'_> {
    fn content(&self) -> Value {
        let content = Notification::content(self.app);
        if self.column == Column::People {
            return content;
        }
        let request = json!({ "title": "Wniosek ministra rolnictwa", "dated": "2026-01-12", "sha256": digest_of(REQUEST) });
        let content = with(content, "/attachments/agricultureMinisterRequest", request);
        let threat = json!({ "kind": "THREAT_TO_ANIMALS", "name": "Ognisko choroby w powiecie wzorcowym" });
        with(with(content, "/purpose", json!("VETERINARY")), "/threat", threat)
    }

    async fn notification(&self, reached: Reached) -> Notification {
        Notification::of(self.app, &self.content()).await.until(reached).await
    }

    /// Lets days pass.
    async fn pass(&self, days: i64) {
        self.app.advance_days(days);
        if self.column == Column::Animals {
            self.app.fire_due("walker").await;
        }
    }

    /// Plays the row, with its guards, in every way that it has; the states that were reached.
    async fn reached(&self, name: Name) -> Vec<String> {
        match name {
            Name::Drafted => vec![self.notification(Reached::Drafted).await.state().await],
            Name::Guarded => self.guarded().await,
            Name::Signed => vec![self.notification(Reached::Submitted).await.state().await],
            Name::SentBack => vec![self.sent_back().await],
            Name::CoSigned => vec![self.co_signed().await],
            Name::OnPaper => vec![self.on_paper().await],
            Name::Prepared => vec![self.prepared().await, self.taken_back().await],
            Name::Asked => vec![self.asked().await.state().await],
            Name::Answered => {
                vec![self.answered("responsible-person").await, self.answered("wholesaler-director").await]
            }
            Name::Unanswered => vec![self.unanswered().await],
            Name::Closed => vec![self.closed().await],
            Name::Consented => vec![self.consented().await],
            Name::Refused => vec![self.refused().await],
            Name::Withdrawn => self.withdrawn().await,
            Name::Lapsed => vec![self.lapsed().await],
            Name::Revoked => vec![self.revoked().await],
            Name::Retrieved => vec![self.retrieved().await],
            Name::HandedOver => vec![self.handed_over().await],
            Name::DrawnDown => vec![self.drawn_down().await],
            Name::Added => vec![self.added().await],
        }
    }

    /// Every guard of the signature: the dry run names its rule, the signature is refused with its code, and the draft stays.
    async fn guarded(&self) -> Vec<String> {
        let content = self.content();
        let yesterday = json!(self.app.today() - TimeDelta::days(1));
        let mut guards = vec![
            ("no batch", "TA-01", with(content.clone(), "/batches", json!([]))),
            ("an expired batch", "TA-02", with(content.clone(), "/batches/1/expiresOn", yesterday)),
            (
                "batches that do not add up",
                "TA-05",
                with(content.clone(), "/batches/0/quantity/amount", json!("7")),
            ),
            ("no proof of power", "TA-F20", without(content.clone(), "/attachments/powerOfRepresentation")),
            ("no threat named", "TA-F19", without(content.clone(), "/threat")),
            (
                "another responsible person",
                "TA-09",
                with(content.clone(), "/responsiblePerson/familyName", json!("Zmyślona")),
            ),
            (
                "a wholesaler not in the directory",
                "TA-10",
                with(content.clone(), "/wholesaler/nip", json!("5260250995")),
            ),
        ];
        if self.column == Column::Animals {
            let unasked = without(content, "/attachments/agricultureMinisterRequest");
            guards.push(("no request of the agriculture minister", "TA-06", unasked));
        }
        let mut states = Vec::new();
        for (guard, number, content) in guards {
            states.push(self.refused_at_signature(guard, number, &content).await);
        }
        states.push(self.inactive().await);
        let stranger = self.app.stranger(Role::ResponsiblePerson);
        let body = json!({ "content": self.content() });
        let unknown = stranger.post(AUTHORISATIONS, &body).send().await;
        assert_eq!(unknown.status, 403, "no account, no notification: {}", unknown.text());
        states
    }

    /// A wholesaler that is not active any more notifies of nothing: neither in a dry run nor with a signature; its draft stays.
    async fn inactive(&self) -> String {
        let notification = self.notification(Reached::Drafted).await;
        notification.attach_proof().await.is(201);
        let signed = notification.signed("responsible-person", "submission", json!({})).await;
        let of = self.app.organisation("wholesaler");
        let close = |active: bool| {
            self.app.execute(&format!("UPDATE organisations SET active = {active} WHERE id = '{of}'"));
        };
        close(false);
        let refused = notification.command("responsible-person", "submission", &signed).await;
        refused.refused(403, "auth.organisation_unknown");
        let (who, body) = (self.app.as_persona("responsible-person"), json!({ "content": self.content() }));
        let dry = who.look(&format!("{AUTHORISATIONS}/validations"), &body).await;
        dry.refused(403, "auth.organisation_unknown");
        close(true);
        notification.state().await
    }

    async fn refused_at_signature(&self, guard: &str, number: &str, content: &Value) -> String {
        let who = self.app.as_persona("responsible-person");
        let dry =
            who.look(&format!("{AUTHORISATIONS}/validations"), &json!({ "content": content })).await.is(200);
        let problems = dry.at("/problems");
        let [found] = problems.as_array().unwrap().as_slice() else { panic!("{guard}: {problems}") };
        let rules = found["rules"].as_array().unwrap();
        assert!(rules.iter().any(|rule| rule["number"] == number), "{guard}: {found}");
        let notification = Notification::of(self.app, content).await;
        let refused = notification.submit().await.is(422);
        assert_eq!(refused.at("/errors/0/code"), found["code"], "{guard}");
        assert_eq!(refused.at("/errors/0/pointer"), found["pointer"], "{guard}");
        notification.state().await
    }

    async fn sent_back(&self) -> String {
        let notification = self.notification(Reached::Submitted).await;
        let reason = json!({ "reason": "Brakuje serii." });
        let returned =
            notification.command("wholesaler-director", "representative-refusal", &reason).await.is(200);
        assert_eq!(returned.at("/contentVersion"), 2);
        let state = returned.text_at("/state");
        notification.submit().await.is(200);
        assert_eq!(notification.state().await, "AWAITING_REPRESENTATIVE", "signed as another version");
        state
    }

    async fn co_signed(&self) -> String {
        let other = json!("Przykładowa");
        let content = with(self.content(), "/representative/familyName", other);
        let of_another = Notification::of(self.app, &content).await.until(Reached::Submitted).await;
        refused_by(&of_another.approve().await, "representative-approval", "TA-11");
        self.notification(Reached::WithMinister).await.state().await
    }
}

on_both! {
    async fn rows_of_the_wholesaler_lead_to_the_minister(app: TestApp) {
        walk(&app, &[Name::Drafted, Name::Guarded, Name::Signed, Name::SentBack, Name::CoSigned]).await;
    }

    async fn rows_of_paper_are_the_officer_s(app: TestApp) {
        walk(&app, &[Name::OnPaper]).await;
    }

    async fn rows_of_the_questions_lead_back_to_the_officer(app: TestApp) {
        walk(&app, &[Name::Asked, Name::Answered, Name::Unanswered, Name::Closed]).await;
    }

    async fn rows_of_the_resolution_are_the_minister_s(app: TestApp) {
        walk(&app, &[Name::Prepared, Name::Consented, Name::Refused, Name::Withdrawn]).await;
    }

    async fn rows_of_the_end_are_time_s_and_the_minister_s(app: TestApp) {
        walk(&app, &[Name::Lapsed, Name::Revoked]).await;
    }

    async fn rows_of_supply_and_of_new_batches_leave_it_in_force(app: TestApp) {
        walk(&app, &[Name::Retrieved, Name::HandedOver, Name::DrawnDown, Name::Added]).await;
    }
}
