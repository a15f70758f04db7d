//! An order on paper: parts I and II, what the patient takes along, parts III and IV.

use crate::support::printed;
use serde_json::{Value, json};
use testkit::{
    DeviceOrder, LOOK_UPS, NOT_INSURED, PRESCRIBER, Response, SECOND_SHOP, SHOP, TestApp, absorbents,
    for_patient, months, on_both, paper_order, pesel, statement, with,
};

/// Of the patient persona, with Polish letters wherever the form has words.
fn content(app: &TestApp) -> Value {
    let patient = app.persona("patient").spec.pesel;
    let content = with(for_patient(absorbents(app), patient), "/patient/familyName", json!("Żółć-Testowa"));
    let content = with(content, "/place/phone", json!("22 555 01 01"));
    with(content, "/grounds/further", json!("Źle znosi wkładki; gęsta wydzielina."))
}

async fn print(order: &DeviceOrder, persona: &'static str, part: &str) -> Response {
    order.app.as_persona(persona).get(&order.path_of(part)).await
}

fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "`{part}` is missing from: {text}");
    }
}

fn lacks(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(!text.contains(part), "`{part}` stands in: {text}");
    }
}

/// Held by the first shop.
async fn taken_up(app: &TestApp) -> (DeviceOrder, String) {
    let order = DeviceOrder::positive(app, &content(app)).await;
    let shop = app.as_persona(SHOP);
    order.opened_by(&shop).await;
    let body = json!({ "months": months(app, 0, 1), "place": "M-1" });
    let taken = order.take_up(&shop, &body).await.is(201).text_at("/id");
    (order, taken)
}

