//! Where a group of fields shows, and what stands in a text that shows it.

use app::visibility::Group;

/// Members by which a group shows.
pub(super) fn pointers(group: Group) -> &'static [&'static str] {
    match group {
        Group::Head => &["/number", "/state", "/content/use"],
        Group::Product => &["/content/product/form", "/content/extras/sourceCountry"],
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
        // Shown by a demand for an ad-hoc need: see `medicine_demand/treated`.
        Group::TreatedPatients => &[],
    }
}

/// What stands in a text that shows a group.
pub(super) fn words(group: Group) -> &'static [&'static str] {
    match group {
        Group::Patient => &["85051512384", "Żaneta"],
        Group::Diagnosis => &["E72.0", "Cystynuria"],
        Group::Justification => &["kamica", "Ostatnie opakowanie"],
        Group::Contact => &["lekarz@example.org", "kancelaria@"],
        Group::Examination => &["Zgodne z wiedzą"],
        Group::Grounds => &["Mniej wystarczy"],
        Group::ClientReference => &["HIS-VISIBLE"],
        Group::Representative => &["Elżbieta", "dyrektor@"],
        Group::Physician => &["4900137"],
        Group::Ruling => &["ROZ-"],
        Group::Receiver => &["Apteka szpitalna"],
        Group::Handover => &["Testpol"],
        Group::Ledger => &["L25B117"],
        Group::Head | Group::Product | Group::Quantity | Group::MinistryFile | Group::TreatedPatients => &[],
    }
}
