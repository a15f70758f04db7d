//! The field matrix as data: one row a field, one column a kind and use.

use super::super::super::model::DemandKind;
use super::super::refusals::{FIELD_FORBIDDEN, FIELD_REQUIRED};
use super::super::{Content, Patient, Patients, Use};
use crate::problem::{Sentence, Violation};
use crate::rule::RuleEntry;

/// What one column of the matrix says of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement {
    Required,
    IfApplicable,
    Forbidden,
    /// The content of this kind has no such member.
    Unknown,
}

/// One row of the field matrix.
pub struct Field {
    pub number: &'static str,
    /// Where a medicine demand's column comes from.
    legal_of_medicine: &'static str,
    /// Where a food demand's column comes from.
    legal_of_food: &'static str,
    pub pointer: &'static str,
    pub label: Sentence,
    /// Medicine and food, in the facility.
    in_facility: [Requirement; 2],
    /// Medicine and food, outside.
    outside: [Requirement; 2],
    pub present: fn(&Content) -> bool,
}

macro_rules! matrix {
    ($($number:literal $medicine:literal $food:literal $pointer:literal $mi:ident $mo:ident $fi:ident $fo:ident
        $pl:literal / $en:literal: $present:expr;)+) => {
        &[$(Field {
            number: $number, legal_of_medicine: $medicine, legal_of_food: $food, pointer: $pointer,
            label: Sentence { pl: $pl, en: $en },
            in_facility: [Requirement::$mi, Requirement::$fi], outside: [Requirement::$mo, Requirement::$fo],
            present: $present,
        }),+]
    };
}

fn patient(content: &Content) -> Option<&Patient> {
    match &content.patients {
        Some(Patients::Named { patient }) => Some(patient),
        Some(Patients::List { .. } | Patients::AdHoc { .. }) | None => None,
    }
}

