//! Notification, resolution and consent as a PDF, in the view of the caller.

use super::view::AuthorisationView;
use crate::App;
use crate::caller::Caller;
use crate::demand::print_demand::{
    address, electronic, full_name, quantity, revoked_ending, signature, signed_with, text, withdrawn_ending,
};
use crate::failure::Failure;
use crate::paper::{Said, hindrance_in_polish, printed};
use chrono::{DateTime, Utc};
use domain::calendar::warsaw_date;
use domain::demand::model::Officer;
use domain::ids::AuthorisationId;
use domain::temporary_authorisation::StateName;
use domain::temporary_authorisation::content::{AttachedDocument, Batch, Purpose, Signatory, SignsAs};
use domain::temporary_authorisation::model::Outcome;
use domain::temporary_authorisation::paper::Paper;
use print::EndingPrint;
use print::demand::{PaperPrint, ProductPrint, RepresentativePrint, SignaturePrint, StatementPrint};
use print::temporary_authorisation as paper;

impl App {
    /// PDF bytes.
    #[tracing::instrument(name = "print_authorisation", skip_all)]
    pub async fn print_authorisation(
        &self,
        caller: &Caller,
        id: AuthorisationId,
    ) -> Result<Vec<u8>, Failure> {
        let view = self.find_authorisation(caller, id).await?;
        let sheet = sheet(&view, self.inner.clock.now(&caller.space));
        tokio::task::spawn_blocking(move || paper::render(&sheet))
            .await
            .map_err(|error| Failure::Bug(error.into()))?
            .map_err(|error| Failure::Bug(error.into()))
    }
}

fn sheet(view: &AuthorisationView, now: DateTime<Utc>) -> paper::AuthorisationPrint {
    let content = &view.content;
    let resolution = view.ruling.as_ref().map(|ruling| &ruling.resolution);
    let submitted = view.examination.as_ref().and_then(|examination| examination.submission.as_ref());
    let threat = content.threat.as_ref();
    paper::AuthorisationPrint {
        number: view.number.as_str().to_owned(),
        is_addition: view.adds_to.is_some(),
        is_veterinary: content.purpose == Purpose::Veterinary,
        resolution_number: resolution.map(|it| it.draft.number.as_str().to_owned()),
        state: state_in_polish(view.state).to_owned(),
        ending: ending(view),
        submitted_on: submitted.map(|signed| warsaw_date(signed.at())),
        product: product(view),
        batches: batches(view),
        conditions_of_additions: conditions_of_additions(view),
        wholesaler: wholesaler(view),
        responsible_person: signatory(&content.responsible_person),
        is_signed_by_authorised: content.signs_as() == SignsAs::AuthorisedPerson,
        representative: signatory(&content.representative),
        threat: threat.map(|threat| threat.name.as_str().to_owned()),
        justification: content.justification.as_ref().map(|said| said.as_str().to_owned()),
        attachments: attachments(view),
        resolution: resolution.map(|it| paper::ConsentPrint {
            is_consent: it.draft.outcome == Outcome::Consented,
            resolved_on: it.resolved_on,
            period: it.draft.period.map(|period| (period.from, period.until)),
            conditions: it.draft.conditions.as_ref().map(|said| said.as_str().to_owned()),
            grounds: it.draft.grounds.as_ref().map(|said| said.as_str().to_owned()),
            decider: officer(&it.decided_by),
        }),
        paper: view.paper.as_ref().map(|it| on_paper(view, it)),
        signatures: signatures(view),
        decision_token: resolution.map(|it| it.decision_token.clone()),
        statement: resolution.map(|it| StatementPrint {
            signatory: officer(&it.decided_by).name,
            post: it.decided_by.function.as_str().to_owned(),
            signed_with: signed_with(&it.signed),
            document_id: view.id.to_string(),
        }),
        printed_at: now,
    }
}

fn state_in_polish(state: StateName) -> &'static str {
    match state {
        StateName::Draft => "Projekt",
        StateName::AwaitingRepresentative => "Oczekuje na podpis reprezentanta hurtowni",
        StateName::WithMinister | StateName::Clarification | StateName::ResolutionPrepared => {
            "Rozpatrywane przez ministra"
        }
        StateName::Consented => "Zgoda wydana",
        StateName::Refused => "Odmowa zgody",
        StateName::Lapsed => "Okres zgody upłynął",
        StateName::Revoked => "Zgoda cofnięta",
        StateName::Withdrawn => "Wycofane przez hurtownię",
    }
}

/// What has ended it; a day in Warsaw.
fn ending(view: &AuthorisationView) -> Option<EndingPrint> {
    if let Some(revoked) = &view.revocation {
        return Some(revoked_ending(revoked, "Zgodę cofnięto"));
    }
    if let Some(withdrawn) = &view.withdrawal {
        return Some(withdrawn_ending(withdrawn, "Zgłoszenie wycofała hurtownia"));
    }
    let period = view.ruling.as_ref().and_then(|ruling| ruling.resolution.draft.period);
    let on = period.map_or(warsaw_date(view.lapsed_at?), |period| period.until);
    Some(EndingPrint { what: "Okres zgody upłynął".to_owned(), on, legal_basis: None, grounds: None })
}

