//! Demands for foods: what differs from medicines; everything else is walked for both in `procedure`.

mod consent;
mod create;
