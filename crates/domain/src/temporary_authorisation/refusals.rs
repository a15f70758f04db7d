//! What a command on a notification is refused for.

use super::AuthorisationDecision;
use super::lifecycle::{Command, State, admits};
use crate::problem::Violation;
use crate::problems;

problems! { PROBLEMS:
    WRONG_STATE = "authorisation.wrong_state", Conflict,
        pl: "W obecnym stanie zgłoszenia ta czynność nie jest możliwa.",
        en: "The notification's present state does not admit this action.",
        fix_pl: "Odczytaj stan i dozwolone czynności (`currentState`, `allowedActions`).",
        fix_en: "Read the state and the allowed actions (`currentState`, `allowedActions`).";
    STEP_PENDING = "authorisation.step_pending", Conflict,
        pl: "Podpis pod tym zgłoszeniem lub rozstrzygnięciem czeka na sprawdzenie przez zewnętrzną usługę.",
        en: "A signature under this notification or its resolution awaits validation by a service outside.",
        fix_pl: "Poczekaj na wynik (`pendingStep` zniknie, `…/history` go podaje); do tego czasu można tylko wycofać.",
        fix_en: "Wait for the outcome (`pendingStep` goes, `…/history` tells it); until then only a withdrawal is possible.";
    FIELD_REQUIRED = "authorisation.field_required", Unprocessable,
        pl: "Pole jest wymagane w zgłoszeniu.",
        en: "The member is required in a notification.",
        fix_pl: "Uzupełnij pole i wyślij zgłoszenie ponownie.",
        fix_en: "Fill the member in and submit the notification again.";
    FILE_DIGEST = "authorisation.file_digest", Unprocessable,
        pl: "To nie jest skrót SHA-256 pliku.",
        en: "This is no SHA-256 digest of a file.",
        fix_pl: "Podaj 64 znaki szesnastkowe, małymi literami.",
        fix_en: "Give 64 hexadecimal characters in lower case.";
    BATCH_REQUIRED = "authorisation.batch_required", Unprocessable,
        pl: "Zgłoszenie nie obejmuje żadnej serii.",
        en: "The notification names no batch.",
        fix_pl: "Dodaj serie z numerem, terminem ważności i ilością.",
        fix_en: "Add batches with number, expiry date and quantity.";
    BATCH_EXPIRED = "authorisation.batch_expired", Unprocessable,
        pl: "Termin ważności serii upłynął.",
        en: "The batch has expired.",
        fix_pl: "Produkt po terminie ważności nie może być w obrocie; usuń serię.",
        fix_en: "An expired product must not be in trade; remove the batch.";
    BATCH_REPEATED = "authorisation.batch_repeated", Unprocessable,
        pl: "Ta seria jest już w zgłoszeniu albo w zgodzie.",
        en: "The notification or the consent has this batch already.",
        fix_pl: "Podaj serię raz, z całą ilością.",
        fix_en: "Give the batch once, with its whole quantity.";
    BATCH_UNIT = "authorisation.batch_unit", Unprocessable,
        pl: "Ilość serii podano w innej jednostce niż ilość zgłoszoną.",
        en: "The batch counts in another unit than the notified quantity.",
        fix_pl: "Podaj ilość serii w jednostce zgłoszenia.",
        fix_en: "Give the batch's quantity in the unit of the notification.";
    BATCHES_QUANTITY = "authorisation.batches_quantity", Unprocessable,
        pl: "Ilości serii nie sumują się do ilości zgłoszonej.",
        en: "The quantities of the batches do not add up to the notified quantity.",
        fix_pl: "Popraw ilości serii albo ilość zgłoszoną.",
        fix_en: "Correct the quantities of the batches, or the notified one.";
    AGRICULTURE_REQUEST_REQUIRED = "authorisation.agriculture_request_required", Unprocessable,
        pl: "Produkt weterynaryjny wymaga wniosku ministra właściwego do spraw rolnictwa.",
        en: "A veterinary product needs the request of the minister of agriculture.",
        fix_pl: "Wskaż wniosek w `attachments.agricultureMinisterRequest`.",
        fix_en: "Name the request in `attachments.agricultureMinisterRequest`.";
    AGRICULTURE_REQUEST_SUPERFLUOUS = "authorisation.agriculture_request_superfluous", Unprocessable,
        pl: "Wniosek ministra rolnictwa dotyczy tylko produktu weterynaryjnego.",
        en: "The agriculture minister's request is for a veterinary product only.",
        fix_pl: "Usuń wniosek albo zmień przeznaczenie produktu (`purpose`).",
        fix_en: "Remove the request, or change the `purpose` of the product.";
    ATTACHMENT_FUTURE = "authorisation.attachment_future", Unprocessable,
        pl: "Data załączonego dokumentu przypada w przyszłości.",
        en: "The attached document is dated in the future.",
        fix_pl: "Popraw datę dokumentu.",
        fix_en: "Correct the document's date.";
    SIGNER_AUTHORISATION_REQUIRED = "authorisation.signer_authorisation_required", Unprocessable,
        pl: "Brakuje upoważnienia, którego osoba odpowiedzialna udzieliła podpisującemu.",
        en: "The authorisation that the responsible person gave the signatory is missing.",
        fix_pl: "Wskaż je w `attachments.responsiblePersonAuthorisation` (tytuł, data, skrót) albo podpisz jako osoba odpowiedzialna.",
        fix_en: "Name it in `attachments.responsiblePersonAuthorisation` (title, date, digest), or sign as the responsible person.";
    SIGNER_AUTHORISATION_SUPERFLUOUS = "authorisation.signer_authorisation_superfluous", Unprocessable,
        pl: "Osoba odpowiedzialna nie potrzebuje upoważnienia do podpisania zgłoszenia.",
        en: "The responsible person needs no authorisation to sign a notification.",
        fix_pl: "Usuń `attachments.responsiblePersonAuthorisation` albo podaj `signsAs`: `AUTHORISED_PERSON`.",
        fix_en: "Remove `attachments.responsiblePersonAuthorisation`, or give `signsAs`: `AUTHORISED_PERSON`.";
    ATTACHMENT_NOT_UPLOADED = "authorisation.attachment_not_uploaded", Unprocessable,
        pl: "W sprawie nie ma pliku wskazanego dokumentu albo reprezentant i ministerstwo nie mogą go odczytać.",
        en: "The case has no file of the named document, or representative and ministry may not read it.",
        fix_pl: "Prześlij plik o podanym skrócie: `POST …/attachments?recipients=REPRESENTATIVE,MINISTRY`.",
        fix_en: "Upload the file with the given digest: `POST …/attachments?recipients=REPRESENTATIVE,MINISTRY`.";
    RESPONSIBLE_PERSON_DIFFERS = "authorisation.responsible_person_differs", Unprocessable,
        pl: "Zgłoszenie podpisuje osoba odpowiedzialna, którą wskazano w treści.",
        en: "The responsible person whom the content names signs the notification.",
        fix_pl: "Wpisz imię i nazwisko podpisującej osoby, tak jak są w rejestrze.",
        fix_en: "Enter the names of the person who signs as they are on record.";
    WHOLESALER_DIFFERS = "authorisation.wholesaler_differs", Unprocessable,
        pl: "Dane hurtowni różnią się od zapisanych w systemie.",
        en: "The wholesaler's particulars differ from those on record.",
        fix_pl: "Podaj NIP hurtowni, w której imieniu działasz.",
        fix_en: "Give the NIP of the wholesaler for which you act.";
    WHOLESALER_INACTIVE = "authorisation.wholesaler_inactive", Conflict,
        pl: "Hurtownia nie jest już czynna w systemie.",
        en: "The wholesaler is no longer active in the system.",
        fix_pl: "Odmów zgody albo wyjaśnij z hurtownią, dlaczego jej konto zamknięto.",
        fix_en: "Refuse the consent, or ask the wholesaler why its account was closed.";
    REPRESENTATIVE_DIFFERS = "authorisation.representative_differs", Unprocessable,
        pl: "Podpisać lub odmówić może tylko reprezentant wskazany w zgłoszeniu.",
        en: "Only the representative named in the notification may sign or refuse.",
        fix_pl: "Czyni to osoba wskazana w polu `representative`; inną wskazuje się w nowej wersji.",
        fix_en: "The person named in `representative` does so; a new version can name another.";
    QUANTITY_UNIT = "authorisation.quantity_unit", Unprocessable,
        pl: "Ilość w zgodzie ma inną jednostkę niż zgłoszona.",
        en: "The quantity consented to has another unit than the notified one.",
        fix_pl: "Podaj ilość w jednostce zgłoszenia.",
        fix_en: "Give the quantity in the unit of the notification.";
    QUANTITY_BEYOND = "authorisation.quantity_beyond", Unprocessable,
        pl: "Ilość w zgodzie przekracza zgłoszoną.",
        en: "The quantity consented to is beyond the notified one.",
        fix_pl: "Podaj ilość nie większą niż zgłoszona.",
        fix_en: "Give at most the notified quantity.";
    BATCHES_EXPIRED = "authorisation.batches_expired", Unprocessable,
        pl: "Serie, których termin ważności nie upłynął, nie obejmują tej ilości.",
        en: "The batches that have not expired do not come to this quantity.",
        fix_pl: "Zgódź się najwyżej na ilość serii, które są ważne, albo odmów.",
        fix_en: "Consent to at most the quantity of the batches that have not expired, or refuse.";
    BATCH_CONSENTED = "authorisation.batch_consented", Conflict,
        pl: "Na serię z tego uzupełnienia wydano już inną zgodę albo suma ilości jest zbyt duża.",
        en: "A batch of this addition was consented to meanwhile, or the sum has grown too large.",
        fix_pl: "Zwróć projekt i odmów; hurtownia zgłosi tylko nowe serie.",
        fix_en: "Send the draft back and refuse; the wholesaler notifies what is new.";
    QUANTITY_TOO_LARGE = "authorisation.quantity_too_large", Unprocessable,
        pl: "Zgoda razem z uzupełnieniami przekracza największą ilość.",
        en: "The consent with its additions is beyond the largest quantity.",
        fix_pl: "Podaj mniejszą ilość; na resztę potrzebne jest nowe zgłoszenie.",
        fix_en: "Give a smaller quantity; the rest needs a notification of its own.";
    PERIOD_TOO_LONG = "authorisation.period_too_long", Unprocessable,
        pl: "Okres zgody przekracza pięć lat.",
        en: "The period of the consent is longer than five years.",
        fix_pl: "Podaj wcześniejszy `validUntil`.",
        fix_en: "Give an earlier `validUntil`.";
    PERIOD_REQUIRED = "authorisation.period_required", Unprocessable,
        pl: "Zgodę wydaje się na czas określony.",
        en: "A consent is for a fixed period.",
        fix_pl: "Dodaj `validFrom` i `validUntil`.",
        fix_en: "Add `validFrom` and `validUntil`.";
    PERIOD_SUPERFLUOUS = "authorisation.period_superfluous", Unprocessable,
        pl: "To rozstrzygnięcie nie ma własnego okresu.",
        en: "This resolution has no period of its own.",
        fix_pl: "Usuń `validFrom` i `validUntil`: odmowa okresu nie ma, a nowe serie mają okres zgody, do której dochodzą.",
        fix_en: "Remove `validFrom` and `validUntil`: a refusal has no period, and new batches have that of the consent.";
    PERIOD_ORDER = "authorisation.period_order", Unprocessable,
        pl: "Okres zgody kończy się, zanim się zaczyna, albo już minął.",
        en: "The period ends before it begins, or is over already.",
        fix_pl: "Popraw `validFrom` lub `validUntil`.",
        fix_en: "Correct `validFrom` or `validUntil`.";
    PERIOD_OVER = "authorisation.period_over", Conflict,
        pl: "Okres zgody w projekcie już minął.",
        en: "The period of the draft is over already.",
        fix_pl: "Zwróć projekt i przygotuj nowy.",
        fix_en: "Send the draft back and have a new one prepared.";
    CONDITIONS_SUPERFLUOUS = "authorisation.conditions_superfluous", Unprocessable,
        pl: "Odmowa nie ma warunków.",
        en: "A refusal has no conditions.",
        fix_pl: "Usuń `conditions`.",
        fix_en: "Remove `conditions`.";
    GROUNDS_REQUIRED = "authorisation.grounds_required", Unprocessable,
        pl: "Odmowa lub zgoda na mniejszą ilość wymaga uzasadnienia.",
        en: "A refusal, or a consent to less than notified, needs grounds.",
        fix_pl: "Dodaj `grounds`.",
        fix_en: "Add `grounds`.";
    CONSENT_ENDED = "authorisation.consent_ended", Conflict,
        pl: "Zgoda, do której mają dojść nowe serie, już nie obowiązuje.",
        en: "The consent to which new batches would be added is no longer in force.",
        fix_pl: "Potrzebne jest nowe zgłoszenie.",
        fix_en: "A new notification is needed.";
    IS_ADDITION = "authorisation.is_addition", Conflict,
        pl: "To jest uzupełnienie zgody o nowe serie.",
        en: "This is an addition of new batches to a consent.",
        fix_pl: "Wykonaj czynność na zgodzie, do której doszły serie (`addsTo`).",
        fix_en: "Act on the consent to which the batches were added (`addsTo`).";
    ADDITION_DIFFERS = "authorisation.addition_differs", Unprocessable,
        pl: "Nowe serie dotyczą innego produktu lub innej jednostki niż zgoda.",
        en: "The new batches are of another product, or count in another unit, than the consent.",
        fix_pl: "Podaj ten sam produkt i tę samą jednostkę albo złóż nowe zgłoszenie.",
        fix_en: "Give the same product and unit, or file a new notification.";
    CONSENT_NOT_IN_FORCE = "authorisation.consent_not_in_force", Conflict,
        pl: "Okres zgody jeszcze się nie zaczął albo już minął.",
        en: "The period of the consent has not begun yet, or is over.",
        fix_pl: "Sprawdź `validFrom` i `validUntil` zgody.",
        fix_en: "See the consent's `validFrom` and `validUntil`.";
    HANDED_OVER_ALREADY = "authorisation.handed_over_already", Conflict,
        pl: "Ta apteka przekazała już zgodę hurtowni.",
        en: "This pharmacy has passed the consent on already.",
        fix_pl: "Nic więcej nie trzeba robić.",
        fix_en: "Nothing more needs to be done.";
    NOT_HANDED_OVER = "authorisation.not_handed_over", Conflict,
        pl: "Ta apteka nie przekazała zgody hurtowni.",
        en: "This pharmacy has not passed the consent on.",
        fix_pl: "Najpierw przekaż zgodę (`…/handover`) albo wskaż inną aptekę.",
        fix_en: "Pass the consent on first (`…/handover`), or name another pharmacy.";
    DISPENSED_BY_PHARMACY = "authorisation.dispensed_by_pharmacy", Conflict,
        pl: "Apteka wydała już produkt na podstawie tej zgody.",
        en: "The pharmacy has already dispensed on this consent.",
        fix_pl: "Najpierw wycofaj wpisy wydania, jeśli są błędne.",
        fix_en: "Reverse the entries of dispensing first, if they are wrong.";
    BATCH_NOT_CONSENTED = "authorisation.batch_not_consented", Unprocessable,
        pl: "Zgoda nie obejmuje tej serii z takim terminem ważności.",
        en: "The consent does not cover this batch with that expiry date.",
        fix_pl: "Podaj serię i termin ze zgody; nowe serie zgłasza się przez `…/additions`.",
        fix_en: "Give batch and expiry date of the consent; new batches are notified by `…/additions`.";
    BATCH_BEYOND = "authorisation.batch_beyond", Unprocessable,
        pl: "Wpisy przekraczają ilość tej serii w zgodzie.",
        en: "The entries go beyond the quantity of this batch in the consent.",
        fix_pl: "Sprawdź serię i liczbę opakowań; nowe serie zgłasza się przez `…/additions`.",
        fix_en: "Check batch and packs; new batches are notified by `…/additions`.";
    LEDGER_DATE = "authorisation.ledger_date", Unprocessable,
        pl: "Data czynności przypada w przyszłości, poza okresem zgody albo przed zgodą na tę serię.",
        en: "The date lies in the future, outside the period of the consent, or before the consent to this batch.",
        fix_pl: "Popraw datę.",
        fix_en: "Correct the date.";
}

/// The lifecycle does not know this command in this state.
pub fn admit_state(state: &State, command: Command) -> Result<(), Vec<Violation>> {
    if admits(state.name(), command) { Ok(()) } else { Err(vec![Violation::whole(WRONG_STATE)]) }
}

/// For the branch that [`admit_state`] has already closed.
pub fn wrong_state() -> AuthorisationDecision {
    Err(vec![Violation::whole(WRONG_STATE)])
}
