//! What the choices of an order are called in Polish.

use domain::device_group::{DeviceUnit, Profession, StomaKind};
use domain::device_order::StateName;
use domain::device_order::content::{DocumentKind, ShorteningGround, StatementBy};
use domain::device_order::lifecycle::PeriodState;
use domain::values::{BranchCode, Sex};
use print::device_order::Unit;

pub(super) fn state(state: StateName) -> &'static str {
    match state {
        StateName::Draft => "Szkic",
        StateName::Registered => "Zarejestrowane",
        StateName::Verifying => "W weryfikacji",
        StateName::Negative => "Zweryfikowane negatywnie",
        StateName::Positive => "Zweryfikowane pozytywnie",
        StateName::Realised => "Zrealizowane",
        StateName::Expired => "Wygasłe",
        StateName::Cancelled => "Anulowane",
    }
}

pub(super) fn period(state: PeriodState) -> &'static str {
    match state {
        PeriodState::Available => "do odebrania",
        PeriodState::Verifying { .. } => "w weryfikacji",
        PeriodState::Reserved { .. } => "pobrany",
        PeriodState::Confirming { .. } => "w potwierdzaniu",
        PeriodState::Realised { .. } => "zrealizowany",
        PeriodState::Lost => "przepadł",
        PeriodState::Cancelled => "anulowany",
    }
}

pub(super) fn profession(profession: Profession) -> &'static str {
    match profession {
        Profession::Physician => "lekarz",
        Profession::Feldsher => "felczer",
        Profession::Physiotherapist => "fizjoterapeuta",
        Profession::Nurse => "pielęgniarka",
        Profession::Midwife => "położna",
    }
}

pub(super) fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "kobieta",
        Sex::Male => "mężczyzna",
    }
}

pub(super) fn made_by(by: StatementBy) -> &'static str {
    match by {
        StatementBy::Patient => "złożył pacjent",
        StatementBy::StatutoryRepresentative => "złożył przedstawiciel ustawowy",
        StatementBy::LegalGuardian => "złożył opiekun prawny",
        StatementBy::ActualGuardian => "złożył opiekun faktyczny",
        StatementBy::Proxy => "złożył pełnomocnik",
    }
}

pub(super) fn document(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::DisabilityRuling => "orzeczenie o niepełnosprawności",
        DocumentKind::LifeCertificate => "zaświadczenie „Za życiem”",
        DocumentKind::InvalidBook => "książka inwalidy lub osoby represjonowanej",
        DocumentKind::AuthorityDecision => "decyzja lub zaświadczenie organu",
        DocumentKind::InsuranceProof => "dowód ubezpieczenia",
        DocumentKind::Other => "inny dokument",
    }
}

pub(super) fn stoma(kind: StomaKind) -> &'static str {
    match kind {
        StomaKind::Ileostomy => "ileostomia",
        StomaKind::Colostomy => "kolostomia",
        StomaKind::Urostomy => "urostomia",
        StomaKind::Nephrostomy => "nefrostomia",
        StomaKind::Salivary => "przetoka ślinowa",
        StomaKind::Other => "inna przetoka lub stomia",
    }
}

pub(super) fn shortening(ground: ShorteningGround) -> &'static str {
    match ground {
        ShorteningGround::AdultChange => {
            "zmiana stanu fizycznego dorosłego, możliwości dopasowania wyczerpane"
        }
        ShorteningGround::ChildTreatment => "dziecko: zabieg operacyjny lub choroba",
        ShorteningGround::ChildRehabilitation => "dziecko: postęp rehabilitacji",
        ShorteningGround::ChildGrowth => "wzrost dziecka, możliwości dopasowania wyczerpane",
    }
}

pub(super) fn unit(unit: DeviceUnit) -> Unit {
    match unit {
        DeviceUnit::Piece => Unit::Piece,
        DeviceUnit::Lens => Unit::Lens,
        DeviceUnit::Set => Unit::Set,
        DeviceUnit::MonthlyAmount => Unit::MonthlyAmount,
    }
}

/// `Mazowiecki OW NFZ (07)`, or the number alone where the list has no such branch.
pub(crate) fn branch(code: &str, day: chrono::NaiveDate) -> String {
    let known = BranchCode::parse(code).ok();
    let found = known.and_then(|code| domain::nfz_branch::on(day).find(|branch| branch.code == code));
    found.map_or_else(|| format!("oddział {code}"), |branch| format!("{} ({code})", branch.name))
}

/// The part of the order that a finding is about.
pub(super) fn place(pointer: &str) -> Option<&'static str> {
    const PLACES: [(&str, &str); 9] = [
        ("/content/device", "wyrób"),
        ("/content/supply", "ilość i okres zaopatrzenia"),
        ("/content/right", "prawo do świadczeń"),
        ("/content/additionalEntitlement", "uprawnienie dodatkowe"),
        ("/content/patient", "pacjent"),
        ("/content/prescriber", "osoba wystawiająca"),
        ("/content/place", "miejsce wystawienia"),
        ("/content/grounds", "wskazania medyczne"),
        ("/content/shortening", "skrócenie okresu użytkowania"),
    ];
    PLACES.into_iter().find(|(start, _)| pointer.starts_with(start)).map(|(_, words)| words)
}
