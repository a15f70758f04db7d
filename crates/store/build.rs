//! Rebuilds the crate when a migration changes: the macro that embeds them tells cargo nothing.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
    println!("cargo:rerun-if-changed=build.rs");
}
