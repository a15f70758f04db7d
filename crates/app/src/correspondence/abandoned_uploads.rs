//! Removing objects whose attachment never came to be.

use crate::App;
use crate::failure::Failure;
use chrono::TimeDelta;
use store::correspondence::{forget_upload, give_up_upload, give_up_uploads, list_given_up};
use store::leases;

/// Longer than any upload takes.
const ABANDONED_AFTER: TimeDelta = TimeDelta::hours(1);
const AT_ONCE: i64 = 50;
const LEASE: TimeDelta = TimeDelta::minutes(5);
const LEASE_NAME: &str = "abandoned-uploads";

impl App {
    /// Removes what this upload has left, unless its attachment is there: a commit may have succeeded that nobody heard
    /// of. Where it cannot, the round of [`App::remove_abandoned_uploads`] does.
    pub(crate) async fn abandon_upload(&self, object: &str) {
        let (name, now) = (object.to_owned(), self.inner.clock.real_now());
        let give_up = move |tx: &mut store::Tx<'_>| Ok::<_, Failure>(give_up_upload(tx, &name, now)?);
        let removed = match self.inner.store.transaction(give_up).await {
            Ok(true) => self.remove_object(object).await,
            Ok(false) => Ok(()),
            Err(fault) => Err(fault),
        };
        if let Err(fault) = removed {
            tracing::warn!(attachment.id = object, upload.fault = ?fault, "an abandoned upload is not removed yet");
        }
    }

    /// Removes an object whose upload was given up before it was whole: its note may be gone already.
    pub(crate) async fn discard_upload(&self, object: &str) {
        if let Err(fault) = self.remove_object(object).await {
            tracing::error!(attachment.id = object, upload.fault = ?fault, "an upload that was given up is not removed");
        }
    }

    async fn remove_object(&self, object: &str) -> Result<(), Failure> {
        self.inner.attachments.remove(object).await.map_err(super::upload::unavailable)?;
        let name = object.to_owned();
        let forget = move |tx: &mut store::Tx<'_>| Ok::<_, Failure>(forget_upload(tx, &name)?);
        self.inner.store.transaction(forget).await
    }

    /// Gives old uploads up and removes their objects, on one node at a time; how many those were. Call it again until
    /// there are none.
    #[tracing::instrument(name = "remove_abandoned_uploads", skip_all)]
    pub async fn remove_abandoned_uploads(&self, holder: &str) -> Result<usize, Failure> {
        let (parts, holding) = (self.inner.clone(), holder.to_owned());
        let given_up = self
            .inner
            .store
            .transaction(move |tx| {
                let now = parts.clock.real_now();
                if !leases::acquire(tx, LEASE_NAME, &holding, now, now + LEASE)? {
                    return Ok(Vec::new());
                }
                give_up_uploads(tx, now - ABANDONED_AFTER, now)?;
                Ok::<_, Failure>(list_given_up(tx, AT_ONCE)?)
            })
            .await?;
        // One that cannot be removed keeps nobody else's.
        let mut failed = None;
        for object in &given_up {
            if let Err(fault) = self.remove_object(object).await {
                tracing::warn!(attachment.id = object, upload.fault = ?fault, "an abandoned upload is not removed yet");
                failed = Some(fault);
            }
        }
        let holding = holder.to_owned();
        let release =
            move |tx: &mut store::Tx<'_>| Ok::<_, Failure>(leases::release(tx, LEASE_NAME, &holding)?);
        if !given_up.is_empty() {
            self.inner.store.transaction(release).await?;
        }
        match failed {
            Some(fault) => Err(fault),
            None => Ok(given_up.len()),
        }
    }
}
