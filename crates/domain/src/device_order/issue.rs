//! Drafting, issuing and correcting an order: the prescriber's part (DO-5 to DO-7, DO-22 to DO-26).

use super::content::{Content, OrderedSupply, Prescriber};
use super::events::DeviceOrderEvent;
use super::form::{self, Circumstances};
use super::lifecycle::{Command, Registered, State, Verifying};
use super::model::{ByLicence, DeviceOrder, Issue, Months, OnPaper, Signatory};
use super::paper::refusals::ON_PAPER;
use super::refusals::{
    BRANCH, PRESCRIBER_DIFFERS, PRESCRIBER_NAME, SIGNATURE_KIND, SPECIALTY_DIFFERS, admit_state, wrong_state,
};
use super::verification::figures_known_on as figures_known;
use super::{Check, DeviceOrderDecision};
use crate::calendar::warsaw_date;
use crate::decision::{Decided, admit};
use crate::demand::model::{Attested, Named, SignatureKind};
use crate::device_group::{DeviceGroup, specialty};
use crate::ids::{DeviceOrderId, OrganisationId, SpaceId};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, at, whole};
use crate::values::{ClientReference, DeviceOrderNumber, Text};
use chrono::{DateTime, NaiveDate, Utc};

/// What a new draft starts from.
#[derive(Clone, Debug)]
pub struct NewOrder {
    pub id: DeviceOrderId,
    pub space: SpaceId,
    pub entity: OrganisationId,
    pub prescriber: ByLicence,
    pub client_id: String,
    pub client_reference: Option<ClientReference>,
    pub content: Content,
}

/// Opens a draft; it may be incomplete, the form is judged at submission.
pub fn draft(new: NewOrder, now: DateTime<Utc>) -> DeviceOrder {
    DeviceOrder {
        id: new.id,
        number: None,
        space: new.space,
        entity: new.entity,
        prescriber: new.prescriber,
        client_id: new.client_id,
        client_reference: new.client_reference,
        revision: 1,
        content_version: 1,
        content: new.content,
        created_at: now,
        changed_at: now,
        state: State::Draft,
        pending: None,
        refused_steps: Vec::new(),
    }
}

/// Replaces the content of a draft.
pub fn edit(order: DeviceOrder, content: Content, now: DateTime<Utc>) -> DeviceOrderDecision {
    admit_state(&order.state, Command::Edit)?;
    let document = DeviceOrder { content, changed_at: now, ..order };
    Ok(Decided { document, events: Vec::new() })
}

/// Who orders, as the directory has them under their profession and licence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrescriberOnRecord {
    pub name: Named,
    /// Every one that counts for orders, of a physician in training also that of the training (DO-2); `None` where the
    /// directory does not know them.
    pub specialties: Option<Vec<Text<120>>>,
}

/// What a submission or a correction brings.
#[derive(Clone, Debug)]
pub struct Submission {
    /// Of the first submission; a correction keeps the number that there is.
    pub number: DeviceOrderNumber,
    /// `None` where the directory does not know the prescriber, as of an order on paper.
    pub prescriber: Option<PrescriberOnRecord>,
    pub signed: Attested,
    pub signed_by: Signatory,
    /// Set where an officer enters an order from paper: its date of issue.
    pub paper: Option<(OnPaper, NaiveDate)>,
}

impl Submission {
    fn issued_on(&self) -> NaiveDate {
        self.paper.as_ref().map_or_else(|| warsaw_date(self.signed.at()), |(_, issued_on)| *issued_on)
    }
}

