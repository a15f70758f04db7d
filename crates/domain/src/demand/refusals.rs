//! What a command on a demand is refused for.

use super::DemandDecision;
use super::lifecycle::{Command, State, admits};
use crate::problem::Violation;
use crate::problems;

problems! { PROBLEMS:
    WRONG_STATE = "demand.wrong_state", Conflict,
        pl: "W obecnym stanie zapotrzebowania ta czynność nie jest możliwa.",
        en: "The demand's present state does not admit this action.",
        fix_pl: "Odczytaj stan i dozwolone czynności (`currentState`, `allowedActions`).",
        fix_en: "Read the state and the allowed actions (`currentState`, `allowedActions`).";
    STEP_PENDING = "demand.step_pending", Conflict,
        pl: "Podpis złożony w tej sprawie czeka na sprawdzenie przez zewnętrzną usługę.",
        en: "A signature given in this case awaits validation by a service outside.",
        fix_pl: "Poczekaj na wynik (`pendingStep` zniknie, `…/history` go podaje); do tego czasu można tylko wycofać.",
        fix_en: "Wait for the outcome (`pendingStep` goes, `…/history` tells it); until then only a withdrawal is possible.";
    PHYSICIAN_DIFFERS = "demand.physician_differs", Unprocessable,
        pl: "Dane lekarza w treści nie są danymi lekarza, który wystawia zapotrzebowanie.",
        en: "The physician's particulars in the content are not those of the issuing physician.",
        fix_pl: "Wpisz imię, nazwisko i numer prawa wykonywania zawodu wystawiającego lekarza, tak jak są w rejestrze.",
        fix_en: "Enter names and licence number of the issuing physician as they are on record.";
    ENTITY_DIFFERS = "demand.entity_differs", Unprocessable,
        pl: "Dane podmiotu różnią się od zapisanych w systemie.",
        en: "The entity's particulars differ from those on record.",
        fix_pl: "Podaj numer wpisu w RPWDL i NIP podmiotu, w którego imieniu działasz.",
        fix_en: "Give the RPWDL number and the NIP of the entity for which you act.";
    CONSULTANT_UNKNOWN = "demand.consultant_unknown", Unprocessable,
        pl: "Nie ma takiego czynnego konsultanta albo ma on kilka dziedzin, a żadnej nie wskazano.",
        en: "There is no such active consultant, or they have several fields and none is given.",
        fix_pl: "Wybierz konsultanta i jego dziedzinę (`field`) z listy `GET /consultants`.",
        fix_en: "Choose a consultant and their field (`field`) from `GET /consultants`.";
    CONSULTANT_IS_PHYSICIAN = "demand.consultant_is_physician", Unprocessable,
        pl: "Konsultant nie ocenia własnego zapotrzebowania.",
        en: "A consultant does not assess their own demand.",
        fix_pl: "Wybierz innego konsultanta.",
        fix_en: "Choose another consultant.";
    CONSULTANT_AWAY = "demand.consultant_away", Unprocessable,
        pl: "Wybrany konsultant jest nieobecny i nikt go nie zastępuje.",
        en: "The chosen consultant is away, and nobody answers in their place.",
        fix_pl: "Wybierz innego konsultanta; nieobecności są w `GET /consultants`.",
        fix_en: "Choose another consultant; `GET /consultants` tells of absences.";
    ALREADY_YOURS = "demand.already_yours", Conflict,
        pl: "Zapotrzebowanie prowadzi już ten lekarz.",
        en: "This physician holds the demand already.",
        fix_pl: "Przejęcie nie jest potrzebne.",
        fix_en: "No takeover is needed.";
    SIGNATURE_REQUIRED = "demand.signature_required", Unprocessable,
        pl: "Ta czynność wymaga podpisu.",
        en: "This step requires a signature.",
        fix_pl: "Pobierz bajty do podpisu (`…/document`), podpisz je i dołącz `signature`.",
        fix_en: "Fetch the bytes to sign (`…/document`), sign them and attach `signature`.";
    SIGNATURE_SUPERFLUOUS = "demand.signature_superfluous", Unprocessable,
        pl: "Do tej czynności podpisu się nie dołącza.",
        en: "This step takes no signature.",
        fix_pl: "Pomiń `signature`: treść się nie zmieniła i liczy się podpis złożony wcześniej, albo czynność nie jest podpisywana.",
        fix_en: "Leave `signature` out: the content is unchanged and the earlier signature counts, or the step is not signed.";
    REPRESENTATIVE_DIFFERS = "demand.representative_differs", Unprocessable,
        pl: "Podpisać lub odmówić może tylko reprezentant wskazany w zapotrzebowaniu.",
        en: "Only the representative named in the demand may sign or refuse.",
        fix_pl: "Czyni to osoba wskazana w polu `representative`; inną może wskazać lekarz po zwrocie.",
        fix_en: "The person named in `representative` does so; the physician can name another after a return.";
    OPINION_NEEDS_JUSTIFICATION = "demand.opinion_needs_justification", Unprocessable,
        pl: "Odmowa potwierdzenia wymaga uzasadnienia.",
        en: "A refusal to confirm needs a justification.",
        fix_pl: "Dodaj `justification`.",
        fix_en: "Add `justification`.";
    ASSIGNED_TO_ANOTHER = "demand.assigned_to_another", Conflict,
        pl: "Sprawę prowadzi inna osoba.",
        en: "Another officer has the case.",
        fix_pl: "Przejmij sprawę, podając powód (`reason`).",
        fix_en: "Take the case over, giving a `reason`.";
    CLARIFICATION_TERM = "demand.clarification_term", Unprocessable,
        pl: "Termin odpowiedzi jest krótszy niż 7 albo dłuższy niż 60 dni.",
        en: "The term for the answer is shorter than 7 or longer than 60 days.",
        fix_pl: "Wyznacz od 7 do 60 dni (`days`).",
        fix_en: "Set 7 to 60 days (`days`).";
    CLARIFICATION_ENDED = "demand.clarification_ended", Conflict,
        pl: "Na to pytanie już odpowiedziano albo minął termin, albo z niego zrezygnowano.",
        en: "This question was answered or closed already, or its term is over.",
        fix_pl: "Odczytaj dokument (`clarifications`); po terminie odpowiedź można przesłać wiadomością.",
        fix_en: "Read the document (`clarifications`); after the term an answer can be sent as a message.";
    LETTER_REQUIRED = "demand.letter_required", Unprocessable,
        pl: "Odpowiedź wpisywana za adresata wymaga wskazania jego pisma.",
        en: "An answer that is entered for the addressee has to name their letter.",
        fix_pl: "Podaj znak i datę pisma (`letter`).",
        fix_en: "Give the letter's reference and date (`letter`).";
    LETTER_SUPERFLUOUS = "demand.letter_superfluous", Unprocessable,
        pl: "Adresat, który sam odpowiada, nie wskazuje pisma.",
        en: "An addressee who answers here names no letter.",
        fix_pl: "Pomiń `letter`.",
        fix_en: "Leave `letter` out.";
    LETTER_DATED = "demand.letter_dated", Unprocessable,
        pl: "Pismo ma datę przyszłą.",
        en: "The letter is dated in the future.",
        fix_pl: "Przepisz datę z pisma (`letter.datedOn`).",
        fix_en: "Copy the date from the letter (`letter.datedOn`).";
    NOT_ASSIGNED = "demand.not_assigned", Conflict,
        pl: "Sprawa nie jest przydzielona osobie przygotowującej.",
        en: "The case is not assigned to this preparer.",
        fix_pl: "Najpierw weź sprawę (`…/assignment`).",
        fix_en: "Take the case first (`…/assignment`).";
    APPROVED_QUANTITY_REQUIRED = "demand.approved_quantity_required", Unprocessable,
        pl: "Zgoda określa ilość.",
        en: "An approval states the approved quantity.",
        fix_pl: "Dodaj `approvedQuantity`.",
        fix_en: "Add `approvedQuantity`.";
    APPROVED_QUANTITY_SUPERFLUOUS = "demand.approved_quantity_superfluous", Unprocessable,
        pl: "Odmowa nie określa ilości.",
        en: "A rejection states no quantity.",
        fix_pl: "Usuń `approvedQuantity`.",
        fix_en: "Remove `approvedQuantity`.";
    APPROVED_QUANTITY_UNIT = "demand.approved_quantity_unit", Unprocessable,
        pl: "Ilość w zgodzie ma inną jednostkę niż zapotrzebowana.",
        en: "The approved quantity has another unit than the demanded one.",
        fix_pl: "Podaj ilość w jednostce zapotrzebowania.",
        fix_en: "Give the quantity in the unit of the demand.";
    APPROVED_QUANTITY_BEYOND = "demand.approved_quantity_beyond", Unprocessable,
        pl: "Ilość w zgodzie przekracza zapotrzebowaną.",
        en: "The approved quantity is beyond the demanded one.",
        fix_pl: "Podaj ilość nie większą niż zapotrzebowana.",
        fix_en: "Give at most the demanded quantity.";
    GROUNDS_REQUIRED = "demand.grounds_required", Unprocessable,
        pl: "Odmowa lub zgoda na mniejszą ilość wymaga uzasadnienia.",
        en: "A rejection, or an approval of less than demanded, needs grounds.",
        fix_pl: "Dodaj `grounds`.",
        fix_en: "Add `grounds`.";
    SAME_OFFICER = "demand.same_officer", Forbidden,
        pl: "Rozstrzyga inna osoba niż ta, która przygotowała projekt.",
        en: "The decider is another person than the preparer of the draft.",
        fix_pl: "Niech podpisze inna upoważniona osoba.",
        fix_en: "Let another authorised officer sign.";
    DRAFT_CHANGED = "demand.draft_changed", Conflict,
        pl: "Projekt zmienił się od czasu, gdy został obejrzany.",
        en: "The draft has changed since it was seen.",
        fix_pl: "Odczytaj obecny projekt i podaj jego `draftSha256`.",
        fix_en: "Read the present draft and give its `draftSha256`.";
    REVOCATION_DRAFT_MISSING = "demand.revocation_draft_missing", Conflict,
        pl: "Nie ma projektu cofnięcia zgody.",
        en: "There is no revocation draft.",
        fix_pl: "Projekt przygotowuje inna osoba (`…/revocation-draft`).",
        fix_en: "Another officer prepares the draft (`…/revocation-draft`).";
    ALREADY_DRAWN = "demand.already_drawn", Conflict,
        pl: "Coś już sprowadzono lub wydano na podstawie tego zapotrzebowania.",
        en: "Something has already been drawn on this demand.",
        fix_pl: "Najpierw wycofaj wpisy realizacji, jeśli są błędne.",
        fix_en: "Reverse the realisations first, if they are wrong.";
    ALREADY_USED = "demand.already_used", Conflict,
        pl: "Produktu z tego zapotrzebowania już użyto.",
        en: "The product of this demand was used already.",
        fix_pl: "Jeżeli to pomyłka, najpierw prostuje ją lekarz.",
        fix_en: "If that is wrong, the physician puts it right first.";
    WHOLESALER_UNKNOWN = "demand.wholesaler_unknown", Unprocessable,
        pl: "Nie ma takiej hurtowni.",
        en: "There is no such wholesaler.",
        fix_pl: "Wybierz hurtownię z listy `GET /wholesalers`.",
        fix_en: "Choose a wholesaler from `GET /wholesalers`.";
    PHARMACY_UNKNOWN = "demand.pharmacy_unknown", Unprocessable,
        pl: "Nie ma takiej apteki.",
        en: "There is no such pharmacy.",
        fix_pl: "Podaj identyfikator apteki, która odbierze produkt.",
        fix_en: "Give the id of the pharmacy that will receive the product.";
    PASSED_ON_FUTURE = "demand.passed_on_future", Unprocessable,
        pl: "Data przekazania przypada w przyszłości albo przed rozstrzygnięciem.",
        en: "The date of passing on lies in the future or before the resolution.",
        fix_pl: "Popraw datę przekazania.",
        fix_en: "Correct the date of passing on.";
    PASSED_ON_LATE = "demand.passed_on_late", Unprocessable,
        pl: "Przekazano po upływie 60 dni od rozstrzygnięcia.",
        en: "It was passed on later than 60 days after the resolution.",
        fix_pl: "Zapotrzebowanie wygasło; potrzebne jest nowe (`…/copies`).",
        fix_en: "The demand has expired; a new one is needed (`…/copies`).";
    NOT_EXPIRED_BY_HANDOVER = "demand.not_expired_by_handover", Conflict,
        pl: "Zapotrzebowanie wygasło z innej przyczyny niż brak przekazania hurtowni.",
        en: "The demand expired for another reason than a missing hand-over.",
        fix_pl: "Potrzebne jest nowe zapotrzebowanie (`…/copies`).",
        fix_en: "A new demand is needed (`…/copies`).";
    HANDOVER_OF_ANOTHER = "demand.handover_of_another", Forbidden,
        pl: "Przekazanie cofa ten, kto go dokonał, kto odbierze produkt, albo hurtownia, która je otrzymała.",
        en: "A hand-over is taken back by who made it, who will receive the product, or the wholesaler that has it.",
        fix_pl: "Zwróć się do apteki, która przekazała zapotrzebowanie, albo do hurtowni.",
        fix_en: "Turn to the pharmacy that handed the demand over, or to the wholesaler.";
    LEDGER_PACK_SIZE = "demand.ledger_pack_size", Unprocessable,
        pl: "Przy zgodzie wyrażonej w opakowaniach jedno opakowanie liczy się jako jedno.",
        en: "Where the approval counts in packs, one pack counts as one.",
        fix_pl: "Podaj `packSize` równe 1 w jednostce PACK.",
        fix_en: "Give a `packSize` of 1 in the unit PACK.";
    SOURCE_COUNTRY_POLAND = "demand.source_country_poland", Unprocessable,
        pl: "Produkt sprowadza się z zagranicy.",
        en: "The product is brought from abroad.",
        fix_pl: "Podaj kraj, z którego produkt jest sprowadzany.",
        fix_en: "Give the country from which the product is brought.";
    LEDGER_CLOSED = "demand.ledger_closed", Conflict,
        pl: "Rozchód jest zamknięty; dopisać można tylko przywóz.",
        en: "The ledger is closed; only an import can be added.",
        fix_pl: "Jeśli zamknięto go przez pomyłkę, wycofaj wpis zamykający.",
        fix_en: "If it was closed by mistake, reverse the closing entry.";
    LEDGER_UNIT = "demand.ledger_unit", Unprocessable,
        pl: "Zawartość opakowania podano w innej jednostce niż ilość w zgodzie.",
        en: "The pack size is in another unit than the approved quantity.",
        fix_pl: "Podaj zawartość opakowania w jednostce zgody.",
        fix_en: "Give the pack size in the approved unit.";
    LEDGER_PACKS = "demand.ledger_packs", Unprocessable,
        pl: "Wpis nie obejmuje żadnego opakowania.",
        en: "The entry is of no pack.",
        fix_pl: "Podaj liczbę opakowań, co najmniej 1.",
        fix_en: "Give the number of packs, at least 1.";
    LEDGER_BEYOND = "demand.ledger_beyond", Unprocessable,
        pl: "Suma przekracza ilość w zgodzie o więcej niż ostatnie pełne opakowanie.",
        en: "The sum goes beyond the approved quantity by more than the last whole pack.",
        fix_pl: "Zmniejsz liczbę opakowań.",
        fix_en: "Reduce the number of packs.";
    LEDGER_DATE = "demand.ledger_date", Unprocessable,
        pl: "Data czynności przypada w przyszłości albo przed rozstrzygnięciem.",
        en: "The date lies in the future or before the resolution.",
        fix_pl: "Popraw datę.",
        fix_en: "Correct the date.";
    LEDGER_EXPIRED_BATCH = "demand.ledger_expired_batch", Unprocessable,
        pl: "Termin ważności serii upłynął przed tą czynnością.",
        en: "The batch had expired before this was done.",
        fix_pl: "Produkt po terminie ważności nie może być w obrocie; popraw serię lub datę.",
        fix_en: "An expired product must not be in trade; correct the batch or the date.";
    LEDGER_FINAL_KIND = "demand.ledger_final_kind", Unprocessable,
        pl: "Rozchód zamyka tylko apteka wpisem wydania.",
        en: "Only a pharmacy closes the ledger, with an entry of dispensing.",
        fix_pl: "Usuń `final`.",
        fix_en: "Remove `final`.";
    REALISATION_REVERSED = "demand.realisation_reversed", Conflict,
        pl: "Wpis został już wycofany.",
        en: "The entry has been reversed already.",
        fix_pl: "Nic więcej nie trzeba robić.",
        fix_en: "Nothing more needs to be done.";
    NOTHING_LEFT_TO_DO = "demand.nothing_left_to_do", Conflict,
        pl: "Zapotrzebowanie się zakończyło i nic nie zostało lekarzowi do zrobienia.",
        en: "The demand has ended, and nothing is left for a physician to do.",
        fix_pl: "Przejęcie nie jest potrzebne; nowe zapotrzebowanie można wystawić od początku.",
        fix_en: "No takeover is needed; a new demand can be issued from the start.";
    NOT_AD_HOC = "demand.not_ad_hoc", Conflict,
        pl: "To zapotrzebowanie nie dotyczy potrzeb doraźnych: jego pacjenci są już wskazani.",
        en: "This demand is not for an ad-hoc need: its patients are named already.",
        fix_pl: "Listy leczonych pacjentów się tu nie podaje.",
        fix_en: "No list of treated patients is given here.";
    NOTHING_SUPPLIED = "demand.nothing_supplied", Conflict,
        pl: "Zapotrzebowania nie przekazano hurtowni, więc nikogo nim nie leczono.",
        en: "The demand was not handed over to a wholesaler, so nobody was treated from it.",
        fix_pl: "Sprawdź, czy podano właściwe zapotrzebowanie.",
        fix_en: "Check whether this is the right demand.";
    PATIENT_LIST_CLOSED = "demand.patient_list_closed", Conflict,
        pl: "Lista leczonych pacjentów jest zamknięta.",
        en: "The list of treated patients is closed.",
        fix_pl: "Otwiera ją ponownie `…/treated-patients/reopening`, a także wycofanie błędnego wiersza.",
        fix_en: "`…/treated-patients/reopening` opens it again, and so does taking a wrong line back.";
    PATIENT_LIST_OPEN = "demand.patient_list_open", Conflict,
        pl: "Lista leczonych pacjentów jest otwarta i nie podano końca leczenia.",
        en: "The list of treated patients is open, and no end of treatment is stated.",
        fix_pl: "Nic więcej nie trzeba robić.",
        fix_en: "Nothing more needs to be done.";
    PATIENT_LIST_EMPTY = "demand.patient_list_empty", Unprocessable,
        pl: "Zgłoszenie niczego nie podaje.",
        en: "The report tells of nothing.",
        fix_pl: "Podaj `patients`, `treatmentEndedOn` albo `final`.",
        fix_en: "Give `patients`, `treatmentEndedOn` or `final`.";
    TREATED_UNIT = "demand.treated_unit", Unprocessable,
        pl: "Ilość podaną pacjentowi wyrażono w innej jednostce niż ilość w zgodzie.",
        en: "What the patient was given is in another unit than the approved quantity.",
        fix_pl: "Podaj ilość w jednostce zgody; sposób dawkowania opisuje `dose`.",
        fix_en: "Give the quantity in the approved unit; `dose` describes the dosing.";
    TREATED_BEYOND = "demand.treated_beyond", Unprocessable,
        pl: "Pacjentom podano łącznie więcej, niż wydano.",
        en: "The patients were given more in all than was dispensed.",
        fix_pl: "Popraw ilości albo wycofaj błędne wiersze; apteka wpisuje wydania.",
        fix_en: "Correct the quantities or take wrong lines back; the pharmacy enters what it dispenses.";
    TREATED_DATES = "demand.treated_dates", Unprocessable,
        pl: "Leczenie zaczęło się przed rozstrzygnięciem, skończyło przed początkiem albo skończy w przyszłości.",
        en: "The treatment began before the resolution, ended before it began, or will end in the future.",
        fix_pl: "Popraw `treatedFrom` lub `treatedTo`; trwające leczenie zgłasza się po jego zakończeniu.",
        fix_en: "Correct `treatedFrom` or `treatedTo`; a course that goes on is reported when it has ended.";
    TREATED_TWICE = "demand.treated_twice", Unprocessable,
        pl: "Ten pacjent jest już na liście z okresem leczenia, który zachodzi na podany.",
        en: "This patient stands on the list already with a course that overlaps this one.",
        fix_pl: "Pomiń wiersz albo najpierw wycofaj błędny.",
        fix_en: "Leave the line out, or take the wrong one back first.";
    TREATMENT_END = "demand.treatment_end", Unprocessable,
        pl: "Brakuje końca leczenia, leży on w przyszłości albo przed końcem leczenia któregoś pacjenta.",
        en: "The end of treatment is missing, lies in the future, or before the end of some patient's course.",
        fix_pl: "Podaj `treatmentEndedOn` nie wcześniejsze niż ostatnie `treatedTo`.",
        fix_en: "Give a `treatmentEndedOn` no earlier than the last `treatedTo`.";
    TREATED_TAKEN_BACK = "demand.treated_taken_back", Conflict,
        pl: "Wiersz został już wycofany.",
        en: "The line has been taken back already.",
        fix_pl: "Nic więcej nie trzeba robić.",
        fix_en: "Nothing more needs to be done.";
}

/// The lifecycle does not know this command in this state.
pub fn admit_state(state: &State, command: Command) -> Result<(), Vec<Violation>> {
    if admits(state.name(), command) { Ok(()) } else { Err(vec![Violation::whole(WRONG_STATE)]) }
}

/// For the branch that [`admit_state`] has already closed.
pub fn wrong_state() -> DemandDecision {
    Err(vec![Violation::whole(WRONG_STATE)])
}
