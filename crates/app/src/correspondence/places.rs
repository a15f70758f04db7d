//! How many files one client sends at once: each holds a connection and a part of the file for as long as it comes.

use crate::failure::Failure;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Of one client, in this process.
pub(crate) const AT_ONCE: usize = 8;
/// Seconds after which a place may be free again.
const RETRY_AFTER: u32 = 2;

/// The uploads under way, by client.
#[derive(Default)]
pub(crate) struct UploadPlaces(Mutex<HashMap<String, usize>>);

/// One of them; the place is free when it is dropped.
pub(crate) struct UploadPlace {
    places: Arc<UploadPlaces>,
    client: String,
}

impl UploadPlaces {
    /// A place for one more file of this client.
    pub(crate) fn take(self: &Arc<Self>, client: &str) -> Result<UploadPlace, Failure> {
        let mut taken = self.taken();
        let of_client = taken.entry(client.to_owned()).or_default();
        if *of_client >= AT_ONCE {
            return Err(Failure::Limited { retry_after: RETRY_AFTER });
        }
        *of_client += 1;
        Ok(UploadPlace { places: Arc::clone(self), client: client.to_owned() })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for UploadPlace {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        if let Some(of_client) = taken.get_mut(&self.client) {
            *of_client -= 1;
            if *of_client == 0 {
                taken.remove(&self.client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_has_so_many_places_and_gets_them_back() {
        let places = Arc::new(UploadPlaces::default());
        let mut held: Vec<_> = (0..AT_ONCE).map(|_| places.take("one").ok()).collect();
        assert!(held.iter().all(Option::is_some));
        assert!(matches!(places.take("one"), Err(Failure::Limited { .. })));
        assert!(places.take("two").is_ok(), "another client has its own");
        held.pop();
        assert!(places.take("one").is_ok());
        drop(held);
        assert!(places.taken().is_empty(), "nothing is kept of who has left");
    }
}
