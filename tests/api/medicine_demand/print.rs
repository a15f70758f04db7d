//! `GET …/print`: a PDF for every party that sees the demand.

use crate::support::printed;
use testkit::{Case, Stage, TestApp, on_both};

async fn prints(case: &Case, persona: &'static str) {
    let pdf = case.app.as_persona(persona).get(&case.path_of("print")).await.is(200);
    assert_eq!(pdf.header("content-type"), Some("application/pdf"), "{persona}");
    assert!(pdf.body.starts_with(b"%PDF-"), "{persona}");
    assert!(pdf.body.len() > 5_000, "{persona}: {} bytes", pdf.body.len());
    let name = pdf.header("content-disposition").unwrap_or_default();
    assert_eq!(name, format!("attachment; filename=\"{}.pdf\"", case.id), "the number opens the demand");
}

on_both! {
    async fn every_party_prints_what_it_sees(app: TestApp) {
        let case = Case::in_facility(&app).await;
        prints(&case, "hospital-physician").await;
        let case = case.until(Stage::Submitted).await;
        prints(&case, "director").await;
        case.approve().await.is(200);
        prints(&case, "consultant-nephrology").await;
        case.confirm().await.is(200);
        prints(&case, "preparer").await;
        case.assign("preparer").await.is(200);
        case.prepare(&testkit::approval("10")).await.is(200);
        prints(&case, "decider").await;
        case.resolve().await.is(200);
        case.hand_over().await.is(200);
        for persona in ["hospital-physician", "director", "preparer", "decider", "hospital-pharmacist", "wholesaler", "patient"] {
            prints(&case, persona).await;
        }
    }

    async fn a_print_of_what_was_withdrawn_or_has_expired_says_so(app: TestApp) {
        let withdrawn = Case::outside(&app).await.until(Stage::Approved).await;
        let expired = Case::outside(&app).await.until(Stage::Approved).await;
        let print = async |case: &Case| printed(&case.as_physician().get(&case.path_of("print")).await.is(200));
        assert!(!print(&withdrawn).await.contains("nie obowiązuje"));
        withdrawn.withdraw().await.is(200);
        app.advance_days(61);
        for (case, said) in [
            (&withdrawn, "Zapotrzebowanie wycofał lekarz – "),
            (&expired, "Wygasło, bo nie przekazano go w terminie do hurtowni – "),
        ] {
            let text = print(case).await;
            assert!(text.contains(&format!("Dokument nie obowiązuje {said}")), "{text}");
            assert!(!text.contains("najpóźniej"), "{text}");
        }
    }

    async fn a_print_is_on_record(app: TestApp) {
        let case = Case::outside(&app).await;
        let printed = "SELECT count(*) AS number FROM audit WHERE action = 'print_demand'";
        let before = app.count(printed).await;
        prints(&case, case.physician()).await;
        assert_eq!(app.count(printed).await, before + 1);
    }
}
