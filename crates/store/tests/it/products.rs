//! Editions of the register of medicinal products: one is served whole, whatever happens to the others.

use crate::test_support::{TestDatabase, later, now, on_each};
use chrono::NaiveDate;
use domain::medicinal_product::{
    ActiveSubstance, Pack, Permit, RegisterId, RegisteredProduct, search as asked,
};
use std::sync::Arc;
use store::medicinal_product::{
    ProductFilter, begin, current, discard, has_too_long_a_key, insert, make_current, of_substances, search,
    superseded,
};
use store::{Store, StoreError};

fn product(id: i64) -> RegisteredProduct {
    RegisteredProduct {
        id: RegisterId::new(id).unwrap(),
        kind: Some("ludzki".to_owned()),
        name: format!("Żelazny Próbny {id}"),
        common_name: Some("Allopurinolum".to_owned()),
        strength: Some(format!("{} mg", 100 * (id % 3 + 1))),
        form: Some("Tabletki powlekane".to_owned()),
        holder: None,
        procedure: None,
        permit: Permit::default(),
        atc: vec!["M04AA01".to_owned()],
        substances: vec![ActiveSubstance { name: "Allopurinolum".to_owned(), ..ActiveSubstance::default() }],
        packs: vec![Pack { gtin: Some("05909991452063".to_owned()), availability: None, deleted: false }],
    }
}

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
}

/// Begins an edition and fills it with the products of these numbers.
async fn filled(store: &Store, id: &'static str, on: u32, numbers: std::ops::Range<i64>) {
    store.transaction(move |tx| begin(tx, id, day(on), later(i64::from(on)))).await.unwrap();
    let all: Vec<RegisteredProduct> = numbers.map(product).collect();
    for some in all.chunks(7) {
        let some: Arc<[RegisteredProduct]> = some.into();
        store.transaction(move |tx| insert(tx, id, &some)).await.unwrap();
    }
}

async fn serve(store: &Store, id: &'static str, products: i64) -> Result<bool, StoreError> {
    store.transaction(move |tx| make_current(tx, id, products, now())).await
}

async fn served(store: &Store) -> Vec<i64> {
    let found = store.read_snapshot(|tx| {
        let Some(edition) = current(tx)? else { return Ok(Vec::new()) };
        search(tx, &edition.id, &ProductFilter::default(), 1000)
    });
    found.await.unwrap().iter().map(|product| product.id.number()).collect()
}

async fn rows(store: &Store) -> (usize, usize) {
    let found = store.read(|tx| Ok::<_, StoreError>((superseded(tx)?.len(), search_all(tx)?))).await;
    found.unwrap()
}

fn search_all(tx: &mut store::Tx<'_>) -> Result<usize, StoreError> {
    let mut all = 0;
    for edition in superseded(tx)? {
        all += search(tx, &edition, &ProductFilter::default(), 1000)?.len();
    }
    Ok(all)
}

