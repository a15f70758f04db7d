//! Applying what has run out before a list shows a state.

use crate::failure::Failure;
use std::collections::BTreeSet;
use std::fmt::Display;

const AT_ONCE: usize = 50;
/// As many as one request applies; the worker does the rest.
const AT_MOST: usize = 500;

/// Applies what `list` names, of which it is asked for up to so many, each once. A document that cannot be read is logged and
/// left as it is: it holds nobody else's list up.
pub(crate) async fn apply_overdue<Id, L, A>(list: L, apply: A) -> Result<(), Failure>
where
    Id: Copy + Ord + Display,
    L: AsyncFn(i64) -> Result<Vec<Id>, Failure>,
    A: AsyncFn(Id) -> Result<(), Failure>,
{
    let mut tried = BTreeSet::new();
    while tried.len() < AT_MOST {
        // What was tried and stays due stands before what was not.
        let limit = i64::try_from(AT_ONCE + tried.len()).unwrap_or(i64::MAX);
        let mut due = list(limit).await?;
        due.retain(|id| !tried.contains(id));
        due.truncate(AT_ONCE);
        if due.is_empty() {
            return Ok(());
        }
        for id in due {
            tried.insert(id);
            if let Err(fault) = apply(id).await {
                tracing::error!(document.id = %id, term.fault = ?fault, "a term that ran out is not applied");
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use std::cell::RefCell;

    /// Of so many that are due the first `broken` cannot be applied; which ones were.
    fn applied(due: u32, broken: u32) -> Vec<u32> {
        let left: RefCell<BTreeSet<u32>> = RefCell::new((0..due).collect());
        let done = RefCell::new(Vec::new());
        let list = async |limit: i64| {
            Ok(left.borrow().iter().copied().take(usize::try_from(limit).unwrap_or(0)).collect())
        };
        let apply = async |id: u32| {
            if id < broken {
                return Err(Failure::Bug("unreadable".into()));
            }
            left.borrow_mut().remove(&id);
            done.borrow_mut().push(id);
            Ok(())
        };
        let ended = apply_overdue(list, apply).now_or_never();
        assert!(matches!(ended, Some(Ok(()))));
        done.into_inner()
    }

    #[test]
    fn whatever_cannot_be_applied_is_passed_over_and_a_request_does_not_do_all_the_work() {
        assert_eq!(applied(120, 1).len(), 119);
        assert_eq!(applied(120, 60).len(), 60, "more than a page of them");
        assert_eq!(applied(3, 3), [0; 0]);
        assert!((AT_MOST..AT_MOST + 2 * AT_ONCE).contains(&applied(5000, 0).len()));
    }
}
