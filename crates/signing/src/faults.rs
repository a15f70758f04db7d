//! The problem types of signatures and tokens.

domain::problems! { PROBLEMS:
    CONTAINER = "signature.container", Unprocessable,
        pl: "Podpis nie ma postaci trzech części base64url oddzielonych kropkami (JWS Compact Serialization).",
        en: "The signature is not three base64url parts separated by dots (JWS Compact Serialization).",
        fix_pl: "Prześlij podpis dołączony (z treścią) w zapisie zwartym, bez znaków = i bez białych znaków.",
        fix_en: "Send the attached signature (with its payload) in the compact form, without = padding or white space.";
    HEADER = "signature.header", Unprocessable,
        pl: "Nagłówka podpisu nie można odczytać albo jego element ma niedozwoloną postać.",
        en: "The header of the signature cannot be read, or a member of it has an illegal form.",
        fix_pl: "Popraw wskazany element chronionego nagłówka i podpisz ponownie.",
        fix_en: "Correct the named member of the protected header and sign again.";
    HEADER_DUPLICATE_MEMBER = "signature.header_duplicate_member", Unprocessable,
        pl: "W nagłówku podpisu ten sam element występuje dwa razy.",
        en: "The header of the signature names the same member twice.",
        fix_pl: "Zapisz każdy element nagłówka raz i podpisz ponownie.",
        fix_en: "Write every member of the header once and sign again.";
    ALGORITHM = "signature.algorithm", Unprocessable,
        pl: "Algorytm podpisu nie jest dopuszczony.",
        en: "The signature algorithm is not admitted.",
        fix_pl: "Użyj ES256, ES384, PS256 albo RS256.",
        fix_en: "Use ES256, ES384, PS256 or RS256.";
    UNKNOWN_CRITICAL = "signature.unknown_critical", Unprocessable,
        pl: "Element crit wymaga rozszerzenia, którego ta usługa nie rozumie.",
        en: "The crit member requires an extension that this service does not understand.",
        fix_pl: "W crit może wystąpić tylko sigT, obecny w nagłówku; inne nazwy usuń i podpisz ponownie.",
        fix_en: "Only sigT may stand in crit, and it must be present in the header; drop other names and sign again.";
    CERTIFICATE_UNBOUND = "signature.certificate_unbound", Unprocessable,
        pl: "Podpis nie jest związany z przedstawionym certyfikatem.",
        en: "The signature is not bound to the certificate that is presented.",
        fix_pl: "Podaj w chronionym nagłówku x5c oraz x5t#S256 równe skrótowi SHA-256 pierwszego certyfikatu.",
        fix_en: "Put x5c and an x5t#S256 equal to the SHA-256 digest of the first certificate into the protected header.";
    CERTIFICATE = "signature.certificate", Unprocessable,
        pl: "Certyfikatu podpisującego nie można odczytać albo nie jest to certyfikat osoby.",
        en: "The signing certificate cannot be read or is not the certificate of a person.",
        fix_pl: "Dołącz od 1 do 6 certyfikatów DER, każdy do 8 KiB, z certyfikatem osoby podpisującej na początku.",
        fix_en: "Attach 1 to 6 DER certificates of at most 8 KiB each, the signing person's certificate first.";
    KEY_USAGE = "signature.key_usage", Unprocessable,
        pl: "Certyfikat nie jest przeznaczony do składania podpisów.",
        en: "The certificate is not meant for signing.",
        fix_pl: "Podpisz certyfikatem podpisu o użyciu nonRepudiation, nie certyfikatem do logowania; dla ZUS wystarczy digitalSignature.",
        fix_en: "Sign with a signing certificate of the usage nonRepudiation, not with one for log-ins; for ZUS digitalSignature suffices.";
    WEAK_KEY = "signature.weak_key", Unprocessable,
        pl: "Klucz podpisu jest za krótki albo niedopuszczonego rodzaju.",
        en: "The signing key is too short or of a kind that is not admitted.",
        fix_pl: "Użyj klucza RSA o długości od 2048 bitów albo klucza na krzywej P-256 lub P-384.",
        fix_en: "Use an RSA key of at least 2048 bits or a key on the curve P-256 or P-384.";
    ALGORITHM_KEY_MISMATCH = "signature.algorithm_key_mismatch", Unprocessable,
        pl: "Algorytm z nagłówka nie pasuje do klucza z certyfikatu.",
        en: "The algorithm of the header does not fit the key of the certificate.",
        fix_pl: "Użyj ES256 z kluczem P-256, ES384 z kluczem P-384, PS256 albo RS256 z kluczem RSA.",
        fix_en: "Use ES256 with a P-256 key, ES384 with a P-384 key, PS256 or RS256 with an RSA key.";
    VALUE = "signature.value", Unprocessable,
        pl: "Podpis nie zgadza się z podpisaną treścią i certyfikatem.",
        en: "The signature does not fit the signed content and the certificate.",
        fix_pl: "Nie zmieniaj nagłówka ani treści po podpisaniu; podpisz ponownie otrzymane bajty.",
        fix_en: "Do not change the header or the payload after signing; sign the received bytes again.";
    PAYLOAD_UNREADABLE = "signature.payload_unreadable", Unprocessable,
        pl: "Podpisana treść nie jest obiektem JSON.",
        en: "The signed payload is not a JSON object.",
        fix_pl: "Podpisz dokładnie te bajty, które wydała usługa.",
        fix_en: "Sign exactly the bytes that the service handed out.";
    DUPLICATE_MEMBER = "signature.duplicate_member", Unprocessable,
        pl: "W podpisanej treści ten sam element występuje dwa razy, więc nie wiadomo, co podpisano.",
        en: "The signed payload names the same member twice, so it is not clear what was signed.",
        fix_pl: "Podpisz dokładnie te bajty, które wydała usługa.",
        fix_en: "Sign exactly the bytes that the service handed out.";
    UNSAFE_INTEGER = "signature.unsafe_integer", Unprocessable,
        pl: "Liczba całkowita spoza zakresu ±(2^53−1) zostałaby po cichu zaokrąglona.",
        en: "An integer beyond ±(2^53−1) would be rounded silently.",
        fix_pl: "Zapisz tak dużą liczbę jako napis.",
        fix_en: "Write such a large number as a string.";
    PAYLOAD_NOT_CANONICAL = "signature.payload_not_canonical", Unprocessable,
        pl: "Podpisana treść nie jest zapisana w postaci kanonicznej (RFC 8785).",
        en: "The signed payload is not in canonical form (RFC 8785).",
        fix_pl: "Podpisz bajty wydane przez usługę bez zmiany kolejności elementów i odstępów.",
        fix_en: "Sign the bytes handed out by the service without changing the order of members or white space.";
    OTHER_STEP = "signature.other_step", Unprocessable,
        pl: "Podpis dotyczy innego kroku postępowania.",
        en: "The signature is of another step of the procedure.",
        fix_pl: "Pobierz treść do podpisu dla tego kroku i podpisz ją.",
        fix_en: "Fetch the payload of this step and sign that.";
    OTHER_DOCUMENT = "signature.other_document", Unprocessable,
        pl: "Podpis dotyczy innego dokumentu.",
        en: "The signature is of another document.",
        fix_pl: "Pobierz treść do podpisu dla tego dokumentu i podpisz ją.",
        fix_en: "Fetch the payload of this document and sign that.";
    PAYLOAD_DIFFERS = "signature.payload_differs", Unprocessable,
        pl: "Podpisano inną treść tego dokumentu niż obecna.",
        en: "The signed content of this document is not its present content.",
        fix_pl: "Dokument mógł się zmienić: pobierz treść do podpisu jeszcze raz i podpisz ją.",
        fix_en: "The document may have changed: fetch the payload again and sign that.";
    CHAIN = "signature.chain", Unprocessable,
        pl: "Certyfikat nie pochodzi od dostawcy, któremu usługa ufa.",
        en: "The certificate does not come from an issuer that the service trusts.",
        fix_pl: "Użyj certyfikatu z zaufanej listy i dołącz w x5c wszystkie certyfikaty pośrednie.",
        fix_en: "Use a certificate of the trusted list and attach all intermediate certificates in x5c.";
    KIND_NOT_ADMITTED = "signature.kind_not_admitted", Unprocessable,
        pl: "Ten rodzaj podpisu nie jest dopuszczony dla tego dokumentu.",
        en: "This kind of signature is not admitted for this document.",
        fix_pl: "Podpisz rodzajem podpisu wymienionym dla tego dokumentu.",
        fix_en: "Sign with a kind of signature that is listed for this document.";
    CERTIFICATE_EXPIRED = "signature.certificate_expired", Unprocessable,
        pl: "Certyfikat w łańcuchu stracił ważność.",
        en: "A certificate of the chain has expired.",
        fix_pl: "Odnów certyfikat i podpisz ponownie.",
        fix_en: "Renew the certificate and sign again.";
    CERTIFICATE_NOT_YET_VALID = "signature.certificate_not_yet_valid", Unprocessable,
        pl: "Certyfikat w łańcuchu nie jest jeszcze ważny.",
        en: "A certificate of the chain is not valid yet.",
        fix_pl: "Podpisz po rozpoczęciu okresu ważności certyfikatu.",
        fix_en: "Sign after the certificate's validity has begun.";
    REVOKED = "signature.revoked", Unprocessable,
        pl: "Certyfikat w łańcuchu został unieważniony albo zawieszony.",
        en: "A certificate of the chain has been revoked or suspended.",
        fix_pl: "Podpisz ważnym certyfikatem.",
        fix_en: "Sign with a valid certificate.";
    REVOCATION_UNKNOWN = "signature.revocation_unknown", Unavailable, retryable: true,
        pl: "Nie można teraz ustalić, czy certyfikat nie został unieważniony; niczego nie zapisano.",
        en: "It cannot be established at present whether the certificate is revoked; nothing was stored.",
        fix_pl: "Powtórz to samo żądanie po czasie z nagłówka Retry-After.",
        fix_en: "Repeat the very same request after the time in Retry-After.";
    TIME_WINDOW = "signature.time_window", Unprocessable,
        pl: "Czas złożenia podpisu (iat) różni się od czasu przyjęcia o więcej niż 10 minut.",
        en: "The signing time (iat) differs from the time of receipt by more than 10 minutes.",
        fix_pl: "Podaj w nagłówku iat w sekundach, sprawdź zegar i prześlij podpis zaraz po złożeniu.",
        fix_en: "Give iat in seconds in the header, check the clock and send the signature right after signing.";
    SIGNER_UNIDENTIFIED = "signature.signer_unidentified", Unprocessable,
        pl: "Z certyfikatu nie wynika, kto podpisał (imię, nazwisko i numer PESEL).",
        en: "The certificate does not say who signed (given name, surname and PESEL).",
        fix_pl: "Użyj certyfikatu z imieniem, nazwiskiem i serialNumber w postaci PNOPL-<PESEL>.",
        fix_en: "Use a certificate with given name, surname and a serialNumber of the form PNOPL-<PESEL>.";
    WRONG_SIGNER = "signature.wrong_signer", Unprocessable,
        pl: "Podpisała inna osoba niż ta, która ma podpisać ten krok.",
        en: "Someone else signed than the person who is to sign this step.",
        fix_pl: "Podpisać musi osoba zalogowana i wskazana w dokumencie, własnym certyfikatem.",
        fix_en: "The person who is logged in and named in the document must sign, with their own certificate.";
    XADES_CONTAINER = "signature.xades_container", Unprocessable,
        pl: "Podpis zaufany nie jest zapisanym w base64 dokumentem XML bez definicji typu (DOCTYPE).",
        en: "The trusted signature is no XML document without a document type (DOCTYPE), in base64.",
        fix_pl: "Prześlij w base64 plik XAdES w takiej postaci, w jakiej wydała go usługa podpisu zaufanego.",
        fix_en: "Send the XAdES file in base64, in the very form in which the signing service gave it.";
    XADES_STRUCTURE = "signature.xades_structure", Unprocessable,
        pl: "XAdES ma inną budowę niż jeden podpis jednej treści z podpisanymi właściwościami (XAdES baseline B).",
        en: "The XAdES is built otherwise than as one signature over one content with signed properties (XAdES baseline B).",
        fix_pl: "Podpisz same bajty z …/document: podpisem zewnętrznym albo otaczającym z treścią w base64, jeden raz.",
        fix_en: "Sign the bare bytes of …/document: detached, or enveloping with the content in base64, once.";
    XADES_UNSIGNED = "signature.xades_unsigned", Unprocessable,
        pl: "XAdES zawiera coś, czego pieczęć nie obejmuje: właściwości niepodpisane, znacznik czasu albo obcy element.",
        en: "The XAdES holds something that the seal does not cover: unsigned properties, a time-stamp or a foreign element.",
        fix_pl: "Prześlij podpis w postaci XAdES baseline B, w jakiej wydała go usługa podpisu zaufanego, bez niczego dodanego.",
        fix_en: "Send the signature as XAdES baseline B, in the very form in which the signing service gave it, with nothing added.";
    VALIDATION_IMPOSSIBLE = "signature.validation_impossible", Unprocessable,
        pl: "Zewnętrzna usługa sprawdzania przez długi czas nie potrafiła przetworzyć tego podpisu zaufanego.",
        en: "For a long time the outside validation service could not process this trusted signature.",
        fix_pl: "Podpisz ponownie; gdy to się powtarza, podpisz innym rodzajem podpisu.",
        fix_en: "Sign again; where that happens again, sign with another kind of signature.";
    VALIDATION_ENDED = "signature.validation_ended", Unprocessable,
        pl: "Urzędnik ministra zakończył oczekiwanie na sprawdzenie tego podpisu zaufanego.",
        en: "An officer of the minister ended the wait for the validation of this trusted signature.",
        fix_pl: "Podpisz ponownie, w razie potrzeby innym rodzajem podpisu; powód jest w `refusedSteps`.",
        fix_en: "Sign again, if need be with another kind of signature; the reason is in `refusedSteps`.";
    XADES_ALGORITHM = "signature.xades_algorithm", Unprocessable,
        pl: "XAdES używa skrótu, algorytmu podpisu albo postaci kanonicznej, które nie są dopuszczone.",
        en: "The XAdES uses a digest, a signature algorithm or a canonical form that is not admitted.",
        fix_pl: "Użyj SHA-256, SHA-384 lub SHA-512 z RSA albo ECDSA oraz postaci kanonicznej bez komentarzy.",
        fix_en: "Use SHA-256, SHA-384 or SHA-512 with RSA or ECDSA, and a canonical form without comments.";
    XADES_SEAL = "signature.xades_seal", Unprocessable,
        pl: "Podpisu zaufanego nie opatrzono pieczęcią, której usługa ufa.",
        en: "The trusted signature does not bear a seal that the service trusts.",
        fix_pl: "Podpisz profilem zaufanym; podpis kwalifikowany lub osobisty prześlij jako JWS z właściwym kind.",
        fix_en: "Sign with a trusted profile; send a qualified or personal signature as a JWS with its own kind.";
    XADES_TIME = "signature.xades_time", Unprocessable,
        pl: "Podpis zaufany złożono dawniej niż dobę przed przyjęciem albo z czasem w przyszłości.",
        en: "The trusted signature was made more than a day before its receipt, or in the future.",
        fix_pl: "Podpisz ponownie i prześlij podpis w ciągu doby.",
        fix_en: "Sign again and send the signature within a day.";
    VALIDATION_FAILED = "signature.validation_failed", Unprocessable,
        pl: "Zewnętrzna usługa sprawdzania uznała podpis zaufany za nieważny.",
        en: "The outside validation service found the trusted signature invalid.",
        fix_pl: "Podpisz ponownie; gdy to się powtarza, podpisz innym rodzajem podpisu.",
        fix_en: "Sign again; where that happens again, sign with another kind of signature.";
    VALIDATION_INDETERMINATE = "signature.validation_indeterminate", Unprocessable,
        pl: "Zewnętrzna usługa sprawdzania nie mogła potwierdzić ważności podpisu zaufanego.",
        en: "The outside validation service could not confirm that the trusted signature is valid.",
        fix_pl: "Podpisz ponownie; gdy to się powtarza, podpisz innym rodzajem podpisu.",
        fix_en: "Sign again; where that happens again, sign with another kind of signature.";
    REUSED = "signature.reused", Unprocessable,
        pl: "Ten podpis tej treści został już raz przyjęty.",
        en: "This signature of this content has been accepted once already.",
        fix_pl: "Nie przesyłaj tego samego podpisu ponownie; powtórzone żądanie wyślij z tym samym Idempotency-Key.",
        fix_en: "Do not send the same signature again; repeat a request with the same Idempotency-Key.";
    DECISION_TOKEN_INVALID = "signature.decision_token", Unprocessable,
        pl: "Znacznik rozstrzygnięcia nie pochodzi z tej usługi albo został zmieniony.",
        en: "The decision token does not come from this service or was changed.",
        fix_pl: "Zeskanuj kod ponownie albo sprawdź rozstrzygnięcie po numerze.",
        fix_en: "Scan the code again, or check the decision by its number.";
    TOKEN_INVALID = "auth.token_invalid", Unauthenticated,
        pl: "Token dostępu nie jest ważny dla tej usługi.",
        en: "The access token is not valid for this service.",
        fix_pl: "Pobierz nowy token u skonfigurowanego wystawcy, z właściwym odbiorcą (aud).",
        fix_en: "Get a new token from a configured issuer, for the right audience (aud).";
    TOKEN_EXPIRED = "auth.token_expired", Unauthenticated,
        pl: "Token dostępu stracił ważność.",
        en: "The access token has expired.",
        fix_pl: "Pobierz nowy token i powtórz żądanie.",
        fix_en: "Get a new token and repeat the request.";
    ROLE_NOT_OF_ISSUER = "auth.role_not_of_issuer", Unauthenticated,
        pl: "Wystawca tokenu nie może nadawać tej roli.",
        en: "The token's issuer may not give this role.",
        fix_pl: "Pobierz token u wystawcy uprawnionego do tej roli.",
        fix_en: "Get a token from an issuer that may give this role.";
}