on_both! {
    async fn an_order_is_printed_as_parts_one_and_two(app: TestApp) {
        let order = DeviceOrder::positive(&app, &content(&app)).await;
        let number = order.access_data().await["number"].as_str().unwrap().to_owned();
        let pdf = print(&order, PRESCRIBER, "print").await.is(200);
        assert_eq!(pdf.header("content-type"), Some("application/pdf"));
        assert_eq!(pdf.header("cache-control"), Some("no-store"));
        let name = format!("attachment; filename=\"{}.pdf\"", order.id);
        assert_eq!(pdf.header("content-disposition"), Some(name.as_str()), "the number opens the order");
        let text = printed(&pdf);
        holds(&text, &[
            &number, "Zweryfikowane pozytywnie", "Przychodnia Testowa", "ul. Przykładowa 1, 00-001 Warszawa", "22 555 01 01",
            "Dorota Wzorcowa", "lekarz", "3900433", "Janina Żółć-Testowa", "Y.06.01", "90 sztuk na miesiąc",
            "comiesięczne, pierwszorazowe", "N39.4", "Nietrzymanie moczu", "Źle znosi wkładki; gęsta wydzielina.",
            "Część II. Wynik weryfikacji zlecenia", "Pozytywny", "1,70 zł za sztukę", "osoba wystawiająca", &order.id,
        ]);
        lacks(&text, &["Negatywny", "nie obowiązuje", "Stan miesięcy"]);
        let own = printed(&print(&order, "patient", "print").await.is(200));
        lacks(&printed(&print(&order, "nfz-officer", "print").await.is(200)), &["N39.4", "Janina"]);
        order.opened_to("nfz-officer").await;
        let officer = printed(&print(&order, "nfz-officer", "print").await.is(200));
        for text in [own, officer] {
            holds(&text, &["N39.4", "Źle znosi wkładki"]);
        }
        let log = app.as_persona("patient").get("/api/v1/patient/access-log").await.is(200);
        assert!(log.text().contains("print_device_order"), "each print is on record: {}", log.text());
    }

    async fn a_provider_s_print_has_no_reason_for_the_order(app: TestApp) {
        let order = DeviceOrder::positive(&app, &content(&app)).await;
        print(&order, SHOP, "print").await.refused(404, "request.not_found");
        order.opened_by(&app.as_persona(SHOP)).await;
        let text = printed(&print(&order, SHOP, "print").await.is(200));
        holds(&text, &["Janina Żółć-Testowa", "Y.06.01", "90 sztuk na miesiąc", "1,70 zł za sztukę", "Dorota Wzorcowa"]);
        lacks(&text, &["N39.4", "Nietrzymanie moczu", "Źle znosi", "Wskazania medyczne", "Data wystawienia", "Podpisy elektroniczne"]);
        print(&order, "patient-second", "print").await.refused(404, "request.not_found");
    }

    async fn a_print_of_a_paper_order_says_how_it_came(app: TestApp) {
        let (outage, issued_on) = (app.outage_today().await, app.today());
        app.advance_days(2);
        let patient = app.persona("patient").spec.pesel;
        let entry = with(paper_order(&app, issued_on, "Zlecenie z czasu awarii"), "/content/patient/identifier/number", json!(patient));
        let entry = with(entry, "/reason", json!({ "kind": "OUTAGE", "outageId": outage }));
        let entry = with(entry, "/channel", json!({
            "kind": "POST", "returnAddress": {
                "streetLine": "ul. Zmyślona 3", "postalCode": "00-912", "city": "Wzorcowice", "country": "PL",
            },
        }));
        let order = DeviceOrder::created(&app, &app.enter_paper_order(&entry).await.is(201));
        let dated = |label: &str, day: chrono::NaiveDate| format!("{label} {} ", day.format("%-d"));
        for who in ["nfz-officer", "patient", PRESCRIBER] {
            let text = printed(&print(&order, who, "print").await.is(200));
            holds(&text, &[
                "Zlecenie złożone na papierze", "awaria systemu", "pocztą", "ul. Zmyślona 3, 00-912 Wzorcowice", "(07)",
                "Zlecenie z czasu awarii", &dated("Data na zleceniu", issued_on), &dated("Wpływ do oddziału", app.today()), "bez podpisu elektronicznego",
            ]);
            lacks(&text, &["Odpowiedź wysłano", "Podpisy elektroniczne"]);
        }
        order.add_order_scan("Zlecenie z czasu awarii").await.is(201);
        order.command("nfz-officer", "reply", &json!({})).await.is(200);
        holds(&printed(&print(&order, "patient", "print").await.is(200)), &["Odpowiedź wysłano"]);
        let data = order.access_data().await;
        app.as_persona(SHOP).look(LOOK_UPS, &json!({ "number": data["number"], "pesel": patient })).await.is(200);
        let text = printed(&print(&order, SHOP, "print").await.is(200));
        lacks(&text, &["na papierze", "ul. Zmyślona 3", "awaria"]);
    }

    async fn a_print_says_what_was_found_and_what_has_ended(app: TestApp) {
        let draft = DeviceOrder::drafted(&app, &content(&app)).await;
        print(&draft, PRESCRIBER, "print").await.refused(409, "device_order.not_issued");
        let uninsured = for_patient(content(&app), &pesel(NOT_INSURED));
        let (negative, answer) = DeviceOrder::submitted(&app, &uninsured).await;
        assert_eq!(answer.is(200).at("/state"), "NEGATIVE");
        let text = printed(&print(&negative, PRESCRIBER, "print").await.is(200));
        holds(&text, &["Negatywny – zlecenia nie można zrealizować", "(device_order.right_not_confirmed)", "prawo do świadczeń"]);
        print(&negative, PRESCRIBER, "information-print").await.refused(409, "device_order.no_access_data");
        let order = DeviceOrder::positive(&app, &content(&app)).await;
        order.command(PRESCRIBER, "cancellation", &json!({ "reason": "Wystawiono omyłkowo." })).await.is(200);
        let text = printed(&print(&order, PRESCRIBER, "print").await.is(200));
        holds(&text, &["Dokument nie obowiązuje Zlecenie anulowano – ", "Wystawiono omyłkowo."]);
        let text = printed(&print(&order, "patient", "information-print").await.is(200));
        holds(&text, &["Zlecenie anulowano – ", "nie można już odebrać wyrobów"]);
        lacks(&text, &["Kod dostępu", "omyłkowo"]);
    }

    async fn months_stand_in_a_print_once_they_differ_with_who_holds_them(app: TestApp) {
        let (order, _) = taken_up(&app).await;
        order.opened_by(&app.as_persona(SECOND_SHOP)).await;
        let shop = app.persona(SHOP).organisation.unwrap().spec.name;
        for who in [PRESCRIBER, "patient", SHOP, SECOND_SHOP] {
            let text = printed(&print(&order, who, "print").await.is(200));
            holds(&text, &["Stan miesięcy zlecenia", "pobrany", "do odebrania", shop]);
        }
    }

    async fn the_information_sheet_is_for_whoever_sees_the_access_data(app: TestApp) {
        let order = DeviceOrder::positive(&app, &content(&app)).await;
        order.opened_by(&app.as_persona(SHOP)).await;
        let data = order.access_data().await;
        for who in [PRESCRIBER, "medical-assistant", "patient"] {
            let text = printed(&print(&order, who, "information-print").await.is(200));
            holds(&text, &[
                "Informacja o zleceniu", data["number"].as_str().unwrap(), data["code"].as_str().unwrap(), "Janina Żółć-Testowa",
                "(Y.06.01)", "Dorota Wzorcowa, lekarz, Przychodnia Testowa, tel. 22 555 01 01",
            ]);
            lacks(&text, &["N39.4", "Nietrzymanie moczu", app.persona("patient").spec.pesel, "Źle znosi"]);
        }
        for who in [SHOP, "nfz-officer"] {
            print(&order, who, "information-print").await.refused(403, "auth.not_yours");
        }
        print(&order, "patient-second", "information-print").await.refused(404, "request.not_found");
        let log = app.as_persona("patient").get("/api/v1/patient/access-log").await.is(200);
        assert!(log.text().contains("print_device_order_information"), "{}", log.text());
    }

    async fn without_a_pesel_the_sheet_names_number_and_date_of_birth(app: TestApp) {
        let patient = with(content(&app), "/patient", json!({
            "givenNames": "Oksana", "familyName": "Przykładowa", "birthDate": "1990-01-31", "sex": "FEMALE",
            "identifier": { "kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FA123456" },
        }));
        let (order, answer) = DeviceOrder::submitted(&app, &with(patient, "/right", statement(&app))).await;
        assert_eq!(answer.is(200).at("/access"), json!({ "informationPrintObligatory": true }));
        let text = printed(&print(&order, PRESCRIBER, "information-print").await.is(200));
        holds(&text, &["To zlecenie nie ma kodu dostępu", "datę urodzenia", "Oksana Przykładowa"]);
        let whole = printed(&print(&order, PRESCRIBER, "print").await.is(200));
        holds(&whole, &["paszport FA123456 (UA)", "kobieta", "oświadczenie z ", "złożył pacjent"]);
    }

    async fn parts_three_and_four_are_printed_of_goods_that_were_issued(app: TestApp) {
        let (order, taken) = taken_up(&app).await;
        order.opened_by(&app.as_persona(SECOND_SHOP)).await;
        let part = format!("take-ups/{taken}/print");
        print(&order, SHOP, &part).await.refused(409, "device_order.not_realised");
        let by = json!({
            "kind": "OTHER", "givenNames": "Święcisława", "familyName": "Próbna",
            "identifier": { "kind": "PESEL", "number": pesel(21) },
        });
        order.issue_goods(&taken, 90, &by).await;
        let pdf = print(&order, SHOP, &part).await.is(200);
        let name = format!("attachment; filename=\"{taken}.pdf\"");
        assert_eq!(pdf.header("content-disposition"), Some(name.as_str()));
        let number = order.access_data().await["number"].as_str().unwrap().to_owned();
        let shop = app.persona(SHOP).organisation.unwrap().spec.name;
        print(&order, "nfz-officer", &part).await.refused(403, "auth.not_yours");
        order.opened_to("nfz-officer").await;
        for who in [SHOP, "patient", "nfz-officer"] {
            let text = printed(&print(&order, who, &part).await.is(200));
            holds(&text, &[
                &number, shop, "PIASKOWNICA/07/0001", "(07)", "M-1", "Janina Żółć-Testowa", "Realizacja częściowa",
                "Pieluchomajtki Gęś", "Fabryka Próbna, Żółw L", "2,50 zł", "225,00 zł", "122,40 zł", "102,60 zł",
                "osobiście", "Święcisława Próbna, PESEL ",
            ]);
            lacks(&text, &["N39.4", "Nietrzymanie moczu"]);
        }
        print(&order, PRESCRIBER, &part).await.refused(403, "auth.not_yours");
        print(&order, SECOND_SHOP, &part).await.refused(404, "device_order.take_up_unknown");
        let unknown = "take-ups/0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a90/print";
        print(&order, SHOP, unknown).await.refused(404, "device_order.take_up_unknown");
    }
}
