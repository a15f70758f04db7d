//! What a provider is refused: the look-up, the take-up, the issue of goods.

use crate::problems;

problems! { OF_COUNTER:
    AMOUNT_TOO_LARGE = "device_order.amount_too_large", Unprocessable,
        pl: "Kwota przekracza 999999999.99 zł.",
        en: "The amount exceeds 999999999.99 PLN.",
        fix_pl: "Sprawdź ceny i liczby sztuk.",
        fix_en: "Check prices and numbers of pieces.";
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
    NOT_AVAILABLE = "device_order.not_available", Conflict,
        pl: "Co najmniej jeden z tych miesięcy został już zrealizowany, przepadł albo został anulowany.",
        en: "At least one of these months is realised, lost or cancelled.",
        fix_pl: "Odczytaj wolne miesiące w zleceniu.",
        fix_en: "Read which months are free in the order.";
    MONTH_TAKEN = "device_order.month_taken", Conflict,
        pl: "Co najmniej jeden z tych miesięcy jest zarezerwowany u innego realizatora.",
        en: "At least one of these months is held by another provider.",
        fix_pl: "Wybierz inne miesiące, poczekaj do chwili z `notBefore`, kiedy rezerwacja wygaśnie sama, albo poproś o zwolnienie (`release-requests`).",
        fix_en: "Choose other months, wait until `notBefore`, when the hold runs out by itself, or ask for its release (`release-requests`).";
    NOTHING_TO_RELEASE = "device_order.nothing_to_release", Conflict,
        pl: "Nikt inny niczego z tego nie pobrał albo wyroby już wydano.",
        en: "Nobody else holds any of it, or the goods have been issued.",
        fix_pl: "Pobierz wolne miesiące; własne pobranie wycofaj (`take-ups/{id}/withdrawal`).",
        fix_en: "Take free months up; give your own take-up back (`take-ups/{id}/withdrawal`).";
    RELEASE_REQUESTED = "device_order.release_requested", Conflict,
        pl: "O zwolnienie tego pobrania już poproszono.",
        en: "The release of this take-up has been asked for already.",
        fix_pl: "Poczekaj na realizatora albo do końca rezerwacji; w razie potrzeby pobranie zwolni urzędnik NFZ.",
        fix_en: "Wait for the provider, or for the end of the hold; where need be an officer of the payer releases it.";
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
