//! Prescribers, providers and officers do at random whatever they may, all at once, and months pass: what the answers said is
//! what stands in the end, no month is supplied twice, no piece goes beyond an order, refund and co-pay are the price, and the
//! settlement reports come to what was issued.

mod checks;
mod facts;
mod story;
mod world;

use proptest::test_runner::{Config, TestRunner};
use testkit::{TestApp, is_proof, on_both};
use tokio::runtime::Handle;
use tokio::task::block_in_place;
use world::World;

/// Each story is played by as many requests as some minutes of a busy day.
fn stories() -> u32 {
    if is_proof() { 12 } else { 2 }
}

on_both! {
    async fn whatever_all_do_at_once_the_answers_the_orders_and_the_money_agree(app: TestApp) {
        let world = World::of(&app).await;
        // What went wrong between several cannot be made smaller: another order of theirs is another story.
        let config = Config { cases: stories(), max_shrink_iters: 0, failure_persistence: None, ..Config::default() };
        let play = |story| {
            Handle::current().block_on(world.play(&story));
            Ok(())
        };
        block_in_place(|| TestRunner::new(config).run(&story::stories(), play)).unwrap();
        world.end().await;
    }
}