fn product(view: &AuthorisationView) -> ProductPrint {
    let product = &view.content.product;
    let ruling = view.ruling.as_ref();
    let approved = ruling.and_then(|ruling| ruling.resolution.draft.approved_quantity);
    let total = ruling.filter(|ruling| !ruling.added.is_empty()).and_then(|ruling| ruling.total_quantity);
    ProductPrint {
        name: text(product.trade_name.as_ref()),
        international_name: text(product.international_name.as_ref()),
        form: text(product.form.as_ref()),
        strength: text(product.strength.as_ref()),
        marketing_authorisation_holder: text(product.marketing_authorisation_holder.as_ref()),
        atc: product.atc.as_ref().map(|code| code.as_str().to_owned()),
        quantity: view.content.quantity.as_ref().map_or_else(String::new, quantity),
        approved_quantity: approved.as_ref().map(quantity),
        total_quantity: total.as_ref().map(quantity),
        ..ProductPrint::default()
    }
}

/// Those of the notification, then those that additions have added.
fn batches(view: &AuthorisationView) -> Vec<paper::BatchPrint> {
    let line = |batch: &Batch, added_by: Option<&str>| paper::BatchPrint {
        number: batch.number.as_str().to_owned(),
        expires_on: batch.expires_on,
        quantity: quantity(&batch.quantity),
        added_by: added_by.map(str::to_owned),
    };
    let mut lines: Vec<_> = view.content.batches.iter().map(|batch| line(batch, None)).collect();
    for added in view.ruling.iter().flat_map(|ruling| &ruling.added) {
        lines.extend(added.batches.iter().map(|batch| line(batch, Some(added.number.as_str()))));
    }
    lines
}

fn conditions_of_additions(view: &AuthorisationView) -> Vec<(String, String)> {
    let added = view.ruling.iter().flat_map(|ruling| &ruling.added);
    let said = added.filter_map(|it| Some((it.number.as_str(), it.conditions.as_ref()?.as_str())));
    said.map(|(number, conditions)| (number.to_owned(), conditions.to_owned())).collect()
}

fn wholesaler(view: &AuthorisationView) -> paper::WholesalerPrint {
    let wholesaler = &view.content.wholesaler;
    paper::WholesalerPrint {
        name: text(wholesaler.name.as_ref()),
        nip: wholesaler.nip.as_ref().map(|nip| nip.as_str().to_owned()),
        identifier: wholesaler.identifier.as_ref().map(|id| id.as_str().to_owned()),
        address: wholesaler.address.as_ref().map(address),
    }
}

fn signatory(person: &Signatory) -> Option<RepresentativePrint> {
    let name = full_name(person.given_names.as_ref(), person.family_name.as_ref());
    let post = text(person.position.as_ref());
    (!name.is_empty()).then_some(RepresentativePrint { name, post })
}

fn officer(officer: &Officer) -> RepresentativePrint {
    RepresentativePrint {
        name: full_name(Some(&officer.given_names), Some(&officer.family_name)),
        post: officer.function.as_str().to_owned(),
    }
}

fn attachments(view: &AuthorisationView) -> Vec<String> {
    let attached = &view.content.attachments;
    let line = |document: &AttachedDocument| format!("{} z dnia {}", document.title.as_str(), document.dated);
    let all = [
        &attached.power_of_representation,
        &attached.agriculture_minister_request,
        &attached.responsible_person_authorisation,
    ];
    all.into_iter().flatten().map(line).collect()
}

/// As what the notifier signed.
fn notifier(view: &AuthorisationView) -> &'static str {
    match view.content.signs_as() {
        SignsAs::ResponsiblePerson => "osoba odpowiedzialna",
        SignsAs::AuthorisedPerson => "osoba upoważniona przez osobę odpowiedzialną",
    }
}

const REPRESENTATIVE: &str = "reprezentant hurtowni";

/// How it came on paper.
fn on_paper(view: &AuthorisationView, it: &Paper) -> PaperPrint {
    let examination = view.examination.as_ref();
    let submission = examination.and_then(|it| it.submission.as_ref());
    let approval = examination.and_then(|it| it.representative_approval.as_ref());
    let signed = [(submission, notifier(view)), (approval, REPRESENTATIVE)];
    let said = Said {
        grounds: hindrance_in_polish(&it.grounds),
        consultant_received_on: None,
        sent_on: it.dates.sent_on,
        received_on: it.dates.received_on,
        signatures: signed.into_iter().filter_map(|(it, function)| Some((it?, function))).collect(),
    };
    printed(it, said)
}

fn signatures(view: &AuthorisationView) -> Vec<SignaturePrint> {
    let mut lines = Vec::new();
    if let Some(examination) = &view.examination {
        let submission = examination.submission.as_ref();
        lines.extend(submission.and_then(|attested| electronic(attested, notifier(view))));
        let approval = examination.representative_approval.as_ref();
        lines.extend(approval.and_then(|attested| electronic(attested, REPRESENTATIVE)));
    }
    lines.extend(view.ruling.as_ref().map(|ruling| signature(&ruling.resolution.signed, "rozstrzygający")));
    lines
}
