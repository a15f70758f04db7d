//! Who may write to whom at which stage, what a message may enclose, and what a file is.

use super::*;
use crate::correspondence::attachment::{LARGEST, admit_file};
use crate::correspondence::party::table;
use crate::correspondence::refusals;
use crate::correspondence::{Attachment, MediaType, Message, NewMessage, message};
use crate::ids::{AttachmentId, MessageId};
use crate::problem::Violation;
use crate::support::stages::Stage;
use crate::support::{codes, day, of_food, organisation, text};
use uuid::Uuid;

use CaseParty::{
    AgricultureMinistry, AssessmentAgency, Consultant, Ministry, Patient, Pharmacy, Physician, ProductOffice,
    Representative, SanitaryInspectorate, Wholesaler,
};

const OFFICES: [CaseParty; 4] = [SanitaryInspectorate, ProductOffice, AssessmentAgency, AgricultureMinistry];

const PATIENT: Option<PatientId> = Some(PatientId(Uuid::from_u128(0x7000)));

fn present(demand: &Demand) -> Vec<CaseParty> {
    CaseParty::ALL.into_iter().filter(|party| taking_part(demand, PATIENT, *party).is_some()).collect()
}

fn whole(party: CaseParty) -> Reader {
    Reader { party, only: None }
}

fn new(sender: CaseParty, recipients: &[CaseParty], attachments: Vec<Option<Attachment>>) -> NewMessage {
    NewMessage {
        id: MessageId(Uuid::from_u128(0x7100)),
        sender: whole(sender),
        organisation: Some(organisation(1)),
        recipients: recipients.to_vec(),
        text: text("Proszę o uzupełnienie uzasadnienia."),
        attachments,
    }
}

fn send(stage: &Stage, sender: CaseParty, recipients: &[CaseParty]) -> Result<Message, Vec<Violation>> {
    message::send(&case(&stage.demand, PATIENT), new(sender, recipients, Vec::new()), day(1))
}

fn file(sender: Reader, recipients: &[Reader]) -> Attachment {
    Attachment {
        id: AttachmentId(Uuid::from_u128(0x7200)),
        case: CaseId::Demand(Stage::draft(true).demand.id),
        added_at: day(1),
        sender,
        organisation: None,
        recipients: recipients.to_vec(),
        title: text("Wypis"),
        media_type: MediaType::Pdf,
        size: 5,
        sha256: [0; 32],
    }
}

#[test]
fn parties_come_and_go_with_the_state() {
    assert_eq!(present(&Stage::draft(true).demand), [Physician]);
    let early = [Physician, Representative, Consultant, Patient];
    assert_eq!(present(&Stage::with_consultant(true).demand), early);
    assert_eq!(present(&Stage::with_minister(false).demand), [Physician, Patient, Ministry]);
    assert_eq!(present(&Stage::approved(false).demand), [Physician, Patient, Ministry, Pharmacy]);
    let late = [Physician, Patient, Ministry, Pharmacy, Wholesaler];
    assert_eq!(present(&Stage::with_wholesaler(false).demand), late);
}

#[test]
fn the_inspectorate_takes_part_in_a_food_that_was_consented_to() {
    let as_food = |stage: Stage| Demand { content: of_food(stage.demand.content.clone()), ..stage.demand };
    assert!(!present(&as_food(Stage::with_minister(false))).contains(&SanitaryInspectorate));
    assert!(present(&as_food(Stage::approved(false))).contains(&SanitaryInspectorate));
}

#[test]
fn supply_is_addressed_by_organisation_once_the_demand_was_passed_on() {
    let stage = Stage::approved(false);
    assert_eq!(taking_part(&stage.demand, None, Pharmacy), Some(whole(Pharmacy)));
    let stage = Stage::with_wholesaler(false);
    let of = |party, number| Some(Reader { party, only: Some(organisation(number).0) });
    assert_eq!(taking_part(&stage.demand, None, Pharmacy), of(Pharmacy, 20));
    assert_eq!(taking_part(&stage.demand, None, Wholesaler), of(Wholesaler, 10));
    let rival = Reader { party: Wholesaler, only: Some(organisation(11).0) };
    let sent = send(&stage, Ministry, &[Wholesaler]).unwrap_or_else(|found| panic!("{found:?}"));
    assert!(!sent.is_seen_by(rival), "wholesalers compete");
    assert!(sent.is_seen_by(Reader { party: Wholesaler, only: Some(organisation(10).0) }));
}

#[test]
fn a_patient_among_several_is_not_addressed() {
    let stage = Stage::with_minister(true);
    assert_eq!(taking_part(&stage.demand, None, Patient), None);
    assert_eq!(
        codes(message::send(&case(&stage.demand, None), new(Physician, &[Patient], vec![]), day(1))),
        ["message.recipient_absent"]
    );
}

