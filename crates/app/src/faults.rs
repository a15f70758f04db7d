//! What a use case refuses whatever the document.

use domain::problems;

problems! { PROBLEMS:
    ROLE = "auth.role", Forbidden,
        pl: "Rola w tokenie nie pozwala na tę czynność.",
        en: "The role in the token does not permit this action.",
        fix_pl: "Użyj tokenu osoby, która ma właściwą rolę.",
        fix_en: "Use a token of a person with the right role.";
    ROLE_ELSEWHERE = "auth.role_organisation", Forbidden,
        pl: "Tej roli nie pełni się w organizacji takiego rodzaju.",
        en: "This role is not held in an organisation of this kind.",
        fix_pl: "Poproś wydawcę tokenów o rolę i organizację, które do siebie pasują.",
        fix_en: "Ask the issuer of tokens for a role and an organisation that fit each other.";
    NOT_YOURS = "auth.not_yours", Forbidden,
        pl: "Dokument jest widoczny, ale ta czynność należy do kogoś innego.",
        en: "The document is visible, but this action belongs to somebody else.",
        fix_pl: "Sprawdź `GET …/actions`, aby dowiedzieć się, kto może ją wykonać.",
        fix_en: "See `GET …/actions` for who can carry it out.";
    PERSON_UNKNOWN = "auth.person_unknown", Forbidden,
        pl: "Osoba z tokenu nie jest znana systemowi albo nie pełni tej funkcji w tej organizacji.",
        en: "The token's person is not on record, or does not hold this function in this organisation.",
        fix_pl: "Poproś administratora o wpisanie osoby i jej funkcji.",
        fix_en: "Ask the administrator to enter the person and the function.";
    KEY_REUSED = "request.idempotency_key_reused", Unprocessable,
        pl: "Klucz `Idempotency-Key` był już użyty do innego żądania.",
        en: "The `Idempotency-Key` was used for another request before.",
        fix_pl: "Każdemu nowemu żądaniu nadaj nowy klucz; ten sam powtarzaj tylko z tą samą treścią.",
        fix_en: "Give each new request a new key; repeat a key only with the very same content.";
    STILL_RUNNING = "request.still_running", Conflict, retryable: true,
        pl: "To samo żądanie jest właśnie wykonywane.",
        en: "The same request is being carried out at this moment.",
        fix_pl: "Powtórz żądanie z tym samym kluczem po chwili.",
        fix_en: "Repeat the request with the same key in a moment.";
    CLIENT_REFERENCE_TAKEN = "demand.client_reference_taken", Conflict,
        pl: "Otwarty dokument z tym oznaczeniem klienta już istnieje.",
        en: "An open document with this client reference exists already.",
        fix_pl: "Użyj dokumentu wskazanego w `existing` albo nadaj inne oznaczenie.",
        fix_en: "Use the document named in `existing`, or give another reference.";
    ENTITY_UNKNOWN = "auth.organisation_unknown", Forbidden,
        pl: "Organizacja z tokenu nie jest znana systemowi.",
        en: "The token's organisation is not on record.",
        fix_pl: "Poproś administratora o wpisanie organizacji.",
        fix_en: "Ask the administrator to enter the organisation.";
    BUSY = "server.busy", Unavailable, retryable: true,
        pl: "System jest chwilowo przeciążony.",
        en: "The service is busy at the moment.",
        fix_pl: "Powtórz żądanie z tym samym kluczem po czasie z `Retry-After`.",
        fix_en: "Repeat the request with the same key after `Retry-After`.";
    RETRIEVAL_PAIR = "supply.retrieval_pair", Unprocessable,
        pl: "Potrzebne są dwie z trzech danych: numer zapotrzebowania, numer rozstrzygnięcia, identyfikator.",
        en: "Two of three are needed: demand number, resolution number, identifier.",
        fix_pl: "Podaj co najmniej dwie z nich.",
        fix_en: "Give at least two of them.";
    RETRIEVAL_BOTH = "supply.retrieval_both", Unprocessable,
        pl: "Zgłoszenie hurtowni otwierają oba numery, zgłoszenia i rozstrzygnięcia, i nic innego.",
        en: "A wholesaler's notification is opened by both numbers, its own and the resolution's, and nothing else.",
        fix_pl: "Podaj `authorisationNumber` i `resolutionNumber`, a resztę usuń.",
        fix_en: "Give `authorisationNumber` and `resolutionNumber`, and remove the rest.";
    RETRIEVAL_NONE = "supply.retrieval_none", NotFound,
        pl: "Nie ma rozstrzygniętego zapotrzebowania o tych danych.",
        en: "There is no resolved demand with these particulars.",
        fix_pl: "Sprawdź przepisane numery. Zapotrzebowanie nierozstrzygnięte nie jest tu widoczne.",
        fix_en: "Check the numbers. A demand that is not resolved yet is not visible here.";
    CHECK_PATIENT = "public.check_patient", Unprocessable,
        pl: "Sprawdzenie zapotrzebowania do stosowania w podmiocie nie przyjmuje identyfikatora pacjenta.",
        en: "The check of a demand for use in a facility takes no identifier of a patient.",
        fix_pl: "Zamiast `patient` podaj `rpwdlNumber` podmiotu.",
        fix_en: "Give the entity's `rpwdlNumber` in place of `patient`.";
    CHECK_REGISTER_NUMBER = "public.check_register_number", Unprocessable,
        pl: "Sprawdzenie zapotrzebowania do stosowania poza podmiotem nie przyjmuje numeru wpisu w RPWDL.",
        en: "The check of a demand for use outside a facility takes no RPWDL number.",
        fix_pl: "Zamiast `rpwdlNumber` podaj `patient`.",
        fix_en: "Give `patient` in place of `rpwdlNumber`.";
    REALISATION_KIND = "supply.realisation_kind", Forbidden,
        pl: "Sprowadzenie zapisuje hurtownia, wydanie – apteka.",
        en: "A wholesaler records imports, a pharmacy records dispensing.",
        fix_pl: "Zapisz rodzaj właściwy dla swojej roli.",
        fix_en: "Record the kind that belongs to your role.";
    NOT_YOUR_ENTRY = "supply.not_your_entry", Forbidden,
        pl: "Wpis wycofuje organizacja, która go zapisała.",
        en: "An entry is reversed by the organisation that recorded it.",
        fix_pl: "Zwróć się do tej organizacji.",
        fix_en: "Ask that organisation.";
    ATTACHMENTS_UNAVAILABLE = "attachment.unavailable", Unavailable, retryable: true,
        pl: "Magazyn załączników chwilowo nie odpowiada.",
        en: "The store of attachments does not answer at the moment.",
        fix_pl: "Powtórz żądanie z tym samym kluczem po czasie z `Retry-After`.",
        fix_en: "Repeat the request with the same key after `Retry-After`.";
    UPLOAD_GIVEN_UP = "attachment.given_up", Unavailable, retryable: true,
        pl: "Przesyłanie trwało zbyt długo i plik usunięto.",
        en: "The upload took too long and its file was removed.",
        fix_pl: "Prześlij plik ponownie z tym samym kluczem.",
        fix_en: "Send the file again with the same key.";
    ATTACHMENT_DAMAGED = "attachment.damaged", Bug,
        pl: "Załącznika nie da się odczytać: nie jest tym, co zapisano.",
        en: "The attachment cannot be read: it is not what was stored.",
        fix_pl: "Zgłoś jego `traceId`; nadawca może dodać plik jeszcze raz.",
        fix_en: "Report its `traceId`; the sender can add the file once more.";
    ATTACHMENT_RANGE = "attachment.range", RangeNotSatisfiable,
        pl: "Załącznik kończy się przed pierwszym żądanym bajtem.",
        en: "The attachment ends before the first byte that is asked for.",
        fix_pl: "Rozmiar pliku podaje `Content-Range` tej odpowiedzi.",
        fix_en: "`Content-Range` of this answer says how large the file is.";
}
