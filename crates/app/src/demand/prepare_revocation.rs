//! A preparer drafts the revocation of an approval; the state stays.

use super::change::{Change, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::register;
use domain::demand::lifecycle::Command;
use domain::demand::model::RevocationDraft;
use domain::demand::revocation;
use domain::values::Text;

#[derive(Clone, Debug)]
pub struct PrepareRevocation {
    pub grounds: Text<8000>,
    pub legal_basis: Text<500>,
}

impl App {
    #[tracing::instrument(name = "prepare_revocation", skip_all)]
    pub async fn prepare_revocation(
        &self,
        caller: &Caller,
        target: Target,
        asked: PrepareRevocation,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::transition(Command::RevocationDraft, "prepare_revocation");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let draft = RevocationDraft {
                grounds: asked.grounds.clone(),
                legal_basis: asked.legal_basis.clone(),
                prepared_by: register::officer(work.tx, work.caller)?,
                prepared_at: work.now,
            };
            let decided = revocation::prepare(demand, draft, work.now)?;
            Ok(decided.into())
        })
        .await
    }
}
