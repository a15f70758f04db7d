//! A service that starts on the same data some hours later, as after an outage.

use crate::service::{GRACE, TestApp};
use crate::wiring::wiring;
use app::App;
use app::caller::{Caller, Org, Person};
use app::clock::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::SpaceId;
use server::config::{Config, SilenceIsOutage};
use server::service::{Service, Wiring};
use std::sync::Arc;
use std::time::Duration;
use store::heartbeats;

/// How soon it is looked again whether the later service has said that it serves.
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// The test's clock, so many hours later.
struct Later(Arc<dyn Clock>, TimeDelta);

impl Clock for Later {
    fn real_now(&self) -> DateTime<Utc> {
        self.0.real_now() + self.1
    }

    fn now(&self, space: &SpaceId) -> DateTime<Utc> {
        self.0.now(space) + self.1
    }

    fn furthest_ahead(&self) -> TimeDelta {
        self.0.furthest_ahead()
    }
}

/// What the operator does so many hours later.
pub struct Restart {
    pub hours: i64,
    /// The longest silence that is none; `None` where a silence is never an outage.
    pub let_pass: Option<TimeDelta>,
}

impl TestApp {
    fn later(&self, restart: &Restart) -> (Config, Wiring) {
        let parts = &self.parts;
        let config = Config { silence_is_outage: SilenceIsOutage(restart.let_pass), ..parts.config.clone() };
        let clock = Arc::new(Later(parts.clock.clone(), TimeDelta::hours(restart.hours)));
        (
            config,
            Wiring {
                clock,
                ..wiring(&parts.clock, &parts.lists, (&parts.validation, &parts.insurance), crate::generous())
            },
        )
    }

    /// The use cases as they are then before anybody has said that they serve: those of a command of the operator, of a
    /// worker, or of a process that reaches its database again.
    pub async fn before_the_restart(&self, restart: &Restart) -> App {
        let (config, wiring) = self.later(restart);
        server::service::application(self.store(), &config, &wiring).await.expect("the use cases")
    }

    /// This persona, as the use cases know who calls.
    pub fn caller(&self, persona: &str) -> Caller {
        let persona = sandbox::personas::find(self.space(), persona).expect("a persona");
        let organisation = persona.organisation.as_ref().expect("somebody in an organisation");
        let (id_system, id) = persona.register_id().expect("somebody with a number");
        Caller {
            client_id: "later".to_owned(),
            org: Some(Org { id: organisation.id, kind: organisation.spec.kind }),
            person: Some(Person { id_system, id: id.to_owned() }),
            role: persona.spec.role,
            patient: None,
            representative: None,
            space: self.space().clone(),
        }
    }

    /// Starts a service then, waits until it has said that it serves, and fires what it finds due; how many rows that were.
    pub async fn restart(&self, restart: &Restart) -> usize {
        let (config, wiring) = self.later(restart);
        let starts_at = wiring.clock.real_now();
        let running = Service::start(config, wiring).await.expect("a later service");
        while running.app().store().read(heartbeats::last).await.expect("a beat") < Some(starts_at) {
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        let mut fired = 0;
        loop {
            match running.app().fire_due("later").await.expect("deadlines are fired") {
                0 => break,
                some => fired += some,
            }
        }
        running.stop(GRACE).await;
        fired
    }
}
