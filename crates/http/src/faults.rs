//! Problem codes of the transport itself: requests that cannot be read, callers that are not known, limits.

use domain::problem::ProblemType;

/// What `/problems` shows of this crate.
pub const LISTS: &[&[&ProblemType]] = &[REQUEST, AUTH, LIMIT, SERVER];

domain::problems! {
    REQUEST:
    UNREADABLE = "request.unreadable", Malformed,
        pl: "Żądania nie da się odczytać.", en: "The request cannot be read.",
        fix_pl: "Porównaj żądanie z opisem operacji w /openapi.json.",
        fix_en: "Compare the request with the description of the operation in /openapi.json.";
    NOT_JSON = "request.not_json", Malformed,
        pl: "Treść żądania nie jest poprawnym dokumentem JSON (RFC 8259).",
        en: "The body is not a well-formed JSON document (RFC 8259).",
        fix_pl: "Wyślij jeden dokument JSON w UTF-8, bez znaków po jego końcu.",
        fix_en: "Send one JSON document in UTF-8 with nothing after it.";
    DUPLICATE_MEMBER = "request.duplicate_member", Malformed,
        pl: "Ta sama nazwa występuje w obiekcie więcej niż raz.",
        en: "The same member name occurs more than once in an object.",
        fix_pl: "Zostaw każdą nazwę w obiekcie tylko raz (RFC 7493 §2.3).",
        fix_en: "Keep every member name of an object once (RFC 7493 §2.3).";
    NUMBER_RANGE = "request.number_range", Malformed,
        pl: "Liczby nie da się przenieść bez utraty dokładności.",
        en: "The number cannot be carried without losing precision.",
        fix_pl: "Użyj liczb całkowitych od -(2^53-1) do 2^53-1, a wielkości podawaj jako tekst (RFC 7493 §2.2).",
        fix_en: "Use integers from -(2^53-1) to 2^53-1 and give quantities as strings (RFC 7493 §2.2).";
    UNKNOWN_MEMBER = "request.unknown_member", Malformed,
        pl: "Tej składowej operacja nie zna.", en: "The operation does not know this member.",
        fix_pl: "Usuń ją albo popraw jej nazwę; wielkość liter ma znaczenie.",
        fix_en: "Remove it or correct its name; upper and lower case matter.";
    MISSING_MEMBER = "request.missing_member", Malformed,
        pl: "Brakuje wymaganej składowej.", en: "A required member is missing.",
        fix_pl: "Dodaj składową wskazaną w pointer.", fix_en: "Add the member that the pointer names.";
    WRONG_TYPE = "request.wrong_type", Malformed,
        pl: "Wartość jest innego typu JSON, niż przewiduje opis operacji.",
        en: "The value is of another JSON type than the operation describes.",
        fix_pl: "Podaj wartość takiego typu, jaki podaje schemat w /openapi.json.",
        fix_en: "Give a value of the type that the schema in /openapi.json states.";
    UNKNOWN_CHOICE = "request.unknown_choice", Malformed,
        pl: "Takiej wartości nie ma na liście dozwolonych.", en: "The value is not among those listed.",
        fix_pl: "Wybierz jedną z wartości, które wylicza schemat w /openapi.json.",
        fix_en: "Choose one of the values that the schema in /openapi.json lists.";
    SHAPE = "request.shape", Malformed,
        pl: "Budowa treści odbiega od opisu operacji.", en: "The body departs from the shape of the operation.",
        fix_pl: "Sprawdź wskazane miejsce: długość, liczbę elementów i typ.",
        fix_en: "Check the place named: its length, number of elements and type.";
    UNKNOWN_PARAMETER = "request.unknown_parameter", Malformed,
        pl: "Tego parametru zapytania operacja nie zna.", en: "The operation does not know this query parameter.",
        fix_pl: "Usuń go albo popraw jego nazwę.", fix_en: "Remove it or correct its name.";
    MISSING_PARAMETER = "request.missing_parameter", Malformed,
        pl: "Brakuje wymaganego parametru zapytania.", en: "A required query parameter is missing.",
        fix_pl: "Dodaj parametr wskazany w parameter.", fix_en: "Add the parameter that is named.";
    BAD_PARAMETER = "request.parameter", Malformed,
        pl: "Parametr zapytania ma niedozwoloną wartość.", en: "A query parameter has an illegal value.",
        fix_pl: "Popraw parametr wskazany w parameter.", fix_en: "Correct the parameter that is named.";
    DUPLICATE_PARAMETER = "request.duplicate_parameter", Malformed,
        pl: "Parametr zapytania podano więcej niż raz.", en: "A query parameter is given more than once.",
        fix_pl: "Podaj każdy parametr tylko raz.", fix_en: "Give every parameter once.";
    LIST_LIMIT = "request.limit", Malformed,
        pl: "Wielkość strony musi mieścić się między 1 a 200.", en: "The page size must lie between 1 and 200.",
        fix_pl: "Podaj limit od 1 do 200 albo pomiń go (50).", fix_en: "Give a limit from 1 to 200 or leave it out (50).";
    CURSOR = "request.cursor", Malformed,
        pl: "Kursor nie należy do tej listy, tego klienta albo tych filtrów.",
        en: "The cursor does not belong to this list, this caller or these filters.",
        fix_pl: "Użyj kursora bez zmian, z tymi samymi filtrami, albo zacznij listę od początku.",
        fix_en: "Use the cursor unchanged with the same filters, or start the list anew.";
    IDEMPOTENCY_KEY_MISSING = "request.idempotency_key_missing", Malformed,
        pl: "Brakuje nagłówka Idempotency-Key.", en: "The Idempotency-Key header is missing.",
        fix_pl: "Nadaj każdej zmianie własny klucz (najlepiej UUID) i powtarzaj ją z tym samym kluczem.",
        fix_en: "Give every change a key of its own (a UUID is best) and repeat it with the same key.";
    IDEMPOTENCY_KEY = "request.idempotency_key", Malformed,
        pl: "Idempotency-Key musi mieć od 16 do 128 widocznych znaków ASCII i wystąpić raz.",
        en: "Idempotency-Key must be 16 to 128 visible ASCII characters, given once.",
        fix_pl: "Użyj na przykład UUID.", fix_en: "Use a UUID, for example.";
    IF_MATCH = "request.if_match", Malformed,
        pl: "If-Match musi zawierać jeden silny ETag dokumentu, na przykład \"7\".",
        en: "If-Match must hold one strong ETag of the document, for example \"7\".",
        fix_pl: "Przepisz ETag z ostatniej odpowiedzi; lista, * ani W/ nie są przyjmowane.",
        fix_en: "Copy the ETag of the last answer; a list, * or W/ is not accepted.";
    PRECONDITION_REQUIRED = "request.if_match_missing", PreconditionRequired,
        pl: "Brakuje nagłówka If-Match.", en: "The If-Match header is missing.",
        fix_pl: "Odczytaj dokument i prześlij jego ETag w If-Match.",
        fix_en: "Read the document and send its ETag in If-Match.";
    STALE = "request.stale", Stale,
        pl: "Dokument zmienił się od czasu, gdy go odczytano.", en: "The document has changed since it was read.",
        fix_pl: "Odczytaj dokument ponownie, sprawdź zmiany i wyślij żądanie z nowym ETag.",
        fix_en: "Read the document again, look at what changed and send the request with the new ETag.";
    SEVERAL_FAULTS = "request.several_faults", Unprocessable,
        pl: "Żądanie ma kilka błędów.", en: "The request has several faults.",
        fix_pl: "Popraw wszystkie miejsca wymienione w errors.", fix_en: "Correct every place that errors lists.";
    UNKNOWN_PATH = "request.unknown_path", NotFound,
        pl: "Pod tym adresem nie ma żadnej operacji.", en: "There is no operation at this address.",
        fix_pl: "Sprawdź adres w /openapi.json.", fix_en: "Look the address up in /openapi.json.";
    NOT_FOUND = "request.not_found", NotFound,
        pl: "Nie ma takiego zasobu albo nie należy on do wywołującego.",
        en: "There is no such resource, or it is not the caller's to know of.",
        fix_pl: "Sprawdź identyfikator i uprawnienia, z którymi wydano token.",
        fix_en: "Check the identifier and the authority the token was issued with.";
    METHOD = "request.method", MethodNotAllowed,
        pl: "Tej metody zasób nie obsługuje.", en: "The resource does not know this method.",
        fix_pl: "Użyj jednej z metod wymienionych w nagłówku Allow.",
        fix_en: "Use one of the methods in the Allow header.";
    MEDIA_TYPE = "request.media_type", UnsupportedMedia,
        pl: "Treść musi mieć Content-Type: application/json i nie może być skompresowana.",
        en: "The body must have Content-Type: application/json and must not be compressed.",
        fix_pl: "Ustaw Content-Type na application/json i usuń Content-Encoding.",
        fix_en: "Set Content-Type to application/json and remove Content-Encoding.";
    TOO_LARGE = "request.too_large", TooLarge,
        pl: "Treść żądania jest za duża.", en: "The body is too large.",
        fix_pl: "Zmieść treść w 64 KiB, a treść podpisaną w 1 MiB.",
        fix_en: "Keep the body within 64 KiB, a signed one within 1 MiB.";
    BODY_TIMEOUT = "request.body_timeout", TimedOut, retryable: true,
        pl: "Treść żądania nie nadeszła na czas.", en: "The body did not arrive in time.",
        fix_pl: "Wyślij żądanie ponownie, z tym samym Idempotency-Key.",
        fix_en: "Send the request again with the same Idempotency-Key.";
}

