//! Contracts of device providers and their product lists, on both databases.

use crate::test_support::{now, on_each};
use chrono::SubsecRound as _;
use domain::device_provider::{
    BranchPoints, Contract, ContractsFile, Coverage, Place, ServicePoint, Subcontract,
};
use domain::ids::{OrganisationId, PersonId, ProviderProductId, SpaceId};
use domain::provider_product::{Entry, Offer, Product};
use domain::values::{Address, BranchCode, Grosze, PayerCode, Text, TradeProductNumber};
use store::device_provider::{
    ImportedFile, Wanted, branch_points, contracts_of, current, make_current, providers, whole,
};
use store::directory::{Entries, OrganisationEntry, PersonEntry, put};
use store::provider_product::{By, Listing, ONE_NUMBER, all_of, find, list, next_revision, revision, save};
use store::{Store, StoreError};
use uuid::Uuid;

const HOLDER: OrganisationId = OrganisationId(Uuid::from_u128(1));
const SECOND: OrganisationId = OrganisationId(Uuid::from_u128(2));
const PERSON: PersonId = PersonId(Uuid::from_u128(3));

fn space() -> SpaceId {
    SpaceId::parse("one").unwrap()
}

/// Two providers and somebody who works there.
async fn directory(store: &Store) {
    let organisation = |id, name: &str| OrganisationEntry {
        id,
        kind: "DEVICE_PROVIDER".to_owned(),
        name: name.to_owned(),
        nip: None,
        rpwdl_number: None,
        parent: None,
        email: None,
        active: true,
        is_prison: false,
        payer_branch: None,
    };
    let person = PersonEntry {
        id: PERSON,
        given_names: "Renata".to_owned(),
        family_name: "Testowa".to_owned(),
        pesel_index: None,
        ids: Vec::new(),
        roles: Vec::new(),
        profession: None,
        specialties: None,
        assists: Vec::new(),
        active: true,
    };
    let organisations = vec![organisation(HOLDER, "Sklep próbny"), organisation(SECOND, "Sklep drugi")];
    let file = Entries { organisations, people: vec![person], consultants: Vec::new() };
    store.transaction(move |tx| put(tx, &space(), &file)).await.unwrap();
}

fn address(city: &str) -> Address {
    Address::parse("ul. Próbna 1", "00-900", city, "PL").unwrap()
}

fn place(code: &str, city: &str) -> Place {
    Place { code: Text::parse(code).unwrap(), name: None, address: address(city) }
}

fn contract(number: &str) -> Contract {
    Contract {
        number: Text::parse(number).unwrap(),
        branch: BranchCode::parse("07").unwrap(),
        holder: HOLDER,
        valid_from: "2024-01-01".parse().unwrap(),
        valid_to: "2026-12-31".parse().unwrap(),
        covers: vec![Coverage::parse("Y").unwrap()],
        places: vec![place("1", "Łódź")],
        subcontracts: vec![Subcontract {
            organisation: SECOND,
            valid_from: "2025-01-01".parse().unwrap(),
            valid_to: "2025-12-31".parse().unwrap(),
            places: vec![place("2", "Próbowo")],
        }],
    }
}

