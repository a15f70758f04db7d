//! The table role × group of fields, as it is served: what each party finds, lists, pulls and prints.

use app::authorize::Relation;
use app::visibility::{Group, sees};
use serde_json::{Value, json};
use std::path::PathBuf;
use testkit::{Case, DEMANDS, Stage, TestApp, in_facility, on_both};

/// A party with its standing towards a demand of the hospital that is with the wholesaler.
const PARTIES: [(&str, Relation); 7] = [
    ("hospital-physician", Relation::IssuingPhysician),
    ("director", Relation::Representative),
    ("preparer", Relation::AssignedPreparer),
    ("preparer-second", Relation::OtherPreparer),
    ("decider", Relation::Decider),
    ("hospital-pharmacist", Relation::ReceivingPharmacy),
    ("wholesaler", Relation::HoldingWholesaler),
];

/// Members by which a group shows.
fn pointers(group: Group) -> &'static [&'static str] {
    match group {
        Group::Head => &["/number", "/state", "/content/use"],
        Group::Product => &["/content/product/tradeName", "/content/extras/sourceCountry"],
        Group::Quantity => &["/content/quantity", "/content/treatmentDays"],
        Group::Physician => &["/content/physician/familyName", "/content/physician/npwz"],
        Group::Patient => &["/content/patients/patient/familyName", "/content/patients/patient/identifier"],
        Group::Contact => &["/content/outcomeEmail", "/content/extras/physicianEmail"],
        Group::Diagnosis => &["/content/diagnosis"],
        Group::Justification => &["/content/justification", "/content/extras/urgency"],
        Group::Representative => &["/content/representative"],
        Group::Examination => &["/examination/opinion/justification", "/examination/issue"],
        Group::MinistryFile => &["/ministryFile/assigned"],
        Group::Ruling => &["/ruling/resolutionNumber", "/ruling/decisionToken"],
        Group::Grounds => &["/ruling/grounds"],
        Group::Receiver => &["/receivingPharmacy/name"],
        Group::Handover => &["/handover/wholesaler"],
        Group::Ledger => &["/ledger/imported"],
        Group::ClientReference => &["/clientReference"],
    }
}

/// What stands in a text that shows a group.
fn words(group: Group) -> &'static [&'static str] {
    match group {
        Group::Patient => &["85051512384", "Żaneta"],
        Group::Diagnosis => &["E72.0", "Cystynuria"],
        Group::Justification => &["kamica", "Ostatnie opakowanie"],
        Group::Contact => &["lekarz@example.org", "kancelaria@"],
        Group::Examination => &["Zgodne z wiedzą"],
        Group::Grounds => &["Mniej wystarczy"],
        Group::ClientReference => &["HIS-VISIBLE"],
        Group::Representative => &["Elżbieta", "dyrektor@"],
        _ => &[],
    }
}

/// A demand in which every group has something to show.
async fn full(app: &TestApp) -> Case {
    let urgency = json!({ "reason": "Ostatnie opakowanie traci ważność." });
    let content = testkit::with(in_facility(app), "/extras/urgency", urgency);
    let body = json!({ "content": content, "clientReference": "HIS-VISIBLE" });
    let created = app.as_persona("hospital-physician").post(DEMANDS, &body).send().await.is(201);
    let case = Case::created(app, &created).until(Stage::Assigned).await;
    let draft = testkit::with(testkit::approval("9"), "/grounds", json!("Mniej wystarczy."));
    case.prepare(&draft).await.is(200);
    case.resolve().await.is(200);
    case.hand_over().await.is(200);
    case.import(2).await.is(201);
    app.settle().await;
    case
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
    let case = full(app).await;
    let mut rows: Vec<String> = Vec::new();
    let mut columns = Vec::new();
    for (party, _) in PARTIES {
        let mut found = Vec::new();
        members(&app.as_persona(party).find(&case.id).await.is(200).json(), "", &mut found);
        rows.extend(found.iter().cloned());
        columns.push(found);
    }
    rows.sort();
    rows.dedup();
    let names: Vec<&str> = PARTIES.iter().map(|(_, relation)| relation.name()).collect();
    let mut page = format!("| Member | {} |\n|---|{}\n", names.join(" | "), "---|".repeat(names.len()));
    for row in rows {
        let marks: Vec<&str> =
            columns.iter().map(|found| if found.contains(&row) { "●" } else { "–" }).collect();
        page.extend(["| `", &row, "` | ", &marks.join(" | "), " |\n"]);
    }
    page
}

#[expect(clippy::disallowed_methods, reason = "a tester renews the golden file with BLESS=1")]
fn compare(page: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("api/golden/visibility.md");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, page).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(golden == page, "what is shown differs from {}; renew it with BLESS=1:\n{page}", path.display());
}

on_both! {
    async fn every_party_finds_the_groups_that_it_may_see_and_no_other(app: TestApp) {
        let case = full(&app).await;
        for (party, relation) in PARTIES {
            let seen = app.as_persona(party).find(&case.id).await.is(200);
            for group in Group::ALL {
                for pointer in pointers(group) {
                    let shown = is_shown(&seen.json(), pointer);
                    assert_eq!(shown, sees(relation, group), "{party} {pointer} ({})", group.name());
                }
            }
            is_hidden(party, &seen.text(), relation, "find");
        }
    }

    async fn lists_feeds_and_histories_show_no_more_than_the_document(app: TestApp) {
        let case = full(&app).await;
        for (party, relation) in PARTIES {
            let who = app.as_persona(party);
            for path in [DEMANDS.to_owned(), case.path_of("history"), case.path_of("actions")] {
                is_hidden(party, &who.get(&path).await.is(200).text(), relation, &path);
            }
            let versions = who.get(&case.path_of("versions")).await;
            is_hidden(party, &versions.text(), relation, "versions");
        }
        let feed = app.as_persona("wholesaler").get("/api/v1/supply/demands").await.is(200);
        assert!(feed.text().contains(&case.id));
        is_hidden("wholesaler", &feed.text(), Relation::HoldingWholesaler, "feed");
    }

    async fn a_history_tells_of_nothing_that_the_document_hides(app: TestApp) {
        let case = full(&app).await;
        let kinds = async |who: &'static str| -> Vec<String> {
            let history = app.as_persona(who).get(&case.path_of("history")).await.is(200).json();
            history["items"].as_array().unwrap().iter().map(|item| item["type"].as_str().unwrap().to_owned()).collect()
        };
        let supply = ["DemandApproved", "DemandHandedOver", "RealisationRecorded"];
        assert_eq!(kinds("wholesaler").await, supply);
        assert_eq!(kinds("hospital-pharmacist").await, supply);
        assert_eq!(kinds("preparer-second").await, [""; 0], "who does not have the case sees state and product");
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
        let case = full(&app).await;
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

    async fn the_members_that_each_party_sees_are_those_of_the_golden_table(app: TestApp) {
        compare(&table(&app).await);
    }
}
