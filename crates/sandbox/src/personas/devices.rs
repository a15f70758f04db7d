//! Fictitious people around orders for medical devices: who prescribes, who helps, who supplies, and the payer's officer.

use super::spec::PersonSpec;
use app::caller::Role;
use domain::problem::Sentence;

const READ_GROUPS: Sentence = Sentence {
    pl: "Znajdź grupę wyrobów i zobacz, czego o niej nie wiadomo: `GET /device-groups?q=wózek`.",
    en: "Find a device group, and see what is not known of it: `GET /device-groups?q=wózek`.",
};

const KEEP_LIST: Sentence = Sentence {
    pl: "Zobacz swoją umowę (`GET /providers?city=Próbowo`; podwykonawca: `city=Wzorcowice`) i dodaj produkt do jej listy: `POST /provider-products`. Otwórz zlecenie numerem i kodem (`POST /device-orders/look-ups`), pobierz je (`…/take-ups`), wydaj (`…/take-ups/{take_up_id}/realisation`) i zobacz, co należy się od NFZ: `GET /settlement-reports/{month}`.",
    en: "See your contract (`GET /providers?city=Próbowo`; the subcontractor: `city=Wzorcowice`), and add a product to its list: `POST /provider-products`. Open an order with number and code (`POST /device-orders/look-ups`), take it up (`…/take-ups`), issue the goods (`…/take-ups/{take_up_id}/realisation`), and see what NFZ owes: `GET /settlement-reports/{month}`.",
};

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
        first: READ_GROUPS,
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
        first: READ_GROUPS,
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
        first: KEEP_LIST,
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
        first: KEEP_LIST,
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