#[test]
fn ma_01_recipients_are_others_and_named_once() {
    let stage = Stage::with_minister(true);
    assert_eq!(codes(send(&stage, Physician, &[])), ["message.recipients"]);
    assert_eq!(codes(send(&stage, Physician, &[Ministry, Physician])), ["message.recipients"]);
    let twice = send(&stage, Physician, &[Ministry, Patient, Ministry]).err().unwrap_or_default();
    let places: Vec<&str> = twice.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(places, ["/recipients/2"]);
    assert!(send(&stage, Physician, &[Ministry, Patient]).is_ok());
}

#[test]
fn ma_02_a_recipient_takes_part_now() {
    assert_eq!(codes(send(&Stage::draft(true), Physician, &[Ministry])), ["message.recipient_absent"]);
    let stage = Stage::with_minister(true);
    assert_eq!(codes(send(&stage, Ministry, &[Consultant])), ["message.recipient_absent"]);
    for office in OFFICES {
        assert_eq!(codes(send(&stage, Ministry, &[office])), ["message.recipient_absent"]);
    }
}

#[test]
fn ma_03_supply_never_reads_what_is_of_the_examination() {
    let stage = Stage::with_wholesaler(true);
    for examination in [Physician, Representative, Patient] {
        for supply in [Pharmacy, Wholesaler] {
            assert_eq!(codes(send(&stage, examination, &[supply])), ["message.recipients_apart"]);
            assert_eq!(codes(send(&stage, supply, &[examination])), ["message.recipients_apart"]);
            assert_eq!(codes(send(&stage, Ministry, &[examination, supply])), ["message.recipients_apart"]);
        }
    }
    assert!(send(&stage, Pharmacy, &[Ministry, Wholesaler]).is_ok());
    assert!(send(&stage, Patient, &[Ministry, Physician, Representative]).is_ok());
}

#[test]
fn offices_write_with_the_ministry_and_each_other_alone() {
    for office in OFFICES {
        let sharing = CaseParty::ALL.into_iter().filter(|party| office.may_share_with(*party));
        assert!(sharing.eq([Ministry].into_iter().chain(OFFICES)), "{office:?}");
    }
}

#[test]
fn who_may_share_a_message_is_the_same_from_both_ends() {
    for own in CaseParty::ALL {
        for other in CaseParty::ALL {
            assert_eq!(own.may_share_with(other), other.may_share_with(own), "{own:?} {other:?}");
        }
    }
    assert_eq!(table(&PARTIES).lines().count(), PARTIES.len() + 2);
}

#[test]
fn ma_04_and_ma_05_every_recipient_can_read_what_is_enclosed() {
    let stage = Stage::with_minister(true);
    let enclosing = |attachments| {
        message::send(
            &case(&stage.demand, PATIENT),
            new(Physician, &[Ministry, Patient], attachments),
            day(1),
        )
    };
    assert_eq!(codes(enclosing(vec![None])), ["attachment.unknown"]);
    let narrow = file(whole(Physician), &[whole(Ministry)]);
    assert_eq!(codes(enclosing(vec![Some(narrow)])), ["attachment.not_for_all"]);
    let own = Reader { party: Patient, only: PATIENT.map(|patient| patient.0) };
    let wide = file(whole(Physician), &[whole(Ministry), own]);
    assert!(enclosing(vec![Some(wide.clone())]).is_ok_and(|sent| sent.attachments == [wide.id]));
}

#[test]
fn ma_06_whoever_sent_a_message_does_not_mark_it_as_read() {
    let sent = send(&Stage::with_minister(true), Physician, &[Ministry]);
    let sent = sent.unwrap_or_else(|found| panic!("{found:?}"));
    assert_eq!(codes(message::read(&sent, whole(Physician))), ["message.own"]);
    assert_eq!(message::read(&sent, whole(Ministry)), Ok(()));
}

#[test]
fn ma_07_to_ma_09_a_file_is_what_its_first_bytes_say() {
    let admit = |declared, bytes: &[u8]| admit_file(declared, bytes).err().map(|problem| problem.code);
    assert_eq!(admit(MediaType::Pdf, b""), Some("attachment.empty"));
    for (bytes, found) in [
        (&b"%PDF-1.7\n"[..], MediaType::Pdf),
        (b"\x89PNG\r\n\x1a\n....", MediaType::Png),
        (b"\xff\xd8\xff\xe0..JFIF", MediaType::Jpeg),
        (b"II*\0....", MediaType::Tiff),
        (b"MM\0*....", MediaType::Tiff),
    ] {
        for declared in MediaType::ALL {
            let expected = (declared != found).then_some("attachment.type_differs");
            assert_eq!(admit(declared, bytes), expected, "{found:?} as {declared:?}");
        }
    }
    for other in [&b"MZ\x90\0"[..], b"<html>", b" %PDF-1.7", b"\x89PNG", b"PK\x03\x04"] {
        assert_eq!(admit(MediaType::Pdf, other), Some("attachment.type"), "{other:?}");
    }
}

#[test]
fn ma_10_a_file_has_20_mib_at_most() {
    assert_eq!(LARGEST, 20_971_520);
    assert_eq!(refusals::TOO_LARGE.code, "attachment.too_large");
}
