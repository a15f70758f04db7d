//! Filling the directory from a file: all of it in one transaction, or every fault at once.

use crate::App;
use crate::caller::{IdSystem, OrganisationKind, Role};
use chrono::NaiveDate;
use domain::demand::model::ConsultantKind;
use domain::device_group::Profession;
use domain::ids::{OrganisationId, PersonId, SpaceId};
use domain::problem::ProblemType;
use domain::values::{
    BranchCode, FieldOfMedicine, LicenceNumber, Nip, Npwz, PersonName, Pesel, RpwdlNumber, Text,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use store::directory::{
    self, AssistanceEntry, ConsultantEntry, Entries, OrganisationEntry, PersonEntry, PersonRoleEntry,
};

impl App {
    /// Fills the directory in one transaction: all of the file or nothing.
    pub async fn import_directory(
        &self,
        space: SpaceId,
        file: DirectoryFile,
    ) -> Result<Imported, ImportFault> {
        let entries = file.read(|pesel| self.inner.ring.blind_index("person", pesel.reveal()))?;
        let counts = Imported {
            organisations: entries.organisations.len(),
            people: entries.people.len(),
            consultants: entries.consultants.len(),
        };
        self.inner
            .store
            .transaction(move |tx| directory::put(tx, &space, &entries))
            .await
            .map_err(ImportFault::of)?;
        Ok(counts)
    }
}

/// How much an import put into the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    pub organisations: usize,
    pub people: usize,
    pub consultants: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum ImportFault {
    /// Every place that cannot be read, by pointer and code.
    #[error("the file has faults: {}", .0.join("; "))]
    Faults(Vec<String>),
    #[error(transparent)]
    Store(store::StoreError),
}

impl ImportFault {
    fn of(fault: store::StoreError) -> Self {
        if fault.is_unique_violation_of(directory::ONE_PESEL) {
            let twice = "/people: a PESEL is on record already, for a person who is not in the file";
            return Self::Faults(vec![twice.to_owned()]);
        }
        Self::Store(fault)
    }
}

/// The file that `soid import directory` reads.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DirectoryFile {
    #[serde(default)]
    pub organisations: Vec<OrganisationLine>,
    #[serde(default)]
    pub people: Vec<PersonLine>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrganisationLine {
    pub id: OrganisationId,
    pub kind: OrganisationKind,
    pub name: String,
    pub nip: Option<String>,
    pub rpwdl_number: Option<String>,
    pub parent: Option<OrganisationId>,
    pub email: Option<String>,
    #[serde(default = "yes")]
    pub active: bool,
    /// An entity for people deprived of liberty, which may always issue on paper (PF art. 4ad(8)).
    #[serde(default)]
    pub is_prison: bool,
    /// Of a branch of the payer, its code (`01` to `16`).
    pub branch: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonLine {
    pub id: PersonId,
    pub given_names: String,
    pub family_name: String,
    /// Kept as a blind index only.
    pub pesel: Option<String>,
    #[serde(default)]
    pub ids: Vec<PersonIdLine>,
    #[serde(default)]
    pub roles: Vec<RoleLine>,
    #[serde(default)]
    pub consults: Vec<ConsultantLine>,
    /// What somebody is who orders devices; left out of a physician with a licence number.
    pub profession: Option<Profession>,
    /// Every specialty that counts where somebody orders devices, of a physician in training also that of the training; left
    /// out where it is not known, which is not none.
    pub specialties: Option<Vec<String>>,
    /// The prescribers by whom a medical assistant is authorised.
    #[serde(default)]
    pub assists: Vec<AssistanceLine>,
    #[serde(default = "yes")]
    pub active: bool,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonIdLine {
    pub system: IdSystem,
    pub id: String,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoleLine {
    pub role: Role,
    pub organisation: OrganisationId,
    pub position: String,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssistanceLine {
    pub prescriber: PersonId,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConsultantLine {
    pub field: String,
    pub kind: ConsultantKind,
    pub npwz: String,
    pub qualifications: String,
    #[serde(default = "yes")]
    pub active: bool,
}

fn yes() -> bool {
    true
}

impl DirectoryFile {
    fn read(self, index: impl Fn(&Pesel) -> store::sealing::BlindIndex) -> Result<Entries, ImportFault> {
        let mut faults = Vec::new();
        let mut entries = Entries::default();
        let mut named = BTreeMap::new();
        for (place, line) in self.organisations.into_iter().enumerate() {
            line.check(&format!("/organisations/{place}"), &mut faults);
            entries.organisations.push(line.into_entry());
        }
        for (place, line) in self.people.into_iter().enumerate() {
            line.check(&format!("/people/{place}"), &mut faults);
            // Two officers who are one person would pass for four eyes.
            let earlier = line.pesel.as_ref().and_then(|pesel| named.insert(pesel.clone(), place));
            if let Some(earlier) = earlier {
                faults.push(format!("/people/{place}/pesel: is that of /people/{earlier} too"));
            }
            let pesel_index =
                line.pesel.as_deref().and_then(|pesel| Pesel::parse(pesel).ok()).map(|p| index(&p));
            entries.consultants.extend(line.consults.iter().map(|held| held.entry(line.id)));
            entries.people.push(line.into_entry(pesel_index));
        }
        if faults.is_empty() { Ok(entries) } else { Err(ImportFault::Faults(faults)) }
    }
}

fn note<T>(faults: &mut Vec<String>, pointer: &str, parsed: &Result<T, &'static ProblemType>) {
    if let Err(problem) = parsed {
        faults.push(format!("{pointer}: {}", problem.code));
    }
}

impl OrganisationLine {
    fn check(&self, at: &str, faults: &mut Vec<String>) {
        note(faults, &format!("{at}/name"), &Text::<300>::parse(&self.name));
        if let Some(nip) = &self.nip {
            note(faults, &format!("{at}/nip"), &Nip::parse(nip));
        }
        if let Some(number) = &self.rpwdl_number {
            note(faults, &format!("{at}/rpwdlNumber"), &RpwdlNumber::parse(number));
        }
        if let Some(branch) = &self.branch {
            note(faults, &format!("{at}/branch"), &BranchCode::parse(branch));
        }
    }

    fn into_entry(self) -> OrganisationEntry {
        OrganisationEntry {
            id: self.id,
            kind: self.kind.name().to_owned(),
            name: self.name,
            nip: self.nip,
            rpwdl_number: self.rpwdl_number,
            parent: self.parent,
            email: self.email,
            active: self.active,
            is_prison: self.is_prison,
            payer_branch: self.branch,
        }
    }
}

impl PersonLine {
    fn check(&self, at: &str, faults: &mut Vec<String>) {
        note(faults, &format!("{at}/givenNames"), &PersonName::parse(&self.given_names));
        note(faults, &format!("{at}/familyName"), &PersonName::parse(&self.family_name));
        if let Some(pesel) = &self.pesel {
            note(faults, &format!("{at}/pesel"), &Pesel::parse(pesel));
        }
        for (place, known) in self.ids.iter().enumerate() {
            let pointer = format!("{at}/ids/{place}/id");
            match known.system {
                IdSystem::Npwz => note(faults, &pointer, &Npwz::parse(&known.id)),
                IdSystem::Licence => note(faults, &pointer, &LicenceNumber::parse(&known.id)),
                IdSystem::Staff | IdSystem::Person => {}
            }
        }
        for (place, specialty) in self.specialties.iter().flatten().enumerate() {
            note(faults, &format!("{at}/specialties/{place}"), &Text::<120>::parse(specialty));
        }
        for (place, given) in self.assists.iter().enumerate() {
            if given.last_day < given.first_day {
                faults.push(format!("{at}/assists/{place}/lastDay: is before the first"));
            }
        }
        for (place, held) in self.consults.iter().enumerate() {
            note(faults, &format!("{at}/consults/{place}/field"), &FieldOfMedicine::parse(&held.field));
            note(faults, &format!("{at}/consults/{place}/npwz"), &Npwz::parse(&held.npwz));
            note(
                faults,
                &format!("{at}/consults/{place}/qualifications"),
                &Text::<300>::parse(&held.qualifications),
            );
        }
    }

    fn into_entry(self, pesel_index: Option<store::sealing::BlindIndex>) -> PersonEntry {
        let own = (IdSystem::Person.name().to_owned(), self.id.to_string());
        let ids = self.ids.into_iter().map(|known| (known.system.name().to_owned(), known.id));
        PersonEntry {
            id: self.id,
            given_names: self.given_names,
            family_name: self.family_name,
            pesel_index,
            ids: ids.chain([own]).collect(),
            roles: self
                .roles
                .into_iter()
                .map(|held| PersonRoleEntry {
                    role: held.role.name().to_owned(),
                    organisation: held.organisation,
                    position: held.position,
                })
                .collect(),
            profession: self.profession.map(|profession| profession.name().to_owned()),
            specialties: self.specialties,
            assists: self
                .assists
                .into_iter()
                .map(|given| AssistanceEntry {
                    prescriber: given.prescriber,
                    first_day: given.first_day,
                    last_day: given.last_day,
                })
                .collect(),
            active: self.active,
        }
    }
}

impl ConsultantLine {
    fn entry(&self, person: PersonId) -> ConsultantEntry {
        ConsultantEntry {
            person,
            field: self.field.clone(),
            kind: self.kind.name().to_owned(),
            npwz: self.npwz.clone(),
            qualifications: self.qualifications.clone(),
            active: self.active,
        }
    }
}