async fn import(store: &Store, id: &'static str, contracts: Vec<Contract>) -> ContractsFile {
    let file = ImportedFile {
        id: id.to_owned(),
        name: "próba".to_owned(),
        digest: "0".repeat(64),
        imported_at: now().trunc_subsecs(6),
    };
    let point = ServicePoint { name: Text::parse("Punkt próbny").unwrap(), address: address("Próbowo") };
    let branches = vec![BranchPoints { branch: BranchCode::parse("07").unwrap(), points: vec![point] }];
    let said = ContractsFile { contracts, branches };
    let kept = said.clone();
    store.transaction(move |tx| make_current(tx, &space(), &file, &kept)).await.unwrap();
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_comes_back_as_it_was_and_the_next_takes_its_place() {
    on_each(async |database| {
        let store = &database.store;
        directory(store).await;
        assert_eq!(store.read(|tx| current(tx, &space())).await.unwrap(), None);
        assert_eq!(store.read(|tx| branch_points(tx, &space())).await.unwrap(), []);
        let said = import(store, "first", vec![contract("UM-1"), contract("UM-2")]).await;
        assert_eq!(store.read_snapshot(|tx| whole(tx, "first")).await.unwrap(), said);
        assert_eq!(store.read(|tx| branch_points(tx, &space())).await.unwrap(), said.branches);
        let mut without = contract("UM-1");
        without.subcontracts.clear();
        import(store, "second", vec![without.clone()]).await;
        let id = store.read(|tx| current(tx, &space())).await.unwrap().map(|it| it.id);
        assert_eq!(id.as_deref(), Some("second"));
        assert_eq!(store.read(|tx| contracts_of(tx, &space(), HOLDER)).await.unwrap(), [without]);
        assert_eq!(store.read(|tx| contracts_of(tx, &space(), SECOND)).await.unwrap(), []);
        assert_eq!(store.read_snapshot(|tx| whole(tx, "first")).await.unwrap(), said, "former ones stay");
        let other = SpaceId::parse("two").unwrap();
        assert_eq!(store.read(move |tx| current(tx, &other)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn providers_are_found_by_what_one_place_of_one_contract_has() {
    on_each(async |database| {
        let store = &database.store;
        directory(store).await;
        import(store, "first", vec![contract("UM-1")]).await;
        let found = async |on: &str, city: Option<&str>, code: Option<&str>| {
            let wanted = Wanted {
                on: on.parse().unwrap(),
                code: code.map(|code| Coverage::parse(code).unwrap()),
                branch: BranchCode::parse("07").ok(),
                city: city.map(str::to_owned),
                after: None,
                limit: 10,
            };
            let found = store.read_snapshot(move |tx| providers(tx, &space(), &wanted)).await.unwrap();
            found.into_iter().map(|it| (it.id, it.holders.len())).collect::<Vec<_>>()
        };
        assert_eq!(found("2025-06-01", None, None).await, [(HOLDER, 0), (SECOND, 1)]);
        assert_eq!(found("2026-06-01", None, None).await, [(HOLDER, 0)]);
        assert_eq!(found("2025-06-01", Some("lodz"), None).await, [(HOLDER, 0)]);
        assert_eq!(found("2025-06-01", Some("Próbowo"), Some("Y.06.01")).await, [(SECOND, 1)]);
        assert_eq!(found("2025-06-01", None, Some("S")).await, []);
    })
    .await;
}

fn offer(price: &str) -> Offer {
    Offer {
        code: PayerCode::parse("Y.06.01").unwrap(),
        maker: Text::parse("Wytwórnia próbna").unwrap(),
        model: Text::parse("A").unwrap(),
        name: Text::parse("Pieluchomajtki próbne").unwrap(),
        price: Grosze::parse(price).unwrap(),
    }
}

fn entry(number: i32, from: &str, offer: Option<Offer>) -> Entry {
    Entry { number, from: from.parse().unwrap(), to: None, offer, is_replaced: false }
}

fn product(id: u128, entries: Vec<Entry>) -> Product {
    Product {
        id: ProviderProductId(Uuid::from_u128(id)),
        provider: HOLDER,
        contract: contract("UM-1").number,
        number: TradeProductNumber::parse("123").unwrap(),
        revision: i64::try_from(entries.len()).unwrap(),
        entries,
    }
}

async fn keep(store: &Store, product: Product, known: usize) -> Result<(), StoreError> {
    let by = By { person: PERSON, at: now().trunc_subsecs(6) };
    let job = move |tx: &mut store::Tx<'_>| {
        next_revision(tx, &space(), HOLDER, &product.contract)?;
        save(tx, &space(), &product, known, by)
    };
    store.transaction(job).await
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_of_a_product_are_added_and_the_list_says_what_holds_on_a_day() {
    on_each(async |database| {
        let store = &database.store;
        directory(store).await;
        let first = entry(1, "2026-01-01", Some(offer("2.30")));
        keep(store, product(7, vec![first.clone()]), 0).await.unwrap();
        let cut = Entry { to: "2026-02-28".parse().ok(), ..first };
        let after = product(7, vec![cut, entry(2, "2026-03-01", None)]);
        keep(store, after.clone(), 1).await.unwrap();
        let found = store.read(|tx| find(tx, &space(), HOLDER, product(7, Vec::new()).id)).await.unwrap();
        assert_eq!(found.map(|it| it.product), Some(after.clone()));
        let foreign = store.read(|tx| find(tx, &space(), SECOND, product(7, Vec::new()).id)).await.unwrap();
        assert_eq!(foreign, None);
        let all = store.read(|tx| all_of(tx, &space(), HOLDER, &contract("UM-1").number)).await.unwrap();
        assert_eq!(all.len(), 1);
        for (on, count) in [("2025-12-31", 0), ("2026-02-28", 1), ("2026-03-01", 0)] {
            let wanted = Listing {
                organisation: HOLDER,
                contract: contract("UM-1").number,
                on: on.parse().unwrap(),
                code: Coverage::parse("Y.06").ok(),
                after: None,
                limit: 10,
            };
            let found = store.read(move |tx| list(tx, &space(), &wanted)).await.unwrap();
            assert_eq!(found.len(), count, "{on}");
        }
        let changes = store.read(|tx| revision(tx, HOLDER, &contract("UM-1").number)).await.unwrap();
        assert_eq!(changes, 3, "1 before the first product");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_one_products() {
    on_each(async |database| {
        let store = &database.store;
        directory(store).await;
        keep(store, product(7, vec![entry(1, "2026-01-01", Some(offer("2.30")))]), 0).await.unwrap();
        let second =
            keep(store, product(8, vec![entry(1, "2026-01-01", Some(offer("2.40")))]), 0).await.unwrap_err();
        assert!(second.is_unique_violation_of(ONE_NUMBER), "{second}");
    })
    .await;
}
