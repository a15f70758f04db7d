//! The wholesaler withdraws, any time before the resolution.

use super::AuthorisationDecision;
use super::events::AuthorisationEvent;
use super::lifecycle::{Command, State, Withdrawn};
use super::model::Authorisation;
use super::refusals::admit_state;
use crate::clarification;
use crate::decision::Decided;
use crate::values::Text;
use chrono::{DateTime, Utc};

pub fn withdraw(
    authorisation: Authorisation,
    reason: Text<2000>,
    now: DateTime<Utc>,
) -> AuthorisationDecision {
    admit_state(&authorisation.state, Command::Withdrawal)?;
    let authorisation = clarification::withdraw(authorisation, now);
    let state = State::Withdrawn(Box::new(Withdrawn { reason, at: now, was: authorisation.state }));
    let document = Authorisation { state, pending: None, changed_at: now, ..authorisation };
    Ok(Decided { document, events: vec![AuthorisationEvent::AuthorisationWithdrawn {}] })
}
