//! Every row of the field matrix.

use super::*;

/// The content without the member at that pointer; a list of it is left alone.
fn without(content: &Content, pointer: &str) -> Content {
    let mut value = serde_json::to_value(content).unwrap_or_else(|fault| panic!("{fault}"));
    let (parent, member) = pointer.rsplit_once('/').unwrap_or_else(|| panic!("{pointer}"));
    if let Some(parent) = value.pointer_mut(parent).and_then(Value::as_object_mut) {
        parent.remove(member);
    }
    Content::read(content.kind(), value).unwrap_or_else(|fault| panic!("{fault}"))
}

/// Complete contents of either kind and use.
fn complete() -> [Content; 4] {
    [in_facility(), outside(), of_food(in_facility()), of_food(outside())]
}

fn rows(kind: DemandKind) -> impl Iterator<Item = &'static Field> {
    MATRIX.iter().filter(move |field| field.concerns(kind))
}

#[test]
fn complete_contents_of_either_use_have_no_fault() {
    for content in complete().into_iter().chain([listed(), of_food(listed())]) {
        assert_eq!(violations(&content), []);
    }
}

#[test]
fn every_required_member_is_missed_alone_and_no_other_is() {
    for content in complete() {
        for field in rows(content.kind()) {
            let lacking = without(&content, field.pointer);
            let expected = match field.requirement(content.kind(), content.use_) {
                Requirement::Required => vec![(field.pointer.to_owned(), "demand.field_required")],
                Requirement::IfApplicable | Requirement::Forbidden | Requirement::Unknown => Vec::new(),
            };
            assert_eq!(violations(&lacking), expected, "{} {}", field.number, content.use_.name());
            assert!(!(field.present)(&lacking), "{} is not taken away", field.number);
        }
    }
}

#[test]
fn every_required_or_applicable_member_is_there_in_a_complete_content() {
    for content in complete() {
        for field in rows(content.kind()) {
            let belongs = field.requirement(content.kind(), content.use_) != Requirement::Forbidden;
            assert_eq!((field.present)(&content), belongs, "{} {}", field.number, content.use_.name());
        }
    }
}

#[test]
fn a_member_that_a_kind_does_not_have_is_in_neither_of_its_columns() {
    for field in MATRIX {
        for kind in DemandKind::ALL {
            let columns = [Use::InFacility, Use::OutsideFacility].map(|use_| field.requirement(kind, use_));
            let unknown = columns.map(|column| column == Requirement::Unknown);
            assert_eq!(unknown[0], unknown[1], "{}", field.number);
            assert_eq!(unknown[0], field.legal(kind) == "–", "{}", field.number);
        }
        assert!(DemandKind::ALL.into_iter().any(|kind| field.concerns(kind)), "{}", field.number);
    }
}

#[test]
fn a_representative_outside_a_facility_is_one_fault() {
    let mut content = outside();
    content.representative = in_facility().representative;
    assert_eq!(violations(&content), [("/representative".to_owned(), "demand.field_forbidden")]);
}

#[test]
fn a_patients_address_in_a_facility_is_refused() {
    let mut content = in_facility();
    content.patients = outside().patients;
    assert_eq!(violations(&content), [("/patients/patient/address".to_owned(), "demand.field_forbidden")]);
}

#[test]
fn an_empty_representative_lacks_each_part() {
    let mut content = in_facility();
    content.representative = Some(read(json!({})));
    let places: Vec<String> = violations(&content).into_iter().map(|it| it.0).collect();
    assert_eq!(
        places,
        ["givenNames", "familyName", "position", "email"].map(|it| format!("/representative/{it}"))
    );
}

#[test]
fn the_columns_are_those_of_the_act() {
    use Requirement::{Forbidden, IfApplicable, Required};
    let column = |kind: DemandKind, pointer: &str| {
        let row = rows(kind).find(|field| field.pointer == pointer);
        row.map(|row| (row.requirement(kind, Use::InFacility), row.requirement(kind, Use::OutsideFacility)))
    };
    let common = [
        ("/entity/name", (Required, Required)),
        ("/entity/unitName", (IfApplicable, IfApplicable)),
        ("/entity/nip", (Required, Required)),
        ("/entity/rpwdlNumber", (Required, Required)),
        ("/entity/unitCode", (IfApplicable, IfApplicable)),
        ("/entity/address", (Required, Required)),
        ("/outcomeEmail", (Required, Required)),
        ("/physician/givenNames", (Required, Required)),
        ("/physician/familyName", (Required, Required)),
        ("/physician/npwz", (Required, Required)),
        ("/representative", (Required, Forbidden)),
        ("/representative/givenNames", (Required, Forbidden)),
        ("/representative/familyName", (Required, Forbidden)),
        ("/representative/position", (Required, Forbidden)),
        ("/representative/email", (Required, Forbidden)),
        // «If applicable» in a facility is said by the kind: an ad-hoc need names no patient.
        ("/patients", (Required, Required)),
        ("/patients/patient/address", (Forbidden, Required)),
        ("/quantity", (Required, Required)),
        ("/treatmentDays", (IfApplicable, Required)),
        ("/diagnosis", (Required, Required)),
        ("/justification", (Required, Required)),
        ("/extras/sourceCountry", (Required, Required)),
        ("/product/form", (Required, Required)),
    ];
    let medicine = ["tradeName", "internationalName", "strength", "marketingAuthorisationHolder"];
    let food = ["name", "group", "composition", "producer"];
    for (kind, product) in [(DemandKind::Medicine, medicine), (DemandKind::Food, food)] {
        assert_eq!(rows(kind).count(), common.len() + product.len());
        for (pointer, columns) in common {
            assert_eq!(column(kind, pointer), Some(columns), "{pointer}");
        }
        for member in product {
            assert_eq!(column(kind, &format!("/product/{member}")), Some((Required, Required)), "{member}");
        }
    }
}

#[test]
fn the_rule_book_names_what_each_row_can_be_refused_for() {
    let code = |number: &str| {
        entries(DemandKind::Medicine).into_iter().find(|entry| entry.number == number).map(|entry| entry.code)
    };
    assert_eq!(code("DC-F02"), Some("–"));
    assert_eq!(code("DC-F11"), Some("demand.field_required, demand.field_forbidden"));
    assert_eq!(code("DC-F12"), Some("demand.field_required"));
    assert_eq!(code("DC-F17"), Some("demand.field_required, demand.field_forbidden"));
}
