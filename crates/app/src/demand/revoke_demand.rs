//! Another officer puts the revocation draft that they saw into effect.

use super::change::{Change, Target};
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
        let change = Change::transition(Command::Revocation, "revoke_demand");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let actual =
                revocation::draft_of(&demand).map(|draft| revocation_digest(&demand, draft)).transpose()?;
            let decision = Decision {
                decider: register::officer(work.tx, work.caller)?,
                seen: draft_sha256.clone(),
                actual,
            };
            let decided = revocation::revoke(demand, decision, work.now)?;
            Ok(decided.into())
        })
        .await
    }
}
