//! Notification, resolution and consent on paper.

use crate::support::printed;
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
