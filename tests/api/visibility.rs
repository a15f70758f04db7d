//! The table role × group of fields, as it is served: what each party finds, lists, pulls and prints.

mod places;

use crate::support::{is_golden, printed};
use app::authorize::Relation;
use app::visibility::{Group, sees};
use places::{pointers, words};
use serde_json::{Value, json};
use testkit::{Case, DEMANDS, FOOD_DEMANDS, Stage, TestApp, food, in_facility, on_both};

/// Which of the played demands a party looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// With the consultant.
    Early,
    /// With the preparer who took it.
    Taken,
    /// With the wholesaler, partly imported.
    Late,
    /// As late, and of a food.
    LateFood,
    /// Withdrawn after its approval.
    Ended,
}

/// A party, what it is to the demand that it looks at, and which demand that is.
const PARTIES: [(&str, Relation, Look); 15] = [
    ("hospital-physician", Relation::IssuingPhysician, Look::Late),
    ("director", Relation::Representative, Look::Late),
    ("consultant-nephrology", Relation::AssignedConsultant, Look::Early),
    ("preparer", Relation::AssignedPreparer, Look::Late),
    ("preparer-second", Relation::OtherPreparer, Look::Taken),
    ("preparer-second", Relation::RevocationPreparer, Look::Late),
    ("decider", Relation::Decider, Look::Late),
    ("decider", Relation::MinistryStaff, Look::Taken),
    ("patient", Relation::Patient, Look::Late),
    ("pharmacist", Relation::GrantedPharmacy, Look::Late),
    ("pharmacist", Relation::FormerPharmacy, Look::Ended),
    ("hospital-pharmacist", Relation::ReceivingPharmacy, Look::Late),
    ("wholesaler-second", Relation::GrantedWholesaler, Look::Late),
    ("wholesaler", Relation::HoldingWholesaler, Look::Late),
    ("inspector", Relation::Inspectorate, Look::LateFood),
];

/// Demands of the hospital in which every group has something to show, as far as they have come.
struct Played {
    early: Case,
    taken: Case,
    late: Case,
    late_food: Case,
    ended: Case,
}

impl Played {
    async fn in_full(app: &TestApp) -> Self {
        let early = drafted(app, "HIS-VISIBLE-1").await.until(Stage::WithConsultant).await;
        let taken = drafted(app, "HIS-VISIBLE-2").await.until(Stage::Assigned).await;
        let late = Self::late(drafted(app, "HIS-VISIBLE-3").await).await;
        let late_food = Self::late(drafted_for(app, "HIS-VISIBLE-4", food(in_facility(app))).await).await;
        let ended = drafted(app, "HIS-VISIBLE-5").await.until(Stage::Approved).await;
        ended.retrieve("pharmacist").await.is(200);
        ended.withdraw().await.is(200);
        app.settle().await;
        Self { early, taken, late, late_food, ended }
    }

    async fn late(case: Case) -> Case {
        let late = case.until(Stage::Assigned).await;
        let draft = testkit::with(testkit::approval("9"), "/grounds", json!("Mniej wystarczy."));
        late.prepare(&draft).await.is(200);
        late.resolve().await.is(200);
        for persona in ["pharmacist", "wholesaler-second"] {
            late.retrieve(persona).await.is(200);
        }
        late.hand_over().await.is(200);
        late.import(2).await.is(201);
        late
    }

    fn case(&self, look: Look) -> &Case {
        match look {
            Look::Early => &self.early,
            Look::Taken => &self.taken,
            Look::Late => &self.late,
            Look::LateFood => &self.late_food,
            Look::Ended => &self.ended,
        }
    }

    /// What there is to see: the physician and the preparer between them see every group.
    async fn whole(&self, look: Look) -> [Value; 2] {
        let case = self.case(look);
        let preparer = case.app.as_persona("preparer").get(&case.path()).await;
        [case.seen().await, if preparer.status == 200 { preparer.json() } else { Value::Null }]
    }
}

async fn drafted(app: &TestApp, reference: &str) -> Case {
    drafted_for(app, reference, in_facility(app)).await
}

async fn drafted_for(app: &TestApp, reference: &str, content: Value) -> Case {
    let urgency = json!({ "reason": "Ostatnie opakowanie traci ważność." });
    let content = testkit::with(content, "/extras/urgency", urgency);
    let of_food = content["product"].get("composition").is_some();
    let body = json!({ "content": content, "clientReference": reference });
    let collection = if of_food { FOOD_DEMANDS } else { DEMANDS };
    Case::created(app, &app.as_persona("hospital-physician").post(collection, &body).send().await.is(201))
}

