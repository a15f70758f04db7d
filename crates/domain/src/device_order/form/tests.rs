//! The form, member by member.
