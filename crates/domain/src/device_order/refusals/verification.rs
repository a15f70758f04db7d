//! What the payer finds when it looks at an order.

use crate::problems;

problems! { OF_VERIFICATION:
    GROUP_UNKNOWN = "device_order.group_unknown", Unprocessable,
        pl: "W tym dniu wykaz nie zawiera takiego kodu wyrobu.",
        en: "The list has no such device code on this day.",
        fix_pl: "Wybierz kod z `GET device-groups?on=`; kody sprzed 2024 r. mają odpowiedniki w słowniku przejść.",
        fix_en: "Choose a code from `GET device-groups?on=`; codes from before 2024 have successors in the mapping.";
    ISSUER_NOT_LISTED = "device_order.issuer_not_listed", Unprocessable,
        pl: "Wykaz nie wymienia tej osoby wśród uprawnionych do zlecenia tego wyrobu.",
        en: "The list does not name this prescriber among those who may order the device.",
        fix_pl: "Zlecenie może wystawić osoba wymieniona w wykazie; sprawdź też wpisane specjalizacje.",
        fix_en: "Somebody whom the list names can issue the order; check the specialties too.";
    SPECIALTY_UNCONFIRMED = "device_order.specialty_unconfirmed", Unprocessable,
        pl: "Wykaz wymaga specjalizacji, a katalog osób nie zna specjalizacji osoby wystawiającej; oparto się na podanych w zleceniu.",
        en: "The list asks for a specialty, and the directory does not know the prescriber's; those stated in the order stand in.",
        fix_pl: "Nic nie trzeba robić; operator może uzupełnić specjalizacje w katalogu osób.",
        fix_en: "Nothing needs to be done; the operator can enter the specialties in the directory.";
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
    OTHERS_UNREADABLE = "device_order.others_unreadable", Unprocessable,
        pl: "Innego zlecenia pacjenta nie można odczytać, więc nie wiadomo, czy to zlecenie go nie powtarza.",
        en: "Another order of the patient cannot be read, so it is not known whether this one repeats it.",
        fix_pl: "Popraw zlecenie, gdy operator przywróci dane, albo zwróć się do oddziału NFZ: urzędnik może je zaakceptować.",
        fix_en: "Correct the order once the operator has restored the data, or ask the NFZ branch: an officer can accept it.";
    RIGHT_STATEMENT_OLD = "device_order.right_statement_old", Unprocessable,
        pl: "Oświadczenie o prawie do świadczeń nie pochodzi z dnia pobrania ani z 7 dni przed nim.",
        en: "The statement of the right to benefits is not of the day of the take-up, nor of the 7 days before it.",
        fix_pl: "Przyjmij od pacjenta nowe oświadczenie albo dokument i podaj je przy pobraniu (`right`).",
        fix_en: "Take a new statement or a document from the patient, and give it with the take-up (`right`).";
    QUANTITY_UNKNOWN = "device_order.quantity_unknown", Unprocessable,
        pl: "Nie jest tu znana największa miesięczna ilość tego wyrobu.",
        en: "The largest monthly quantity of this device is not known here.",
        fix_pl: "Zwróć się do oddziału NFZ: urzędnik wpisze ilość ze źródłem albo zaakceptuje zlecenie.",
        fix_en: "Ask the NFZ branch: an officer enters the quantity with its source, or accepts the order.";
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
    PRIMARY_ORDER_UNKNOWN = "device_order.primary_order_unknown", Unprocessable,
        pl: "Zlecenie pierwotne nie jest znane jako pozytywne zlecenie tego pacjenta na ten wyrób.",
        en: "The primary order is not known as a positive order of this patient for this device.",
        fix_pl: "Wyślij pełną formę zlecenia; numer zostaje ten sam.",
        fix_en: "Send the full form; the number stays the same.";
}
