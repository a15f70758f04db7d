//! Cases played through the HTTP API, every step checked: two from draft to realisation, one that meets silence, one of a
//! food, and a temporary authorisation until it lapses.

mod api;
mod case;
mod consent;
mod fault;
mod notification;
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

/// One demand of each use whose patient has a persona; the third is returned, signed again, and expires; the last asks for a
/// food.
const CASES: [(&str, &str, Plot); 4] = [
    ("tiopronin-cystinuria", "patient", Plot::Realised),
    ("meglumine-antimoniate-leishmaniasis", "patient-second", Plot::Realised),
    ("tiopronin-cystinuria", "patient", Plot::Setbacks),
    ("monogen-fatty-acid-oxidation", "patient", Plot::Consent),
];

/// How a case goes.
#[derive(Clone, Copy)]
enum Plot {
    Realised,
    Setbacks,
    Consent,
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
        let api = Api::in_a_new_space(url).await?;
        let clock = own.map(|running| Arc::clone(&running.sandbox().clock));
        let timeline = Timeline::new(clock, api.space().clone());
        report.case(&scenario, api.space())?;
        let case = Case::new(&api, &mut report, &scenario, timeline, patient)?;
        match plot {
            Plot::Realised => case.play().await?,
            Plot::Setbacks => case.play_setbacks().await?,
            Plot::Consent => case.play_consent().await?,
        }
    }
    let api = Api::in_a_new_space(url).await?;
    let clock = own.map(|running| Arc::clone(&running.sandbox().clock));
    let timeline = Timeline::new(clock, api.space().clone());
    Notification::new(&api, &mut report, timeline).play().await?;
    report.end()
}

/// Personas are looked up by names that stand in this program.
fn persona(space: &SpaceId, key: &'static str) -> Result<crate::personas::Persona, DemoFault> {
    crate::personas::find(space, key).ok_or(DemoFault::NoPersona(key))
}