/// The field matrix: number, legal unit of a medicine's column and of a food's, member; medicine in a facility and
/// outside, food in a facility and outside.
#[rustfmt::skip]
pub const MATRIX: &[Field] = matrix! {
    "DC-F01" "PF art. 4ac(3)-(4)" "UBZZ art. 29a(2d)-(2e)" "/entity/name" Required Required Required Required "nazwa podmiotu" / "name of the entity": |c| c.entity.name.is_some();
    "DC-F02" "PF art. 4ac(3)-(4)" "UBZZ art. 29a(2d)-(2e)" "/entity/unitName" IfApplicable IfApplicable IfApplicable IfApplicable "nazwa jednostki lub komórki" / "name of unit or cell": |c| c.entity.unit_name.is_some();
    "DC-F03" "PF art. 4ac(3)-(4)" "UBZZ art. 29a(2d)-(2e)" "/entity/nip" Required Required Required Required "NIP podmiotu" / "NIP of the entity": |c| c.entity.nip.is_some();
    "DC-F04" "PF art. 4ac(3)-(4)" "UBZZ art. 29a(2d)-(2e)" "/entity/rpwdlNumber" Required Required Required Required "numer wpisu w RPWDL" / "RPWDL entry number": |c| c.entity.rpwdl_number.is_some();
    "DC-F05" "PF art. 4ac(3)-(4)" "UBZZ art. 29a(2d)-(2e)" "/entity/unitCode" IfApplicable IfApplicable IfApplicable IfApplicable "kod jednostki lub komórki" / "code of unit or cell": |c| c.entity.unit_code.is_some();
    "DC-F06" "PF art. 4ac(3)-(4)" "UBZZ art. 29a(2d)-(2e)" "/entity/address" Required Required Required Required "adres podmiotu" / "address of the entity": |c| c.entity.address.is_some();
    "DC-F07" "PF art. 4ac(3)-(4)" "UBZZ art. 29a(2d)-(2e)" "/outcomeEmail" Required Required Required Required "adres e-mail do powiadomienia o rozstrzygnięciu" / "e-mail for the outcome": |c| c.outcome_email.is_some();
    "DC-F08" "PF art. 4ac(3)-(4)" "UBZZ art. 29a(2d)-(2e)" "/physician/givenNames" Required Required Required Required "imię lekarza" / "physician's given names": |c| c.physician.given_names.is_some();
    "DC-F09" "PF art. 4ac(3)-(4)" "UBZZ art. 29a(2d)-(2e)" "/physician/familyName" Required Required Required Required "nazwisko lekarza" / "physician's family name": |c| c.physician.family_name.is_some();
    "DC-F10" "PF art. 4ac(3)-(4)" "UBZZ art. 29a(2d)-(2e)" "/physician/npwz" Required Required Required Required "numer prawa wykonywania zawodu" / "physician's licence number": |c| c.physician.npwz.is_some();
    "DC-F11" "PF art. 4ac(3)" "UBZZ art. 29a(2d)" "/representative" Required Forbidden Required Forbidden "osoba uprawniona do reprezentacji" / "person entitled to represent the entity": |c| c.representative.is_some();
    "DC-F12" "PF art. 4ac(3)" "UBZZ art. 29a(2d)" "/representative/givenNames" Required Forbidden Required Forbidden "imię reprezentanta" / "representative's given names": |c| c.representative.as_ref().is_some_and(|r| r.given_names.is_some());
    "DC-F13" "PF art. 4ac(3)" "UBZZ art. 29a(2d)" "/representative/familyName" Required Forbidden Required Forbidden "nazwisko reprezentanta" / "representative's family name": |c| c.representative.as_ref().is_some_and(|r| r.family_name.is_some());
    "DC-F14" "PF art. 4ac(3)" "UBZZ art. 29a(2d)" "/representative/position" Required Forbidden Required Forbidden "stanowisko reprezentanta" / "representative's position": |c| c.representative.as_ref().is_some_and(|r| r.position.is_some());
    "DC-F15" "PF art. 4ac(3)" "UBZZ art. 29a(2d)" "/representative/email" Required Forbidden Required Forbidden "adres e-mail reprezentanta" / "representative's e-mail": |c| c.representative.as_ref().is_some_and(|r| r.email.is_some());
    "DC-F16" "PF art. 4ac(3)-(4)" "UBZZ art. 29a(2d)-(2e)" "/patients" Required Required Required Required "dla kogo: pacjent, w podmiocie także lista lub potrzeba doraźna" / "for whom: a patient, in a facility also a list or an ad-hoc need": |c| c.patients.is_some();
    "DC-F17" "PF art. 4ac(4)" "UBZZ art. 29a(2e)" "/patients/patient/address" Forbidden Required Forbidden Required "adres pacjenta" / "patient's address": |c| patient(c).is_some_and(|p| p.address.is_some());
    "DC-F18" "PF art. 4ac(3)-(4)" "–" "/product/tradeName" Required Required Unknown Unknown "nazwa handlowa" / "trade name": |c| c.product.as_medicine().is_some_and(|p| p.trade_name.is_some());
    "DC-F19" "PF art. 4ac(3)-(4)" "–" "/product/internationalName" Required Required Unknown Unknown "nazwa międzynarodowa" / "international name": |c| c.product.as_medicine().is_some_and(|p| p.international_name.is_some());
    "DC-F20" "PF art. 4ac(3)-(4)" "UBZZ art. 29a(2d)-(2e)" "/product/form" Required Required Required Required "postać" / "form": |c| c.product.form().is_some();
    "DC-F21" "PF art. 4ac(3)-(4)" "–" "/product/strength" Required Required Unknown Unknown "moc lub dawka" / "strength or dose": |c| c.product.as_medicine().is_some_and(|p| p.strength.is_some());
    "DC-F22" "PF art. 4ac(3)-(4)" "–" "/product/marketingAuthorisationHolder" Required Required Unknown Unknown "podmiot odpowiedzialny" / "marketing authorisation holder": |c| c.product.as_medicine().is_some_and(|p| p.marketing_authorisation_holder.is_some());
    "DC-F28" "–" "UBZZ art. 29a(2d)-(2e)" "/product/name" Unknown Unknown Required Required "nazwa" / "name": |c| c.product.as_food().is_some_and(|p| p.name.is_some());
    "DC-F29" "–" "design (UBZZ art. 29a(1))" "/product/group" Unknown Unknown Required Required "grupa żywności (poza listą ustawową)" / "group of food (outside the statutory list)": |c| c.product.as_food().is_some_and(|p| p.group.is_some());
    "DC-F30" "–" "UBZZ art. 29a(2d)-(2e)" "/product/composition" Unknown Unknown Required Required "skład" / "composition": |c| c.product.as_food().is_some_and(|p| p.composition.is_some());
    "DC-F31" "–" "UBZZ art. 29a(2d)-(2e)" "/product/producer" Unknown Unknown Required Required "nazwa producenta" / "name of the producer": |c| c.product.as_food().is_some_and(|p| p.producer.is_some());
    "DC-F23" "PF art. 4ac(3)-(4)" "UBZZ art. 29a(2d)-(2e)" "/quantity" Required Required Required Required "ilość i jednostka" / "quantity and unit": |c| c.quantity.is_some();
    "DC-F24" "PF art. 4ac(3)-(4)" "UBZZ art. 29a(2d)-(2e)" "/treatmentDays" IfApplicable Required IfApplicable Required "czas trwania kuracji w dniach" / "treatment time in days": |c| c.treatment_days.is_some();
    "DC-F25" "PF art. 4ac(3)-(4)" "UBZZ art. 29a(2d)-(2e)" "/diagnosis" Required Required Required Required "rozpoznanie, ICD-10" / "diagnosis, ICD-10": |c| c.diagnosis.is_some();
    "DC-F26" "PF art. 4ac(3)-(4)" "UBZZ art. 29a(2d)-(2e)" "/justification" Required Required Required Required "uzasadnienie" / "justification": |c| c.justification.is_some();
    "DC-F27" "design (PF art. 4(1))" "design (UBZZ art. 29a(1))" "/extras/sourceCountry" Required Required Required Required "kraj sprowadzenia (poza listą ustawową)" / "source country (outside the statutory list)": |c| c.extras.source_country.is_some();
};

