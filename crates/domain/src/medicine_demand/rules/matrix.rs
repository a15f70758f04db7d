//! The field matrix as data: one row a field, one column a use.

use super::super::model::{Content, Patient, Patients, Use};
use super::super::refusals::{FIELD_FORBIDDEN, FIELD_REQUIRED};
use crate::problem::{Sentence, Violation};
use crate::rule::RuleEntry;

/// What one column of the matrix says of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement {
    Required,
    IfApplicable,
    Forbidden,
}

/// One row of the field matrix.
pub struct Field {
    pub number: &'static str,
    pub legal: &'static str,
    pub pointer: &'static str,
    pub label: Sentence,
    pub in_facility: Requirement,
    pub outside: Requirement,
    pub present: fn(&Content) -> bool,
}

macro_rules! matrix {
    ($($number:literal $legal:literal $pointer:literal $in:ident $out:ident $pl:literal / $en:literal: $present:expr;)+) => {
        &[$(Field {
            number: $number, legal: $legal, pointer: $pointer,
            label: Sentence { pl: $pl, en: $en },
            in_facility: Requirement::$in, outside: Requirement::$out, present: $present,
        }),+]
    };
}

fn patient(content: &Content) -> Option<&Patient> {
    match &content.patients {
        Some(Patients::Named { patient }) => Some(patient),
        Some(Patients::List { .. } | Patients::AdHoc { .. }) | None => None,
    }
}

/// The field matrix of a medicine demand; number, legal unit, member, in facility, outside.
pub const MATRIX: &[Field] = matrix! {
    "MD-F01" "PF art. 4ac(3)-(4)" "/entity/name" Required Required "nazwa podmiotu" / "name of the entity": |c| c.entity.name.is_some();
    "MD-F02" "PF art. 4ac(3)-(4)" "/entity/unitName" IfApplicable IfApplicable "nazwa jednostki lub komórki" / "name of unit or cell": |c| c.entity.unit_name.is_some();
    "MD-F03" "PF art. 4ac(3)-(4)" "/entity/nip" Required Required "NIP podmiotu" / "NIP of the entity": |c| c.entity.nip.is_some();
    "MD-F04" "PF art. 4ac(3)-(4)" "/entity/rpwdlNumber" Required Required "numer wpisu w RPWDL" / "RPWDL entry number": |c| c.entity.rpwdl_number.is_some();
    "MD-F05" "PF art. 4ac(3)-(4)" "/entity/unitCode" IfApplicable IfApplicable "kod jednostki lub komórki" / "code of unit or cell": |c| c.entity.unit_code.is_some();
    "MD-F06" "PF art. 4ac(3)-(4)" "/entity/address" Required Required "adres podmiotu" / "address of the entity": |c| c.entity.address.is_some();
    "MD-F07" "PF art. 4ac(3)-(4)" "/outcomeEmail" Required Required "adres e-mail do powiadomienia o rozstrzygnięciu" / "e-mail for the outcome": |c| c.outcome_email.is_some();
    "MD-F08" "PF art. 4ac(3)-(4)" "/physician/givenNames" Required Required "imię lekarza" / "physician's given names": |c| c.physician.given_names.is_some();
    "MD-F09" "PF art. 4ac(3)-(4)" "/physician/familyName" Required Required "nazwisko lekarza" / "physician's family name": |c| c.physician.family_name.is_some();
    "MD-F10" "PF art. 4ac(3)-(4)" "/physician/npwz" Required Required "numer prawa wykonywania zawodu" / "physician's licence number": |c| c.physician.npwz.is_some();
    "MD-F11" "PF art. 4ac(3)" "/representative" Required Forbidden "osoba uprawniona do reprezentacji" / "person entitled to represent the entity": |c| c.representative.is_some();
    "MD-F12" "PF art. 4ac(3)" "/representative/givenNames" Required Forbidden "imię reprezentanta" / "representative's given names": |c| c.representative.as_ref().is_some_and(|r| r.given_names.is_some());
    "MD-F13" "PF art. 4ac(3)" "/representative/familyName" Required Forbidden "nazwisko reprezentanta" / "representative's family name": |c| c.representative.as_ref().is_some_and(|r| r.family_name.is_some());
    "MD-F14" "PF art. 4ac(3)" "/representative/position" Required Forbidden "stanowisko reprezentanta" / "representative's position": |c| c.representative.as_ref().is_some_and(|r| r.position.is_some());
    "MD-F15" "PF art. 4ac(3)" "/representative/email" Required Forbidden "adres e-mail reprezentanta" / "representative's e-mail": |c| c.representative.as_ref().is_some_and(|r| r.email.is_some());
    "MD-F16" "PF art. 4ac(3)-(4)" "/patients" Required Required "dla kogo: pacjent, w podmiocie także lista lub potrzeba doraźna" / "for whom: a patient, in a facility also a list or an ad-hoc need": |c| c.patients.is_some();
    "MD-F17" "PF art. 4ac(4)" "/patients/patient/address" Forbidden Required "adres pacjenta" / "patient's address": |c| patient(c).is_some_and(|p| p.address.is_some());
    "MD-F18" "PF art. 4ac(3)-(4)" "/product/tradeName" Required Required "nazwa handlowa" / "trade name": |c| c.product.trade_name.is_some();
    "MD-F19" "PF art. 4ac(3)-(4)" "/product/internationalName" Required Required "nazwa międzynarodowa" / "international name": |c| c.product.international_name.is_some();
    "MD-F20" "PF art. 4ac(3)-(4)" "/product/form" Required Required "postać" / "form": |c| c.product.form.is_some();
    "MD-F21" "PF art. 4ac(3)-(4)" "/product/strength" Required Required "moc lub dawka" / "strength or dose": |c| c.product.strength.is_some();
    "MD-F22" "PF art. 4ac(3)-(4)" "/product/marketingAuthorisationHolder" Required Required "podmiot odpowiedzialny" / "marketing authorisation holder": |c| c.product.marketing_authorisation_holder.is_some();
    "MD-F23" "PF art. 4ac(3)-(4)" "/quantity" Required Required "ilość i jednostka" / "quantity and unit": |c| c.quantity.is_some();
    "MD-F24" "PF art. 4ac(3)-(4)" "/treatmentDays" IfApplicable Required "czas trwania kuracji w dniach" / "treatment time in days": |c| c.treatment_days.is_some();
    "MD-F25" "PF art. 4ac(3)-(4)" "/diagnosis" Required Required "rozpoznanie, ICD-10" / "diagnosis, ICD-10": |c| c.diagnosis.is_some();
    "MD-F26" "PF art. 4ac(3)-(4)" "/justification" Required Required "uzasadnienie" / "justification": |c| c.justification.is_some();
    "MD-F27" "design (PF art. 4(1))" "/extras/sourceCountry" Required Required "kraj sprowadzenia (poza listą ustawową)" / "source country (outside the statutory list)": |c| c.extras.source_country.is_some();
};

