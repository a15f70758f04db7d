//! Keyset paging: `limit` and an opaque cursor that is bound to caller, list and filter.

use crate::faults;
use app::caller::Caller;
use app::failure::{Failure, Refused};
use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::problem::{ProblemType, Violation};
use serde::Serialize;
use serde::de::DeserializeOwned;

const USUAL: u32 = 50;
const MOST: u32 = 200;
const TAG_BYTES: usize = 32;

/// Signs cursors. Every node of a service needs the same key.
pub struct CursorKey(hmac::Key);

/// What a cursor belongs to; with another caller, list or filter it is refused.
#[derive(Debug)]
pub struct Scope<'a> {
    pub caller: &'a Caller,
    /// The path pattern of the list.
    pub list: &'a str,
    /// [`crate::query::filter`] of everything that narrows or orders the list.
    pub filter: &'a str,
}

/// Which part of a list is asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Page<P> {
    pub limit: u32,
    /// The last position that the caller has seen.
    pub after: Option<P>,
}

impl<P> Page<P> {
    /// The limit in the width that the use cases take.
    pub fn wanted(&self) -> u16 {
        u16::try_from(self.limit).unwrap_or(u16::MAX)
    }
}

impl CursorKey {
    pub fn new(secret: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// The page that `limit` and `cursor` of a query name.
    pub fn page<P: DeserializeOwned>(
        &self,
        scope: &Scope<'_>,
        limit: Option<u32>,
        cursor: Option<&str>,
    ) -> Result<Page<P>, Failure> {
        let limit = limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            return Err(bad(faults::LIST_LIMIT, "?limit"));
        }
        let after = match cursor {
            None => None,
            Some(text) => Some(self.open(scope, text).ok_or_else(|| bad(faults::CURSOR, "?cursor"))?),
        };
        Ok(Page { limit, after })
    }

    /// The cursor after `position`. Positions hold ids and instants only: a cursor is signed, not sealed.
    pub fn next(&self, scope: &Scope<'_>, position: &impl Serialize) -> Result<String, Failure> {
        let position = serde_json::to_vec(position).map_err(|error| Failure::Bug(error.into()))?;
        let mut bytes = self.tag(scope, &position).as_ref().to_vec();
        bytes.extend(position);
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The cursor after the last item of what a use case found; `None` on the last page.
    pub fn after<T, P: Serialize>(
        &self,
        scope: &Scope<'_>,
        found: &app::demand::Page<T>,
        position: impl FnOnce(&T) -> P,
    ) -> Result<Option<String>, Failure> {
        let last = found.items.last().filter(|_| found.has_more);
        last.map(|item| self.next(scope, &position(item))).transpose()
    }

    fn open<P: DeserializeOwned>(&self, scope: &Scope<'_>, cursor: &str) -> Option<P> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (tag, position) = bytes.split_at_checked(TAG_BYTES)?;
        hmac::verify(&self.0, &signed(scope, position), tag).ok()?;
        serde_json::from_slice(position).ok()
    }

    fn tag(&self, scope: &Scope<'_>, position: &[u8]) -> hmac::Tag {
        hmac::sign(&self.0, &signed(scope, position))
    }
}

/// Each part with its length, so that no two scopes read alike.
fn signed(scope: &Scope<'_>, position: &[u8]) -> Vec<u8> {
    let caller = scope.caller;
    let org = caller.org_id().map(|id| id.to_string()).unwrap_or_default();
    // Patients are named by their number alone, and who acts for one by both.
    let person = match (&caller.patient, &caller.representative) {
        (Some(patient), None) => patient.reveal().reveal().to_owned(),
        (Some(patient), Some(acting)) => {
            format!("{} by {}", patient.reveal().reveal(), acting.reveal().reveal())
        }
        (None, _) => caller.person_key(),
    };
    let parts = [
        &caller.client_id,
        caller.space.as_str(),
        &org,
        &person,
        caller.role.name(),
        scope.list,
        scope.filter,
    ];
    let mut bytes = Vec::new();
    for part in parts.into_iter().map(str::as_bytes).chain([position]) {
        bytes.extend(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        bytes.extend(part);
    }
    bytes
}

fn bad(problem: &'static ProblemType, pointer: &str) -> Failure {
    Failure::Refused(Refused::all(vec![Violation::new(problem, pointer)]))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use app::caller::Role;
    use domain::ids::SpaceId;

    fn caller(client_id: &str) -> Caller {
        Caller {
            client_id: client_id.to_owned(),
            org: None,
            person: None,
            role: Role::Wholesaler,
            patient: None,
            representative: None,
            space: SpaceId::production(),
        }
    }

    fn scope<'a>(caller: &'a Caller, filter: &'a str) -> Scope<'a> {
        Scope { caller, list: "/api/v1/medicine-demands", filter }
    }

    #[test]
    fn a_cursor_continues_its_own_list_only() {
        let key = CursorKey::new(b"a key of the tests");
        let (mine, other) = (caller("clinic-1"), caller("clinic-2"));
        let cursor = key.next(&scope(&mine, "{}"), &(17, "b")).unwrap();
        let page: Page<(u32, String)> = key.page(&scope(&mine, "{}"), Some(10), Some(&cursor)).unwrap();
        assert_eq!(page, Page { limit: 10, after: Some((17, "b".to_owned())) });
        let open = |key: &CursorKey, scope: &Scope<'_>, cursor: &str| {
            key.page::<(u32, String)>(scope, None, Some(cursor))
        };
        assert!(open(&key, &scope(&other, "{}"), &cursor).is_err());
        assert!(open(&key, &scope(&mine, "{\"state\":\"DRAFT\"}"), &cursor).is_err());
        assert!(open(&CursorKey::new(b"another"), &scope(&mine, "{}"), &cursor).is_err());
        for bad in ["", "!", "AAAA", &format!("{cursor}A")] {
            assert!(open(&key, &scope(&mine, "{}"), bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_page_has_1_to_200_entries_and_50_unless_asked() {
        let key = CursorKey::new(b"a key of the tests");
        let mine = caller("clinic-1");
        let limit = |limit| key.page::<u8>(&scope(&mine, ""), limit, None).map(|page| page.limit);
        assert_eq!(limit(None).unwrap(), 50);
        assert_eq!(limit(Some(200)).unwrap(), 200);
        assert!(limit(Some(0)).is_err() && limit(Some(201)).is_err());
    }
}
