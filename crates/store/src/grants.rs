//! Which organisations of supply have retrieved a document, whichever it is.

/// The queries of one type of document: its id, and its table with the column that holds that id.
macro_rules! grants {
    ($id:ty, $grants:ident, $document:ident) => {
        /// Records that the organisation retrieved the document; the first time counts.
        pub fn grant(
            tx: &mut Tx<'_>,
            document: $id,
            organisation: OrganisationId,
            now: DateTime<Utc>,
        ) -> Result<(), StoreError> {
            let row = (
                $grants::$document.eq(document.to_string()),
                $grants::organisation_id.eq(organisation.to_string()),
                $grants::granted_at.eq(timestamp::column(now)),
            );
            on_backend!(tx, |conn| diesel::insert_into($grants::table)
                .values(row)
                .on_conflict_do_nothing()
                .execute(conn))?;
            Ok(())
        }

        pub fn has_grant(
            tx: &mut Tx<'_>,
            document: $id,
            organisation: OrganisationId,
        ) -> Result<bool, StoreError> {
            let found: Option<String> = on_backend!(tx, |conn| $grants::table
                .find((document.to_string(), organisation.to_string()))
                .select($grants::$document)
                .first(conn)
                .optional())?;
            Ok(found.is_some())
        }
    };
}

pub(crate) use grants;
