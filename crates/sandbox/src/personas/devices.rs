//! Fictitious people around orders for medical devices: who prescribes, who helps, who supplies, and the payer's officer.

use super::spec::PersonSpec;
use app::caller::Role;
use domain::problem::Sentence;

const ORDER: Sentence = Sentence {
    pl: "Utwórz zlecenie z przykładu „1-monthly” (`POST /device-orders`), podpisz i wyślij (`POST /device-orders/{id}/submission`), a potem przeczytaj kod dla pacjenta: `GET /device-orders/{id}/access-data`.",
    en: "Create an order from the example “1-monthly” (`POST /device-orders`), sign and submit it (`POST /device-orders/{id}/submission`), then read the patient's code: `GET /device-orders/{id}/access-data`.",
};

const SUPPLY: Sentence = Sentence {
    pl: "Otwórz zlecenie numerem i kodem (`POST /device-orders/look-ups`), sprawdź dopłatę (`POST /device-orders/{id}/quotes`) pobierz miesiące (`…/take-ups`), wydaj towar (`…/take-ups/{take_up_id}/realisation`) i zobacz, co należy się od NFZ: `GET /settlement-reports/{month}`. Swoją umowę i miejsce znajdziesz w `GET /providers?city=Próbowo` (podwykonawca: `city=Wzorcowice`).",
    en: "Open an order with number and code (`POST /device-orders/look-ups`), see the co-pay (`POST /device-orders/{id}/quotes`), take months up (`…/take-ups`), issue the goods (`…/take-ups/{take_up_id}/realisation`), and see what NFZ owes: `GET /settlement-reports/{month}`. Your contract and place are in `GET /providers?city=Próbowo` (the subcontractor: `city=Wzorcowice`).",
};

/// What the directory knows of prescribers; of who is not named here it knows no specialty.
pub(super) const SPECIALTIES: &[(&str, &[&str])] =
    &[("device-prescriber", &["medycyna rodzinna", "diabetologia", "okulistyka"])];

pub(super) const PEOPLE: &[PersonSpec] = &[
    PersonSpec {
        key: "device-prescriber",
        role: Role::DevicePrescriber,
        given_names: "Dorota",
        family_name: "Wzorcowa",
        pesel: "78091892026",
        organisation: Some("clinic"),
        npwz: Some("3900433"),
        staff: None,
        position: Some("lekarz"),
        consults: &[],
        assists: None,
        first: ORDER,
    },
    PersonSpec {
        key: "medical-assistant",
        role: Role::MedicalAssistant,
        given_names: "Filip",
        family_name: "Próbny",
        pesel: "85021492012",
        organisation: Some("clinic"),
        npwz: None,
        staff: Some("PRZ-2"),
        position: Some("asystent medyczny"),
        consults: &[],
        assists: Some("device-prescriber"),
        first: ORDER,
    },
    PersonSpec {
        key: "device-provider",
        role: Role::DeviceProvider,
        given_names: "Renata",
        family_name: "Przykładowa",
        pesel: "83031892147",
        organisation: Some("device-shop"),
        npwz: None,
        staff: Some("SKL-1"),
        position: Some("kierownik sklepu"),
        consults: &[],
        assists: None,
        first: SUPPLY,
    },
    PersonSpec {
        key: "device-provider-second",
        role: Role::DeviceProvider,
        given_names: "Bogdan",
        family_name: "Wzorowy",
        pesel: "86092292233",
        organisation: Some("device-shop-second"),
        npwz: None,
        staff: Some("SKL-2"),
        position: Some("pracownik sklepu"),
        consults: &[],
        assists: None,
        first: SUPPLY,
    },
    PersonSpec {
        key: "nfz-officer",
        role: Role::NfzOfficer,
        given_names: "Gustaw",
        family_name: "Zmyślony",
        pesel: "91040292036",
        organisation: Some("nfz-branch"),
        npwz: None,
        staff: Some("NFZ-1"),
        position: Some("inspektor do spraw wyrobów medycznych"),
        consults: &[],
        assists: None,
        first: Sentence {
            pl: "Wpisz nieznany udział pacjenta z podaniem źródła: `POST /device-groups/S.15.01/figures`.",
            en: "Enter an unknown share of the patient with its source: `POST /device-groups/S.15.01/figures`.",
        },
    },
];
