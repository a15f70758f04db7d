//! What can be wrong with a single value, for the problem catalogue.

crate::problems! { PROBLEMS:
    PESEL = "value.pesel", Unprocessable,
        pl: "Numer PESEL jest nieprawidłowy: musi mieć 11 cyfr, a ostatnia musi zgadzać się z poprzednimi.",
        en: "The PESEL number is not valid: it has 11 digits and the last one must fit the others.",
        fix_pl: "Przepisz numer PESEL z dokumentu pacjenta, bez odstępów.",
        fix_en: "Copy the PESEL number from the patient's document, without spaces.";
    PESEL_DATE = "value.pesel_date", Unprocessable,
        pl: "Numer PESEL zawiera datę urodzenia, która nie istnieje.",
        en: "The PESEL number contains a date of birth that does not exist.",
        fix_pl: "Sprawdź pierwsze sześć cyfr numeru PESEL.",
        fix_en: "Check the first six digits of the PESEL number.";
    NPWZ = "value.npwz", Unprocessable,
        pl: "Numer prawa wykonywania zawodu lekarza jest nieprawidłowy: musi mieć 7 cyfr, a pierwsza (różna od zera) musi zgadzać się z pozostałymi.",
        en: "The physician's licence number is not valid: it has 7 digits and the first one, never zero, must fit the others.",
        fix_pl: "Przepisz numer z dokumentu „Prawo wykonywania zawodu” lekarza albo lekarza dentysty.",
        fix_en: "Copy the number from the licence document of the physician or dentist.";
    NIP = "value.nip", Unprocessable,
        pl: "Numer NIP jest nieprawidłowy: musi mieć 10 cyfr, a ostatnia musi zgadzać się z poprzednimi.",
        en: "The NIP number is not valid: it has 10 digits and the last one must fit the others.",
        fix_pl: "Podaj NIP podmiotu samymi cyframi, bez kresek i przedrostka PL.",
        fix_en: "Give the entity's NIP in digits only, without hyphens or the prefix PL.";
    REGON = "value.regon", Unprocessable,
        pl: "Numer REGON jest nieprawidłowy: musi mieć 9 albo 14 cyfr z poprawną cyfrą kontrolną.",
        en: "The REGON number is not valid: it has 9 or 14 digits with a correct check digit.",
        fix_pl: "Przepisz numer z rejestru REGON, samymi cyframi.",
        fix_en: "Copy the number from the REGON register, digits only.";
    ID_CARD = "value.id_card", Unprocessable,
        pl: "Seria i numer dowodu osobistego są nieprawidłowe: 3 litery i 6 cyfr, z których pierwsza jest kontrolna.",
        en: "The number of the Polish identity card is not valid: 3 letters and 6 digits, the first of them a check digit.",
        fix_pl: "Przepisz serię i numer z dowodu osobistego; dowód innego państwa podaj jako dokument zagraniczny.",
        fix_en: "Copy series and number from the card; give another country's card as a foreign document.";
    PASSPORT = "value.passport", Unprocessable,
        pl: "Numer paszportu jest nieprawidłowy: 2 litery i 7 cyfr, z których pierwsza jest kontrolna.",
        en: "The number of the Polish passport is not valid: 2 letters and 7 digits, the first of them a check digit.",
        fix_pl: "Przepisz serię i numer z polskiego paszportu; paszport innego państwa podaj jako dokument zagraniczny.",
        fix_en: "Copy series and number from the Polish passport; give another country's passport as a foreign document.";
    FOREIGN_DOCUMENT = "value.foreign_document", Unprocessable,
        pl: "Numer dokumentu zagranicznego może mieć od 1 do 30 liter, cyfr, odstępów i znaków - / . oraz musi zawierać literę lub cyfrę.",
        en: "The number of a foreign document has 1 to 30 letters, digits, spaces and the signs - / . with at least one letter or digit.",
        fix_pl: "Przepisz numer tak, jak widnieje na dokumencie.",
        fix_en: "Copy the number as it stands on the document.";
    FOREIGN_DOCUMENT_POLISH = "value.foreign_document_polish", Unprocessable,
        pl: "Polski dowód osobisty lub paszport nie jest dokumentem zagranicznym.",
        en: "A Polish identity card or passport is not a foreign document.",
        fix_pl: "Podaj go jako ID_CARD albo PASSPORT.",
        fix_en: "Give it as ID_CARD or PASSPORT.";
    PATIENT_IDENTIFIER_COUNTRY = "value.patient_identifier_country", Unprocessable,
        pl: "Państwo wydania nie pasuje do rodzaju identyfikatora: dokument zagraniczny je wymaga, a polski dopuszcza tylko PL.",
        en: "The issuing country does not fit the kind of identifier: a foreign document needs one, a Polish one admits only PL.",
        fix_pl: "Podaj państwo wydania dokumentu zagranicznego albo pomiń je przy dokumencie polskim.",
        fix_en: "Name the issuing country of a foreign document, or leave it out for a Polish one.";
    GTIN = "value.gtin", Unprocessable,
        pl: "Numer GTIN jest nieprawidłowy: musi mieć 8, 13 albo 14 cyfr z poprawną cyfrą kontrolną.",
        en: "The GTIN is not valid: it has 8, 13 or 14 digits with a correct check digit.",
        fix_pl: "Przepisz numer spod kodu kreskowego na opakowaniu.",
        fix_en: "Copy the number from under the bar code on the pack.";
    ICD10 = "value.icd10", Unprocessable,
        pl: "Kod ICD-10 ma literę i dwie cyfry, a po kropce najwyżej dwie kolejne, np. E75.2.",
        en: "An ICD-10 code has a letter and two digits, and after a dot at most two more, such as E75.2.",
        fix_pl: "Podaj kod rozpoznania z klasyfikacji ICD-10, wielką literą i z kropką.",
        fix_en: "Give the code of the diagnosis from ICD-10, with a capital letter and the dot.";
    ATC = "value.atc", Unprocessable,
        pl: "Kod ATC ma nieprawidłową budowę.",
        en: "The ATC code is not well formed.",
        fix_pl: "Podaj kod z klasyfikacji ATC (np. N03AX17) albo ATCvet (np. QJ01CA04), wielkimi literami.",
        fix_en: "Give a code of the ATC (such as N03AX17) or ATCvet (such as QJ01CA04) classification, in capitals.";
    RPWDL_NUMBER = "value.rpwdl_number", Unprocessable,
        pl: "Numer księgi rejestrowej musi mieć 12 cyfr, z zerami na początku.",
        en: "The register book number has 12 digits, with leading zeros.",
        fix_pl: "Uzupełnij numer księgi zerami z lewej strony do 12 cyfr, np. 000000001688.",
        fix_en: "Pad the book number with zeros on the left to 12 digits, such as 000000001688.";
    UNIT_CODE = "value.unit_code", Unprocessable,
        pl: "Kod jednostki lub komórki to 12-cyfrowy numer księgi, a po łączniku od 2 do 4 cyfr.",
        en: "The code of a unit or cell is the 12-digit book number, and after a hyphen 2 to 4 digits.",
        fix_pl: "Podaj numer księgi i część V (jednostka) lub VII (komórka) kodu resortowego, np. 000000001688-012.",
        fix_en: "Give the book number and part V (unit) or VII (cell) of the departmental code, such as 000000001688-012.";
    QUANTITY = "value.quantity", Unprocessable,
        pl: "Ilość musi być większa od zera, nie większa niż 9999999 i mieć najwyżej 4 miejsca po kropce.",
        en: "A quantity is above zero, at most 9999999 and has at most 4 decimal places.",
        fix_pl: "Podaj ilość cyframi, z kropką dziesiętną, np. 12.5.",
        fix_en: "Give the quantity in digits with a decimal point, such as 12.5.";
    GROSZE = "value.money", Unprocessable,
        pl: "Kwota musi mieć postać złotych z dwoma miejscami po kropce i nie przekraczać 999999999.99.",
        en: "An amount of money is given in złoty with two decimal places, at most 999999999.99.",
        fix_pl: "Podaj kwotę z kropką dziesiętną, np. 12.34.",
        fix_en: "Give the amount with a decimal point, such as 12.34.";
    EMAIL = "value.email", Unprocessable,
        pl: "Adres poczty elektronicznej jest nieprawidłowy.",
        en: "The e-mail address is not valid.",
        fix_pl: "Podaj adres w postaci nazwa@domena.pl, bez polskich liter i odstępów, najwyżej 254 znaki.",
        fix_en: "Give an address such as name@domain.pl, without spaces or national letters, at most 254 characters.";
    PHONE = "value.phone", Unprocessable,
        pl: "Numer telefonu jest nieprawidłowy.",
        en: "The telephone number is not valid.",
        fix_pl: "Podaj numer z kierunkowym kraju, np. +48600100200.",
        fix_en: "Give the number with its country, e.g. +48600100200.";
    COUNTRY = "value.country", Unprocessable,
        pl: "Nieznany kod państwa.",
        en: "The country code is not known.",
        fix_pl: "Podaj dwuliterowy kod ISO 3166-1 wielkimi literami, np. DE.",
        fix_en: "Give the two-letter ISO 3166-1 code in capitals, such as DE.";
    FIELD_OF_MEDICINE = "value.field_of_medicine", Unprocessable,
        pl: "Nieznany kod dziedziny medycyny.",
        en: "The code of the field of medicine is not known.",
        fix_pl: "Podaj czterocyfrowy kod dziedziny medycyny, np. 0718 (neurologia).",
        fix_en: "Give the four-digit code of a field of medicine, such as 0718 (neurology).";
    PERSON_NAME = "value.person_name", Unprocessable,
        pl: "Imię lub nazwisko może mieć od 1 do 80 znaków: liter, odstępów, łączników, apostrofów i kropek.",
        en: "A name has 1 to 80 characters: letters, spaces, hyphens, apostrophes and dots.",
        fix_pl: "Podaj imię lub nazwisko tak, jak widnieje w dokumencie tożsamości.",
        fix_en: "Give the name as it stands on the identity document.";
    STREET_LINE = "value.street_line", Unprocessable,
        pl: "Ulica z numerem domu może mieć od 1 do 120 znaków w jednym wierszu.",
        en: "Street and house number have 1 to 120 characters on one line.",
        fix_pl: "Podaj ulicę z numerem domu i lokalu albo, gdy nie ma ulic, numer domu.",
        fix_en: "Give the street with the house and flat number, or the house number where there are no streets.";
    POSTAL_CODE = "value.postal_code", Unprocessable,
        pl: "Kod pocztowy jest nieprawidłowy; polski ma postać NN-NNN.",
        en: "The postal code is not valid; a Polish one looks like NN-NNN.",
        fix_pl: "Podaj kod pocztowy, np. 00-952; w innych państwach od 1 do 12 liter, cyfr, odstępów i łączników.",
        fix_en: "Give the postal code, such as 00-952; elsewhere 1 to 12 letters, digits, spaces and hyphens.";
    CITY = "value.city", Unprocessable,
        pl: "Nazwa miejscowości może mieć od 1 do 80 znaków w jednym wierszu.",
        en: "The town has 1 to 80 characters on one line.",
        fix_pl: "Podaj nazwę miejscowości.",
        fix_en: "Give the name of the town.";
    TEXT_EMPTY = "value.text_empty", Unprocessable,
        pl: "Tekst nie może być pusty.",
        en: "The text must not be empty.",
        fix_pl: "Wpisz treść albo pomiń pole, jeżeli nie jest wymagane.",
        fix_en: "Write something, or leave the field out where it is not required.";
    TEXT_TOO_LONG = "value.text_too_long", Unprocessable,
        pl: "Tekst jest za długi dla tego pola.",
        en: "The text is too long for this field.",
        fix_pl: "Skróć tekst do długości podanej w opisie pola.",
        fix_en: "Shorten the text to the length that the field's description gives.";
    TEXT_CHARACTERS = "value.text_characters", Unprocessable,
        pl: "Tekst zawiera znaki sterujące, których nie widać w dokumencie.",
        en: "The text contains control characters that are not visible in a document.",
        fix_pl: "Usuń znaki sterujące; dozwolone są tylko nowy wiersz (LF) i tabulator.",
        fix_en: "Remove the control characters; only line feed and tab are allowed.";
    CLIENT_REFERENCE = "value.client_reference", Unprocessable,
        pl: "Własne oznaczenie może mieć od 1 do 64 znaków ASCII bez odstępów.",
        en: "The client's own reference has 1 to 64 ASCII characters without spaces.",
        fix_pl: "Użyj liter bez znaków diakrytycznych, cyfr i znaków takich jak - _ / .",
        fix_en: "Use plain letters, digits and signs such as - _ / .";
    BATCH = "value.batch", Unprocessable,
        pl: "Numer serii ma od 1 do 60 znaków w jednym wierszu, bez znaków niewidocznych i podwójnych odstępów.",
        en: "A batch number has 1 to 60 characters on one line, without invisible ones or double spaces.",
        fix_pl: "Przepisz numer serii z opakowania.",
        fix_en: "Copy the batch number from the pack.";
    DEVICE_CODE = "value.device_code", Unprocessable,
        pl: "Kod grupy wyrobów ma postać Y.06.01 (przy stomii z literą rodzaju: W.01.01.I), a sprzed 2024 r. P.084.",
        en: "The code of a device group has the form Y.06.01 (with the kind for a stoma: W.01.01.I), before 2024 P.084.",
        fix_pl: "Weź kod z `GET device-groups`.",
        fix_en: "Take the code from `GET device-groups`.";
    PAYER_CODE = "value.payer_code", Unprocessable,
        pl: "Kod płatnika ma najwyżej 16 znaków: wielkie litery, cyfry i kropki, np. O.01.02.00.D2.PR.",
        en: "A payer's code has at most 16 characters: capital letters, digits and dots, such as O.01.02.00.D2.PR.",
        fix_pl: "Przepisz kod ze słownika płatnika.",
        fix_en: "Copy the code from the payer's dictionary.";
    BRANCH_CODE = "value.branch_code", Unprocessable,
        pl: "Kod oddziału wojewódzkiego NFZ ma dwie cyfry, od 01 do 16.",
        en: "The code of a regional branch of NFZ has two digits, 01 to 16.",
        fix_pl: "Weź kod z `GET nfz-branches`.",
        fix_en: "Take the code from `GET nfz-branches`.";
    TRADE_PRODUCT_NUMBER = "value.trade_product_number", Unprocessable,
        pl: "Numer produktu handlowego ma od 1 do 12 cyfr.",
        en: "The number of a trade product has 1 to 12 digits.",
        fix_pl: "Przepisz numer z listy produktów do umowy.",
        fix_en: "Copy the number from the product list of the contract.";
    PERCENT = "value.percent", Unprocessable,
        pl: "Udział podaje się w pełnych procentach, od 0 do 100.",
        en: "A share is given in whole percent, 0 to 100.",
        fix_pl: "Podaj liczbę całkowitą od 0 do 100.",
        fix_en: "Give a whole number from 0 to 100.";
    PIECES = "value.pieces", Unprocessable,
        pl: "Liczba sztuk musi być większa od zera, najwyżej 9999.99, z co najwyżej dwoma miejscami po kropce.",
        en: "A number of pieces is above zero, at most 9999.99, with at most two decimal places.",
        fix_pl: "Podaj liczbę jako tekst z kropką, np. \"90\" albo \"4.33\".",
        fix_en: "Give the number as a string with a point, such as \"90\" or \"4.33\".";
    YEAR_MONTH = "value.year_month", Unprocessable,
        pl: "Miesiąc podaje się jako RRRR-MM, w latach od 2000 do 2200.",
        en: "A month is given as YYYY-MM, in the years 2000 to 2200.",
        fix_pl: "Podaj miesiąc, np. 2026-11.",
        fix_en: "Give the month, such as 2026-11.";
    DEVICE_ORDER_NUMBER = "value.device_order_number", Unprocessable,
        pl: "Numer zlecenia na wyroby medyczne ma postać 5-XXXXXXXX-XXXXXXXX albo 1-RR-XXXXXXXXX-X.",
        en: "The number of an order for medical devices has the form 5-XXXXXXXX-XXXXXXXX or 1-RR-XXXXXXXXX-X.",
        fix_pl: "Przepisz numer z wydruku informacyjnego albo ze zlecenia.",
        fix_en: "Copy the number from the information print or from the order.";
    ACCESS_CODE = "value.access_code", Unprocessable,
        pl: "Kod dostępu do zlecenia ma cztery cyfry.",
        en: "The access code of an order has four digits.",
        fix_pl: "Przepisz kod z wiadomości albo z wydruku informacyjnego.",
        fix_en: "Copy the code from the message or from the information print.";
    LICENCE_NUMBER = "value.licence_number", Unprocessable,
        pl: "Numer prawa wykonywania zawodu ma od 4 do 24 liter i cyfr.",
        en: "A licence number has 4 to 24 letters and digits.",
        fix_pl: "Przepisz numer z dokumentu prawa wykonywania zawodu, bez kresek.",
        fix_en: "Copy the number from the licence document, without hyphens.";
    DIOPTRES = "value.dioptres", Unprocessable,
        pl: "Moc soczewki podaje się co 0.25: sfera do ±40.00, cylinder do ±30.00, pryzma od 0 do 20.00 dioptrii; oś od 0 do 180 stopni.",
        en: "The power of a lens is given in steps of 0.25: sphere to ±40.00, cylinder to ±30.00, prism from 0 to 20.00 dioptres; the axis from 0 to 180 degrees.",
        fix_pl: "Przepisz parametry z recepty okularowej.",
        fix_en: "Copy the figures from the optical prescription.";
    MILLIMETRES = "value.pupil_distance", Unprocessable,
        pl: "Rozstaw źrenic podaje się w milimetrach, od 20 do 100, co pół milimetra.",
        en: "The pupil distance is given in millimetres, 20 to 100, in halves.",
        fix_pl: "Przepisz rozstaw źrenic z recepty okularowej.",
        fix_en: "Copy the pupil distance from the optical prescription.";
    NFZ_BRANCH = "value.nfz_branch", Unprocessable,
        pl: "Oddział NFZ ma numer od 1 do 17.",
        en: "A branch of the payer has a number from 1 to 17.",
        fix_pl: "Podaj numer oddziału wojewódzkiego NFZ.",
        fix_en: "Give the number of the NFZ branch.";
    DAYS = "value.days", Unprocessable,
        pl: "Liczba dni musi wynosić od 1 do 3650.",
        en: "The number of days is between 1 and 3650.",
        fix_pl: "Podaj czas kuracji w pełnych dniach.",
        fix_en: "Give the length of treatment in whole days.";
    DEMAND_NUMBER = "value.demand_number", Unprocessable,
        pl: "Numer zapotrzebowania jest nieprawidłowy.",
        en: "The number of the demand is not valid.",
        fix_pl: "Przepisz cały numer, np. w postaci ZPL-2026-XXXXXXXX-X, łącznie ze znakiem kontrolnym na końcu.",
        fix_en: "Copy the whole number, such as ZPL-2026-XXXXXXXX-X, including the check character at its end.";
    AUTHORISATION_NUMBER = "value.authorisation_number", Unprocessable,
        pl: "Numer zgłoszenia hurtowni jest nieprawidłowy.",
        en: "The number of the wholesaler's notification is not valid.",
        fix_pl: "Przepisz cały numer w postaci ZCD-2026-XXXXXXXX-X, łącznie ze znakiem kontrolnym na końcu.",
        fix_en: "Copy the whole number in the form ZCD-2026-XXXXXXXX-X, including the check character at its end.";
    RESOLUTION_NUMBER = "value.resolution_number", Unprocessable,
        pl: "Numer rozstrzygnięcia jest nieprawidłowy.",
        en: "The number of the resolution is not valid.",
        fix_pl: "Przepisz cały numer w postaci ROZ-2026-XXXXXXXX-X, łącznie ze znakiem kontrolnym na końcu.",
        fix_en: "Copy the whole number in the form ROZ-2026-XXXXXXXX-X, including the check character at its end.";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_of_this_module_and_unique() {
        let codes: BTreeSet<_> = PROBLEMS.iter().map(|problem| problem.code).collect();
        assert_eq!(codes.len(), PROBLEMS.len());
        assert!(codes.iter().all(|code| code.starts_with("value.")));
    }

    #[test]
    fn every_fault_is_said_in_whole_sentences() {
        for problem in PROBLEMS {
            for sentence in [problem.says.pl, problem.says.en, problem.fix.pl, problem.fix.en] {
                assert!(sentence.ends_with('.') && sentence.starts_with(char::is_uppercase), "{sentence}");
            }
        }
    }
}