/// Rules of submission that look beyond the form.
pub const RULES: &[Rule<Check<Submission>>] = &[
    Rule {
        number: "DO-1b",
        legal: "eZWM v2.1.6 p. 69",
        says: Sentence {
            pl: "Zlecenie wystawia osoba wskazana w treści zawodem i numerem prawa wykonywania zawodu.",
            en: "The order is issued by the one whom the content names by profession and licence number.",
        },
        problem: PRESCRIBER_DIFFERS,
        broken_at: |order, _| prescriber_differs(&order.content.prescriber, &order.prescriber),
    },
    Rule {
        number: "DO-86",
        legal: "eZWM v2.1.6 p. 69; design",
        says: Sentence {
            pl: "Imię i nazwisko osoby wystawiającej są takie, jakie katalog osób ma przy jej zawodzie i numerze; wielkość liter nie ma znaczenia.",
            en: "The prescriber's names are those that the directory has under their profession and number; capitals do not matter.",
        },
        problem: PRESCRIBER_NAME,
        broken_at: |order, submission| {
            name_differs(&order.content.prescriber, submission.prescriber.as_ref())
        },
    },
    Rule {
        number: "DO-87",
        legal: "list of devices §1; design",
        says: Sentence {
            pl: "Podane specjalizacje są wśród tych, które zna katalog osób; gdy katalog ich nie zna, liczą się podane, a wynik weryfikacji mówi o tym.",
            en: "The stated specialties are among those that the directory knows; where it knows none, the stated ones count, and the result of the look says so.",
        },
        problem: SPECIALTY_DIFFERS,
        broken_at: |order, submission| {
            specialty_differs(&order.content.prescriber, submission.prescriber.as_ref())
        },
    },
    Rule {
        number: "DO-6",
        legal: "refund act art. 38(4d)",
        says: Sentence {
            pl: "Zlecenie podpisuje się podpisem kwalifikowanym, zaufanym albo certyfikatem ZUS.",
            en: "An order is signed with a qualified or trusted signature, or with the ZUS certificate.",
        },
        problem: SIGNATURE_KIND,
        broken_at: |_, submission| at("/signature/kind", is_personal(&submission.signed)),
    },
    Rule {
        number: "DO-8",
        legal: "eZWM v2.1.6 pp. 59–69",
        says: Sentence {
            pl: "Zlecenie papierowe potwierdza oddział NFZ o numerze od 1 do 17.",
            en: "A paper order is confirmed by a branch of the payer, numbered 1 to 17.",
        },
        problem: BRANCH,
        broken_at: |_, submission| {
            let branch = submission.paper.as_ref().map(|(paper, _)| paper.branch);
            at("/branch", branch.is_some_and(|branch| !form::is_branch(branch)))
        },
    },
    Rule {
        number: "DO-99",
        legal: "refund act art. 38(4c); design",
        says: Sentence {
            pl: "Zlecenia papierowego nie poprawia się elektronicznie; oddział anuluje błędny wpis i wpisuje papier ponownie.",
            en: "A paper order is not corrected electronically; the branch cancels a wrong entry and enters the paper anew.",
        },
        problem: ON_PAPER,
        broken_at: |order, _| whole(is_on_paper(order)),
    },
];

/// The officer's branch has the paper; whoever signs electronically would sign another order (DO-26).
fn is_on_paper(order: &DeviceOrder) -> bool {
    order.state.issue().is_some_and(|issue| issue.paper.is_some())
}

/// Whether a personal signature stands under it, which no order admits (DO-6).
pub(crate) fn is_personal(signed: &Attested) -> bool {
    matches!(signed, Attested::Electronic(signed) if signed.kind == SignatureKind::Personal)
}

/// Where the content names another one than who issues it.
pub(crate) fn prescriber_differs(stated: &Prescriber, by: &ByLicence) -> Vec<String> {
    let differs = |is_same: bool, pointer: &str| at(pointer, !is_same);
    [
        differs(
            stated.profession.is_none_or(|stated| stated == by.profession),
            "/content/prescriber/profession",
        ),
        differs(
            stated.licence_number.as_ref().is_none_or(|it| *it == by.licence_number),
            "/content/prescriber/licenceNumber",
        ),
    ]
    .concat()
}

/// Where the names differ from those of the directory.
pub(crate) fn name_differs(stated: &Prescriber, known: Option<&PrescriberOnRecord>) -> Vec<String> {
    let Some(known) = known else { return Vec::new() };
    let given = stated.given_names.as_ref().is_some_and(|name| !known.name.has_given_names(name));
    let family = stated.family_name.as_ref().is_some_and(|name| !known.name.has_family_name(name));
    [at("/content/prescriber/givenNames", given), at("/content/prescriber/familyName", family)].concat()
}

