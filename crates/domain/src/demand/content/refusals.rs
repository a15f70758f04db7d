//! What a medicine demand's content is refused for.

use crate::problems;

problems! { PROBLEMS:
    FIELD_REQUIRED = "demand.field_required", Unprocessable,
        pl: "Pole jest wymagane przy tym sposobie zastosowania produktu.",
        en: "The member is required for this use of the product.",
        fix_pl: "Uzupełnij pole i wyślij zapotrzebowanie ponownie.",
        fix_en: "Fill the member in and submit the demand again.";
    FIELD_FORBIDDEN = "demand.field_forbidden", Unprocessable,
        pl: "Pole nie występuje przy tym sposobie zastosowania produktu.",
        en: "The member does not belong to this use of the product.",
        fix_pl: "Usuń pole.",
        fix_en: "Leave the member out.";
    PATIENTS_KIND = "demand.patients_kind", Unprocessable,
        pl: "Poza podmiotem leczniczym zapotrzebowanie dotyczy jednego wskazanego pacjenta.",
        en: "Outside a facility a demand is for one named patient.",
        fix_pl: "Wskaż jednego pacjenta (NAMED) albo zmień sposób zastosowania.",
        fix_en: "Name one patient (NAMED), or change the use.";
    PATIENT_INCOMPLETE = "demand.patient_incomplete", Unprocessable,
        pl: "Brakuje danych pacjenta.",
        en: "The patient's particulars are incomplete.",
        fix_pl: "Podaj imię, nazwisko i PESEL, a gdy go brak – dokument tożsamości.",
        fix_en: "Give names and PESEL or, where there is none, an identity document.";
    GUARDIAN_REQUIRED = "demand.guardian_required", Unprocessable,
        pl: "Małoletniego bez numeru PESEL wskazuje identyfikator przedstawiciela ustawowego lub opiekuna.",
        en: "A minor without PESEL is identified by the representative's or guardian's identifier.",
        fix_pl: "Podaj PESEL opiekuna, a gdy go brak – jego dokument tożsamości.",
        fix_en: "Give the guardian's PESEL or else identity document.";
    BIRTH_DATE_REQUIRED = "demand.birth_date_required", Unprocessable,
        pl: "Pacjent bez numeru PESEL ma podaną datę urodzenia.",
        en: "A patient without PESEL has a date of birth.",
        fix_pl: "Podaj datę urodzenia; dla małoletniego także identyfikator opiekuna.",
        fix_en: "Give the date of birth; for a minor the guardian's identifier too.";
    GUARDIAN_NOT_ADMITTED = "demand.guardian_not_admitted", Unprocessable,
        pl: "Identyfikator opiekuna podaje się tylko dla małoletniego bez numeru PESEL.",
        en: "A guardian's identifier is only for a minor without PESEL.",
        fix_pl: "Usuń opiekuna i podaj identyfikator pacjenta.",
        fix_en: "Remove the guardian and give the patient's own identifier.";
    BIRTH_DATE_DIFFERS = "demand.birth_date_differs", Unprocessable,
        pl: "Data urodzenia nie zgadza się z numerem PESEL.",
        en: "The date of birth differs from the PESEL.",
        fix_pl: "Popraw datę urodzenia albo numer PESEL.",
        fix_en: "Correct the date of birth or the PESEL.";
    BIRTH_DATE_FUTURE = "demand.birth_date_future", Unprocessable,
        pl: "Data urodzenia przypada w przyszłości.",
        en: "The date of birth lies in the future.",
        fix_pl: "Popraw datę urodzenia.",
        fix_en: "Correct the date of birth.";
    LIST_TOO_SHORT = "demand.list_too_short", Unprocessable,
        pl: "Lista pacjentów obejmuje co najmniej dwóch pacjentów.",
        en: "A list of patients holds at least two.",
        fix_pl: "Dodaj pacjentów albo wskaż jednego (NAMED).",
        fix_en: "Add patients, or name the one (NAMED).";
    LIST_PATIENT_REPEATED = "demand.list_patient_repeated", Unprocessable,
        pl: "Pacjent występuje na liście więcej niż raz.",
        en: "The patient stands on the list more than once.",
        fix_pl: "Połącz pozycje tego pacjenta.",
        fix_en: "Merge the lines of this patient.";
    LIST_QUANTITY = "demand.list_quantity", Unprocessable,
        pl: "Suma ilości na liście pacjentów nie równa się ilości zapotrzebowanej.",
        en: "The quantities of the list do not add up to the demanded quantity.",
        fix_pl: "Podaj ilość dla każdego pacjenta w jednostce zapotrzebowania, tak aby suma się zgadzała.",
        fix_en: "Give each patient's quantity in the unit of the demand so that the sum agrees.";
    AD_HOC_JUSTIFICATION = "demand.ad_hoc_justification", Unprocessable,
        pl: "Zapotrzebowanie na potrzeby doraźne wymaga uzasadnienia ilości.",
        en: "An ad-hoc need requires a justification of the quantity.",
        fix_pl: "Uzasadnij, dlaczego taka ilość jest potrzebna bez wskazania pacjentów.",
        fix_en: "Justify why this quantity is needed before the patients are known.";
    OUTCOME_ADDRESS_OWNER = "demand.outcome_address_owner", Unprocessable,
        pl: "Adres do powiadomienia nie należy do właściwej osoby.",
        en: "The outcome address does not belong to the right party.",
        fix_pl: "W podmiocie leczniczym podaj adres podmiotu (ENTITY), poza nim – pacjenta lub inny wskazany.",
        fix_en: "In a facility give the entity's address (ENTITY), outside it the patient's or another indicated one.";
    UNIT_CODE_DIFFERS = "demand.unit_code_differs", Unprocessable,
        pl: "Kod jednostki lub komórki nie należy do podanego wpisu w RPWDL.",
        en: "The unit code does not belong to the given RPWDL entry.",
        fix_pl: "Kod zaczyna się od numeru księgi rejestrowej podmiotu.",
        fix_en: "The code begins with the entity's register book number.";
    HOSPITAL_PHARMACY_EMAIL_OUTSIDE = "demand.hospital_pharmacy_email_outside", Unprocessable,
        pl: "Adres apteki szpitalnej podaje się tylko przy zastosowaniu w podmiocie leczniczym.",
        en: "A hospital pharmacy's address is only for use in a facility.",
        fix_pl: "Usuń adres apteki szpitalnej.",
        fix_en: "Remove the hospital pharmacy's address.";
    DISASTER_THREAT = "demand.disaster_threat", Unprocessable,
        pl: "Nie wskazano klęski żywiołowej ani innego zagrożenia, z powodu którego sprowadza się produkt.",
        en: "The disaster or threat because of which the product is brought in is not named.",
        fix_pl: "Wskaż klęskę lub zagrożenie albo usuń pole disaster, jeżeli to zwykły import docelowy.",
        fix_en: "Name the disaster or threat, or leave `disaster` out where this is an ordinary target import.";
    DISASTER_THREAT_TO_ANIMALS = "demand.disaster_threat_to_animals", Unprocessable,
        pl: "Zagrożenie życia lub zdrowia zwierząt nie uzasadnia zapotrzebowania na produkt dla ludzi.",
        en: "A threat to animals does not warrant a demand for a product for people.",
        fix_pl: "Wskaż klęskę żywiołową (NATURAL_DISASTER) albo zagrożenie ludzi (THREAT_TO_PEOPLE).",
        fix_en: "Name a natural disaster (NATURAL_DISASTER) or a threat to people (THREAT_TO_PEOPLE).";
    DISASTER_AUTHORISATION = "demand.disaster_authorisation", Unprocessable,
        pl: "Brakuje pozwolenia polskiego albo unijnego na dopuszczenie produktu do obrotu.",
        en: "The product's Polish or European authorisation is missing.",
        fix_pl: "Podaj, kto wydał pozwolenie, i jego numer; bez pozwolenia możliwy jest tylko import docelowy.",
        fix_en: "Say who granted the authorisation, with its number; without one only a target import is possible.";
    DISASTER_SOURCE_AUTHORISATION = "demand.disaster_source_authorisation", Unprocessable,
        pl: "Brakuje dopuszczenia produktu do obrotu w kraju, z którego jest sprowadzany.",
        en: "The product's authorisation in the country it is brought from is missing.",
        fix_pl: "Podaj numer pozwolenia albo wpis w rejestrze tego kraju.",
        fix_en: "Give the number of the authorisation or the entry in that country's register.";
    DISASTER_UNAVAILABILITY = "demand.disaster_unavailability", Unprocessable,
        pl: "Nie wykazano, że produkt jest niedostępny w Polsce.",
        en: "It is not stated that the product is unavailable in Poland.",
        fix_pl: "Oświadcz, że produkt jest niedostępny, i podaj źródło tej informacji.",
        fix_en: "State that the product is unavailable, and where that is known from.";
    DISASTER_EQUIVALENT = "demand.disaster_equivalent", Unprocessable,
        pl: "Nie wykazano, że brak dostępnego produktu o tej samej substancji czynnej, mocy i postaci.",
        en: "It is not stated that no product of the same substance, strength and form is available.",
        fix_pl: "Oświadcz, dlaczego żaden produkt o tej samej substancji czynnej, mocy i postaci nie jest dostępny.",
        fix_en: "State why no product of the same active substance, strength and form is available.";
}
