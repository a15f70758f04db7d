//! Who takes part in a notification at which stage, and whom its files may be for.

use super::*;
use crate::correspondence::attachment::readers;
use crate::correspondence::party::table;
use crate::correspondence::{NewAttachment, NewMessage, message};
use crate::ids::MessageId;
use crate::support::notifications::{TO_MINISTER, after, consented, drafted, prepared};
use crate::support::{codes, day, organisation, text};
use crate::temporary_authorisation::Command;
use uuid::Uuid;

use CaseParty::{Ministry, Pharmacy, ProductOffice, Representative, ResponsiblePerson, Wholesaler};

fn present(authorisation: &Authorisation) -> Vec<CaseParty> {
    case(authorisation).present.iter().map(|reader| reader.party).collect()
}

fn whole(party: CaseParty) -> Reader {
    Reader { party, only: None }
}

fn sent(to: &Authorisation, sender: Reader, recipients: &[CaseParty]) -> Vec<&'static str> {
    let new = NewMessage {
        id: MessageId(Uuid::from_u128(0x7100)),
        sender,
        organisation: Some(organisation(10)),
        recipients: recipients.to_vec(),
        text: text("Proszę o odpis z rejestru."),
        attachments: Vec::new(),
    };
    codes(message::send(&case(to), new, day(1)))
}

fn filed(to: &Authorisation, recipients: &[CaseParty]) -> Vec<&'static str> {
    let new = NewAttachment { sender: whole(ResponsiblePerson), recipients: recipients.to_vec() };
    codes(readers(&case(to), &new))
}

#[test]
fn parties_come_with_the_state() {
    assert_eq!(present(&drafted()), [ResponsiblePerson]);
    let waiting = after(drafted(), &[Command::Submission]);
    assert_eq!(present(&waiting), [ResponsiblePerson, Representative]);
    assert_eq!(present(&prepared()), [ResponsiblePerson, Representative, Ministry]);
    let all = [ResponsiblePerson, Representative, Ministry, Pharmacy, Wholesaler];
    assert_eq!(present(&consented()), all);
    assert_eq!(
        case(&consented()).taking_part(Wholesaler),
        Some(Reader { party: Wholesaler, only: Some(organisation(10).0) })
    );
    let addition = Authorisation { adds_to: Some(drafted().id), ..consented() };
    assert!(!present(&addition).contains(&Pharmacy), "there is nothing to retrieve");
}

#[test]
fn ma_11_a_file_is_for_those_who_will_sign_and_examine() {
    let early = drafted();
    assert_eq!(filed(&early, &[Representative, Ministry]), [""; 0]);
    assert_eq!(sent(&early, whole(ResponsiblePerson), &[Ministry]), ["message.recipient_absent"]);
    assert_eq!(filed(&early, &[Pharmacy]), ["message.recipient_absent", "message.recipients_apart"]);
    assert_eq!(filed(&early, &[ProductOffice]), ["message.recipient_absent", "message.recipients_apart"]);
    let waiting = after(drafted(), &[Command::Submission]);
    assert_eq!(case(&waiting).awaited, [whole(Ministry)]);
    let held = after(drafted(), &TO_MINISTER);
    assert!(case(&held).awaited.is_empty() && case(&consented()).awaited.is_empty());
}

#[test]
fn ma_12_pharmacies_are_written_to_together_and_write_apart() {
    let consent = consented();
    assert_eq!(case(&consent).taking_part(Pharmacy), Some(whole(Pharmacy)));
    let one = Reader { party: Pharmacy, only: Some(organisation(20).0) };
    assert_eq!(sent(&consent, one, &[Wholesaler, Ministry]), [""; 0]);
    assert_eq!(sent(&consent, one, &[ResponsiblePerson]), ["message.recipients_apart"]);
    assert_eq!(sent(&consent, whole(Ministry), &[Pharmacy, Representative]), ["message.recipients_apart"]);
    let other = Reader { party: Pharmacy, only: Some(organisation(21).0) };
    assert!(whole(Pharmacy).includes(other) && !one.includes(other));
}

#[test]
fn the_printed_table_has_every_party() {
    assert_eq!(table(&PARTIES).lines().count(), PARTIES.len() + 2);
}
