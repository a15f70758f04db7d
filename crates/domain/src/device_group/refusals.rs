//! What a catalogue, an entry of figures, or an order on unknown figures is refused for.

use crate::problems;

problems! { PROBLEMS:
    FIGURES_UNKNOWN = "device_group.figures_unknown", Unprocessable,
        pl: "Limit lub udział pacjenta dla tej grupy, wieku i odmiany nie są tu znane, więc zlecenia nie można wystawić.",
        en: "The limit or the patient’s share is not known here for this group, age and tier, so that nothing can be ordered on it.",
        fix_pl: "Poczekaj, aż urzędnik NFZ wpisze kwoty z podaniem źródła (`POST /device-groups/{code}/figures`), albo wybierz inną grupę.",
        fix_en: "Wait until an NFZ officer enters the figures with a source (`POST /device-groups/{code}/figures`), or choose another group.";
    BAND_UNKNOWN = "device_group.band_unknown", Unprocessable,
        pl: "Grupa nie ma w tym dniu takiej odmiany albo takiego przedziału wieku.",
        en: "The group has no such tier, or no such range of ages, on that day.",
        fix_pl: "Weź `tier`, `ages` i `pregnant` z `GET /device-groups/{code}?on=`.",
        fix_en: "Take `tier`, `ages` and `pregnant` from `GET /device-groups/{code}?on=`.";
    NOTHING_NEW = "device_group.nothing_new", Unprocessable,
        pl: "Wpis niczego nie zmienia: nie podaje żadnej wielkości albo same już znane.",
        en: "The entry changes nothing: it gives no figure, or only such as are known already.",
        fix_pl: "Podaj co najmniej jedną wielkość, która nie jest znana albo jest inna.",
        fix_en: "Give at least one figure that is unknown or different.";
    REASON_MISSING = "device_group.reason_missing", Unprocessable,
        pl: "Wpis zmienia wielkość, która jest już znana; taka zmiana wymaga przyczyny.",
        en: "The entry changes a figure that is known already; that needs a reason.",
        fix_pl: "Podaj `reason` albo pomiń wielkości, które są już znane.",
        fix_en: "Give a `reason`, or leave out the figures that are known already.";
    CORRECTION_PAST = "device_group.correction_past", Unprocessable,
        pl: "Znana wielkość może się zmienić najwcześniej od dzisiaj: z dotychczasowej już korzystano.",
        en: "A known figure changes from today at the earliest: the former one has been acted upon.",
        fix_pl: "Podaj w `holdsFrom` dzisiejszy dzień albo późniejszy.",
        fix_en: "Give today or a later day as `holdsFrom`.";
    TABLE_COLUMNS = "device_group.table_columns", Unprocessable,
        pl: "W pliku brakuje kolumny albo jest kolumna nieznana lub powtórzona.",
        en: "The file lacks a column, or has one that is unknown or repeated.",
        fix_pl: "Nazwij kolumny tak jak w `data/device-groups/README.md`.",
        fix_en: "Name the columns as in `data/device-groups/README.md`.";
    TABLE_ROW = "device_group.table_row", Unprocessable,
        pl: "Wiersz ma inną liczbę pól niż nagłówek.",
        en: "The row has another number of cells than the headings.",
        fix_pl: "Zapisz wiersz zgodnie z RFC 4180; pole z przecinkiem ujmij w cudzysłów.",
        fix_en: "Write the row as RFC 4180 says; quote a cell that holds a comma.";
    TABLE_CELL_MISSING = "device_group.table_cell_missing", Unprocessable,
        pl: "Pole jest puste, a nie może być nieznane.",
        en: "The cell is empty, and may not be unknown.",
        fix_pl: "Uzupełnij pole.",
        fix_en: "Fill the cell in.";
    TABLE_CELL = "device_group.table_cell", Unprocessable,
        pl: "Pole nie zawiera wartości, jaką ta kolumna dopuszcza.",
        en: "The cell holds no value that this column admits.",
        fix_pl: "Podaj wartość z `data/device-groups/README.md` albo zostaw pole puste, jeśli nie jest znana.",
        fix_en: "Give a value of `data/device-groups/README.md`, or leave the cell empty where it is not known.";
    ROWS_DISAGREE = "device_group.rows_disagree", Unprocessable,
        pl: "Wiersze jednej grupy albo jednej odmiany różnią się w tym, co mają wspólne.",
        en: "Rows of one group or of one tier differ in what they share.",
        fix_pl: "Powtórz we wszystkich wierszach te same wartości kolumn grupy i odmiany.",
        fix_en: "Repeat the same values of the group’s and the tier’s columns in all rows.";
    TIERS = "device_group.tiers", Unprocessable,
        pl: "Odmiany grupy nie są ponumerowane od 1 bez przerw, nie mają przedziałów albo mają wspólny kod płatnika.",
        en: "The tiers of a group are not numbered from 1 without gaps, have no band, or share a payer’s code.",
        fix_pl: "Ponumeruj odmiany od 1 i nadaj każdej co najmniej jeden przedział oraz własny kod.",
        fix_en: "Number the tiers from 1, and give each a band at least and a code of its own.";
    BANDS_OVERLAP = "device_group.bands_overlap", Unprocessable,
        pl: "Dwa przedziały jednej odmiany obejmują tego samego pacjenta albo przedział nie obejmuje nikogo.",
        en: "Two bands of a tier hold one and the same patient, or a band holds nobody.",
        fix_pl: "Popraw granice wieku i ciążę tak, aby każdy pacjent należał do jednego przedziału.",
        fix_en: "Correct ages and pregnancy, so that every patient is in one band.";
    LIMIT_BASIS = "device_group.limit_basis", Unprocessable,
        pl: "Limit nie mówi, za co jest, albo mówi to, co nie pasuje do sposobu zaopatrzenia.",
        en: "A limit does not say what it is for, or says what does not fit how the group is supplied.",
        fix_pl: "Podaj podstawę limitu: przy zaopatrzeniu miesięcznym za sztukę lub za miesiąc, przy jednorazowym nie za miesiąc, a za okres użytkowania tylko tam, gdzie okres jest znany.",
        fix_en: "Give the limit’s basis: by piece or month where supply is monthly, never by month where it is not, and by period of use only where that is known.";
    LENS_TIERS = "device_group.lens_tiers", Unprocessable,
        pl: "Zakres mocy soczewek stoi przy grupie, która nie jest soczewką, albo dwie odmiany mają te same granice.",
        en: "A range of lens power stands at a group that is no lens, or two tiers have the same bounds.",
        fix_pl: "Podaj `lens` grupy i różne granice odmian.",
        fix_en: "Give the group’s `lens`, and different bounds to its tiers.";
    STOMA_SUFFIX = "device_group.stoma_suffix", Unprocessable,
        pl: "Rodzaj stomii nie zgadza się z końcówką kodu.",
        en: "The kind of stoma does not fit the ending of the code.",
        fix_pl: "I to ILEOSTOMY, K to COLOSTOMY, U to UROSTOMY, IP to OTHER.",
        fix_en: "I is ILEOSTOMY, K is COLOSTOMY, U is UROSTOMY, IP is OTHER.";
    VALIDITY = "device_group.validity", Unprocessable,
        pl: "Wersja grupy kończy się, zanim się zaczyna, albo dwie wersje jednego kodu obowiązują w tym samym dniu.",
        en: "A version of a group ends before it begins, or two versions of one code are valid on one day.",
        fix_pl: "Popraw `validFrom` i `validTo`: następna wersja zaczyna się po ostatnim dniu poprzedniej.",
        fix_en: "Correct `validFrom` and `validTo`: the next version begins after the last day of the former one.";
    SHARED_LIMIT = "device_group.shared_limit", Unprocessable,
        pl: "Wspólny limit nosi tylko jedna grupa albo jego grupy mają różne zaopatrzenie.",
        en: "A shared limit is borne by one group alone, or its groups are supplied differently.",
        fix_pl: "Dodaj do katalogu pozostałe grupy tego limitu albo usuń jego nazwę.",
        fix_en: "Add the other groups of the limit to the catalogue, or take its name away.";
    PERIODS = "device_group.periods", Unprocessable,
        pl: "Okres użytkowania albo okres największej liczby sztuk ma zero miesięcy.",
        en: "A period of use, or the one of a largest quantity, has no month at all.",
        fix_pl: "Podaj co najmniej jeden miesiąc albo zostaw pole puste.",
        fix_en: "Give at least one month, or leave the cell empty.";
    MAPPING_TARGET = "device_group.mapping_target", Unprocessable,
        pl: "Dawna pozycja wykazu prowadzi do kodu, którego katalog nie zawiera.",
        en: "A former number of the list leads to a code that the catalogue does not hold.",
        fix_pl: "Zachowaj w katalogu kod, do którego prowadzi `data/device-groups/codes-2024.csv`.",
        fix_en: "Keep the code to which `data/device-groups/codes-2024.csv` leads.";
    VERSION_DROPPED = "device_group.version_dropped", Unprocessable,
        pl: "W pliku nie ma wersji grupy, która już obowiązywała; zlecenia mogą się do niej odwoływać.",
        en: "The file lacks a version of a group that has been valid; orders may refer to it.",
        fix_pl: "Zostaw wersję w pliku, a jej koniec podaj w `validTo`.",
        fix_en: "Keep the version in the file, and give its end as `validTo`.";
    MAPPING_FROM = "device_group.mapping_from", Unprocessable,
        pl: "Dawny numer ma postać kodu sprzed 2024 r. (P.084) albo liczby porządkowej wykazu (99A).",
        en: "A former number has the form of a code before 2024 (P.084) or of a list number (99A).",
        fix_pl: "Podaj kod albo liczbę porządkową, np. `from=P.099` lub `from=99`.",
        fix_en: "Give a code or a list number, such as `from=P.099` or `from=99`.";
}
