//! `soid outage`: what the operator records before the service starts again.

use super::serve::production_config;
use super::{Failed, say};
use app::clock::Clock;
use app::failure::Failure;
use app::outage::RecordOutage;
use chrono::{DateTime, Utc};
use domain::ids::SpaceId;
use domain::outage::Grace;
use domain::problem::Violation;
use domain::values::Text;
use server::clock::SystemClock;
use server::config::grace;
use server::service::{application, open_store, production_wiring};

/// One whose end is still ahead would hold every term until then, with nobody left to correct it before the start.
const AHEAD: &str =
    "--until is still ahead: record what is over; what is planned an officer records (POST /api/v1/outages)";

#[derive(clap::Subcommand)]
pub(super) enum Outage {
    /// Record a time in which the system could not be used, before `soid serve` lets terms end that ran out in it
    /// (zapisz awarię, zanim `soid serve` zastosuje terminy, które w niej upłynęły)
    Record(Record),
}

#[derive(clap::Args)]
pub(super) struct Record {
    /// Since when, with a time zone: 2026-12-08T20:00:00+01:00
    #[arg(long, value_parser = instant)]
    from: DateTime<Utc>,
    /// Until when
    #[arg(long, value_parser = instant)]
    until: DateTime<Utc>,
    /// Why, as everybody may read it
    #[arg(long, value_parser = reason)]
    reason: Text<2000>,
    /// How many full days its terms wait, or until-released; without it `SOID_OUTAGE_GRACE`
    #[arg(long, value_parser = grace)]
    grace: Option<Grace>,
    /// Whose terms
    #[arg(long, default_value = "main", value_parser = super::import::space)]
    space: SpaceId,
}

fn instant(text: &str) -> Result<DateTime<Utc>, String> {
    let read = DateTime::parse_from_rfc3339(text);
    read.map(Into::into).map_err(|fault| format!("must be an instant with its time zone (RFC 3339): {fault}"))
}

fn reason(text: &str) -> Result<Text<2000>, String> {
    Text::parse(text).map_err(|fault| format!("{}: {}", fault.code, fault.says.en))
}

pub(super) async fn run(outage: Outage) -> Result<(), Failed> {
    let Outage::Record(Record { from, until, reason, grace, space }) = outage;
    if until > SystemClock.real_now() {
        return Err(Failed::Found(AHEAD.to_owned()));
    }
    let config = production_config()?;
    let wiring = production_wiring(&config)?;
    let store = open_store(&config.database).await?;
    let asked = RecordOutage { from, until: Some(until), reason };
    let recorded = match application(&store, &config, &wiring).await {
        Ok(app) => app.record_outage_as_operator(space, asked, grace).await.map_err(told),
        Err(fault) => Err(fault.into()),
    };
    store.close().await;
    let outage = recorded?;
    let held =
        outage.holds_until().map_or_else(|| "an officer releases them".to_owned(), |it| it.to_rfc3339());
    say(format_args!("recorded outage {}; its terms wait until {held}", outage.id))?;
    Ok(())
}

/// Every rule that is broken, with what can be done about it.
fn told(failure: Failure) -> Failed {
    let one = |violation: &Violation| {
        let problem = violation.problem;
        format!("{}: {} {}", problem.code, problem.says.en, problem.fix.en)
    };
    match failure {
        Failure::Refused(refused) => {
            Failed::Found(refused.violations.iter().map(one).collect::<Vec<_>>().join("\n"))
        }
        other => Failed::Found(format!("the outage is not recorded: {other:?}")),
    }
}
