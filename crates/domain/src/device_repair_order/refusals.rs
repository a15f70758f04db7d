//! What a command on a repair order is refused for, and what a verification finds.

use super::lifecycle::{Command, State, admits};
use crate::problem::Violation;
use crate::problems;

problems! { PROBLEMS:
    WRONG_STATE = "device_repair_order.wrong_state", Conflict,
        pl: "W obecnym stanie zlecenia naprawy ta czynność nie jest możliwa.",
        en: "The repair order's present state does not admit this action.",
        fix_pl: "Odczytaj stan zlecenia naprawy.",
        fix_en: "Read the repair order's state.";
    FIELD_REQUIRED = "device_repair_order.field_required", Unprocessable,
        pl: "Pole jest wymagane w zleceniu naprawy.",
        en: "The member is required in a repair order.",
        fix_pl: "Uzupełnij pole i wyślij zlecenie ponownie.",
        fix_en: "Fill the member in and submit the order again.";
    GROUP_UNKNOWN = "device_repair_order.group_unknown", Unprocessable,
        pl: "W tym dniu wykaz nie zawiera takiego kodu albo pozycji wyrobu.",
        en: "The list has no such device code, or tier of it, on this day.",
        fix_pl: "Wybierz kod z `GET device-groups?on=`.",
        fix_en: "Choose a code from `GET device-groups?on=`.";
    SIDE_REQUIRED = "device_repair_order.side_required", Unprocessable,
        pl: "Wyrób ma strony: zlecenie naprawy wskazuje dokładnie jedną.",
        en: "The device is sided: a repair order names exactly one side.",
        fix_pl: "Podaj stronę; drugą naprawia się na osobne zlecenie.",
        fix_en: "Give the side; the other one is repaired on an order of its own.";
    SIDE_SUPERFLUOUS = "device_repair_order.side_superfluous", Unprocessable,
        pl: "Ten wyrób nie ma stron.",
        en: "This device has no sides.",
        fix_pl: "Usuń stronę.",
        fix_en: "Remove the side.";
    ORIGINAL_REASON = "device_repair_order.original_reason", Unprocessable,
        pl: "Powód, dla którego zlecenie pierwotne nie jest znane, ma od 10 do 1000 znaków.",
        en: "The reason why the original order is not known has 10 to 1000 characters.",
        fix_pl: "Opisz, dlaczego numeru nie można podać.",
        fix_en: "Say why the number cannot be given.";
    BRANCH = "device_repair_order.branch", Unprocessable,
        pl: "Oddział NFZ ma numer od 1 do 17.",
        en: "A branch of the payer is numbered 1 to 17.",
        fix_pl: "Podaj numer oddziału, który zapłacił za wyrób.",
        fix_en: "Give the number of the branch that paid for the device.";
    BRANCH_PRESCRIBES = "device_repair_order.branch_prescribes", Unprocessable,
        pl: "Zlecenie naprawy, które wystawia oddział NFZ, nie wskazuje miejsca ani osoby wystawiającej.",
        en: "A repair order that a branch of the payer issues names no place and no prescriber.",
        fix_pl: "Usuń `place` i `prescriber`.",
        fix_en: "Leave `place` and `prescriber` out.";
    LIMIT_UNKNOWN = "device_repair_order.limit_unknown", Unprocessable,
        pl: "Limit naprawy tej grupy nie jest tu znany. Nieznany nie znaczy, że go nie ma.",
        en: "The group's repair limit is not known here. Unknown does not mean that there is none.",
        fix_pl: "Poproś oddział NFZ o wpisanie limitu ze źródłem (`POST /device-groups/{code}/figures`, `repairLimit`).",
        fix_en: "Ask a branch of the payer to enter the limit with its source (`POST /device-groups/{code}/figures`, `repairLimit`).";
    SHARE_UNKNOWN = "device_repair_order.share_unknown", Unprocessable,
        pl: "Udział pacjenta przy tym wyrobie nie jest tu znany.",
        en: "The patient's share of this device is not known here.",
        fix_pl: "Poproś oddział NFZ o wpisanie udziału ze źródłem (`POST /device-groups/{code}/figures`).",
        fix_en: "Ask a branch of the payer to enter the share with its source (`POST /device-groups/{code}/figures`).";
    RIGHT_NOT_CONFIRMED = "device_repair_order.right_not_confirmed", Unprocessable,
        pl: "Płatnik nie potwierdził prawa do świadczeń, a zlecenie nie ma oświadczenia ani dokumentu.",
        en: "The payer has not confirmed the right to benefits, and the order has no statement or document.",
        fix_pl: "Dodaj oświadczenie pacjenta albo dokument i popraw zlecenie.",
        fix_en: "Add the patient's statement or a document, and correct the order.";
    ORIGINAL_UNKNOWN = "device_repair_order.original_unknown", Unprocessable,
        pl: "Pod tym numerem nie ma zrealizowanego zlecenia tego pacjenta na ten wyrób.",
        en: "Under this number there is no realised order of this patient for this device.",
        fix_pl: "Popraw numer albo podaj powód, dla którego zlecenie pierwotne nie jest znane.",
        fix_en: "Correct the number, or give the reason why the original order is not known.";
    LIMIT_USED = "device_repair_order.limit_used", Unprocessable,
        pl: "Wcześniejsze naprawy wykorzystały limit naprawy tego wyrobu.",
        en: "Earlier repairs have used the repair limit of this device.",
        fix_pl: "Naprawę opłaca pacjent; po okresie użytkowania przysługuje nowy wyrób.",
        fix_en: "The patient pays for the repair; after its period of use a new device is borne.";
    LEFT_UNKNOWN = "device_repair_order.left_unknown", Conflict,
        pl: "Innego zlecenia pacjenta nie można odczytać, więc nie wiadomo, ile zostało z limitu naprawy.",
        en: "Another order of the patient cannot be read, so it is not known what is left of the repair limit.",
        fix_pl: "Powtórz, gdy operator przywróci dane; pobranie pozostaje ważne do swojego końca.",
        fix_en: "Repeat once the operator has restored the data; the take-up stays until its end.";
    DUPLICATE = "device_repair_order.duplicate", Unprocessable,
        pl: "Pacjent ma już otwarte zlecenie naprawy tego wyrobu.",
        en: "The patient has an open order for the repair of this device already.",
        fix_pl: "Zrealizuj albo anuluj tamto zlecenie.",
        fix_en: "Have that order realised, or cancel it.";
    NO_CONTRACT = "device_repair_order.no_contract", Forbidden,
        pl: "Realizator nie ma w tym dniu umowy obejmującej ten wyrób.",
        en: "The provider has no contract on this day that covers this device.",
        fix_pl: "Naprawę realizuje podmiot z umową na zaopatrzenie w wyroby medyczne.",
        fix_en: "A provider with a contract for medical devices carries repairs out.";
    NOT_ISSUED = "device_repair_order.not_issued", Conflict,
        pl: "Zlecenie naprawy nie jest jeszcze wystawione.",
        en: "The repair order is not issued yet.",
        fix_pl: "Wystaw je; szkicu się nie drukuje.",
        fix_en: "Issue it; a draft is not printed.";
    TAKEN = "device_repair_order.taken", Conflict,
        pl: "Tę naprawę pobrał inny realizator.",
        en: "Another provider has taken this repair up.",
        fix_pl: "Poczekaj do chwili z `notBefore`, kiedy pobranie wygaśnie samo, albo poproś o zwolnienie (`release-requests`); pobierający albo oddział NFZ może je wycofać wcześniej.",
        fix_en: "Wait until `notBefore`, when the hold runs out by itself, or ask for its release (`release-requests`); whoever holds it or a branch of the payer can give it back before.";
    OWN_HOLD = "device_repair_order.own_hold", Conflict,
        pl: "Tę naprawę pobrano u Ciebie.",
        en: "This repair is held by yourself.",
        fix_pl: "Wycofaj pobranie (`take-ups/{id}/withdrawal`).",
        fix_en: "Give the take-up back (`take-ups/{id}/withdrawal`).";
    TAKE_UP_UNKNOWN = "device_repair_order.take_up_unknown", NotFound,
        pl: "Zlecenie naprawy nie ma takiego pobrania albo nie jest ono Twoje.",
        en: "The repair order has no such take-up, or it is not yours.",
        fix_pl: "Odczytaj pobranie ze zlecenia naprawy.",
        fix_en: "Read the take-up in the repair order.";
    LOOK_UP_PAIR = "device_repair_order.look_up_pair", Unprocessable,
        pl: "Zlecenie naprawy otwiera numer z PESEL albo numer z datą urodzenia.",
        en: "A repair order is opened by number and PESEL, or by number and date of birth.",
        fix_pl: "Podaj numer i dokładnie jedną z tych danych; zlecenie naprawy nie ma kodu dostępu.",
        fix_en: "Give the number and exactly one of these; a repair order has no access code.";
    LOOK_UP_NONE = "device_repair_order.look_up_none", NotFound,
        pl: "Te dane nie otwierają żadnego zlecenia naprawy, które można pobrać.",
        en: "These data open no repair order that can be taken up.",
        fix_pl: "Sprawdź obie dane z pacjentem; nie mówimy, która z nich się nie zgadza.",
        fix_en: "Check both with the patient; which of them differs is not told.";
    NOT_HOLDER = "device_repair_order.not_holder", Forbidden,
        pl: "Naprawę pobrał inny realizator.",
        en: "Another provider holds this repair.",
        fix_pl: "Realizuje ten, kto pobrał; oddział NFZ może je zwolnić.",
        fix_en: "Whoever took it up carries it out; a branch of the payer can release it.";
    ISSUE_DATE = "device_repair_order.issue_date", Unprocessable,
        pl: "Wydanie następuje od dnia pobrania do jego końca, najpóźniej dziś.",
        en: "The device is given out between the take-up and the end of the hold, today at the latest.",
        fix_pl: "Popraw datę wydania.",
        fix_en: "Correct the day of issue.";
    RECEIPT_DATE = "device_repair_order.receipt_date", Unprocessable,
        pl: "Odbiór nie jest wcześniejszy niż wydanie ani przyszły; przy wydaniu osobistym jest tego samego dnia.",
        en: "The receipt is not before the issue nor in the future; for an issue in person it is the same day.",
        fix_pl: "Popraw datę odbioru.",
        fix_en: "Correct the day of receipt.";
    PRICE = "device_repair_order.price", Unprocessable,
        pl: "Cena naprawy jest większa niż zero.",
        en: "The price of a repair is more than zero.",
        fix_pl: "Podaj cenę naprawy.",
        fix_en: "Give the price of the repair.";
    GUARANTEE = "device_repair_order.guarantee", Unprocessable,
        pl: "Gwarancja na naprawę obejmuje od 0 do 120 miesięcy.",
        en: "The guarantee of a repair is of 0 to 120 months.",
        fix_pl: "Popraw liczbę miesięcy gwarancji.",
        fix_en: "Correct the number of months.";
    WITHDRAWAL_LATE = "device_repair_order.withdrawal_late", Conflict,
        pl: "Minął czas, w którym realizator może wycofać naprawę.",
        en: "The time in which a provider can take a repair back has passed.",
        fix_pl: "Zwróć się do oddziału NFZ; urzędnik może wycofać naprawę.",
        fix_en: "Ask a branch of the payer; an officer can take the repair back.";
}

/// Refused where the state does not admit the command.
pub fn admit_state(state: &State, command: Command) -> Result<(), Vec<Violation>> {
    if admits(state.name(), command) { Ok(()) } else { Err(wrong_state()) }
}

pub fn wrong_state() -> Vec<Violation> {
    vec![Violation::whole(WRONG_STATE)]
}
