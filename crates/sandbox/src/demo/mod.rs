//! Cases played through the HTTP API, every step checked: two from draft to realisation, three that meet silence, one of a
//! food, one of a prison on paper, a temporary authorisation until it lapses, and orders for medical devices.

mod api;
mod case;
mod consent;
mod devices;
mod fault;
mod notification;
mod paper;
mod report;
mod setbacks;
mod supply;
mod timeline;
mod witnesses;

pub use fault::DemoFault;

use crate::{Options, RunningSandbox, scenarios};
use api::Api;
use app::clock::Clock;
use app::entropy::Entropy;
use case::Case;
use domain::ids::SpaceId;
use notification::Notification;
use report::Report;
use server::clock::SystemClock;
use std::io::Write;
use std::sync::Arc;
use timeline::Timeline;

/// One demand of each use whose patient has a persona; one that is returned, signed again and realised; one that is returned
/// and expires, one that is approved and expires; one for a food, and one on paper.
const CASES: [(&str, &str, Plot); 7] = [
    ("tiopronin-cystinuria", "patient", Plot::Realised),
    ("meglumine-antimoniate-leishmaniasis", "patient-second", Plot::Realised),
    ("tiopronin-cystinuria", "patient", Plot::SignedAgain),
    ("tiopronin-cystinuria", "patient", Plot::NeverSubmitted),
    ("tiopronin-cystinuria", "patient", Plot::NeverPassedOn),
    ("monogen-fatty-acid-oxidation", "patient", Plot::Consent),
    ("meglumine-antimoniate-leishmaniasis", "patient-second", Plot::Paper),
];

/// How a case goes.
#[derive(Clone, Copy)]
enum Plot {
    Realised,
    SignedAgain,
    NeverSubmitted,
    NeverPassedOn,
    Consent,
    Paper,
}

/// Plays the cases against this address, or against a sandbox of its own, and tells every step.
pub async fn run(url: Option<String>, out: &mut (dyn Write + Send)) -> Result<(), DemoFault> {
    let Some(url) = url else { return on_a_sandbox_of_its_own(out).await };
    play(&url, None, out).await
}

async fn on_a_sandbox_of_its_own(out: &mut (dyn Write + Send)) -> Result<(), DemoFault> {
    let folder = std::env::temp_dir().join(format!("soid-demo-{}", Entropy.id(SystemClock.real_now())));
    let played = match crate::start(Options::new(&folder)).await {
        Ok(running) => {
            let played = play(running.base_url(), Some(&running), out).await;
            running.stop().await;
            played
        }
        Err(fault) => Err(fault.into()),
    };
    let removed = std::fs::remove_dir_all(&folder).map_err(DemoFault::Output);
    played.and(removed)
}

async fn play(
    url: &str,
    own: Option<&RunningSandbox>,
    out: &mut (dyn Write + Send),
) -> Result<(), DemoFault> {
    let mut report = Report::new(out);
    report.title(&format!("SOID demo at {url}"))?;
    for (name, patient, plot) in CASES {
        let scenario = scenarios::find(name)?.ok_or(DemoFault::NoScenario(name))?;
        let (api, timeline) = in_a_new_space(url, own).await?;
        report.case(&scenario, api.space())?;
        let case = Case::new(&api, &mut report, &scenario, timeline, patient)?;
        match plot {
            Plot::Realised => case.play().await?,
            Plot::SignedAgain => case.play_signed_again().await?,
            Plot::NeverSubmitted => case.play_never_submitted().await?,
            Plot::NeverPassedOn => case.play_never_passed_on().await?,
            Plot::Consent => case.play_consent().await?,
            Plot::Paper => case.play_paper().await?,
        }
    }
    let (api, timeline) = in_a_new_space(url, own).await?;
    Notification::new(&api, &mut report, timeline).play().await?;
    for plot in devices::Plot::ALL {
        let (api, timeline) = in_a_new_space(url, own).await?;
        devices::Order::new(&api, &mut report, timeline).play(plot).await?;
    }
    report.end()
}

/// With a client that acts in it, and its time.
async fn in_a_new_space(url: &str, own: Option<&RunningSandbox>) -> Result<(Api, Timeline), DemoFault> {
    let api = Api::in_a_new_space(url).await?;
    let clock = own.map(|running| Arc::clone(&running.sandbox().clock));
    let timeline = Timeline::new(clock, api.space().clone());
    Ok((api, timeline))
}

/// Personas are looked up by names that stand in this program.
fn persona(space: &SpaceId, key: &'static str) -> Result<crate::personas::Persona, DemoFault> {
    crate::personas::find(space, key).ok_or(DemoFault::NoPersona(key))
}