impl Field {
    /// What the column of this kind and use says.
    pub fn requirement(&self, kind: DemandKind, use_: Use) -> Requirement {
        let [medicine, food] = match use_ {
            Use::InFacility => self.in_facility,
            Use::OutsideFacility => self.outside,
        };
        match kind {
            DemandKind::Medicine => medicine,
            DemandKind::Food => food,
        }
    }

    /// Whether a demand of this kind can hold the member at all.
    pub fn concerns(&self, kind: DemandKind) -> bool {
        self.requirement(kind, Use::InFacility) != Requirement::Unknown
    }

    pub fn legal(&self, kind: DemandKind) -> &'static str {
        match kind {
            DemandKind::Medicine => self.legal_of_medicine,
            DemandKind::Food => self.legal_of_food,
        }
    }

    /// A part is asked for only where the whole is there: a missing representative is one fault, not five.
    fn whole_is_missing(&self, content: &Content) -> bool {
        let prefix = |pointer: &str| self.pointer.starts_with(pointer) && self.pointer.len() > pointer.len();
        (prefix("/representative") && content.representative.is_none())
            || (prefix("/patients") && patient(content).is_none())
    }

    pub(super) fn check(&self, content: &Content) -> Option<Violation> {
        let present = (self.present)(content);
        match self.requirement(content.kind(), content.use_) {
            Requirement::Required if !present && !self.whole_is_missing(content) => {
                Some(Violation::new(FIELD_REQUIRED, self.pointer))
            }
            Requirement::Forbidden if present && !self.is_part_of_representative() => {
                Some(Violation::new(FIELD_FORBIDDEN, self.pointer))
            }
            Requirement::Required
            | Requirement::IfApplicable
            | Requirement::Forbidden
            | Requirement::Unknown => None,
        }
    }

    /// What this row can be refused for, as the rule book prints it.
    fn codes(&self, kind: DemandKind) -> &'static str {
        let says = |asked| {
            [Use::InFacility, Use::OutsideFacility].iter().any(|use_| self.requirement(kind, *use_) == asked)
        };
        match (says(Requirement::Required), says(Requirement::Forbidden) && !self.is_part_of_representative())
        {
            (true, true) => "demand.field_required, demand.field_forbidden",
            (true, false) => "demand.field_required",
            (false, true) => "demand.field_forbidden",
            (false, false) => "–",
        }
    }

    /// The row as the rule book prints it.
    pub fn entry(&self, kind: DemandKind) -> RuleEntry {
        RuleEntry {
            operation: "submission",
            number: self.number,
            legal: self.legal(kind),
            says: self.label,
            code: self.codes(kind),
        }
    }

    /// Where the representative is out of place, the whole is the fault and not its parts.
    fn is_part_of_representative(&self) -> bool {
        self.pointer.starts_with("/representative/")
    }
}