/// The specialties that the directory, where it knows any, does not have.
pub(crate) fn specialty_differs(stated: &Prescriber, known: Option<&PrescriberOnRecord>) -> Vec<String> {
    let Some(known) = known.and_then(|known| known.specialties.as_ref()) else { return Vec::new() };
    let is_known =
        |stated: &Text<120>| known.iter().any(|known| specialty::is_same(stated.as_str(), known.as_str()));
    let stated = stated.specialties.iter().enumerate();
    let differing = stated.filter(|(_, stated)| !is_known(stated));
    differing.map(|(place, _)| format!("/content/prescriber/specialties/{place}")).collect()
}

/// What a submission of the order would be refused for today, its signature aside.
pub fn dry_run_faults(
    order: &DeviceOrder,
    known: Option<&PrescriberOnRecord>,
    groups: &[DeviceGroup],
    today: NaiveDate,
) -> Vec<Violation> {
    let found = |places: Vec<String>, problem| {
        places.into_iter().map(move |pointer| Violation::new(problem, pointer)).collect::<Vec<_>>()
    };
    let stated = &order.content.prescriber;
    let differing = [
        found(prescriber_differs(stated, &order.prescriber), PRESCRIBER_DIFFERS),
        found(name_differs(stated, known), PRESCRIBER_NAME),
        found(specialty_differs(stated, known), SPECIALTY_DIFFERS),
    ];
    let circumstances = Circumstances { today, groups, is_paper: false };
    let form = form::check(&order.content, &circumstances);
    differing.into_iter().flatten().chain(form).collect()
}

/// What keeps whoever signs electronically from correcting the order, its content aside.
pub fn correction_faults(order: &DeviceOrder) -> Vec<Violation> {
    if is_on_paper(order) { vec![Violation::whole(ON_PAPER)] } else { Vec::new() }
}

/// Issues a draft: with it the order gets its number.
pub fn submit(
    order: DeviceOrder,
    submission: Submission,
    groups: &[DeviceGroup],
    now: DateTime<Utc>,
) -> DeviceOrderDecision {
    admit_state(&order.state, Command::Submission)?;
    let document = DeviceOrder { number: Some(submission.number.clone()), ..order };
    register(document, submission, groups, now)
}

/// Sends a negative order anew: the number is kept and the version grows (DO-26).
pub fn correct(
    order: DeviceOrder,
    content: Content,
    submission: Submission,
    groups: &[DeviceGroup],
    now: DateTime<Utc>,
) -> DeviceOrderDecision {
    admit_state(&order.state, Command::Correction)?;
    let content_version = order.content_version + 1;
    register(DeviceOrder { content_version, content, ..order }, submission, groups, now)
}

fn register(
    order: DeviceOrder,
    submission: Submission,
    groups: &[DeviceGroup],
    now: DateTime<Utc>,
) -> DeviceOrderDecision {
    let issued_on = submission.issued_on();
    let circumstances = Circumstances { today: issued_on, groups, is_paper: submission.paper.is_some() };
    let mut violations: Vec<Violation> = rule::broken(RULES, |check| check(&order, &submission));
    violations.extend(form::check(&order.content, &circumstances));
    violations.extend(figures_known(&order.content, groups, issued_on));
    admit(violations)?;
    let issue = Issue {
        signed: submission.signed,
        signed_by: submission.signed_by,
        content_version: order.content_version,
        issued_on,
        issued_at: now,
        paper: submission.paper.map(|(paper, _)| paper),
    };
    let state = State::Registered(Box::new(Registered { issue }));
    let document = DeviceOrder { state, changed_at: now, ..order };
    Ok(Decided { document, events: vec![DeviceOrderEvent::OrderRegistered {}] })
}

/// The payer begins to look at it, at once (DO-20).
pub fn begin_verification(order: DeviceOrder, now: DateTime<Utc>) -> DeviceOrderDecision {
    admit_state(&order.state, Command::Verification)?;
    let State::Registered(registered) = order.state else { return Err(wrong_state()) };
    let state = State::Verifying(Box::new(Verifying { issue: registered.issue, since: now }));
    let document = DeviceOrder { state, changed_at: now, ..order };
    Ok(Decided { document, events: Vec::new() })
}

/// The months that the content asks for, where it is monthly.
pub fn ordered_months(content: &Content) -> Option<Months> {
    match content.supply {
        Some(OrderedSupply::Monthly { from, months, .. }) => Some(Months { from, count: months }),
        Some(OrderedSupply::OneOff { .. }) | None => None,
    }
}
