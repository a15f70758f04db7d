//! Another officer puts the revocation draft that they saw into effect.

use super::change::{Change, Target, refused};
use super::view::DemandView;
use super::view::revocation_digest;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::register;
use domain::demand::lifecycle::Command;
use domain::demand::model::Digest;
use domain::demand::revocation::{self, Decision};

impl App {
    #[tracing::instrument(name = "revoke_demand", skip_all)]
    pub async fn revoke_demand(
        &self,
        caller: &Caller,
        target: Target,
        draft_sha256: Digest,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change {
            command: Command::Revocation,
            operation: "revoke_demand",
            needs_match: true,
            seen_revision: None,
        };
        self.change_demand(caller, change, target, Some(write), render, move |work, demand| {
            let before = demand.clone();
            let actual =
                revocation::draft_of(&demand).map(|draft| revocation_digest(&demand, draft)).transpose()?;
            let decision = Decision {
                decider: register::officer(work.tx, work.caller)?,
                seen: draft_sha256.clone(),
                actual,
            };
            let decided =
                revocation::revoke(demand, decision, work.now).map_err(|found| refused(found, &before))?;
            Ok(decided.into())
        })
        .await
    }
}
