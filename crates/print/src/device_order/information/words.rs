//! What a patient is told: what to do, by when, and what not to.

use super::{IdentifiedBy, InformationPrint, Origin};
use crate::device_order::supply::SupplyPrint;
use crate::polish::date;

/// In the place of the steps, where nothing can be had of the order any more.
pub(super) const ENDED: &str = "Na podstawie tego zlecenia nie można już odebrać wyrobów. Jeśli są Ci nadal potrzebne, \
                                poproś osobę, która wystawiła zlecenie, o nowe. Ten wydruk możesz zniszczyć.";

pub(super) fn steps(sheet: &InformationPrint) -> Vec<String> {
    let mut steps = vec![
        "Wybierz dowolnego świadczeniodawcę (sklep medyczny albo aptekę), który ma umowę z NFZ na zaopatrzenie w wyroby \
         medyczne, także w innym województwie."
            .to_owned(),
        identification(sheet),
    ];
    match sheet.supply {
        SupplyPrint::Monthly { months, .. } => {
            steps.push(
                "Odbierz wyroby najpóźniej w ostatnim dniu miesiąca, na który są zlecone: miesiąc, który minie, \
                 przepada."
                    .to_owned(),
            );
            if months.count() > 1 {
                steps.push(several_months(sheet.origin).to_owned());
            }
        }
        SupplyPrint::OneOff { .. } => steps.push(format!(
            "Odbierz wyrób najpóźniej {}. Zlecenie jest ważne 12 miesięcy od wystawienia, potem przepada.",
            date(sheet.valid_until)
        )),
    }
    steps.push(
        "Zapytaj o wyrób w cenie limitu NFZ. Świadczeniodawca musi mieć w każdej grupie co najmniej jeden taki wyrób; \
         różnicę do droższego dopłacasz sam(a)."
            .to_owned(),
    );
    steps
}

fn identification(sheet: &InformationPrint) -> String {
    match (&sheet.code, sheet.identified_by) {
        (Some(_), IdentifiedBy::Pesel | IdentifiedBy::BirthDate) => {
            "Na miejscu podaj kod dostępu i numer PESEL. Zamiast jednego z nich możesz podać numer zlecenia.".to_owned()
        }
        (None, IdentifiedBy::Pesel) => {
            "To zlecenie nie ma kodu dostępu. Na miejscu podaj numer zlecenia i numer PESEL. Zachowaj ten wydruk.".to_owned()
        }
        (None, IdentifiedBy::BirthDate) => {
            "To zlecenie nie ma kodu dostępu. Na miejscu podaj numer zlecenia i datę urodzenia. Zachowaj ten wydruk."
                .to_owned()
        }
    }
}

fn several_months(origin: Origin) -> &'static str {
    match origin {
        Origin::Electronic => {
            "Za jednym razem możesz odebrać najwyżej 6 kolejnych miesięcy, od bieżącego w przód, a następne u innego \
             świadczeniodawcy."
        }
        Origin::Paper => {
            "Za jednym razem możesz odebrać najwyżej 6 kolejnych miesięcy, od bieżącego w przód. Zlecenie jest na \
             papierze: wszystkie miesiące odbierz u jednego świadczeniodawcy."
        }
    }
}

pub(super) fn warnings(sheet: &InformationPrint) -> Vec<String> {
    let (secret, found_out) = match sheet.code {
        Some(_) => ("kodu ani numeru zlecenia", "kod"),
        None => ("numeru zlecenia", "numer zlecenia"),
    };
    vec![
        format!(
            "Nie podawaj {secret} przez telefon, SMS ani e-mail osobom, które same się z Tobą kontaktują, i nie publikuj \
             zdjęcia tego wydruku."
        ),
        "Nie zostawiaj tego wydruku u nikogo na zapas: można z nim zająć Twoje zlecenie.".to_owned(),
        "Nie podpisuj odbioru wyrobów, których jeszcze nie masz.".to_owned(),
        format!(
            "Jeśli {found_out} poznał ktoś obcy albo Twoje zlecenie zajął świadczeniodawca, którego nie znasz, zgłoś to \
             osobie, która wystawiła zlecenie, albo w oddziale NFZ."
        ),
    ]
}
