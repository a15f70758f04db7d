//! What a command on an order is refused for.

use super::lifecycle::{Command, State, admits};
use crate::problem::Violation;
use crate::problems;

problems! { PROBLEMS:
    WRONG_STATE = "device_order.wrong_state", Conflict,
        pl: "W obecnym stanie zlecenia ta czynność nie jest możliwa.",
        en: "The order's present state does not admit this action.",
        fix_pl: "Odczytaj stan i dozwolone czynności (`currentState`, `allowedActions`).",
        fix_en: "Read the state and the allowed actions (`currentState`, `allowedActions`).";
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
    SIGNATURE_KIND = "device_order.signature_kind", Unprocessable,
        pl: "Zlecenie podpisuje się podpisem kwalifikowanym, zaufanym albo certyfikatem ZUS; podpis osobisty nie wystarcza.",
        en: "An order is signed with a qualified or trusted signature or the ZUS certificate; a personal signature does not do.",
        fix_pl: "Podpisz zlecenie jednym z dopuszczonych podpisów.",
        fix_en: "Sign the order with one of the admitted kinds.";
    GROUP_UNKNOWN = "device_order.group_unknown", Unprocessable,
        pl: "W tym dniu wykaz nie zawiera takiego kodu wyrobu.",
        en: "The list has no such device code on this day.",
        fix_pl: "Wybierz kod z `GET device-groups?on=`; kody sprzed 2024 r. mają odpowiedniki w słowniku przejść.",
        fix_en: "Choose a code from `GET device-groups?on=`; codes from before 2024 have successors in the mapping.";
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
    AMOUNT_TOO_LARGE = "device_order.amount_too_large", Unprocessable,
        pl: "Kwota przekracza 999999999.99 zł.",
        en: "The amount exceeds 999999999.99 PLN.",
        fix_pl: "Sprawdź ceny i liczby sztuk.",
        fix_en: "Check prices and numbers of pieces.";
    ISSUER_NOT_LISTED = "device_order.issuer_not_listed", Unprocessable,
        pl: "Wykaz nie wymienia tej osoby wśród uprawnionych do zlecenia tego wyrobu.",
        en: "The list does not name this prescriber among those who may order the device.",
        fix_pl: "Zlecenie może wystawić osoba wymieniona w wykazie; sprawdź też wpisane specjalizacje.",
        fix_en: "Somebody whom the list names can issue the order; check the specialties too.";
    RIGHT_NOT_CONFIRMED = "device_order.right_not_confirmed", Unprocessable,
        pl: "Prawo pacjenta do świadczeń nie zostało potwierdzone, a zlecenie nie zawiera dokumentu ani oświadczenia.",
        en: "The patient's right to benefits was not confirmed, and the order has no document or statement.",
        fix_pl: "Dołącz oświadczenie albo dokument (`right`) i popraw zlecenie.",
        fix_en: "Add a statement or document (`right`) and correct the order.";
    RIGHT_UNANSWERED = "device_order.right_unanswered", Unprocessable,
        pl: "Płatnik nie odpowiedział na pytanie o prawo do świadczeń; oparto się na oświadczeniu albo dokumencie.",
        en: "The payer did not answer about the right to benefits; the statement or document stands in.",
        fix_pl: "Nic nie trzeba robić; prawo zostanie sprawdzone ponownie przy pobraniu.",
        fix_en: "Nothing needs to be done; the right is looked at again at take-up.";
    RIGHT_PROOF_EXPIRED = "device_order.right_proof_expired", Unprocessable,
        pl: "Dokument potwierdzający prawo do świadczeń stracił ważność.",
        en: "The document that proves the right to benefits has expired.",
        fix_pl: "Podaj ważny dokument albo oświadczenie.",
        fix_en: "Give a valid document, or a statement.";
    PESEL_OUTDATED = "device_order.pesel_outdated", Unprocessable,
        pl: "Według płatnika numer PESEL jest nieaktualny.",
        en: "By the payer's records the PESEL is outdated.",
        fix_pl: "Sprawdź tożsamość pacjenta i popraw numer.",
        fix_en: "Check the patient's identity and correct the number.";
    ENTITLEMENT_AGE = "device_order.entitlement_age", Unprocessable,
        pl: "Dodatkowe uprawnienie nie pasuje do wieku pacjenta.",
        en: "The additional entitlement does not fit the patient's age.",
        fix_pl: "47ZN od 16 lat, 47ZND do 16, 47DN do 18; popraw kod uprawnienia.",
        fix_en: "47ZN from 16 years, 47ZND below 16, 47DN below 18; correct the code.";
    ENTITLEMENT_EXPIRED = "device_order.entitlement_expired", Unprocessable,
        pl: "Dokument dodatkowego uprawnienia stracił ważność.",
        en: "The document of the additional entitlement has expired.",
        fix_pl: "Podaj ważny dokument albo usuń uprawnienie.",
        fix_en: "Give a valid document, or remove the entitlement.";
    QUANTITY_EXCEEDED = "device_order.quantity_exceeded", Unprocessable,
        pl: "Zlecona ilość przekracza ilość z wykazu, a pacjent nie ma uprawnienia, które ją znosi.",
        en: "The ordered quantity exceeds that of the list, and no entitlement of the patient lifts it.",
        fix_pl: "Zmniejsz ilość albo podaj uprawnienie 47ZN, 47ZND lub 47DN.",
        fix_en: "Lower the quantity, or give the entitlement 47ZN, 47ZND or 47DN.";
    USE_PERIOD_NOT_ELAPSED = "device_order.use_period_not_elapsed", Unprocessable,
        pl: "Okres użytkowania poprzedniego wyrobu jeszcze nie upłynął.",
        en: "The period of use of the former device has not elapsed.",
        fix_pl: "Poczekaj do końca okresu albo podaj podstawę skrócenia, jeżeli wykaz ją dopuszcza.",
        fix_en: "Wait for its end, or give a ground for shortening where the list admits one.";
    NOT_SHORTENABLE = "device_order.not_shortenable", Unprocessable,
        pl: "Okresu użytkowania tego wyrobu nie można skrócić.",
        en: "The period of use of this device cannot be shortened.",
        fix_pl: "Poczekaj do końca okresu użytkowania.",
        fix_en: "Wait for the end of the period of use.";
    DUPLICATE = "device_order.duplicate", Unprocessable,
        pl: "Pacjent ma już zlecenie na ten wyrób na te same miesiące.",
        en: "The patient has an order for this device and the same months already.",
        fix_pl: "Anuluj wcześniejsze zlecenie albo zmień miesiące.",
        fix_en: "Cancel the earlier order, or change the months.";
    RIGHT_STATEMENT_OLD = "device_order.right_statement_old", Unprocessable,
        pl: "Oświadczenie o prawie do świadczeń nie pochodzi z dnia pobrania ani z 7 dni przed nim.",
        en: "The statement of the right to benefits is not of the day of the take-up, nor of the 7 days before it.",
        fix_pl: "Przyjmij od pacjenta nowe oświadczenie albo dokument i podaj je przy pobraniu (`right`).",
        fix_en: "Take a new statement or a document from the patient, and give it with the take-up (`right`).";
    USE_PERIOD_UNKNOWN = "device_order.use_period_unknown", Unprocessable,
        pl: "Pacjent miał już ten wyrób, a okres jego użytkowania nie jest tu znany.",
        en: "The patient had this device before, and its period of use is not known here.",
        fix_pl: "Zwróć się do oddziału NFZ: urzędnik wpisze okres ze źródłem albo zaakceptuje zlecenie.",
        fix_en: "Ask the NFZ branch: an officer enters the period with its source, or accepts the order.";
    SHORTENING_UNKNOWN = "device_order.shortening_unknown", Unprocessable,
        pl: "Nie jest tu znane, czy okres użytkowania tego wyrobu można skrócić.",
        en: "It is not known here whether the device's period of use may be shortened.",
        fix_pl: "Zwróć się do oddziału NFZ: urzędnik wpisze to ze źródłem albo zaakceptuje zlecenie.",
        fix_en: "Ask the NFZ branch: an officer enters it with its source, or accepts the order.";
    NOTHING_CONFIRMED = "device_order.nothing_confirmed", Unprocessable,
        pl: "Z treści zlecenia nie wynika żadna pozycja, którą można potwierdzić.",
        en: "The order's content leads to no line that could be confirmed.",
        fix_pl: "Sprawdź wyrób, ilość i datę urodzenia pacjenta.",
        fix_en: "Check the device, the quantity and the patient's date of birth.";
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
    PRODUCT_NUMBER = "device_order.product_number", Unprocessable,
        pl: "Identyfikator wyrobu z listy umowy ma od 1 do 12 cyfr.",
        en: "The product's identifier of the contract's list has 1 to 12 digits.",
        fix_pl: "Podaj identyfikator z listy wyrobów umowy.",
        fix_en: "Give the identifier of the contract's list of products.";
    PRODUCT_UNLISTED = "device_order.product_unlisted", Unprocessable,
        pl: "W dniu wydania na liście wyrobów umowy nie ma tego identyfikatora.",
        en: "On the day of issue the contract's list of products has no such identifier.",
        fix_pl: "Popraw identyfikator albo podaj wytwórcę, model i nazwę wyrobu.",
        fix_en: "Correct the identifier, or give maker, model and name of the product.";
    PRODUCT_CODE = "device_order.product_code", Unprocessable,
        pl: "Na liście wyrobów umowy ten wyrób ma kod innej grupy.",
        en: "The contract's list has this product under the code of another group.",
        fix_pl: "Podaj wyrób z grupy wydanego kodu albo popraw kod.",
        fix_en: "Give a product of the issued code's group, or correct the code.";
    PRICE = "device_order.price", Unprocessable,
        pl: "Cena wydanej sztuki musi być większa od zera.",
        en: "The price of an issued piece is greater than zero.",
        fix_pl: "Podaj cenę detaliczną sztuki.",
        fix_en: "Give the retail price of a piece.";
    PRIMARY_ORDER_UNKNOWN = "device_order.primary_order_unknown", Unprocessable,
        pl: "Zlecenie pierwotne nie jest znane jako pozytywne zlecenie tego pacjenta na ten wyrób.",
        en: "The primary order is not known as a positive order of this patient for this device.",
        fix_pl: "Wyślij pełną formę zlecenia; numer zostaje ten sam.",
        fix_en: "Send the full form; the number stays the same.";
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
    NOT_AVAILABLE = "device_order.not_available", Conflict,
        pl: "Co najmniej jeden z tych miesięcy został już zrealizowany, przepadł albo został anulowany.",
        en: "At least one of these months is realised, lost or cancelled.",
        fix_pl: "Odczytaj wolne miesiące w zleceniu.",
        fix_en: "Read which months are free in the order.";
    MONTH_TAKEN = "device_order.month_taken", Conflict,
        pl: "Co najmniej jeden z tych miesięcy jest zarezerwowany u innego realizatora.",
        en: "At least one of these months is held by another provider.",
        fix_pl: "Wybierz inne miesiące albo poczekaj do chwili z `notBefore`, kiedy rezerwacja wygaśnie sama.",
        fix_en: "Choose other months, or wait until `notBefore`, when the hold runs out by itself.";
    LOOK_UP_PAIR = "device_order.look_up_pair", Unprocessable,
        pl: "Zlecenie otwiera jedna z par: kod i PESEL, numer i kod, numer i PESEL, numer i data urodzenia.",
        en: "One of these pairs opens an order: code and PESEL, number and code, number and PESEL, number and date of birth.",
        fix_pl: "Podaj dokładnie dwie dane, które tworzą jedną z par; kod i data urodzenia pary nie tworzą.",
        fix_en: "Give exactly two that make one of the pairs; code and date of birth make none.";
    LOOK_UP_NONE = "device_order.look_up_none", NotFound,
        pl: "Te dane nie otwierają żadnego zlecenia, które można pobrać.",
        en: "These data open no order that can be taken up.",
        fix_pl: "Sprawdź obie dane z pacjentem; nie mówimy, która z nich się nie zgadza.",
        fix_en: "Check both with the patient; which of them differs is not told.";
    LOOK_UPS_SLOWED = "device_order.look_ups_slowed", TooManyRequests,
        pl: "Po nieudanych próbach następne wyszukanie po kodzie i PESEL musi poczekać.",
        en: "After tries that failed the next look-up by code and PESEL has to wait.",
        fix_pl: "Użyj numeru zlecenia, który nigdy nie czeka, albo spróbuj po czasie z `Retry-After`.",
        fix_en: "Use the order's number, which never waits, or try again after `Retry-After`.";
    TAKE_UP_UNKNOWN = "device_order.take_up_unknown", NotFound,
        pl: "Zlecenie nie ma takiego pobrania albo nie jest ono Twoje.",
        en: "The order has no such take-up, or it is not yours.",
        fix_pl: "Odczytaj pobrania ze zlecenia albo z `GET take-ups`.",
        fix_en: "Read the take-ups in the order, or from `GET take-ups`.";
    MONTHS_OUTSIDE = "device_order.months_outside", Unprocessable,
        pl: "Podane miesiące nie należą do zlecenia; zlecenie jednorazowe nie ma miesięcy, a miesięczne ich wymaga.",
        en: "The months do not belong to the order; a one-off order has none, and a monthly one needs them.",
        fix_pl: "Podaj miesiące z `periods` zlecenia.",
        fix_en: "Give months that stand in the order's `periods`.";
    TOO_MANY_AT_ONCE = "device_order.too_many_at_once", Unprocessable,
        pl: "Naraz można pobrać od 1 do 6 miesięcy.",
        en: "One take-up has 1 to 6 months.",
        fix_pl: "Podziel pobranie na części.",
        fix_en: "Take the months up in parts.";
    TAKE_UP_PAST = "device_order.take_up_past", Unprocessable,
        pl: "Pobranie nie może zaczynać się od miesiąca, który minął.",
        en: "A take-up cannot begin with a month that has passed.",
        fix_pl: "Zacznij od bieżącego miesiąca albo późniejszego.",
        fix_en: "Begin with the present month or a later one.";
    PAPER_ELSEWHERE = "device_order.paper_elsewhere", Unprocessable,
        pl: "Zlecenie papierowe realizuje w całości ten, u kogo rozpoczęto realizację.",
        en: "A paper order is realised as a whole where it was begun.",
        fix_pl: "Skieruj pacjenta do realizatora, u którego zaczęto realizację.",
        fix_en: "Send the patient to the provider where it was begun.";
    NO_CONTRACT = "device_order.no_contract", Forbidden,
        pl: "W tym dniu nie ma ważnej umowy na zaopatrzenie w wyroby medyczne dla tego miejsca.",
        en: "On this day there is no valid contract for the supply of devices at this place.",
        fix_pl: "Sprawdź umowę i miejsce wydania; podwykonawca podaje umowę jej posiadacza.",
        fix_en: "Check contract and place; a subcontractor gives the contract of its holder.";
    NOT_HOLDER = "device_order.not_holder", Conflict,
        pl: "To pobranie nie jest zarezerwowane.",
        en: "This take-up is not held.",
        fix_pl: "Odczytaj stan pobrania.",
        fix_en: "Read the state of the take-up.";
    ISSUE_DATE = "device_order.issue_date", Unprocessable,
        pl: "Data wydania musi przypadać po pobraniu, nie w przyszłości i w miesiącach, które są wydawane.",
        en: "The day of issue lies after the take-up, not in the future, and within the months that are supplied.",
        fix_pl: "Popraw datę wydania; za miesiące, które minęły przed wydaniem, nic się nie należy.",
        fix_en: "Correct the day of issue; nothing is due for months that passed before it.";
    PIECES_EXCEEDED = "device_order.pieces_exceeded", Unprocessable,
        pl: "Wydano więcej sztuk, niż potwierdzono na te miesiące.",
        en: "More pieces were issued than were confirmed for these months.",
        fix_pl: "Zmniejsz liczbę sztuk albo pobierz więcej miesięcy.",
        fix_en: "Lower the number of pieces, or take up more months.";
    CODE_NOT_CONFIRMED = "device_order.code_not_confirmed", Unprocessable,
        pl: "Wydany wyrób nie odpowiada kodowi i stronie z potwierdzenia.",
        en: "What was issued does not fit a confirmed code and side.",
        fix_pl: "Wydaj wyrób potwierdzony albo z tej samej grupy limitowej.",
        fix_en: "Issue what was confirmed, or a device that shares its limit.";
    ITEM_REPEATED = "device_order.item_repeated", Unprocessable,
        pl: "Ten sam kod i strona występują w realizacji dwa razy.",
        en: "The same code and side stand in the realisation twice.",
        fix_pl: "Połącz produkty w jedną pozycję.",
        fix_en: "Join the products in one item.";
    NOTHING_ISSUED = "device_order.nothing_issued", Unprocessable,
        pl: "Realizacja wymaga co najmniej jednej pozycji z co najmniej jednym produktem.",
        en: "A realisation has at least one item with at least one product.",
        fix_pl: "Podaj wydane produkty.",
        fix_en: "Name the products that were issued.";
    RECEIPT_REQUIRED = "device_order.receipt_required", Unprocessable,
        pl: "Odbiór potwierdza się od razu przy wydaniu osobistym i przy zleceniu jednorazowym.",
        en: "The receipt is confirmed at once for an issue in person, and for a one-off order.",
        fix_pl: "Podaj, kto i kiedy odebrał wyrób.",
        fix_en: "Say who received the goods, and when.";
    RECEIPT_DATE = "device_order.receipt_date", Unprocessable,
        pl: "Data odbioru nie może być wcześniejsza niż data wydania ani przyszła; przy wydaniu osobistym jest ta sama.",
        en: "The day of receipt is not before the day of issue nor in the future; for an issue in person it is the same.",
        fix_pl: "Popraw datę odbioru.",
        fix_en: "Correct the day of receipt.";
    RECEIPT_PRESENT = "device_order.receipt_present", Conflict,
        pl: "Odbiór tej realizacji jest już potwierdzony.",
        en: "The receipt of this realisation is confirmed already.",
        fix_pl: "Nic nie trzeba robić.",
        fix_en: "Nothing needs to be done.";
    RECEIPT_LATE = "device_order.receipt_late", Conflict,
        pl: "Minął czas, w którym realizator może poprawić odbiór.",
        en: "The time in which a provider can correct a receipt has passed.",
        fix_pl: "Zwróć się do oddziału NFZ; urzędnik może poprawić odbiór.",
        fix_en: "Ask the NFZ branch; an officer can correct the receipt.";
    RECEIPT_VERSION = "device_order.receipt_version", Conflict,
        pl: "Poprawka odbioru nie jest następną wersją odbioru, który jest.",
        en: "The correction is not the next version of the receipt that there is.",
        fix_pl: "Odczytaj realizację i podaj następną wersję odbioru.",
        fix_en: "Read the realisation, and give the next version of its receipt.";
    SETTLEMENT_PROVIDER = "device_order.settlement_provider", Unprocessable,
        pl: "Nie podano realizatora, którego rozliczenie ma być odczytane.",
        en: "It is not said whose settlement is to be read.",
        fix_pl: "Podaj realizatora parametrem provider; jego identyfikator jest na liście GET /providers.",
        fix_en: "Name the provider by the parameter provider; GET /providers lists its id.";
    NOT_REALISED = "device_order.not_realised", Conflict,
        pl: "To pobranie nie ma potwierdzonej realizacji.",
        en: "This take-up has no confirmed realisation.",
        fix_pl: "Odczytaj stan pobrania.",
        fix_en: "Read the state of the take-up.";
    WITHDRAWAL_LATE = "device_order.withdrawal_late", Conflict,
        pl: "Minął czas, w którym realizator może wycofać potwierdzenie.",
        en: "The time in which a provider can take a confirmation back has passed.",
        fix_pl: "Zwróć się do oddziału NFZ; urzędnik może wycofać realizację.",
        fix_en: "Ask the NFZ branch; an officer can take the realisation back.";
}

/// Refused where the state does not admit the command.
pub fn admit_state(state: &State, command: Command) -> Result<(), Vec<Violation>> {
    if admits(state.name(), command) { Ok(()) } else { Err(wrong_state()) }
}

pub fn wrong_state() -> Vec<Violation> {
    vec![Violation::new(WRONG_STATE, "")]
}
