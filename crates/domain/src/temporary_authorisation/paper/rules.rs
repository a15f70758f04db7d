//! The rules of an entry of paper. They look at the dates on the paper and never at the day of the entry, except that
//! nothing lies in the future.

use super::{Dates, entry};
use crate::calendar::warsaw_date;
use crate::correspondence::Attachment;
use crate::demand::model::Named;
use crate::ids::OrganisationId;
use crate::outage::Outage;
use crate::paper::formerly::Formerly;
use crate::paper::refusals::{
    CONSENT_NOT_IN_FORCE, CONSENT_UNKNOWN, DATES, DUPLICATE, FILE_MISSING, FORCE_MAJEURE_DIFFERS,
    OUTAGE_DIFFERS, SCAN_MISSING, WHOLESALER_UNKNOWN,
};
use crate::paper::{Hindrance, Scan, out_of_order, scan_faults};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, at, whole};
use crate::temporary_authorisation::content::{Batch, Content, SignsAs};
use crate::temporary_authorisation::lifecycle::{Consented, State};
use crate::temporary_authorisation::model::{Authorisation, Outcome};
use crate::temporary_authorisation::refusals::{
    ADDITION_DIFFERS, BATCH_EXPIRED, BATCH_REPEATED, RESPONSIBLE_PERSON_DIFFERS,
};
use crate::temporary_authorisation::{addition, attached, submission};
use crate::values::AuthorisationNumber;
use chrono::NaiveDate;

/// What the paper says beside the content.
#[derive(Clone, Debug)]
pub struct Asked {
    pub grounds: Hindrance,
    pub dates: Dates,
    pub scan: Scan,
    /// Of an addition: the number of the notification to whose consent it adds.
    pub adds_to: Option<AuthorisationNumber>,
}

/// What is on record.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The one active wholesaler with the NIP of the content.
    pub wholesaler: Option<OrganisationId>,
    /// Who may be its responsible person, or was; whoever has left since has signed what they signed.
    pub responsible_people: Vec<Named>,
    /// The outage that the grounds name.
    pub outage: Option<Outage>,
    /// The notification of that number, its period applied.
    pub base: Option<Box<Authorisation>>,
    /// The same scan, or the same paper by wholesaler, product, batches and date, was entered before.
    pub is_known: bool,
    /// The same scan was entered as a demand or an order.
    pub is_other_document: bool,
    /// What the same paper was entered as, and withdrawn; it warns (PE-40).
    pub formerly: Option<Formerly>,
    pub today: NaiveDate,
}

/// An entry before it is judged.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    pub content: &'a Content,
    pub asked: &'a Asked,
    pub facts: &'a Facts,
}

impl<'a> Judged<'a> {
    /// The consent to which it adds, with what that consents to; of another wholesaler it is none.
    fn base(&self) -> Option<(&'a Authorisation, &'a Consented)> {
        let is_its =
            |base: &&Authorisation| base.adds_to.is_none() && Some(base.wholesaler) == self.facts.wholesaler;
        let base = self.facts.base.as_deref().filter(is_its)?;
        Some((base, base.state.consented()?))
    }
}

