//! What an entry of paper is refused for, of a demand and of a notification.

use crate::problems;

problems! { PROBLEMS:
    OUTAGE_DIFFERS = "paper_entry.outage_differs", Unprocessable,
        pl: "W dniu wystawienia papieru nie było tej awarii.",
        en: "This outage does not cover the day of issue.",
        fix_pl: "Wskaż awarię z listy `GET /outages`, która trwała w dniu wystawienia, albo siłę wyższą.",
        fix_en: "Name an outage of `GET /outages` that lasted on the day of issue, or force majeure.";
    FORCE_MAJEURE_DIFFERS = "paper_entry.force_majeure_differs", Unprocessable,
        pl: "Okres siły wyższej nie obejmuje dnia wystawienia.",
        en: "The period of the force majeure does not cover the day of issue.",
        fix_pl: "Podaj okres (`from`, `until`), w którym papier wystawiono.",
        fix_en: "Give the period (`from`, `until`) in which the paper was issued.";
    NOT_PRISON = "paper_entry.not_prison", Unprocessable,
        pl: "Podmiot nie jest w systemie zapisany jako podmiot dla osób pozbawionych wolności.",
        en: "The entity is not on record as one for people deprived of liberty.",
        fix_pl: "Wskaż awarię albo siłę wyższą, albo uzupełnij dane podmiotu w katalogu.",
        fix_en: "Name an outage or force majeure, or have the entity's entry in the directory completed.";
    DATES = "paper_entry.dates", Unprocessable,
        pl: "Daty na papierze nie następują po sobie albo leżą w przyszłości.",
        en: "The dates on the paper do not follow each other, or lie in the future.",
        fix_pl: "Przepisz daty z papieru: wystawienie, przy zapotrzebowaniu wpływ do reprezentanta, jego podpis, przy zapotrzebowaniu wpływ do konsultanta i opinia, wysłanie, wpływ.",
        fix_en: "Copy the dates from the paper: issue, of a demand receipt by the representative, their signature, of a demand receipt by the consultant and opinion, sending, receipt.";
    REPRESENTATIVE_LATE = "paper_entry.representative_late", Unprocessable,
        pl: "Reprezentant podpisał po upływie 3 dni od otrzymania zapotrzebowania.",
        en: "The representative signed later than 3 days after receipt of the demand.",
        fix_pl: "Jeżeli papier podaje późniejszy dzień wpływu do reprezentanta, wpisz go (`representativeReceivedOn`); inaczej zapotrzebowanie wraca do lekarza i potrzebne jest nowe.",
        fix_en: "If the paper states a later day of receipt by the representative, give it (`representativeReceivedOn`); otherwise the demand goes back to the physician, and a new one is needed.";
    OPINION_LATE = "paper_entry.opinion_late", Unprocessable,
        pl: "Konsultant wydał opinię po upływie 7 dni od otrzymania.",
        en: "The consultant gave the opinion later than 7 days after receipt.",
        fix_pl: "Takie zapotrzebowanie wraca do lekarza; potrzebne jest nowe.",
        fix_en: "Such a demand goes back to the physician; a new one is needed.";
    SENT_LATE = "paper_entry.sent_late", Unprocessable,
        pl: "Zapotrzebowanie wysłano do ministra po upływie 60 dni od wystawienia.",
        en: "The demand was sent to the minister later than 60 days after its issue.",
        fix_pl: "Zapotrzebowanie wygasło; potrzebne jest nowe.",
        fix_en: "The demand has expired; a new one is needed.";
    REPRESENTATIVE_DATE = "paper_entry.representative_date", Unprocessable,
        pl: "Daty reprezentanta podaje się przy zastosowaniu w podmiocie i tylko wtedy.",
        en: "The dates of the representative belong to a demand for use in a facility, and to no other.",
        fix_pl: "Dodaj `representativeSignedOn` albo usuń `representativeSignedOn` i `representativeReceivedOn`.",
        fix_en: "Add `representativeSignedOn`, or remove `representativeSignedOn` and `representativeReceivedOn`.";
    OPINION_NOT_CONFIRMED = "paper_entry.opinion_not_confirmed", Unprocessable,
        pl: "Do ministra trafia tylko zapotrzebowanie, którego zasadność konsultant potwierdził.",
        en: "Only a demand that the consultant has confirmed reaches the minister.",
        fix_pl: "Zwróć papier lekarzowi.",
        fix_en: "Return the paper to the physician.";
    DUPLICATE = "paper_entry.duplicate", Conflict,
        pl: "Ten papier już wpisano.",
        en: "This paper has been entered already.",
        fix_pl: "Odczytaj istniejący dokument (`existing`); pomyłkę poprawia się (`…/paper-correction`).",
        fix_en: "Read the document that is there (`existing`); an error is put right by `…/paper-correction`.";
    WITHDRAWN_BEFORE = "paper_entry.withdrawn_before", Unprocessable,
        pl: "Ten papier wpisano już wcześniej, a dokument wycofano. To ostrzeżenie, nie odmowa.",
        en: "This paper was entered before, and the document withdrawn. This warns and refuses nothing.",
        fix_pl: "Odczytaj wycofany dokument (`formerly`) i powód; wpisz papier, jeżeli wycofano go z powodu pomyłki we wpisie.",
        fix_en: "Read the withdrawn document (`formerly`) and the reason; enter the paper where an error of its entry was why.";
    SCAN_DIGEST = "paper_entry.scan_digest", Unprocessable,
        pl: "To nie jest skrót SHA-256.",
        en: "This is no SHA-256 digest.",
        fix_pl: "Podaj 64 cyfry szesnastkowe, małymi literami.",
        fix_en: "Give 64 hexadecimal digits, in lower case.";
    SCAN_MISSING = "paper_entry.scan_missing", Conflict,
        pl: "Skanu o podanym skrócie jeszcze nie dołączono.",
        en: "The scan with the stated digest has not been added yet.",
        fix_pl: "Dołącz plik (`POST …/attachments`), którego SHA-256 podano w `scan`.",
        fix_en: "Add the file (`POST …/attachments`) whose SHA-256 stands in `scan`.";
    NOT_ON_PAPER = "paper_entry.not_on_paper", Conflict,
        pl: "Dokumentu nie wpisano z papieru.",
        en: "The document was not entered from paper.",
        fix_pl: "Treść zmienia ten, kto ją podpisał; minister może o coś zapytać (`…/clarifications`).",
        fix_en: "The content is for whoever signed it to change; the minister can ask (`…/clarifications`).";
    OTHER_ENTITY = "paper_entry.other_entity", Unprocessable,
        pl: "Poprawka wskazuje inny podmiot.",
        en: "The correction names another entity.",
        fix_pl: "Pozostaw podmiot; zapotrzebowanie innego podmiotu wpisuje się osobno.",
        fix_en: "Leave the entity as it is; another entity's demand is entered by itself.";
    WHOLESALER_UNKNOWN = "paper_entry.wholesaler_unknown", Unprocessable,
        pl: "W systemie nie ma jednej czynnej hurtowni o tym NIP.",
        en: "The directory has no one active wholesaler with this NIP.",
        fix_pl: "Popraw NIP hurtowni albo uzupełnij jej dane w katalogu.",
        fix_en: "Correct the wholesaler's NIP, or have its entry in the directory completed.";
    CONSENT_UNKNOWN = "paper_entry.consent_unknown", Unprocessable,
        pl: "Pod tym numerem nie ma zgody, którą ta hurtownia mogłaby uzupełnić.",
        en: "Under this number there is no consent to which this wholesaler could add.",
        fix_pl: "Podaj numer zgłoszenia (`ZCD-…`), na które wydano tej hurtowni zgodę; uzupełnienia się nie uzupełnia.",
        fix_en: "Give the number (`ZCD-…`) of a notification of this wholesaler that was consented to; nothing is added to an addition.";
    CONSENT_NOT_IN_FORCE = "paper_entry.consent_not_in_force", Unprocessable,
        pl: "W dniu wystawienia papieru zgody jeszcze nie było albo już nie obowiązywała.",
        en: "On the day of issue the consent was not there yet, or was no longer in force.",
        fix_pl: "Sprawdź datę i numer; po końcu zgody potrzebne jest nowe zgłoszenie.",
        fix_en: "Check date and number; after the end of the consent a new notification is needed.";
    FILE_MISSING = "paper_entry.file_missing", Conflict,
        pl: "Pliku dokumentu wskazanego w treści jeszcze nie dołączono.",
        en: "The file of a document that the content names has not been added yet.",
        fix_pl: "Dołącz plik o podanym skrócie: `POST …/attachments?recipients=RESPONSIBLE_PERSON,REPRESENTATIVE`, albo odmów zgody.",
        fix_en: "Add the file with the stated digest: `POST …/attachments?recipients=RESPONSIBLE_PERSON,REPRESENTATIVE`, or refuse the consent.";
    OTHER_WHOLESALER = "paper_entry.other_wholesaler", Unprocessable,
        pl: "Poprawka wskazuje inną hurtownię.",
        en: "The correction names another wholesaler.",
        fix_pl: "Pozostaw hurtownię; zgłoszenie innej hurtowni wpisuje się osobno.",
        fix_en: "Leave the wholesaler as it is; another wholesaler's notification is entered by itself.";
    OTHER_CONSENT = "paper_entry.other_consent", Unprocessable,
        pl: "Poprawka wskazuje inną zgodę do uzupełnienia.",
        en: "The correction names another consent to add to.",
        fix_pl: "Pozostaw `addsToNumber`; uzupełnienie innej zgody wpisuje się osobno.",
        fix_en: "Leave `addsToNumber` as it is; an addition to another consent is entered by itself.";
}
