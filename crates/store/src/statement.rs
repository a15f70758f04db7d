//! Hand-written statements that both databases keep prepared.
//!
//! diesel caches a prepared statement only when the query's type names it; upserts, UPDATEs and
//! `sql_query` are parsed and planned anew each time, which costs more than running them. A statement
//! declared here has a type of its own and fixed text.

/// Declares a statement as a struct of its parameters, at least one of them borrowed for `'a`:
/// `statement! { Forget, "DELETE FROM notes WHERE id = " [id: Text = &'a str] }`.
/// With `@postgres` in front it is for PostgreSQL alone.
macro_rules! statement {
    ($(#[$doc:meta])* $name:ident, $($sql:literal $([$field:ident: $sql_type:ty = $rust:ty])?)+) => {
        $(#[$doc])*
        pub(crate) struct $name<'a> {
            $($(pub(crate) $field: $rust,)?)+
        }

        impl ::diesel::query_builder::QueryId for $name<'_> {
            type QueryId = $name<'static>;
            const HAS_STATIC_QUERY_ID: bool = true;
        }

        $crate::statement::statement!(@fragment ::diesel::pg::Pg, $name, $($sql $([$field: $sql_type = $rust])?)+);
        $crate::statement::statement!(@fragment ::diesel::sqlite::Sqlite, $name, $($sql $([$field: $sql_type = $rust])?)+);

        impl<C> ::diesel::RunQueryDsl<C> for $name<'_> {}
    };
    (@fragment $backend:ty, $name:ident, $($sql:literal $([$field:ident: $sql_type:ty = $rust:ty])?)+) => {
        impl ::diesel::query_builder::QueryFragment<$backend> for $name<'_> {
            fn walk_ast<'b>(
                &'b self,
                mut out: ::diesel::query_builder::AstPass<'_, 'b, $backend>,
            ) -> ::diesel::QueryResult<()> {
                $(
                    out.push_sql($sql);
                    $(out.push_bind_param::<$sql_type, _>(&self.$field)?;)?
                )+
                Ok(())
            }
        }
    };
    (@postgres $(#[$doc:meta])* $name:ident, $($sql:literal $([$field:ident: $sql_type:ty = $rust:ty])?)+) => {
        $(#[$doc])*
        pub(crate) struct $name<'a> {
            $($(pub(crate) $field: $rust,)?)+
        }

        impl ::diesel::query_builder::QueryId for $name<'_> {
            type QueryId = $name<'static>;
            const HAS_STATIC_QUERY_ID: bool = true;
        }

        $crate::statement::statement!(@fragment ::diesel::pg::Pg, $name, $($sql $([$field: $sql_type = $rust])?)+);

        impl<C> ::diesel::RunQueryDsl<C> for $name<'_> {}
    };
}

pub(crate) use statement;
