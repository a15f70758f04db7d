//! Notification, resolution and consent on paper.

use super::additions::{added, new_batches, opened};
use crate::support::printed;
use serde_json::json;
use testkit::{Notification, Reached, TestApp, on_both};

on_both! {
    async fn notification_resolution_and_consent_are_printed(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Consented).await;
        let numbers = notification.numbers().await;
        let print = app.as_persona("responsible-person").get(&notification.path_of("print")).await.is(200);
        assert_eq!(print.header("content-type"), Some("application/pdf"));
        let name = format!("attachment; filename=\"{}.pdf\"", notification.id);
        assert_eq!(print.header("content-disposition"), Some(name.as_str()));
        let text = printed(&print);
        let resolution = numbers["resolutionNumber"].as_str().unwrap();
        for value in [
            notification.number.as_str(), resolution, "Zgoda wydana", "Zgoda do", "L26A001", "L26A002", "exemplarum",
            "Skażenie w dorzeczu Wzorcowej", "Odpis z rejestru", "Wiktoria Przykładowa", "Ignacy Wzorcowy",
            "Stanisław Próbny", "reprezentant hurtowni", "Hurtownia Farmaceutyczna Testpol", &notification.id,
        ] {
            assert!(text.contains(value), "`{value}` is missing from: {text}");
        }
    }

    async fn a_print_of_a_consent_that_has_ended_says_so_with_grounds_for_whom_they_concern(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::HandedOver).await;
        let draft = json!({ "grounds": "Zagrożenie ustało.", "legalBasis": "art. 4 ust. 8 PF" });
        let prepared = notification.command("preparer", "revocation-draft", &draft).await.is(200);
        let seen = json!({ "draftSha256": prepared.at("/ministryFile/revocationDraft/sha256") });
        notification.command("decider", "revocation", &seen).await.is(200);
        for (persona, sees_grounds) in [("responsible-person", true), ("pharmacist", false)] {
            let text = printed(&app.as_persona(persona).get(&notification.path_of("print")).await.is(200));
            assert!(text.contains("Dokument nie obowiązuje Zgodę cofnięto – "), "{persona}: {text}");
            assert!(!text.contains("Zgoda do"), "{persona}: {text}");
            assert_eq!(text.contains("Zagrożenie ustało."), sees_grounds, "{persona}: {text}");
        }
        let lapsed = Notification::drafted(&app).await.until(Reached::Consented).await;
        app.advance_days(1000);
        let text = printed(&app.as_persona("responsible-person").get(&lapsed.path_of("print")).await.is(200));
        assert!(text.contains("Dokument nie obowiązuje Okres zgody upłynął – "), "{text}");
    }

    async fn a_print_tells_the_quantity_that_was_signed_from_the_total_with_additions(app: TestApp) {
        let base = Notification::drafted(&app).await.until(Reached::Consented).await;
        let print = async |it: &Notification| {
            printed(&app.as_persona("responsible-person").get(&it.path_of("print")).await.is(200))
        };
        let alone = print(&base).await;
        assert!(alone.contains("Ilość zatwierdzona 10 (") && !alone.contains("Łącznie"), "{alone}");
        let addition = opened(&base, &new_batches(&app)).await.until(Reached::Assigned).await;
        addition.prepare(&added(&app)).await.is(200);
        addition.resolve().await.is(200);
        let whole = print(&base).await;
        assert!(whole.contains("Ilość zatwierdzona 10 (") && whole.contains("Łącznie z uzupełnieniami 15 ("), "{whole}");
        let part = print(&addition).await;
        assert!(part.contains("Ilość zatwierdzona 5 (") && !part.contains("Łącznie"), "{part}");
    }

    async fn a_print_shows_no_more_than_its_reader_may_see(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Consented).await;
        notification.retrieve("pharmacist").await.is(200);
        let print = app.as_persona("pharmacist").get(&notification.path_of("print")).await.is(200);
        let text = printed(&print);
        assert!(text.contains("L26A001") && text.contains("Zgoda do"), "{text}");
        for hidden in ["Zapas szpitali", "Odpis z rejestru", "Ignacy Wzorcowy", "1000123"] {
            assert!(!text.contains(hidden), "`{hidden}` in: {text}");
        }
        app.as_persona("hospital-pharmacist").get(&notification.path_of("print")).await.refused(404, "request.not_found");
    }
}