async fn clean(store: &Store) -> usize {
    let mut steps = 0;
    for edition in store.read(superseded).await.unwrap() {
        loop {
            let edition = edition.clone();
            steps += 1;
            if store.transaction(move |tx| discard(tx, &edition, 10)).await.unwrap() {
                break;
            }
        }
    }
    steps
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edition_is_served_from_its_change_over_on_and_not_before() {
    on_each(async |database| {
        let store = &database.store;
        assert_eq!(store.read(current).await.unwrap(), None);
        filled(store, "one", 1, 1..20).await;
        assert_eq!(served(store).await, [0; 0]);
        assert!(serve(store, "one", 19).await.unwrap());
        filled(store, "two", 2, 100..105).await;
        assert_eq!(served(store).await, (1..20).collect::<Vec<_>>());
        assert!(serve(store, "two", 5).await.unwrap());
        assert_eq!(served(store).await, (100..105).collect::<Vec<_>>());
        let edition = store.read(current).await.unwrap().unwrap();
        assert_eq!((edition.as_of, edition.products), (day(2), 5));
        assert_eq!(store.read(superseded).await.unwrap(), ["one"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_over_that_fails_leaves_the_former_edition() {
    on_each(async |database| {
        let store = &database.store;
        filled(store, "one", 1, 1..4).await;
        assert!(serve(store, "one", 3).await.unwrap());
        assert!(!serve(store, "unknown", 1).await.unwrap());
        assert!(!serve(store, "one", 3).await.unwrap(), "it is not being filled");
        assert_eq!(served(store).await, [1, 2, 3]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_never_see_two_editions_or_a_part_of_one() {
    on_each(async |database| {
        let store = database.store.clone();
        filled(&store, "one", 1, 1..40).await;
        assert!(serve(&store, "one", 39).await.unwrap());
        let reading = {
            let store = store.clone();
            tokio::spawn(async move {
                let mut seen = Vec::new();
                loop {
                    let now_served = served(&store).await;
                    let is_last = now_served.first() == Some(&100);
                    seen.push(now_served);
                    if is_last {
                        return seen;
                    }
                }
            })
        };
        filled(&store, "two", 2, 100..130).await;
        assert!(serve(&store, "two", 30).await.unwrap());
        clean(&store).await;
        for page in reading.await.unwrap() {
            assert!(
                page == (1..40).collect::<Vec<_>>() || page == (100..130).collect::<Vec<_>>(),
                "{page:?}"
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_edition_is_never_served_and_is_taken_away_in_steps() {
    on_each(async |database| {
        let store = &database.store;
        filled(store, "one", 1, 1..4).await;
        assert!(serve(store, "one", 3).await.unwrap());
        filled(store, "half", 2, 100..150).await;
        assert_eq!(served(store).await, [1, 2, 3]);
        assert_eq!(rows(store).await, (1, 50));
        let steps = clean(store).await;
        assert!(steps > 5, "{steps}: each transaction is short");
        assert_eq!(rows(store).await, (0, 0));
        assert_eq!(served(store).await, [1, 2, 3]);
        let some: Arc<[RegisteredProduct]> = [product(200)].into();
        let late = store.transaction(move |tx| insert(tx, "half", &some)).await;
        assert!(matches!(late, Err(StoreError::ForeignKey)), "whoever still fills it is told: {late:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_edition_that_is_served_cannot_be_discarded() {
    on_each(async |database| {
        let store = &database.store;
        filled(store, "one", 1, 1..4).await;
        assert!(serve(store, "one", 3).await.unwrap());
        assert!(store.transaction(|tx| discard(tx, "one", 10)).await.unwrap());
        assert_eq!(served(store).await, [1, 2, 3]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_read_by_key() {
    on_each(async |database| {
        let store = &database.store;
        filled(store, "one", 1, 1..31).await;
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let filter = ProductFilter { after, ..ProductFilter::default() };
            let page = store.read(move |tx| search(tx, "one", &filter, 7)).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            all.extend(page.iter().map(|product| product.id.number()));
        }
        assert_eq!(all, (1..31).collect::<Vec<_>>());
    })
    .await;
}

async fn found(database: &TestDatabase, filter: ProductFilter) -> usize {
    database.store.read(move |tx| search(tx, "one", &filter, 1000)).await.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_condition_narrows_the_search() {
    on_each(async |database| {
        filled(&database.store, "one", 1, 1..31).await;
        let filter = ProductFilter::default;
        let name = |text| ProductFilter { name: asked::name(text).unwrap(), ..filter() };
        assert_eq!(found(database, name("żelaz")).await, 30);
        assert_eq!(found(database, name("ZELAZNY probny 7")).await, 1);
        assert_eq!(found(database, name("allopurinolum")).await, 30, "the common name too");
        assert_eq!(found(database, name("%elaz")).await, 0);
        let substance = |text| ProductFilter { substances: asked::substances(text).unwrap(), ..filter() };
        assert_eq!(found(database, substance("allopurynol")).await, 30);
        assert_eq!(found(database, substance("allopurynol + dapson")).await, 0);
        let strength = ProductFilter { strength_key: asked::strength_key("0,3 g").ok(), ..filter() };
        assert_eq!(found(database, strength).await, 10);
        let form = ProductFilter { form_key: asked::form_key("tabl. powl.").ok(), ..filter() };
        assert_eq!(found(database, form).await, 30);
        let gtin = |code: &str| ProductFilter { gtin: Some(code.to_owned()), ..filter() };
        assert_eq!(found(database, gtin("05909991452063")).await, 30);
        assert_eq!(found(database, gtin("05909991452070")).await, 0);
        let of = |key: &'static str| database.store.read(move |tx| of_substances(tx, "one", key, 4));
        assert_eq!(of("alopurinol").await.unwrap().first(), Some(&product(1)));
        assert_eq!(of("alopurinol").await.unwrap().len(), 4);
        assert_eq!(of("alopur").await.unwrap().len(), 0);
    })
    .await;
}

/// A product of so many packs and words.
fn rich(id: i64, packs: usize, words: usize) -> RegisteredProduct {
    let gtin = |pack: usize| {
        let body = format!("059{id:03}{pack:07}");
        let digits = body.chars().filter_map(|c| c.to_digit(10)).enumerate();
        let sum: u32 = digits.map(|(at, digit)| digit * if at % 2 == 0 { 3 } else { 1 }).sum();
        Some(format!("{body}{}", (10 - sum % 10) % 10))
    };
    let pack = |number| Pack { gtin: gtin(number), availability: None, deleted: false };
    let name = (0..words).map(|word| format!("słowo{word}")).collect::<Vec<_>>().join(" ");
    RegisteredProduct { name, packs: (0..packs).map(pack).collect(), ..product(id) }
}

#[tokio::test(flavor = "multi_thread")]
async fn products_of_as_many_packs_and_words_as_the_register_may_list_are_kept() {
    on_each(async |database| {
        let store = &database.store;
        store.transaction(|tx| begin(tx, "one", day(1), now())).await.unwrap();
        let many: Vec<RegisteredProduct> = (1..=9).map(|id| rich(id, 2000, 1)).collect();
        let wordy: Vec<RegisteredProduct> = (10..260).map(|id| rich(id, 0, 40)).collect();
        for batch in [many, wordy] {
            store.transaction(move |tx| insert(tx, "one", &batch)).await.unwrap();
        }
        assert!(serve(store, "one", 259).await.unwrap());
        assert_eq!(served(store).await.len(), 259);
        let last = rich(9, 2000, 1).packs.pop().and_then(|pack| pack.gtin);
        assert_eq!(found(database, ProductFilter { gtin: last, ..ProductFilter::default() }).await, 1);
    })
    .await;
}

/// Letters that no database packs into fewer bytes, and no two words of which are alike.
fn letters(length: usize) -> String {
    let mut state = 7_u64;
    let mut letter = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'a' + u8::try_from((state >> 33) % 26).unwrap())
    };
    (0..length).map(|_| letter()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_key_that_is_not_too_long_is_kept_and_the_others_are_known_before() {
    let named = |name: String| RegisteredProduct { name, ..product(1) };
    let of = |substance: String| RegisteredProduct {
        substances: vec![ActiveSubstance { name: substance, ..ActiveSubstance::default() }],
        ..product(2)
    };
    assert!(has_too_long_a_key(&named(letters(2001))) && has_too_long_a_key(&of(letters(3000))));
    let whole = letters(4000).as_bytes().chunks(12).map(<[u8]>::to_vec).collect::<Vec<_>>();
    let listed = whole.into_iter().map(|name| String::from_utf8(name).unwrap());
    let substances = listed.map(|name| ActiveSubstance { name, ..ActiveSubstance::default() }).collect();
    assert!(has_too_long_a_key(&RegisteredProduct { substances, ..product(3) }), "all of them together");
    on_each(async |database| {
        let longest = [named(letters(2000)), of(letters(2000))];
        assert!(!longest.iter().any(has_too_long_a_key));
        let store = &database.store;
        store.transaction(|tx| begin(tx, "one", day(1), now())).await.unwrap();
        store.transaction(move |tx| insert(tx, "one", &longest)).await.unwrap();
    })
    .await;
}
