//! Hand-written statements that both databases keep prepared.
//!
//! diesel caches a prepared statement only when the query's type names it; upserts, UPDATEs and
//! `sql_query` are parsed and planned anew each time, which costs more than running them. A statement
//! declared here has a type of its own and fixed text.

/// Declares a statement as a struct of its parameters, with the lifetime of those that are borrowed, for
/// the databases that are named:
/// `statement! { Forget ['a] for (Pg Sqlite) { "DELETE FROM notes WHERE id = " [id: Text = &'a str] } }`.
/// What only one of them is told stands in parentheses behind that piece: `(Pg " FOR UPDATE")`.
macro_rules! statement {
    ($(#[$doc:meta])* $name:ident $life:tt for ($($backend:ident)+) $text:tt) => {
        $crate::statement::statement!(@structure [$(#[$doc])*] $name $life $text);
        $($crate::statement::statement!(@fragment $backend $name $life $text);)+
    };
    (@structure [$(#[$doc:meta])*] $name:ident [$($life:lifetime)?]
        { $($sql:literal $([$field:ident: $sql_type:ty = $rust:ty])? $(($only:ident $more:literal))?)+ }) => {
        $(#[$doc])*
        pub(crate) struct $name $(<$life>)? {
            $($(pub(crate) $field: $rust,)?)+
        }

        const _: () = {
            pub(crate) struct Id;

            impl $(<$life>)? ::diesel::query_builder::QueryId for $name $(<$life>)? {
                type QueryId = Id;
                const HAS_STATIC_QUERY_ID: bool = true;
            }
        };

        impl<$($life,)? C> ::diesel::RunQueryDsl<C> for $name $(<$life>)? {}
    };
    (@fragment $backend:ident $name:ident [$($life:lifetime)?]
        { $($sql:literal $([$field:ident: $sql_type:ty = $rust:ty])? $(($only:ident $more:literal))?)+ }) => {
        impl $(<$life>)? ::diesel::query_builder::QueryFragment<$crate::statement::$backend> for $name $(<$life>)? {
            fn walk_ast<'b>(
                &'b self,
                mut out: ::diesel::query_builder::AstPass<'_, 'b, $crate::statement::$backend>,
            ) -> ::diesel::QueryResult<()> {
                $(
                    out.push_sql($sql);
                    $(out.push_bind_param::<$sql_type, _>(&self.$field)?;)?
                    $(if stringify!($only) == stringify!($backend) {
                        out.push_sql($more);
                    })?
                )+
                Ok(())
            }
        }
    };
}

pub(crate) use diesel::pg::Pg;
pub(crate) use diesel::sqlite::Sqlite;
pub(crate) use statement;
