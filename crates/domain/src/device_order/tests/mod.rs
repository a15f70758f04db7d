//! Stories of orders.