domain::problems! {
    AUTH:
    TOKEN_MISSING = "auth.token_missing", Unauthenticated,
        pl: "Brakuje tokenu dostępu.", en: "The access token is missing.",
        fix_pl: "Prześlij nagłówek Authorization: Bearer z tokenem.",
        fix_en: "Send the header Authorization: Bearer with a token.";
    TOKEN_MALFORMED = "auth.token_malformed", Unauthenticated,
        pl: "Tokenu dostępu nie da się odczytać.", en: "The access token cannot be read.",
        fix_pl: "Prześlij jeden nagłówek Authorization: Bearer z tokenem JWT typu at+jwt (RFC 9068).",
        fix_en: "Send one header Authorization: Bearer with a JWT of type at+jwt (RFC 9068).";
    TOKEN_CLAIMS = "auth.token_claims", Unauthenticated,
        pl: "Token nie mówi, kto i w jakiej roli wywołuje.", en: "The token does not say who calls in which role.",
        fix_pl: "Sprawdź w tokenie oświadczenia org, person i role.",
        fix_en: "Check the claims org, person and role of the token.";
    KEYS_UNAVAILABLE = "auth.keys_unavailable", Unavailable, retryable: true,
        pl: "Kluczy wydawcy tokenu nie można teraz pobrać.", en: "The keys of the token's issuer cannot be fetched now.",
        fix_pl: "Powtórz żądanie po czasie z Retry-After.", fix_en: "Repeat the request after Retry-After.";
}

domain::problems! {
    LIMIT:
    TOO_MANY_REQUESTS = "limit.too_many_requests", TooManyRequests, retryable: true,
        pl: "Za dużo żądań w krótkim czasie.", en: "Too many requests in a short time.",
        fix_pl: "Powtórz żądanie po czasie z Retry-After.", fix_en: "Repeat the request after Retry-After.";
}

domain::problems! {
    SERVER:
    BUG = "server.bug", Bug, retryable: true,
        pl: "Wystąpił błąd po stronie systemu.", en: "Something went wrong on our side.",
        fix_pl: "Powtórz żądanie z tym samym Idempotency-Key; jeśli błąd wraca, zgłoś jego traceId.",
        fix_en: "Repeat the request with the same Idempotency-Key; if it fails again, report its traceId.";
}