fn is_shown(seen: &Value, pointer: &str) -> bool {
    seen.pointer(pointer).is_some_and(|value| !value.is_null())
}

/// Every member of an object, a list counting as one.
fn members(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(all) => {
            for (name, member) in all {
                members(member, &format!("{path}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for item in items {
                members(item, &format!("{path}/*"), found);
            }
        }
        Value::Null => {}
        _ => found.push(path.to_owned()),
    }
}

fn is_hidden(party: &str, text: &str, relation: Relation, place: &str) {
    for group in Group::ALL.into_iter().filter(|group| !sees(relation, *group)) {
        for word in words(group) {
            assert!(!text.contains(word), "{party} sees {word} ({}) in {place}: {text}", group.name());
        }
    }
}

async fn table(app: &TestApp) -> String {
    let played = Played::in_full(app).await;
    let mut rows: Vec<String> = Vec::new();
    let mut columns = Vec::new();
    for (party, _, look) in PARTIES {
        let mut found = Vec::new();
        let seen = app.as_persona(party).get(&played.case(look).path()).await.is(200);
        members(&seen.json(), "", &mut found);
        rows.extend(found.iter().cloned());
        columns.push(found);
    }
    rows.sort();
    rows.dedup();
    let names: Vec<String> = PARTIES
        .iter()
        .map(|(_, relation, look)| match look {
            Look::Late => relation.name().to_owned(),
            Look::Early => format!("{} (while it is there)", relation.name()),
            Look::Taken => format!("{} (before a draft)", relation.name()),
            Look::LateFood => format!("{} (of a food)", relation.name()),
            Look::Ended => format!("{} (after the end)", relation.name()),
        })
        .collect();
    let mut page = format!("| Member | {} |\n|---|{}\n", names.join(" | "), "---|".repeat(names.len()));
    for row in rows {
        let marks: Vec<&str> =
            columns.iter().map(|found| if found.contains(&row) { "●" } else { "–" }).collect();
        page.extend(["| `", &row, "` | ", &marks.join(" | "), " |\n"]);
    }
    page
}

#[test]
fn every_relation_is_played() {
    let played: Vec<Relation> = PARTIES.into_iter().map(|(_, relation, _)| relation).collect();
    // A colleague finds nothing before the takeover, and is the issuing physician after it; an office that is asked is
    // played in `clarifications`.
    let who_finds: Vec<Relation> = Relation::ALL
        .into_iter()
        .filter(|relation| !matches!(relation, Relation::Colleague | Relation::AskedOffice(_)))
        .collect();
    assert_eq!(played, who_finds);
}

on_both! {
    async fn every_party_finds_the_groups_that_it_may_see_and_no_other(app: TestApp) {
        let played = Played::in_full(&app).await;
        for (party, relation, look) in PARTIES {
            let seen = app.as_persona(party).get(&played.case(look).path()).await.is(200);
            let whole = played.whole(look).await;
            for group in Group::ALL {
                for pointer in pointers(group) {
                    let is_there = whole.iter().any(|seen| is_shown(seen, pointer));
                    assert!(is_there || !matches!(look, Look::Late | Look::LateFood), "nobody sees {pointer}");
                    let shown = is_shown(&seen.json(), pointer);
                    let relation_name = relation.name();
                    assert_eq!(shown, is_there && sees(relation, group), "{relation_name} {pointer} ({})", group.name());
                }
            }
            is_hidden(party, &seen.text(), relation, "find");
        }
    }

    async fn lists_feeds_and_histories_show_no_more_than_the_document(app: TestApp) {
        let played = Played::in_full(&app).await;
        for (party, relation, look) in PARTIES {
            let (who, case) = (app.as_persona(party), played.case(look));
            for path in [case.path_of("history"), case.path_of("actions")] {
                is_hidden(party, &who.get(&path).await.is(200).text(), relation, &path);
            }
            let collection = case.path().replace(&format!("/{}", case.id), "");
            let list = who.get(&collection).await.is(200);
            assert!(list.text().contains(&case.id), "{party}: {}", list.text());
            is_hidden(party, &list.text(), relation, "list");
            let versions = who.get(&case.path_of("versions")).await;
            is_hidden(party, &versions.text(), relation, "versions");
        }
        let feed = app.as_persona("wholesaler").get("/api/v1/supply/demands").await.is(200);
        assert!(feed.text().contains(&played.late.id));
        is_hidden("wholesaler", &feed.text(), Relation::HoldingWholesaler, "feed");
        let cases = app.as_persona("patient").get("/api/v1/patient/cases").await.is(200);
        assert!(cases.text().contains(&played.late.id));
        is_hidden("patient", &cases.text(), Relation::Patient, "cases");
    }

    async fn a_pharmacy_that_only_retrieved_it_sees_nothing_of_what_another_dispensed(app: TestApp) {
        let case = Played::in_full(&app).await.late;
        case.dispense(1).await.is(201);
        let ledger = async |party| app.as_persona(party).get(&case.path()).await.is(200).at("/ledger");
        assert_eq!(ledger("hospital-pharmacist").await["entries"].as_array().map(Vec::len), Some(2));
        assert_eq!(ledger("pharmacist").await, Value::Null);
    }

    async fn a_search_by_batch_names_no_patient_and_no_rival(app: TestApp) {
        let played = Played::in_full(&app).await;
        let path = "/api/v1/supply/batches?batch=L25B117";
        for party in ["preparer", "preparer-second", "decider", "hospital-pharmacist", "pharmacist", "wholesaler"] {
            let found = app.as_persona(party).get(path).await.is(200);
            let hidden = [Group::Patient, Group::Diagnosis, Group::Justification, Group::Contact, Group::ClientReference];
            for word in hidden.into_iter().flat_map(words) {
                assert!(!found.text().contains(word), "{party}: {}", found.text());
            }
        }
        assert_eq!(app.as_persona("wholesaler").get(path).await.at("/items/0/demandId"), json!(played.late.id));
        for party in ["wholesaler-second", "pharmacist", "hospital-pharmacist"] {
            assert_eq!(app.as_persona(party).get(path).await.is(200).at("/items"), json!([]), "{party}");
        }
    }

    async fn a_print_shows_no_more_than_the_document(app: TestApp) {
        let played = Played::in_full(&app).await;
        for (party, relation, look) in PARTIES {
            let case = played.case(look);
            let print = printed(&app.as_persona(party).get(&case.path_of("print")).await.is(200));
            assert!(print.contains(&case.number), "{party}: {print}");
            is_hidden(party, &print, relation, "print");
        }
        // What is looked for in vain above does stand in the print of whoever may see it.
        let print = printed(&played.late.as_physician().get(&played.late.path_of("print")).await.is(200));
        let read = [
            Group::Physician, Group::Patient, Group::Diagnosis, Group::Justification, Group::Examination, Group::Ruling,
            Group::Grounds,
        ];
        for word in read.into_iter().flat_map(words) {
            assert!(print.contains(word), "no {word} in {print}");
        }
    }

    async fn a_history_tells_of_nothing_that_the_document_hides(app: TestApp) {
        let case = Played::in_full(&app).await.late;
        let kinds = async |who: &'static str| -> Vec<String> {
            let history = app.as_persona(who).get(&case.path_of("history")).await.is(200).json();
            history["items"].as_array().unwrap().iter().map(|item| item["type"].as_str().unwrap().to_owned()).collect()
        };
        let supply = ["DemandApproved", "DemandHandedOver", "RealisationRecorded"];
        assert_eq!(kinds("wholesaler").await, supply);
        assert_eq!(kinds("hospital-pharmacist").await, supply);
        assert_eq!(kinds("pharmacist").await, ["DemandApproved", "DemandHandedOver"], "another pharmacy draws it");
        let of_the_ruling = ["CaseAssigned", "ResolutionPrepared", "DemandApproved"];
        assert_eq!(kinds("preparer-second").await, of_the_ruling, "who may have to revoke it knows how it came about");
        let whole = kinds("preparer").await;
        assert!(whole.contains(&"ResolutionPrepared".to_owned()), "{whole:?}");
        let physicians: Vec<String> =
            whole.into_iter().filter(|kind| kind != "CaseAssigned" && kind != "ResolutionPrepared").collect();
        assert_eq!(kinds("hospital-physician").await, physicians);
    }

    async fn staff_without_the_case_hear_that_it_ended_and_not_why(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Assigned).await;
        case.withdraw().await.is(200);
        app.settle().await;
        for party in ["preparer-second", "decider"] {
            let history = app.as_persona(party).get(&case.path_of("history")).await.is(200);
            let items = history.at("/items");
            let kinds: Vec<&Value> = items.as_array().unwrap().iter().map(|item| &item["type"]).collect();
            assert_eq!(kinds, ["DemandWithdrawn"], "{party}: {}", history.text());
        }
    }

    async fn versions_are_for_those_who_see_the_whole_content(app: TestApp) {
        let case = Played::in_full(&app).await.late;
        for party in ["hospital-pharmacist", "wholesaler", "preparer-second"] {
            app.as_persona(party).get(&case.path_of("versions")).await.refused(403, "auth.not_yours");
        }
        let raw = |answer: testkit::Response| answer.is(200).at("/items/0/signature").is_string();
        assert!(raw(case.as_physician().get(&case.path_of("versions")).await));
        assert!(raw(app.as_persona("decider").get(&case.path_of("versions")).await));
        assert!(!raw(app.as_persona("director").get(&case.path_of("versions")).await));
    }

    async fn a_pharmacy_that_retrieves_sees_no_diagnosis_and_a_wholesaler_no_patient(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        for (party, relation) in
            [("pharmacist", Relation::GrantedPharmacy), ("wholesaler", Relation::GrantedWholesaler)]
        {
            let retrieved = case.retrieve(party).await.is(200);
            is_hidden(party, &retrieved.text(), relation, "retrieval");
            for group in Group::ALL.into_iter().filter(|group| !sees(relation, *group)) {
                for pointer in pointers(group) {
                    assert!(!is_shown(&retrieved.json(), pointer), "{party} {pointer}");
                }
            }
        }
    }

    async fn competing_wholesalers_do_not_see_each_other(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        case.retrieve("wholesaler").await.is(200);
        let imported = case.import(2).await.is(201);
        let path = case.path_of(&format!("realisations/{}/reversal", imported.text_at("/ledger/entries/0/id")));
        let granted = case.retrieve("wholesaler-second").await.is(200);
        let (own, rival) = (app.organisation("wholesaler"), app.organisation("wholesaler-second"));
        assert!(!granted.text().contains(&own) && !granted.text().contains("L25B117"), "{}", granted.text());
        assert_eq!(granted.at("/receivingPharmacy/id"), json!(app.organisation("hospital-pharmacy")));
        for path in [DEMANDS.to_owned(), case.path_of("history")] {
            let told = app.as_persona("wholesaler-second").get(&path).await.is(200);
            assert!(!told.text().contains(&own), "{}", told.text());
        }

        let reason = json!({ "reason": "Pomyłka." });
        case.follow(&app.as_persona("wholesaler").post(&path, &reason).send().await.is(200));
        case.command("wholesaler", "handover-return", &json!({ "reason": "Nie sprowadzamy." })).await.is(200);
        let next = json!({ "wholesalerId": rival });
        case.command("hospital-pharmacist", "handover", &next).await.is(200);
        app.settle().await;
        // Its grant shows the former holder the demand, as any other wholesaler with the numbers sees it.
        let former = app.as_persona("wholesaler");
        assert!(!former.find(&case.id).await.is(200).text().contains(&rival));
        let feed = former.get("/api/v1/supply/demands").await.is(200);
        assert!(!feed.text().contains(&rival), "{}", feed.text());
        for item in feed.at("/items").as_array().unwrap() {
            assert!(item.get("demand").is_none(), "{item}");
        }
        let holder = app.as_persona("wholesaler-second");
        for path in [case.path(), case.path_of("history"), DEMANDS.to_owned()] {
            let told = holder.get(&path).await.is(200);
            assert!(told.text().contains(&rival) && !told.text().contains(&own), "{}", told.text());
        }
    }

    async fn an_officer_without_the_case_sees_state_and_product_until_it_is_approved(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Prepared).await;
        let officer = app.as_persona("preparer-second");
        let seen = officer.get(&case.path()).await.is(200);
        for hidden in ["/ruling", "/ministryFile", "/content/quantity", "/content/patients"] {
            assert!(!is_shown(&seen.json(), hidden), "{hidden}");
        }
        assert_eq!(officer.get(&case.path_of("history")).await.is(200).at("/items"), json!([]));
    }

    async fn the_members_that_each_party_sees_are_those_of_the_golden_table(app: TestApp) {
        is_golden("visibility", &table(&app).await);
    }
}
