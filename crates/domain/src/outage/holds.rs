//! Which terms an outage holds back, and until when.

use super::model::Outage;
use crate::ids::OutageId;
use chrono::{DateTime, Utc};

/// Terms that would end after `after` and not later than `through` are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// `None` for a silence of the service that nobody has recorded yet (OU-08).
    pub outage: Option<OutageId>,
    pub after: DateTime<Utc>,
    pub through: DateTime<Utc>,
    /// The instant from which they are not held any more; `None` as long as nobody can say.
    pub until: Option<DateTime<Utc>>,
}

impl Hold {
    fn covers(&self, due_at: DateTime<Utc>) -> bool {
        self.after < due_at && due_at <= self.through
    }

    /// Whether a term that would have ended then ends later because of it.
    fn delays(&self, due_at: DateTime<Utc>) -> bool {
        self.covers(due_at) && self.until.is_none_or(|until| until > due_at)
    }
}

/// All outages of a space, as the terms see them: a fact that is handed to whatever looks at a term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holds(Vec<Hold>);

impl Holds {
    /// No outage was recorded, or none that could matter.
    pub fn none() -> Self {
        Self::default()
    }

    pub fn of(outages: &[Outage], now: DateTime<Utc>) -> Self {
        Self(outages.iter().map(|outage| outage.hold(now)).collect())
    }

    /// Beside them a silence that will be an outage as soon as somebody serves (OU-08).
    #[must_use]
    pub fn and(mut self, silence: Hold) -> Self {
        self.0.push(silence);
        self
    }

    /// The hold that delays a term of this end the longest; `None` when it ends as it should.
    pub fn on(&self, due_at: DateTime<Utc>) -> Option<Hold> {
        let delaying = self.0.iter().filter(|hold| hold.delays(due_at)).copied();
        delaying.max_by_key(|hold| hold.until.unwrap_or(DateTime::<Utc>::MAX_UTC))
    }
}
