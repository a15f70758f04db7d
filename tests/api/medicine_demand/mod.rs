//! Medicine demands: one file for each verb, and the whole path.

mod conditional;
mod content_rules;
mod copy;
mod create;
mod disaster;
mod edit;
mod find;
mod hand_over;
mod list;
mod listed;
mod opinion;
mod path;
mod print;
mod realise;
mod representative;
mod resolution_draft;
mod resolve;
mod revoke;
mod submit;
mod take_over;
mod terms;
mod treated;
mod values;
mod withdraw;
