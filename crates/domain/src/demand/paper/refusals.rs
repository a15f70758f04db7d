//! What an entry of paper is refused for.

use crate::problems;

problems! { PROBLEMS:
    OUTAGE_DIFFERS = "paper_entry.outage_differs", Unprocessable,
        pl: "W dniu wystawienia nie było tej awarii.",
        en: "This outage does not cover the day of issue.",
        fix_pl: "Wskaż awarię z listy `GET /outages`, która trwała w dniu wystawienia, albo siłę wyższą.",
        fix_en: "Name an outage of `GET /outages` that lasted on the day of issue, or force majeure.";
    FORCE_MAJEURE_DIFFERS = "paper_entry.force_majeure_differs", Unprocessable,
        pl: "Okres siły wyższej nie obejmuje dnia wystawienia.",
        en: "The period of the force majeure does not cover the day of issue.",
        fix_pl: "Podaj okres (`from`, `until`), w którym zapotrzebowanie wystawiono.",
        fix_en: "Give the period (`from`, `until`) in which the demand was issued.";
    NOT_PRISON = "paper_entry.not_prison", Unprocessable,
        pl: "Podmiot nie jest w systemie zapisany jako podmiot dla osób pozbawionych wolności.",
        en: "The entity is not on record as one for people deprived of liberty.",
        fix_pl: "Wskaż awarię albo siłę wyższą, albo uzupełnij dane podmiotu w katalogu.",
        fix_en: "Name an outage or force majeure, or have the entity's entry in the directory completed.";
    DATES = "paper_entry.dates", Unprocessable,
        pl: "Daty na papierze nie następują po sobie albo leżą w przyszłości.",
        en: "The dates on the paper do not follow each other, or lie in the future.",
        fix_pl: "Przepisz daty z papieru: wystawienie, wpływ do reprezentanta i jego podpis, wpływ do konsultanta, opinia, wysłanie, wpływ.",
        fix_en: "Copy the dates from the paper: issue, receipt by the representative and their signature, receipt by the consultant, opinion, sending, receipt.";
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
        fix_pl: "Odczytaj istniejące zapotrzebowanie (`existing`); pomyłkę poprawia się (`…/paper-correction`).",
        fix_en: "Read the demand that is there (`existing`); an error is put right by `…/paper-correction`.";
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
        pl: "Zapotrzebowania nie wpisano z papieru.",
        en: "The demand was not entered from paper.",
        fix_pl: "Treść zmienia lekarz; minister może go o coś zapytać (`…/clarifications`).",
        fix_en: "The content is the physician's; the minister can ask (`…/clarifications`).";
    OTHER_ENTITY = "paper_entry.other_entity", Unprocessable,
        pl: "Poprawka wskazuje inny podmiot.",
        en: "The correction names another entity.",
        fix_pl: "Pozostaw podmiot; zapotrzebowanie innego podmiotu wpisuje się osobno.",
        fix_en: "Leave the entity as it is; another entity's demand is entered by itself.";
}