pub type PaperCheck = fn(&Judged<'_>) -> Vec<String>;

pub const RULES: &[Rule<PaperCheck>] = &[
    Rule {
        number: "PE-20",
        legal: "PF art. 4ad(8)",
        says: Sentence {
            pl: "Na papierze zgłasza się w czasie zapisanej awarii systemu.",
            en: "A notification is issued on paper in a recorded outage of the system.",
        },
        problem: OUTAGE_DIFFERS,
        broken_at: outage_covers_the_issue,
    },
    Rule {
        number: "PE-21",
        legal: "PF art. 4ad(8)",
        says: Sentence {
            pl: "Na papierze zgłasza się w czasie działania siły wyższej.",
            en: "A notification is issued on paper in a period of force majeure.",
        },
        problem: FORCE_MAJEURE_DIFFERS,
        broken_at: force_majeure_covers_the_issue,
    },
    Rule {
        number: "PE-22",
        legal: "PF art. 4ac(1), 4ac(5), 4ad(8)",
        says: Sentence {
            pl: "Podpis osoby odpowiedzialnej, podpis reprezentanta, wysłanie i wpływ do ministra następują po sobie, najpóźniej dziś.",
            en: "The responsible person's signature, the representative's, sending and receipt by the minister follow each other, today at the latest.",
        },
        problem: DATES,
        broken_at: dates_follow_each_other,
    },
    Rule {
        number: "PE-23",
        legal: "PF art. 4(8a), art. 66",
        says: Sentence {
            pl: "W dniu wysłania do ministra termin ważności żadnej serii nie upłynął.",
            en: "No batch had expired when the notification was sent to the minister.",
        },
        problem: BATCH_EXPIRED,
        broken_at: no_batch_had_expired_when_sent,
    },
    Rule {
        number: "PE-24",
        legal: "PF art. 4(8), 4ac(5)",
        says: Sentence {
            pl: "Hurtownia wskazana w treści jest w systemie zapisana pod tym NIP i czynna.",
            en: "The wholesaler that the content names is on record under that NIP, and active.",
        },
        problem: WHOLESALER_UNKNOWN,
        broken_at: wholesaler_is_on_record,
    },
    Rule {
        number: "PE-25",
        legal: "PF art. 4ac(1), 4ac(5)",
        says: Sentence {
            pl: "Osoba odpowiedzialna wskazana w treści jest w systemie zapisana przy tej hurtowni; o osobie upoważnionej świadczy jej upoważnienie.",
            en: "The responsible person whom the content names is on record with that wholesaler; for an authorised person the authorisation speaks.",
        },
        problem: RESPONSIBLE_PERSON_DIFFERS,
        broken_at: responsible_person_is_on_record,
    },
    Rule {
        number: "PE-26",
        legal: "PF art. 4(8); design",
        says: Sentence {
            pl: "Nowe serie zgłasza się do zgody tej samej hurtowni, a nie do jej uzupełnienia.",
            en: "New batches are notified for a consent of the same wholesaler, not for an addition to one.",
        },
        problem: CONSENT_UNKNOWN,
        broken_at: base_is_a_consent_of_the_wholesaler,
    },
    Rule {
        number: "PE-27",
        legal: "PF art. 4(8), 4ad(8)",
        says: Sentence {
            pl: "Nowe serie zgłasza się do zgody, która obowiązywała w dniu wystawienia.",
            en: "New batches are notified for a consent that was in force on the day of issue.",
        },
        problem: CONSENT_NOT_IN_FORCE,
        broken_at: base_was_in_force,
    },
    Rule {
        number: "PE-28",
        legal: "PF art. 4(8)",
        says: Sentence {
            pl: "Nowe serie są seriami tego samego produktu, liczonymi w tej samej jednostce.",
            en: "New batches are of the same product and count in the same unit.",
        },
        problem: ADDITION_DIFFERS,
        broken_at: same_product,
    },
    Rule {
        number: "PE-29",
        legal: "design",
        says: Sentence {
            pl: "Seria, na którą w dniu wystawienia była już zgoda, nie jest nowa.",
            en: "A batch that was consented to on the day of issue is not new.",
        },
        problem: BATCH_REPEATED,
        broken_at: batches_were_new,
    },
    Rule {
        number: "PE-30",
        legal: "design",
        says: Sentence {
            pl: "Ten sam papier – ten sam skan albo ta sama hurtownia, produkt, serie i dzień – wpisuje się raz.",
            en: "The same paper – the same scan, or the same wholesaler, product, batches and day – is entered once.",
        },
        problem: DUPLICATE,
        broken_at: was_not_entered_before,
    },
    Rule {
        number: "PE-39",
        legal: "design",
        says: Sentence {
            pl: "Skanu, z którym wpisano zapotrzebowanie albo zlecenie na wyroby medyczne, nie wpisuje się jako zgłoszenia hurtowni.",
            en: "The scan with which a demand or an order for medical devices was entered is not entered as a wholesaler's notification.",
        },
        problem: DUPLICATE,
        broken_at: was_not_entered_as_another_document,
    },
];

fn outage_covers_the_issue(entry: &Judged<'_>) -> Vec<String> {
    let Asked { grounds, dates, .. } = entry.asked;
    at("/grounds/outageId", grounds.misses_outage(entry.facts.outage.as_ref(), dates.issued_on))
}

fn force_majeure_covers_the_issue(entry: &Judged<'_>) -> Vec<String> {
    let Asked { grounds, dates, .. } = entry.asked;
    at("/grounds/from", grounds.misses_force_majeure(dates.issued_on))
}

fn dates_follow_each_other(entry: &Judged<'_>) -> Vec<String> {
    let dates = &entry.asked.dates;
    let steps = [
        ("/issuedOn", dates.issued_on),
        ("/representativeSignedOn", dates.representative_signed_on),
        ("/sentOn", dates.sent_on),
        ("/receivedOn", dates.received_on),
    ];
    out_of_order(steps.map(|(pointer, date)| (pointer, Some(date))), entry.facts.today)
}

/// One that had expired on the day of issue is the content's fault (TA-02).
fn no_batch_had_expired_when_sent(entry: &Judged<'_>) -> Vec<String> {
    let Dates { issued_on, sent_on, .. } = entry.asked.dates;
    let batches = entry.content.batches.iter().enumerate();
    batches
        .filter(|(_, batch)| (issued_on..sent_on).contains(&batch.expires_on))
        .map(|(index, _)| format!("/content/batches/{index}/expiresOn"))
        .collect()
}

/// A NIP that is not stated is missing in the content already.
fn wholesaler_is_on_record(entry: &Judged<'_>) -> Vec<String> {
    let is_stated = entry.content.wholesaler.nip.is_some();
    at("/content/wholesaler/nip", is_stated && entry.facts.wholesaler.is_none())
}

/// Whom the responsible person authorised needs no account to sign on paper: the authorisation itself proves it (PE-32).
fn responsible_person_is_on_record(entry: &Judged<'_>) -> Vec<String> {
    if entry.content.signs_as() == SignsAs::AuthorisedPerson {
        return Vec::new();
    }
    let named = &entry.content.responsible_person;
    let stated = named.given_names.as_ref().zip(named.family_name.as_ref());
    let (Some((given, family)), Some(_)) = (stated, entry.facts.wholesaler) else { return Vec::new() };
    let is_known = |known: &Named| known.has_given_names(given) && known.has_family_name(family);
    at("/content/responsiblePerson/familyName", !entry.facts.responsible_people.iter().any(is_known))
}

fn base_is_a_consent_of_the_wholesaler(entry: &Judged<'_>) -> Vec<String> {
    at("/addsToNumber", entry.asked.adds_to.is_some() && entry.base().is_none())
}

fn base_was_in_force(entry: &Judged<'_>) -> Vec<String> {
    let issued_on = entry.asked.dates.issued_on;
    let was_not = |(base, consented): (&Authorisation, &Consented)| {
        let has_ended = match &base.state {
            State::Lapsed(_) => consented.terms.period.until < issued_on,
            State::Revoked(revoked) => warsaw_date(revoked.revocation.revoked_at) < issued_on,
            _ => false,
        };
        has_ended || issued_on < consented.resolution.resolved_on
    };
    at("/addsToNumber", entry.base().is_some_and(was_not))
}

fn same_product(entry: &Judged<'_>) -> Vec<String> {
    entry.base().map_or_else(Vec::new, |(base, _)| addition::other_product_at(entry.content, base))
}

/// What was consented to since is looked at when a resolution is prepared (TA-81).
fn batches_were_new(entry: &Judged<'_>) -> Vec<String> {
    let issued_on = entry.asked.dates.issued_on;
    let Some((base, consented)) = entry.base() else { return Vec::new() };
    let added = consented.added.iter().filter(|added| added.added_on <= issued_on);
    let known: Vec<&Batch> =
        base.content.batches.iter().chain(added.flat_map(|added| &added.batches)).collect();
    addition::known_batches_at(entry.content, known.into_iter())
}

fn was_not_entered_before(entry: &Judged<'_>) -> Vec<String> {
    whole(entry.facts.is_known)
}

fn was_not_entered_as_another_document(entry: &Judged<'_>) -> Vec<String> {
    at("/scan/sha256", entry.facts.is_other_document)
}

/// Everything that stands in the way of this entry; the content is judged as of the day of its issue.
pub fn faults(content: &Content, asked: &Asked, facts: &Facts) -> Vec<Violation> {
    let entry = Judged { content, asked, facts };
    let mut faults = submission::content_faults_on(content, asked.dates.issued_on);
    faults.extend(rule::broken(RULES, |check| check(&entry)));
    faults
}

/// Whether the scan of its paper is among these files of the case.
pub fn has_scan(authorisation: &Authorisation, files: &[Attachment]) -> bool {
    let named = authorisation.paper.as_ref().map(|paper| paper.scan.sha256.0.as_str());
    named.is_some_and(|named| files.iter().any(|file| attached::hexadecimal(&file.sha256) == named))
}

/// What a resolution on paper rests on: the scan (PE-31), and for a consent the file of every document that the content
/// names (PE-32). A refusal may be for the want of them.
pub fn evidence_faults(
    authorisation: &Authorisation,
    outcome: Outcome,
    files: &[Attachment],
) -> Vec<Violation> {
    let is_on_paper = authorisation.paper.is_some();
    let mut faults = scan_faults(is_on_paper, has_scan(authorisation, files));
    if is_on_paper && outcome == Outcome::Consented {
        let missing = attached::every_named_file_is_there(authorisation, files).into_iter();
        faults.extend(missing.map(|pointer| Violation::new(FILE_MISSING, pointer)));
    }
    faults
}

const EVIDENCE: [RuleEntry; 2] = [
    RuleEntry {
        operation: "resolution-draft",
        number: "PE-31",
        legal: "PF art. 4ad(8); design",
        says: Sentence {
            pl: "Rozstrzyga się dopiero, gdy do sprawy dołączono skan papieru o podanym skrócie.",
            en: "A resolution is prepared only once the scan of the paper, with the stated digest, is in the case.",
        },
        code: SCAN_MISSING.code,
    },
    RuleEntry {
        operation: "resolution-draft",
        number: "PE-32",
        legal: "PF art. 4(8), 4ac(6), 4ad(8)",
        says: Sentence {
            pl: "Zgodę przygotowuje się dopiero, gdy w sprawie jest plik każdego dokumentu wskazanego w treści, który mogą odczytać osoby podpisane pod zgłoszeniem.",
            en: "A consent is prepared only once the file of every document that the content names is in the case, where those who signed may read it.",
        },
        code: FILE_MISSING.code,
    },
];

/// What the judgement obeys; it refuses nothing.
const BY_ITS_DATES: RuleEntry = RuleEntry {
    operation: "paper-entries",
    number: "PE-37",
    legal: "PF art. 4ad(8)",
    says: Sentence {
        pl: "Treść ocenia się według dat na papierze; co zgłoszono w terminie ważności serii i zgody, nie traci go przez późniejszy wpis.",
        en: "The content is judged by the dates on the paper; what was notified before a batch expired or a consent ended is not late by being entered later.",
    },
    code: "–",
};

pub fn entries() -> Vec<RuleEntry> {
    let mut entries: Vec<RuleEntry> = RULES.iter().map(|rule| rule.entry("paper-entries")).collect();
    entries.extend(EVIDENCE);
    entries.extend(entry::CORRECTION_RULES.iter().map(|rule| rule.entry("paper-correction")));
    entries.push(BY_ITS_DATES);
    entries
}
