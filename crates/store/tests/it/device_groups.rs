//! The catalogue of device groups: one edition is current, and entries are numbered within a code and a space.

use crate::test_support::{now, on_each};
use chrono::SubsecRound as _;
use domain::device_group::entry::{Entered, NewFigures};
use domain::device_group::{AgeRange, BandPlace, Listed, built_in};
use domain::ids::{EnteredFiguresId, OrganisationId, PersonId, SpaceId};
use domain::values::{DeviceCode, Percent, Text};
use store::device_group::{
    Edition, ONE_NUMBER, StoredFigures, all, count, current, effective_versions, entries, find_on, insert,
    make_current, versions,
};
use store::directory::{Entries, OrganisationEntry, PersonEntry, put};
use store::{Store, StoreError};
use uuid::Uuid;

fn edition(id: &str) -> Edition {
    Edition {
        id: id.to_owned(),
        name: "próba".to_owned(),
        digest: "0".repeat(64),
        imported_at: now().trunc_subsecs(6),
    }
}

async fn serve(store: &Store, id: &'static str, groups: Vec<Listed>) {
    store.transaction(move |tx| make_current(tx, &edition(id), &groups)).await.unwrap();
}

fn code() -> DeviceCode {
    DeviceCode::parse("S.15.01").unwrap()
}

fn figures(id: u128, copay: u8) -> StoredFigures {
    let ages = AgeRange { from: Some(18), below: None };
    let entered = Entered {
        id: EnteredFiguresId(Uuid::from_u128(id)),
        code: code(),
        place: BandPlace { tier: 1, ages, pregnant: None },
        holds_from: "2026-01-01".parse().unwrap(),
        figures: NewFigures { copay: Percent::new(copay).ok(), ..NewFigures::default() },
        source: Text::parse("Dz.U. 2025 poz. 1038").unwrap(),
        reason: None,
    };
    StoredFigures { entered, entered_at: now().trunc_subsecs(6) }
}

fn space(name: &str) -> SpaceId {
    SpaceId::parse(name).unwrap()
}

const BY: (PersonId, OrganisationId) = (PersonId(Uuid::from_u128(1)), OrganisationId(Uuid::from_u128(2)));

/// An officer, and where they act.
async fn officer(store: &Store) {
    let organisation = OrganisationEntry {
        id: BY.1,
        kind: "NFZ_BRANCH".to_owned(),
        name: "Oddział próbny".to_owned(),
        nip: None,
        rpwdl_number: None,
        parent: None,
        email: None,
        active: true,
        is_prison: false,
        payer_branch: None,
    };
    let person = PersonEntry {
        id: BY.0,
        given_names: "Gustaw".to_owned(),
        family_name: "Testowy".to_owned(),
        pesel_index: None,
        ids: Vec::new(),
        roles: Vec::new(),
        profession: None,
        specialties: None,
        assists: Vec::new(),
        active: true,
    };
    let file = Entries { organisations: vec![organisation], people: vec![person], consultants: Vec::new() };
    store.transaction(move |tx| put(tx, &space("one"), &file)).await.unwrap();
}

async fn add(store: &Store, stored: StoredFigures, earlier: usize) -> Result<(), StoreError> {
    store.transaction(move |tx| insert(tx, &space("one"), &stored, BY, earlier)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edition_comes_back_as_it_was_and_the_next_takes_its_place() {
    on_each(async |database| {
        let store = &database.store;
        assert_eq!(store.read(current).await.unwrap(), None);
        serve(store, "first", built_in::groups().to_vec()).await;
        assert_eq!(store.read(|tx| all(tx, "first")).await.unwrap(), built_in::groups());
        serve(store, "second", built_in::groups().iter().take(2).cloned().collect()).await;
        assert_eq!(store.read(current).await.unwrap().map(|it| it.id).as_deref(), Some("second"));
        assert_eq!(store.read(|tx| all(tx, "second")).await.unwrap().len(), 2);
        assert_eq!(
            store.read(|tx| versions(tx, "first", &code())).await.unwrap().len(),
            1,
            "former ones stay"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_hold_in_their_space_from_their_day_on() {
    on_each(async |database| {
        let store = &database.store;
        serve(store, "first", built_in::groups().to_vec()).await;
        officer(store).await;
        add(store, figures(7, 10), 0).await.unwrap();
        assert_eq!(
            store.read(|tx| entries(tx, &space("one"), Some(&code()))).await.unwrap(),
            [figures(7, 10)]
        );
        assert_eq!(store.read(|tx| entries(tx, &space("two"), None)).await.unwrap(), []);
        assert_eq!(store.read(|tx| count(tx, &space("one"))).await.unwrap(), 1);
        assert_eq!(store.read(|tx| effective_versions(tx, &space("one"), &code())).await.unwrap().len(), 2);
        for (day, known) in [("2025-12-31", false), ("2026-01-01", true)] {
            let found = store.read(move |tx| find_on(tx, &space("one"), &code(), day.parse().unwrap())).await;
            let group = found.unwrap().unwrap().group;
            assert_eq!(group.figures_for(40, false, 1).is_ok(), known, "{day}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_entries_that_saw_the_same_only_one_is_made() {
    on_each(async |database| {
        let store = &database.store;
        officer(store).await;
        add(store, figures(7, 10), 0).await.unwrap();
        let second = add(store, figures(8, 20), 0).await.unwrap_err();
        assert!(second.is_unique_violation_of(ONE_NUMBER), "{second}");
        add(store, figures(8, 20), 1).await.unwrap();
    })
    .await;
}
