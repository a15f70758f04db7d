//! What an order, or who issues it, is refused for.

use crate::problems;

problems! { OF_ISSUE:
    WRONG_STATE = "device_order.wrong_state", Conflict,
        pl: "W obecnym stanie zlecenia ta czynność nie jest możliwa.",
        en: "The order's present state does not admit this action.",
        fix_pl: "Odczytaj stan i dozwolone czynności (`currentState`, `allowedActions`).",
        fix_en: "Read the state and the allowed actions (`currentState`, `allowedActions`).";
    STEP_PENDING = "device_order.step_pending", Conflict,
        pl: "Podpis pod zleceniem czeka na sprawdzenie; do tego czasu zlecenie można tylko anulować.",
        en: "A signature under the order awaits validation; until then it can only be cancelled.",
        fix_pl: "Poczekaj na wynik: `GET` zlecenia i `…/history` mówią, jaki był.",
        fix_en: "Wait for the outcome: `GET` the order, and `…/history` tells it.";
    FIELD_REQUIRED = "device_order.field_required", Unprocessable,
        pl: "Pole jest wymagane w zleceniu.",
        en: "The member is required in an order.",
        fix_pl: "Uzupełnij pole i wyślij zlecenie ponownie.",
        fix_en: "Fill the member in and submit the order again.";
    PRESCRIBER_DIFFERS = "device_order.prescriber_differs", Unprocessable,
        pl: "Osoba wystawiająca w treści zlecenia nie jest tą, w której imieniu zlecenie jest wysyłane.",
        en: "The prescriber in the content is not the one in whose name the order is submitted.",
        fix_pl: "Wpisz dane osoby wystawiającej zgodne z jej kontem.",
        fix_en: "Enter the prescriber's particulars as their account has them.";
    PRESCRIBER_NAME = "device_order.prescriber_name", Unprocessable,
        pl: "Imię albo nazwisko osoby wystawiającej jest inne niż w katalogu osób przy tym numerze prawa wykonywania zawodu.",
        en: "The prescriber's names differ from those that the directory has under this licence number.",
        fix_pl: "Wpisz imiona i nazwisko tak, jak ma je rejestr; jeżeli rejestr jest nieaktualny, zgłoś zmianę operatorowi.",
        fix_en: "Enter the names as the register has them; where the register is outdated, tell the operator.";
    SPECIALTY_DIFFERS = "device_order.specialty_differs", Unprocessable,
        pl: "Katalog osób zna specjalizacje osoby wystawiającej i nie ma wśród nich podanej.",
        en: "The directory knows the prescriber's specialties, and the stated one is not among them.",
        fix_pl: "Usuń specjalizację, której nie ma w katalogu; jeżeli katalog jest nieaktualny, zgłoś zmianę operatorowi.",
        fix_en: "Remove the specialty that the directory lacks; where it is outdated, tell the operator.";
    ASSISTANT_NOT_AUTHORISED = "device_order.assistant_not_authorised", Forbidden,
        pl: "Osoba wystawiająca nie upoważniła tego asystenta do wystawiania zleceń w jej imieniu albo upoważnienie wygasło.",
        en: "The prescriber has not authorised this assistant to issue orders, or the authorisation has ended.",
        fix_pl: "Upoważnij asystenta w Rejestrze Asystentów Medycznych; zlecenie może też podpisać osoba wystawiająca.",
        fix_en: "Authorise the assistant in the register of medical assistants; the prescriber can sign, too.";
    NO_ACCESS_DATA = "device_order.no_access_data", Conflict,
        pl: "Zlecenie nie ma danych dostępowych: nie zostało potwierdzone albo nie można go już realizować.",
        en: "The order has no access data: it is not confirmed, or cannot be taken up any more.",
        fix_pl: "Dane dostępowe powstają z pozytywnym wynikiem weryfikacji.",
        fix_en: "Access data come with a positive verification.";
    NO_CODE = "device_order.no_code", Conflict,
        pl: "Zlecenie nie ma kodu dostępu: kod mają tylko zlecenia pacjentów z numerem PESEL.",
        en: "The order has no access code: only orders of patients with a PESEL have one.",
        fix_pl: "Wydaj pacjentowi wydruk informacyjny (`information-print`); zlecenie otwiera jego numer.",
        fix_en: "Hand the information print out (`information-print`); the order's number opens it.";
    RENEWAL_REASON = "device_order.renewal_reason", Unprocessable,
        pl: "Urzędnik NFZ podaje powód wydania nowego kodu dostępu.",
        en: "An officer of the payer says why the access code is drawn anew.",
        fix_pl: "Podaj `reason`; pacjent zobaczy go w dzienniku dostępu.",
        fix_en: "Give `reason`; the patient sees it in their access log.";
    NOT_ISSUED = "device_order.not_issued", Conflict,
        pl: "Szkicu zlecenia się nie drukuje: nie ma numeru ani podpisu.",
        en: "A draft is not printed: it has no number and no signature.",
        fix_pl: "Wyślij zlecenie (`submission`).",
        fix_en: "Submit the order (`submission`).";
    SIGNATURE_KIND = "device_order.signature_kind", Unprocessable,
        pl: "Zlecenie podpisuje się podpisem kwalifikowanym, zaufanym albo certyfikatem ZUS; podpis osobisty nie wystarcza.",
        en: "An order is signed with a qualified or trusted signature or the ZUS certificate; a personal signature does not do.",
        fix_pl: "Podpisz zlecenie jednym z dopuszczonych podpisów.",
        fix_en: "Sign the order with one of the admitted kinds.";
    SUPPLY_DIFFERS = "device_order.supply_differs", Unprocessable,
        pl: "Sposób zaopatrzenia (miesięczny albo jednorazowy) nie pasuje do grupy wyrobu.",
        en: "The kind of supply (monthly or one-off) does not fit the device group.",
        fix_pl: "Podaj rodzaj zaopatrzenia właściwy dla grupy.",
        fix_en: "Give the kind of supply that the group has.";
    SHORT_FORM_NEEDS_PRIMARY = "device_order.short_form_needs_primary", Unprocessable,
        pl: "Skrócone zlecenie kontynuacji wymaga numeru zlecenia pierwotnego.",
        en: "A continuation in the short form needs the number of its primary order.",
        fix_pl: "Podaj numer zlecenia pierwotnego albo wyślij pełną formę.",
        fix_en: "Give the primary order's number, or send the full form.";
    SHORT_FORM_IS_CONTINUATION = "device_order.short_form_is_continuation", Unprocessable,
        pl: "Skrócona forma jest możliwa tylko przy kontynuacji.",
        en: "The short form is for continuations only.",
        fix_pl: "Zmień formę na pełną albo oznacz zlecenie jako kontynuację.",
        fix_en: "Use the full form, or mark the order as a continuation.";
    TOO_MANY_MONTHS = "device_order.too_many_months", Unprocessable,
        pl: "Zlecenie miesięczne obejmuje od 1 do 12 kolejnych miesięcy, a papierowe najwyżej 6.",
        en: "A monthly order covers 1 to 12 consecutive months, on paper at most 6.",
        fix_pl: "Zmniejsz liczbę miesięcy.",
        fix_en: "Lower the number of months.";
    MONTH_PAST = "device_order.month_past", Unprocessable,
        pl: "Pierwszy miesiąc zaopatrzenia już minął.",
        en: "The first month of the supply has passed.",
        fix_pl: "Zacznij od miesiąca wystawienia albo późniejszego.",
        fix_en: "Begin with the month of issue or a later one.";
    CRITERION_REQUIRED = "device_order.criterion_required", Unprocessable,
        pl: "Zlecenie wymaga co najmniej jednego kryterium przyznania.",
        en: "An order needs at least one criterion of the list.",
        fix_pl: "Wskaż spełnione kryteria z wykazu.",
        fix_en: "Name the criteria of the list that the patient meets.";
    SIDE_REQUIRED = "device_order.side_required", Unprocessable,
        pl: "Ten wyrób wymaga wskazania strony ciała.",
        en: "This device needs the side of the body.",
        fix_pl: "Podaj `sides`: LEFT, RIGHT albo BOTH.",
        fix_en: "Give `sides`: LEFT, RIGHT or BOTH.";
    SIDE_SUPERFLUOUS = "device_order.side_superfluous", Unprocessable,
        pl: "Przy tym wyrobie nie wskazuje się strony ciała.",
        en: "This device has no side of the body.",
        fix_pl: "Usuń `sides`.",
        fix_en: "Remove `sides`.";
    STOMA_DIFFERS = "device_order.stoma_differs", Unprocessable,
        pl: "Rodzaj stomii jest wymagany przy sprzęcie stomijnym, musi pasować do kodu i nie występuje przy innych wyrobach.",
        en: "The kind of stoma is required for stoma devices, fits the code, and has no place with other devices.",
        fix_pl: "Podaj rodzaj i liczbę przetok zgodne z kodem.",
        fix_en: "Give the kind and number of stomas that fit the code.";
    STOMA_COUNT = "device_order.stoma_count", Unprocessable,
        pl: "Liczba przetok musi wynosić od 1 do 9.",
        en: "The number of stomas is 1 to 9.",
        fix_pl: "Podaj liczbę przetok.",
        fix_en: "Give the number of stomas.";
    LENSES_COUNT = "device_order.lenses_count", Unprocessable,
        pl: "Zlecenie na soczewki obejmuje od 1 do 4 soczewek, każdą dla innego oka i przeznaczenia.",
        en: "An order for lenses has 1 to 4 of them, each for another eye and use.",
        fix_pl: "Usuń powtórzone soczewki.",
        fix_en: "Remove repeated lenses.";
    LENS_USE = "device_order.lens_use", Unprocessable,
        pl: "Kod soczewki nie pasuje do jej przeznaczenia (do bliży albo do dali).",
        en: "The lens's code does not fit its use (near or far).",
        fix_pl: "Podaj kod grupy właściwej dla przeznaczenia soczewki.",
        fix_en: "Give the code of the group for the lens's use.";
    LENS_POWER_REQUIRED = "device_order.lens_power_required", Unprocessable,
        pl: "Soczewka wymaga sfery albo cylindra, a cylinder osi.",
        en: "A lens needs a sphere or a cylinder, and a cylinder an axis.",
        fix_pl: "Uzupełnij parametry soczewki.",
        fix_en: "Fill in the lens's figures.";
    BIRTH_DATE_AND_SEX = "device_order.birth_date_and_sex", Unprocessable,
        pl: "Bez numeru PESEL wymagane są data urodzenia i płeć pacjenta.",
        en: "Without a PESEL the patient's date of birth and sex are required.",
        fix_pl: "Uzupełnij `patient.birthDate` i `patient.sex`.",
        fix_en: "Fill in `patient.birthDate` and `patient.sex`.";
    RIGHT_PROOF_INCOMPLETE = "device_order.right_proof_incomplete", Unprocessable,
        pl: "Dokument potwierdzający prawo do świadczeń nie ma numeru albo ważności.",
        en: "The document that proves the right to benefits lacks its number or its validity.",
        fix_pl: "Podaj numer i ważność dokumentu (`until`), choćby bezterminową.",
        fix_en: "Give the document's number and its validity (`until`), be it indefinite.";
    RIGHT_PROOF_REQUIRED = "device_order.right_proof_required", Unprocessable,
        pl: "Bez numeru PESEL prawo do świadczeń potwierdza dokument albo oświadczenie.",
        en: "Without a PESEL a document or a statement proves the right to benefits.",
        fix_pl: "Uzupełnij `right`.",
        fix_en: "Fill in `right`.";
    ENTITLEMENT_DOCUMENT = "device_order.entitlement_document", Unprocessable,
        pl: "Dodatkowe uprawnienie wymaga dokumentu z numerem, datą wystawienia i ważnością.",
        en: "An additional entitlement needs its document with number, day of issue and validity.",
        fix_pl: "Uzupełnij dane dokumentu; bezterminowy oznacz jako INDEFINITE.",
        fix_en: "Fill in the document; mark one without an end as INDEFINITE.";
    CERTIFIER_REQUIRED = "device_order.certifier_required", Unprocessable,
        pl: "Uprawnienie 47DN wymaga numeru lekarza, który wydał zaświadczenie; przy innych go nie ma.",
        en: "The entitlement 47DN needs the licence number of the certifying physician; others have none.",
        fix_pl: "Uzupełnij albo usuń `additionalEntitlement.certifiedBy`.",
        fix_en: "Fill in or remove `additionalEntitlement.certifiedBy`.";
    LARGER_QUANTITY_JUSTIFICATION = "device_order.larger_quantity_justification", Unprocessable,
        pl: "Ilość większa niż w wykazie wymaga uzasadnienia medycznego.",
        en: "More than the list has needs a medical justification.",
        fix_pl: "Uzupełnij `grounds.largerQuantity`.",
        fix_en: "Fill in `grounds.largerQuantity`.";
    SHORTENING_GROUND = "device_order.shortening_ground", Unprocessable,
        pl: "Podstawa skrócenia okresu użytkowania nie pasuje do wieku pacjenta.",
        en: "The ground for shortening the period of use does not fit the patient's age.",
        fix_pl: "Wybierz podstawę właściwą dla dorosłego albo dla dziecka.",
        fix_en: "Choose a ground for an adult, or for a child.";
    TIER_UNKNOWN = "device_order.tier_unknown", Unprocessable,
        pl: "Grupa nie ma takiej pozycji limitu.",
        en: "The group has no such tier.",
        fix_pl: "Wybierz pozycję z `GET device-groups/{code}`.",
        fix_en: "Choose a tier from `GET device-groups/{code}`.";
    PIECES_COUNT = "device_order.pieces_count", Unprocessable,
        pl: "Liczba sztuk w zleceniu jednorazowym musi wynosić od 1 do 9999.",
        en: "A one-off order is for 1 to 9999 pieces.",
        fix_pl: "Popraw liczbę sztuk.",
        fix_en: "Correct the number of pieces.";
    ONE_MONTH_ONLY = "device_order.one_month_only", Unprocessable,
        pl: "Wykaz przyznaje ten wyrób jednorazowo, na jeden miesiąc.",
        en: "The list has this device once, for one month.",
        fix_pl: "Zleć jeden miesiąc, a następne kodem właściwym dla dalszego zaopatrzenia.",
        fix_en: "Order one month, and the later ones by the code of the continued supply.";
    CONTINUATION_MONTHS = "device_order.continuation_months", Unprocessable,
        pl: "Pielęgniarka i położna kontynuują zlecenie na wyroby do leczenia cukrzycy najwyżej na 6 miesięcy.",
        en: "Nurses and midwives continue an order for diabetes devices for at most 6 months.",
        fix_pl: "Zmniejsz liczbę miesięcy.",
        fix_en: "Lower the number of months.";
    BIRTH_DATE = "device_order.birth_date", Unprocessable,
        pl: "Data urodzenia pacjenta przypada w przyszłości albo ponad 130 lat temu.",
        en: "The patient's date of birth is in the future, or more than 130 years ago.",
        fix_pl: "Popraw `patient.birthDate`.",
        fix_en: "Correct `patient.birthDate`.";
    PREGNANCY_SEX = "device_order.pregnancy_sex", Unprocessable,
        pl: "Ciążę oznaczono u pacjenta płci męskiej.",
        en: "A male patient is marked as pregnant.",
        fix_pl: "Usuń oznaczenie ciąży albo popraw dane pacjenta.",
        fix_en: "Remove the mark, or correct the patient's particulars.";
    NAME_LENGTH = "device_order.name_length", Unprocessable,
        pl: "Imię ma najwyżej 32 znaki, a nazwisko 40.",
        en: "Given names have at most 32 characters, and a family name 40.",
        fix_pl: "Skróć imiona lub nazwisko tak, jak ma je dokument tożsamości.",
        fix_en: "Shorten the names as the identity document has them.";
    BRANCH = "device_order.branch", Unprocessable,
        pl: "Oddział NFZ ma numer od 1 do 17.",
        en: "A branch of the payer has a number from 1 to 17.",
        fix_pl: "Popraw numer oddziału.",
        fix_en: "Correct the branch's number.";
    DOCUMENT_FUTURE = "device_order.document_future", Unprocessable,
        pl: "Data dokumentu albo oświadczenia przypada w przyszłości.",
        en: "The day of a document or statement is in the future.",
        fix_pl: "Popraw datę.",
        fix_en: "Correct the day.";
    PRISM = "device_order.prism", Unprocessable,
        pl: "Pryzma ma od 0 do 20 dioptrii, bez znaku minus.",
        en: "A prism has 0 to 20 dioptres and no minus sign.",
        fix_pl: "Podaj pryzmę bez znaku.",
        fix_en: "Give the prism without a sign.";
    NOTHING_LEFT = "device_order.nothing_left", Conflict,
        pl: "W zleceniu nie ma już miesięcy, które można anulować.",
        en: "The order has no months left that could be cancelled.",
        fix_pl: "Odczytaj stan miesięcy zlecenia.",
        fix_en: "Read the state of the order's months.";
    HELD = "device_order.held", Conflict,
        pl: "Część zlecenia jest zarezerwowana u realizatora.",
        en: "Part of the order is held by a provider.",
        fix_pl: "Poproś realizatora o zwolnienie rezerwacji albo poczekaj, aż wygaśnie.",
        fix_en: "Ask the provider to release it, or wait until the hold runs out.";
}