impl Field {
    /// What the column of this use says.
    pub fn requirement(&self, use_: Use) -> Requirement {
        match use_ {
            Use::InFacility => self.in_facility,
            Use::OutsideFacility => self.outside,
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
        match self.requirement(content.use_) {
            Requirement::Required if !present && !self.whole_is_missing(content) => {
                Some(Violation::new(FIELD_REQUIRED, self.pointer))
            }
            Requirement::Forbidden if present && !self.is_part_of_representative() => {
                Some(Violation::new(FIELD_FORBIDDEN, self.pointer))
            }
            Requirement::Required | Requirement::IfApplicable | Requirement::Forbidden => None,
        }
    }

    /// What this row can be refused for, as the rule book prints it.
    fn codes(&self) -> &'static str {
        let says = |requirement| self.in_facility == requirement || self.outside == requirement;
        match (says(Requirement::Required), says(Requirement::Forbidden) && !self.is_part_of_representative())
        {
            (true, true) => "demand.field_required, demand.field_forbidden",
            (true, false) => "demand.field_required",
            (false, true) => "demand.field_forbidden",
            (false, false) => "–",
        }
    }

    /// The row as the rule book prints it.
    pub fn entry(&self) -> RuleEntry {
        RuleEntry {
            operation: "submission",
            number: self.number,
            legal: self.legal,
            says: self.label,
            code: self.codes(),
        }
    }

    /// Where the representative is out of place, the whole is the fault and not its parts.
    fn is_part_of_representative(&self) -> bool {
        self.pointer.starts_with("/representative/")
    }
}
