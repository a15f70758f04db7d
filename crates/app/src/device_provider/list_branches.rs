//! Branches of the payer with their service points, a dictionary for every client.

use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use chrono::NaiveDate;
use domain::calendar::warsaw_date;
use domain::device_provider::ServicePoint;
use domain::nfz_branch::{self, Branch};
use store::device_provider;

/// A branch on a day.
#[derive(Clone, Debug)]
pub struct ListedBranch {
    pub branch: &'static Branch,
    /// None where no file of the payer tells them.
    pub points: Option<Vec<ServicePoint>>,
}

impl App {
    /// The day is today in Warsaw unless given.
    #[tracing::instrument(name = "list_nfz_branches", skip_all)]
    pub async fn list_nfz_branches(
        &self,
        caller: &Caller,
        on: Option<NaiveDate>,
    ) -> Result<(NaiveDate, Vec<ListedBranch>), Failure> {
        authorize_role(caller, Action::ReadDirectory).map_err(Failure::Denied)?;
        let on = on.unwrap_or_else(|| warsaw_date(self.inner.clock.now(&caller.space)));
        let space = caller.space.clone();
        let told = self.inner.store.read(move |tx| device_provider::branch_points(tx, &space)).await?;
        let listed = nfz_branch::on(on).map(|branch| {
            let points = told.iter().find(|it| it.branch == branch.code).map(|it| it.points.clone());
            ListedBranch { branch, points }
        });
        Ok((on, listed.collect()))
    }
}
