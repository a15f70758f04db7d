//! Answers of one day, so that the same patient is not asked about twice: the payer blocks accounts that ask too often.

use super::Answer;
use aws_lc_rs::hmac;
use chrono::NaiveDate;
use domain::values::Pesel;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

type Key = [u8; 32];

/// In memory only. A PESEL is kept as its keyed hash, and the day before is forgotten with the first question of the next.
/// Who asked before midnight and is answered after it takes nothing of the new day away.
pub(super) struct Cache {
    key: hmac::Key,
    most: usize,
    kept: Mutex<Day>,
}

#[derive(Default)]
struct Day {
    date: NaiveDate,
    answers: HashMap<Key, Answer>,
}

impl Cache {
    pub(super) fn new(key: &[u8; 32], most: usize) -> Self {
        Self { key: hmac::Key::new(hmac::HMAC_SHA256, key), most, kept: Mutex::default() }
    }

    pub(super) fn find(&self, pesel: &Pesel, day: NaiveDate) -> Option<Answer> {
        self.of(day)?.answers.get(&self.hash(pesel)).cloned()
    }

    pub(super) fn keep(&self, pesel: &Pesel, day: NaiveDate, answer: &Answer) {
        let hash = self.hash(pesel);
        let Some(mut kept) = self.of(day) else { return };
        if kept.answers.len() >= self.most
            && let Some(any) = kept.answers.keys().next().copied()
        {
            kept.answers.remove(&any);
        }
        kept.answers.insert(hash, answer.clone());
    }

    /// None of a day that is over.
    fn of(&self, day: NaiveDate) -> Option<MutexGuard<'_, Day>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.date < day {
            *kept = Day { date: day, answers: HashMap::new() };
        }
        (kept.date == day).then_some(kept)
    }

    fn hash(&self, pesel: &Pesel) -> Key {
        let mut key = Key::default();
        let tag = hmac::sign(&self.key, pesel.reveal().as_bytes());
        key.iter_mut().zip(tag.as_ref()).for_each(|(to, from)| *to = *from);
        key
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::super::Standing;
    use super::*;
    use domain::values::Text;

    fn pesel(index: usize) -> Pesel {
        Pesel::parse(["44051401458", "02261773497", "40010151673"][index]).unwrap()
    }

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn answer(valid_on: NaiveDate) -> Answer {
        let operation = Text::parse("L1712M01200000001").unwrap();
        Answer { standing: Standing::NotInsured, operation, valid_on, notices: Vec::new() }
    }

    #[test]
    fn an_answer_is_kept_for_its_day_and_its_patient() {
        let cache = Cache::new(&[7; 32], 10);
        cache.keep(&pesel(0), day(26), &answer(day(26)));
        assert_eq!(cache.find(&pesel(0), day(26)), Some(answer(day(26))));
        assert_eq!(cache.find(&pesel(1), day(26)), None);
        assert_eq!(cache.find(&pesel(0), day(27)), None);
        assert_eq!(cache.find(&pesel(0), day(26)), None, "the former day is forgotten");
    }

    #[test]
    fn an_answer_that_comes_after_midnight_wipes_nothing_of_the_new_day() {
        let cache = Cache::new(&[7; 32], 10);
        cache.keep(&pesel(0), day(27), &answer(day(27)));
        assert_eq!(cache.find(&pesel(1), day(26)), None);
        cache.keep(&pesel(1), day(26), &answer(day(26)));
        assert_eq!(cache.find(&pesel(1), day(26)), None, "it is of no use any more");
        assert_eq!(cache.find(&pesel(0), day(27)), Some(answer(day(27))));
    }

    #[test]
    fn it_never_holds_more_than_it_may() {
        let cache = Cache::new(&[7; 32], 2);
        for index in 0..3 {
            cache.keep(&pesel(index), day(26), &answer(day(26)));
            assert!(cache.find(&pesel(index), day(26)).is_some(), "the last one is there");
        }
        assert_eq!((0..3).filter(|index| cache.find(&pesel(*index), day(26)).is_some()).count(), 2);
    }
}
