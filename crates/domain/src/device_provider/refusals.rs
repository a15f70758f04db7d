//! What a provider without a fitting contract is refused for, and a file of contracts that contradicts itself.

use crate::problems;

problems! { PROBLEMS:
    NOT_CONTRACTED = "device_provider.not_contracted", Forbidden,
        pl: "Realizator nie ma umowy na zaopatrzenie w wyroby medyczne ani nie jest podwykonawcą w takiej umowie.",
        en: "The provider holds no contract for the supply of medical devices, and is no subcontractor in one.",
        fix_pl: "Sprawdź w `GET providers`, czy oddział NFZ przekazał umowę; umowy wpisuje wyłącznie płatnik.",
        fix_en: "See in `GET providers` whether the branch of NFZ has passed the contract on; only the payer enters contracts.";
    NOT_IN_FORCE = "device_provider.contract_not_in_force", Forbidden,
        pl: "W tym dniu żadna umowa realizatora nie obowiązuje: jeszcze się nie zaczęła albo już się skończyła.",
        en: "On this day no contract of the provider is in force: it has not begun, or has ended.",
        fix_pl: "Podaj dzień, w którym umowa obowiązuje, albo poproś oddział NFZ o przekazanie nowej.",
        fix_en: "Give a day on which a contract is in force, or ask the branch of NFZ to pass the new one on.";
    NOT_COVERED = "device_provider.code_not_covered", Forbidden,
        pl: "Umowa realizatora nie obejmuje tej grupy wyrobów.",
        en: "The provider’s contract does not cover this device group.",
        fix_pl: "Wybierz wyrób z grup wymienionych w `covers` umowy.",
        fix_en: "Choose a device of the groups that the contract’s `covers` names.";
    PLACE_UNKNOWN = "device_provider.place_unknown", Unprocessable,
        pl: "Umowa nie wymienia takiego miejsca udzielania świadczeń tego realizatora.",
        en: "The contract names no such place of service of this provider.",
        fix_pl: "Podaj kod miejsca z `GET providers`; podwykonawca podaje własne miejsce.",
        fix_en: "Give the code of a place from `GET providers`; a subcontractor gives a place of its own.";
    COVERAGE = "device_provider.coverage", Unprocessable,
        pl: "Zakres umowy to litera grupy, jej część albo kod: Y, Y.06, Y.06.01.",
        en: "A contract covers a letter, a part of it, or a code: Y, Y.06, Y.06.01.",
        fix_pl: "Podaj zakres w jednej z tych postaci.",
        fix_en: "Give what is covered in one of these forms.";
    CONTRACT_REPEATED = "device_provider.contract_repeated", Unprocessable,
        pl: "Numer umowy powtarza się w pliku.",
        en: "The number of a contract is repeated in the file.",
        fix_pl: "Zapisz każdą umowę raz, z wszystkimi miejscami i podwykonawcami.",
        fix_en: "Write each contract once, with all places and subcontractors.";
    CONTRACT_DAYS = "device_provider.contract_days", Unprocessable,
        pl: "Umowa albo jej podwykonawca kończy się przed początkiem lub wykracza poza dni umowy.",
        en: "A contract or its subcontractor ends before it begins, or reaches beyond the days of the contract.",
        fix_pl: "Popraw `validFrom` i `validTo`.",
        fix_en: "Correct `validFrom` and `validTo`.";
    ORGANISATION_UNFIT = "device_provider.organisation_unfit", Unprocessable,
        pl: "Katalog nie zna czynnej organizacji tego identyfikatora rodzaju DEVICE_PROVIDER.",
        en: "The directory knows no active organisation of that id of the kind DEVICE_PROVIDER.",
        fix_pl: "Najpierw wczytaj organizację poleceniem `soid import directory`.",
        fix_en: "Import the organisation first with `soid import directory`.";
    PLACES = "device_provider.places", Unprocessable,
        pl: "Umowa albo podwykonawca nie ma miejsca, albo kod miejsca powtarza się w umowie.",
        en: "A contract or a subcontractor has no place, or the code of a place is repeated in the contract.",
        fix_pl: "Podaj co najmniej jedno miejsce i nadaj każdemu własny kod.",
        fix_en: "Give a place at least, and a code of its own to each.";
    SUBCONTRACTOR = "device_provider.subcontractor", Unprocessable,
        pl: "Podwykonawcą jest sam posiadacz umowy albo ten sam podwykonawca występuje dwa razy w tym samym dniu.",
        en: "The subcontractor is the holder itself, or one and the same stands twice on one day.",
        fix_pl: "Usuń posiadacza z podwykonawców i rozdziel okresy.",
        fix_en: "Take the holder out of the subcontractors, and keep the periods apart.";
    COVERAGE_REPEATED = "device_provider.coverage_repeated", Unprocessable,
        pl: "Umowa nie obejmuje niczego albo jedna pozycja zakresu zawiera drugą.",
        en: "A contract covers nothing, or one entry of what it covers holds another.",
        fix_pl: "Podaj każdą grupę raz: przy Y nie podawaj już Y.06.",
        fix_en: "Name each group once: beside Y leave Y.06 out.";
    BRANCH_REPEATED = "device_provider.branch_repeated", Unprocessable,
        pl: "Punkty obsługi jednego oddziału podano dwa razy.",
        en: "The service points of one branch are given twice.",
        fix_pl: "Zapisz punkty oddziału w jednym miejscu.",
        fix_en: "Write the points of a branch in one place.";
    PART_DROPPED = "device_provider.part_dropped", Unprocessable,
        pl: "Plik cofa to, co w umowie już obowiązywało: jej dni, podwykonawcę, który zaczął działać, albo oddaje kod miejsca komu innemu; pobrania mogą się do tego odwoływać.",
        en: "The file takes back what of a contract has been in force: its days, a subcontractor that has begun, or it gives the code of a place to another; take-ups may refer to it.",
        fix_pl: "Zostaw podwykonawcę z jego pierwszym dniem, koniec podaj w `validTo` nie wcześniej niż na wczoraj, a nowemu miejscu nadaj nowy kod.",
        fix_en: "Keep the subcontractor with its first day, give an end no earlier than yesterday as `validTo`, and a new place a new code.";
    CONTRACT_DROPPED = "device_provider.contract_dropped", Unprocessable,
        pl: "W pliku nie ma umowy, która już obowiązywała, albo zmienia ona posiadacza, oddział lub pierwszy dzień; pobrania mogą się do niej odwoływać.",
        en: "The file lacks a contract that has been in force, or gives it another holder, branch or first day; take-ups may refer to it.",
        fix_pl: "Zostaw umowę w pliku, a jej koniec podaj w `validTo`.",
        fix_en: "Keep the contract in the file, and give its end as `validTo`.";
}
