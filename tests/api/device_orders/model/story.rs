//! What all do, at random: each party one thing after the other, all parties at once, and then time passes.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};

/// Prescriber and assistant.
pub(super) const ISSUERS: usize = 2;
pub(super) const SHOPS: usize = 4;
/// Of each story.
pub(super) const PATIENTS: u32 = 3;

/// Which of those that there are by then.
pub(super) type Which = u8;

/// What is ordered by the month for one of a few patients: pads by the piece, or stoma bags by the amount.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) patient: u32,
    /// How many months after the present one it begins.
    pub(super) later: u32,
    pub(super) months: u32,
    /// A month; more than ninety the list does not have.
    pub(super) pieces: u32,
    pub(super) is_stoma: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Prescribing {
    Issue(Wanted),
    Correct(Which, Wanted),
    Cancel(Which),
}

#[derive(Clone, Debug)]
pub(super) enum Officiating {
    Accept(Which),
    Cancel(Which),
    Release(Which),
    TakeBack(Which),
}

/// Goods as a provider issues them.
#[derive(Clone, Debug)]
pub(super) struct Goods {
    /// Of a hundred of what may be issued; more than that is tried, too.
    pub(super) part: u32,
    pub(super) price: i64,
    pub(super) by_courier: bool,
    pub(super) days_ago: i64,
}

#[derive(Clone, Debug)]
pub(super) enum Supplying {
    TakeUp { order: Which, later: u32, months: u32 },
    GiveBack(Which),
    Issue(Which, Goods),
    TakeBack(Which),
    Receive(Which),
}

/// What happens between two passages of time.
#[derive(Clone, Debug)]
pub(super) struct Season {
    pub(super) prescribing: Vec<Vec<Prescribing>>,
    pub(super) officiating: Vec<Officiating>,
    pub(super) supplying: Vec<Vec<Supplying>>,
    pub(super) days: i64,
}

#[derive(Clone, Debug)]
pub(super) struct Story {
    /// What is there when all begin.
    pub(super) orders: Vec<Wanted>,
    pub(super) seasons: Vec<Season>,
}

pub(super) fn stories() -> impl Strategy<Value = Story> {
    let first = |wanted: Vec<Wanted>| {
        let each =
            wanted.into_iter().zip(0..).map(|(wanted, patient)| Wanted { patient, later: 0, ..wanted });
        each.collect::<Vec<_>>()
    };
    let orders = vec(wanted(), usize::try_from(PATIENTS).unwrap_or_default()).prop_map(first);
    (orders, vec(season(), 3)).prop_map(|(orders, seasons)| Story { orders, seasons })
}

fn season() -> impl Strategy<Value = Season> {
    let prescribing = vec(vec(prescribing(), 0..=2), ISSUERS);
    let supplying = vec(vec(supplying(), 6..=9), SHOPS);
    (prescribing, vec(officiating(), 0..=3), supplying, 0..=45_i64).prop_map(
        |(prescribing, officiating, supplying, days)| Season { prescribing, officiating, supplying, days },
    )
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let is_stoma = prop_oneof![2 => Just(false), 1 => Just(true)];
    (0..3_u32, 0..3_u32, 1..=12_u32, 30..=110_u32, is_stoma).prop_map(
        |(patient, later, months, pieces, is_stoma)| Wanted { patient, later, months, pieces, is_stoma },
    )
}

fn prescribing() -> impl Strategy<Value = Prescribing> {
    prop_oneof![
        4 => wanted().prop_map(Prescribing::Issue),
        2 => (any::<Which>(), wanted()).prop_map(|(order, wanted)| Prescribing::Correct(order, wanted)),
        1 => any::<Which>().prop_map(Prescribing::Cancel),
    ]
}

fn officiating() -> impl Strategy<Value = Officiating> {
    prop_oneof![
        2 => any::<Which>().prop_map(Officiating::Accept),
        1 => any::<Which>().prop_map(Officiating::Cancel),
        1 => any::<Which>().prop_map(Officiating::Release),
        1 => any::<Which>().prop_map(Officiating::TakeBack),
    ]
}

fn goods() -> impl Strategy<Value = Goods> {
    let part = prop_oneof![8 => 1..=100_u32, 1 => 101..=130_u32, 1 => Just(100)];
    (part, 1..=400_i64, any::<bool>(), 0..=2_i64).prop_map(|(part, price, by_courier, days_ago)| Goods {
        part,
        price,
        by_courier,
        days_ago,
    })
}

/// Goods are issued in a month that is supplied, so most take-ups begin with the present one.
fn later() -> impl Strategy<Value = u32> {
    prop_oneof![3 => Just(0), 1 => 1..8_u32]
}

fn supplying() -> impl Strategy<Value = Supplying> {
    prop_oneof![
        5 => (any::<Which>(), later(), 1..=3_u32)
            .prop_map(|(order, later, months)| Supplying::TakeUp { order, later, months }),
        1 => any::<Which>().prop_map(Supplying::GiveBack),
        8 => (any::<Which>(), goods()).prop_map(|(take_up, goods)| Supplying::Issue(take_up, goods)),
        2 => any::<Which>().prop_map(Supplying::TakeBack),
        1 => any::<Which>().prop_map(Supplying::Receive),
    ]
}
