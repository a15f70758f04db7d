//! Imports because of a disaster or threat (PF art. 4(9)): a mode of a medicine demand, with guards of its own.

use crate::support::printed;
use serde_json::{Value, json};
use testkit::{
    Case, DEMANDS, FOOD_DEMANDS, Response, Stage, TestApp, because_of_disaster, food, in_facility, on_both,
    outside_facility, with, without,
};

fn ids(page: &Response) -> Vec<Value> {
    page.at("/items").as_array().unwrap().iter().map(|item| item["id"].clone()).collect()
}

on_both! {
    async fn each_guard_that_is_missing_is_named_at_its_place(app: TestApp) {
        let good = because_of_disaster(outside_facility(&app));
        for (content, code, pointer) in [
            (without(good.clone(), "/disaster/threat"), "demand.disaster_threat", "/content/disaster/threat"),
            (
                with(good.clone(), "/disaster/threat/kind", json!("THREAT_TO_ANIMALS")),
                "demand.disaster_threat_to_animals",
                "/content/disaster/threat/kind",
            ),
            (
                without(good.clone(), "/disaster/authorisation"),
                "demand.disaster_authorisation",
                "/content/disaster/authorisation",
            ),
            (
                without(good.clone(), "/disaster/sourceCountryAuthorisation"),
                "demand.disaster_source_authorisation",
                "/content/disaster/sourceCountryAuthorisation",
            ),
            (
                without(good.clone(), "/disaster/unavailability"),
                "demand.disaster_unavailability",
                "/content/disaster/unavailability",
            ),
            (
                without(good.clone(), "/disaster/noEquivalent"),
                "demand.disaster_equivalent",
                "/content/disaster/noEquivalent",
            ),
            (without(good.clone(), "/extras/sourceCountry"), "demand.field_required", "/content/extras/sourceCountry"),
            (
                with(good.clone(), "/extras/sourceCountry", json!("PL")),
                "demand.source_country_poland",
                "/content/extras/sourceCountry",
            ),
        ] {
            let refused = Case::of(&app, &content).await.submit().await.is(422);
            assert_eq!(refused.faults(), [(code.to_owned(), pointer.to_owned())]);
        }
    }

    async fn a_draft_may_lack_every_guard_and_a_submission_names_them_all(app: TestApp) {
        let bare = without(with(outside_facility(&app), "/disaster", json!({})), "/treatmentDays");
        let case = Case::of(&app, &bare).await;
        assert_eq!(case.seen().await["ground"], "DISASTER");
        let faults: Vec<String> = case.submit().await.is(422).faults().into_iter().map(|(code, _)| code).collect();
        assert_eq!(
            faults,
            [
                "demand.field_required",
                "demand.disaster_threat",
                "demand.disaster_authorisation",
                "demand.disaster_source_authorisation",
                "demand.disaster_unavailability",
                "demand.disaster_equivalent",
            ]
        );
    }

    async fn a_whole_one_goes_the_way_of_every_demand_in_either_use(app: TestApp) {
        for content in [in_facility(&app), outside_facility(&app)].map(because_of_disaster) {
            let case = Case::of(&app, &content).await.until(Stage::HandedOver).await;
            let seen = case.seen().await;
            assert_eq!((&seen["ground"], &seen["state"]), (&json!("DISASTER"), &json!("WITH_WHOLESALER")));
            assert_eq!(seen["content"]["disaster"], content["disaster"]);
            let ordinary = Case::of(&app, &without(content, "/disaster")).await.until(Stage::Approved).await.seen().await;
            assert_eq!(ordinary["ground"], "TARGET_IMPORT");
            assert_eq!(ordinary["content"].get("disaster"), None);
        }
    }

    async fn the_ground_is_everybodys_and_the_guards_are_for_examiners(app: TestApp) {
        let content = because_of_disaster(in_facility(&app));
        let examined = Case::of(&app, &content).await.until(Stage::WithConsultant).await;
        let seen = app.as_persona("consultant-nephrology").find(&examined.id).await.is(200);
        assert_eq!((seen.at("/ground"), seen.at("/content/disaster")), (json!("DISASTER"), content["disaster"].clone()));
        let case = Case::of(&app, &content).await.until(Stage::HandedOver).await;
        for persona in ["hospital-physician", "director", "preparer", "decider", "patient"] {
            let seen = app.as_persona(persona).find(&case.id).await.is(200);
            assert_eq!(seen.at("/ground"), "DISASTER", "{persona}");
            assert_eq!(seen.at("/content/disaster"), content["disaster"], "{persona}");
        }
        for persona in ["hospital-pharmacist", "wholesaler"] {
            let seen = app.as_persona(persona).find(&case.id).await.is(200);
            assert_eq!(seen.at("/ground"), "DISASTER", "{persona}");
            assert_eq!(seen.json()["content"].get("disaster"), None, "{persona}");
            assert!(!seen.text().contains("Wzorcowej"), "{persona}");
        }
    }

    async fn a_list_shows_the_ground_and_is_filtered_by_it(app: TestApp) {
        let ordinary = Case::outside(&app).await;
        let other = Case::of(&app, &because_of_disaster(outside_facility(&app))).await;
        let who = app.as_persona("clinic-physician");
        for (ground, id) in [("TARGET_IMPORT", &ordinary.id), ("DISASTER", &other.id)] {
            let page = who.get(&format!("{DEMANDS}?ground={ground}")).await.is(200);
            assert_eq!(ids(&page), [json!(id)]);
            assert_eq!(page.at("/items/0/ground"), ground);
            assert!(!page.text().contains("Wzorcowej"));
        }
        who.get(&format!("{DEMANDS}?ground=NONE")).await.refused(400, "request.parameter");
        who.get(&format!("{FOOD_DEMANDS}?ground=DISASTER")).await.refused(400, "request.parameter");
        let first = who.get(&format!("{DEMANDS}?limit=1")).await.is(200).text_at("/nextCursor");
        who.get(&format!("{DEMANDS}?limit=1&ground=DISASTER&cursor={first}")).await.refused(400, "request.cursor");
    }

    async fn an_edit_changes_the_ground_and_a_copy_keeps_it(app: TestApp) {
        let case = Case::outside(&app).await;
        let content = because_of_disaster(outside_facility(&app));
        let who = case.as_physician();
        let edited = who.put(&case.path(), &json!({ "content": content })).if_match(case.revision());
        assert_eq!(edited.send().await.is(200).at("/ground"), "DISASTER");
        assert_eq!(ids(&who.get(&format!("{DEMANDS}?ground=DISASTER")).await.is(200)), [json!(case.id)]);
        let copy = who.post(&case.path_of("copies"), &json!({})).send().await.is(201);
        assert_eq!(copy.at("/content/disaster"), content["disaster"]);
        assert_eq!(copy.at("/ground"), "DISASTER");
    }

    async fn a_demand_on_paper_is_of_this_ground_too(app: TestApp) {
        let case = Case::on_paper(&app, because_of_disaster(outside_facility(&app))).await;
        let seen = app.as_persona("preparer").find(&case.id).await.is(200);
        assert_eq!(seen.at("/ground"), "DISASTER");
    }

    async fn a_food_has_no_disaster(app: TestApp) {
        let of_food = food(outside_facility(&app));
        let who = app.as_persona("clinic-physician");
        assert_eq!(who.create(&of_food).await.is(201).at("/ground"), "TARGET_IMPORT");
        let refused = who.create(&because_of_disaster(of_food)).await;
        refused.refused_at(400, "request.unknown_member", "/content/disaster");
    }

    async fn a_print_names_the_law_and_shows_the_guards_to_examiners(app: TestApp) {
        let content = because_of_disaster(in_facility(&app));
        let case = Case::of(&app, &content).await.until(Stage::HandedOver).await;
        let print = async |case: &Case, who| printed(&app.as_persona(who).get(&case.path_of("print")).await.is(200));
        let examiner = print(&case, "decider").await;
        for said in [
            "art. 4 ust. 9",
            "klęska żywiołowa: Powódź w dorzeczu Wzorcowej",
            "unijne, nr EU/1/26/0000/001",
            "PEI.H.00000.01.1",
            "Żadna hurtownia nie ma produktu.",
            "Pisma trzech hurtowni",
            "Odpowiedniki wycofano z obrotu.",
        ] {
            assert!(examiner.contains(said), "{said}: {examiner}");
        }
        let wholesaler = print(&case, "wholesaler").await;
        assert!(wholesaler.contains("art. 4 ust. 9") && !wholesaler.contains("Powódź"), "{wholesaler}");
        let ordinary = Case::in_facility(&app).await.until(Stage::Submitted).await;
        let ordinary = print(&ordinary, "hospital-physician").await;
        assert!(ordinary.contains("art. 4 ust. 1 ") && !ordinary.contains("ust. 9"), "{ordinary}");
    }
}
