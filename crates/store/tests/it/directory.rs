//! The directory takes a file in whatever order it stands, and all of it anew.

use crate::test_support::{TestDatabase, on_each, ring, space};
use domain::ids::{OrganisationId, PersonId};
use store::StoreError;
use store::directory::{
    ConsultantEntry, Entries, ONE_PESEL, OfWhom, OrganisationEntry, PersonEntry, find_by_rpwdl_number,
    find_consultant_of, find_organisation, find_person, find_person_of, list_consultants, put,
};
use uuid::Uuid;

fn organisation(id: u128, parent: Option<u128>) -> OrganisationEntry {
    OrganisationEntry {
        id: OrganisationId(Uuid::from_u128(id)),
        kind: "MEDICAL_ENTITY".to_owned(),
        name: "Szpital Testowy".to_owned(),
        nip: None,
        rpwdl_number: None,
        parent: parent.map(|id| OrganisationId(Uuid::from_u128(id))),
        email: None,
        active: true,
        is_prison: false,
        payer_branch: None,
    }
}

fn person(id: u128, npwz: Option<&str>, pesel: Option<&str>) -> PersonEntry {
    PersonEntry {
        id: PersonId(Uuid::from_u128(id)),
        given_names: "Anna".to_owned(),
        family_name: "Testowa".to_owned(),
        pesel_index: pesel.map(|pesel| ring().blind_index("person", pesel)),
        ids: npwz.iter().map(|npwz| ("NPWZ".to_owned(), (*npwz).to_owned())).collect(),
        roles: Vec::new(),
        profession: None,
        specialties: None,
        assists: Vec::new(),
        active: true,
    }
}

fn consultant(person: u128, field: &str) -> ConsultantEntry {
    ConsultantEntry {
        person: PersonId(Uuid::from_u128(person)),
        field: field.to_owned(),
        kind: "NATIONAL".to_owned(),
        npwz: "5425740".to_owned(),
        qualifications: "specjalista".to_owned(),
        active: true,
    }
}

async fn import(database: &TestDatabase, entries: Entries) -> Result<(), StoreError> {
    database.store.transaction(move |tx| put(tx, &space(), &entries)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consultant_who_is_no_longer_in_the_file_is_none() {
    on_each(async |database| {
        let of =
            |consultants| Entries { people: vec![person(1, None, None)], consultants, ..Entries::default() };
        import(database, of(vec![consultant(1, "0752"), consultant(1, "0757")])).await.unwrap();
        import(database, of(vec![consultant(1, "0757")])).await.unwrap();
        let listed =
            database.store.read(|tx| list_consultants(tx, &space(), None, None, None, 10)).await.unwrap();
        let fields: Vec<&str> = listed.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(fields, ["0757"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_child_may_stand_before_its_parent() {
    on_each(async |database| {
        for _ in 0..2 {
            let organisations = vec![organisation(2, Some(1)), organisation(1, None)];
            import(database, Entries { organisations, ..Entries::default() }).await.unwrap();
        }
        let id = OrganisationId(Uuid::from_u128(2));
        let child =
            database.store.read(move |tx| find_organisation(tx, &space(), id)).await.unwrap().unwrap();
        assert_eq!(child.parent, Some(OrganisationId(Uuid::from_u128(1))));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entity_is_found_by_its_number_in_the_register() {
    on_each(async |database| {
        let numbered = |id: u128, number: &str| OrganisationEntry {
            rpwdl_number: Some(number.to_owned()),
            is_prison: id == 2,
            payer_branch: None,
            ..organisation(id, None)
        };
        let closed = OrganisationEntry { active: false, ..numbered(5, "000000000004") };
        let organisations = vec![
            numbered(1, "000000000001"),
            numbered(2, "000000000002"),
            numbered(3, "000000000003"),
            numbered(4, "000000000003"),
            closed,
            OrganisationEntry {
                active: false,
                nip: Some("5260250274".to_owned()),
                ..numbered(6, "000000000003")
            },
            OrganisationEntry { nip: Some("5252344078".to_owned()), ..numbered(7, "000000000003") },
            OrganisationEntry { active: false, ..numbered(8, "000000000001") },
        ];
        import(database, Entries { organisations, ..Entries::default() }).await.unwrap();
        let find_of = async |kind: &'static str, number: &'static str, nip: Option<&'static str>| {
            let found =
                database.store.read(move |tx| find_by_rpwdl_number(tx, &space(), kind, (number, nip)));
            found.await.unwrap().map(|known| (known.id, known.is_prison))
        };
        let find = async |kind: &'static str, number: &'static str| find_of(kind, number, None).await;
        let id = |number: u128| OrganisationId(Uuid::from_u128(number));
        assert_eq!(find("MEDICAL_ENTITY", "000000000001").await, Some((id(1), false)));
        assert_eq!(find("MEDICAL_ENTITY", "000000000002").await, Some((id(2), true)));
        assert_eq!(find("MEDICAL_ENTITY", "000000000003").await, None, "two bear it");
        assert_eq!(find("MEDICAL_ENTITY", "000000000004").await, Some((id(5), false)), "it was there");
        let of_several = async |nip| find_of("MEDICAL_ENTITY", "000000000003", Some(nip)).await;
        assert_eq!(of_several("5252344078").await, Some((id(7), false)));
        assert_eq!(of_several("5260250274").await, Some((id(6), false)), "closed, but named");
        assert_eq!(of_several("1234563218").await, None, "no one of them");
        assert_eq!(find("PHARMACY", "000000000001").await, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_left_is_found_where_everybody_counts() {
    on_each(async |database| {
        let left = PersonEntry { active: false, ..person(1, Some("5425740"), None) };
        let consultants = vec![consultant(1, "0752")];
        import(database, Entries { people: vec![left], consultants, ..Entries::default() }).await.unwrap();
        for (whom, found) in [(OfWhom::Active, false), (OfWhom::Everybody, true)] {
            let (person, consultant) = database
                .store
                .read(move |tx| {
                    let person = find_person_of(tx, &space(), whom, "NPWZ", "5425740")?;
                    let id = PersonId(Uuid::from_u128(1));
                    Ok::<_, StoreError>((person, find_consultant_of(tx, &space(), whom, id, Some("0752"))?))
                })
                .await
                .unwrap();
            assert_eq!((person.is_some(), consultant.is_some()), (found, found), "{whom:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_move_to_a_person_who_stands_earlier() {
    const PESEL: &str = "44051401359";
    on_each(async |database| {
        let before = vec![person(1, None, None), person(2, Some("5425740"), Some(PESEL))];
        import(database, Entries { people: before, ..Entries::default() }).await.unwrap();
        let after = vec![person(1, Some("5425740"), Some(PESEL)), person(2, None, None)];
        import(database, Entries { people: after, ..Entries::default() }).await.unwrap();
        let found = database.store.read(|tx| find_person(tx, &space(), "NPWZ", "5425740")).await.unwrap();
        assert_eq!(found.unwrap().id, PersonId(Uuid::from_u128(1)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_pesel_is_one_person() {
    const PESEL: &str = "44051401359";
    on_each(async |database| {
        let people = vec![person(1, None, Some(PESEL)), person(3, None, None), person(4, None, None)];
        import(database, Entries { people, ..Entries::default() }).await.unwrap();
        let people = vec![person(2, None, Some(PESEL))];
        let refused = import(database, Entries { people, ..Entries::default() }).await.unwrap_err();
        assert!(refused.is_unique_violation_of(ONE_PESEL), "{refused:?}");
    })
    .await;
}
