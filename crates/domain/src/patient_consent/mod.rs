//! To what a patient has agreed: that access data of their orders go to them by SMS or e-mail (DO-18). Each way has a contact
//! of its own, and no consent means that nothing is sent that way.

use crate::values::{Email, PhoneNumber};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The name of this type of document in audit entries.
pub const KIND: &str = "PATIENT_CONSENTS";

/// A way in which access data could be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    Email,
    Sms,
}

impl Channel {
    pub const ALL: [Channel; 2] = [Self::Email, Self::Sms];
}

/// An agreement, with the contact that it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Consent<C> {
    pub contact: C,
    pub given_at: DateTime<Utc>,
}

/// Everything that a patient has agreed to. It names contacts, hence its place under seal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Consents {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Consent<Email>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sms: Option<Consent<PhoneNumber>>,
}

/// What a patient wants from now on; what is left out is taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub email: Option<Email>,
    pub sms: Option<PhoneNumber>,
}

/// The consents as the patient wants them. One that stays as it is stays given when it was; another contact is another
/// consent.
#[must_use]
pub fn change(before: &Consents, wanted: Wanted, now: DateTime<Utc>) -> Consents {
    Consents {
        email: wanted.email.map(|contact| given(before.email.as_ref(), contact, now)),
        sms: wanted.sms.map(|contact| given(before.sms.as_ref(), contact, now)),
    }
}

fn given<C: PartialEq>(before: Option<&Consent<C>>, contact: C, now: DateTime<Utc>) -> Consent<C> {
    let given_at = before.filter(|it| it.contact == contact).map_or(now, |it| it.given_at);
    Consent { contact, given_at }
}

/// Whether access data may be sent this way (DO-18): with the patient's consent and the contact that they gave for it, and
/// never to a contact that stands somewhere else.
pub fn may_be_sent(consents: &Consents, channel: Channel) -> bool {
    match channel {
        Channel::Email => consents.email.is_some(),
        Channel::Sms => consents.sms.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::instant;

    fn email(text: &str) -> Option<Email> {
        Email::parse(text).ok()
    }

    #[test]
    fn nothing_is_sent_without_a_consent_for_that_way() {
        let none = Consents::default();
        assert!(Channel::ALL.into_iter().all(|channel| !may_be_sent(&none, channel)));
        let now = instant("2026-12-01T08:00:00Z");
        let by_mail = change(&none, Wanted { email: email("janina@example.pl"), sms: None }, now);
        assert_eq!(Channel::ALL.map(|channel| may_be_sent(&by_mail, channel)), [true, false]);
        let by_sms = Wanted { email: None, sms: PhoneNumber::parse("+48600100200").ok() };
        let by_sms = change(&by_mail, by_sms, now);
        assert_eq!(Channel::ALL.map(|channel| may_be_sent(&by_sms, channel)), [false, true], "taken back");
    }

    #[test]
    fn a_consent_that_stays_keeps_its_instant_and_another_contact_is_another_consent() {
        let (first, later) = (instant("2026-12-01T08:00:00Z"), instant("2026-12-09T08:00:00Z"));
        let wanted = |text| Wanted { email: email(text), sms: None };
        let before = change(&Consents::default(), wanted("janina@example.pl"), first);
        assert_eq!(change(&before, wanted("janina@example.pl"), later), before);
        let other = change(&before, wanted("j.testowa@example.pl"), later);
        assert_eq!(other.email.map(|it| it.given_at), Some(later));
    }

    #[test]
    fn what_is_stored_is_read_again() {
        let now = instant("2026-12-01T08:00:00Z");
        let wanted =
            Wanted { email: email("janina@example.pl"), sms: PhoneNumber::parse("+48600100200").ok() };
        let consents = change(&Consents::default(), wanted, now);
        let json = serde_json::to_string(&consents).unwrap_or_default();
        assert_eq!(serde_json::from_str::<Consents>(&json).ok(), Some(consents));
    }
}
