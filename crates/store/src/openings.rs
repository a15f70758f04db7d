//! Which officers of the payer see a document whole for a while, whichever it is (ADR 49).

/// The queries of one type of document: its id, and the table of its openings.
macro_rules! openings {
    ($id:ty, $openings:ident) => {
        /// Opens the order to the officer until then; a later call moves the end.
        pub fn open_to(
            tx: &mut Tx<'_>,
            order: $id,
            officer: PersonId,
            until: DateTime<Utc>,
        ) -> Result<(), StoreError> {
            let open_until = $openings::open_until.eq(timestamp::column(until));
            let row = (
                $openings::order_id.eq(order.to_string()),
                $openings::person_id.eq(officer.to_string()),
                open_until,
            );
            on_backend!(tx, |conn| diesel::insert_into($openings::table)
                .values(row)
                .on_conflict(($openings::order_id, $openings::person_id))
                .do_update()
                .set(open_until)
                .execute(conn))?;
            Ok(())
        }

        pub fn is_open_to(
            tx: &mut Tx<'_>,
            order: $id,
            officer: PersonId,
            at: DateTime<Utc>,
        ) -> Result<bool, StoreError> {
            let found: Option<String> = on_backend!(tx, |conn| $openings::table
                .find((order.to_string(), officer.to_string()))
                .filter($openings::open_until.gt(timestamp::column(at)))
                .select($openings::order_id)
                .first(conn)
                .optional())?;
            Ok(found.is_some())
        }
    };
}

pub(crate) use openings;
