//! What the entry of an order from paper, and the answer to it, are refused for.

use crate::problems;

problems! { PROBLEMS:
    OUTAGE_DIFFERS = "device_order.paper_outage_differs", Unprocessable,
        pl: "W dniu wystawienia zlecenia nie było tej awarii.",
        en: "This outage does not cover the day on which the order was issued.",
        fix_pl: "Wskaż awarię z listy `GET /outages`, która trwała w dniu wystawienia, albo inną przyczynę (`SIGNING_IMPOSSIBLE`).",
        fix_en: "Name an outage of `GET /outages` that lasted on the day of issue, or another reason (`SIGNING_IMPOSSIBLE`).";
    OUTAGE_UNNAMED = "device_order.paper_outage_unnamed", Unprocessable,
        pl: "W dniu wystawienia trwała zapisana awaria, a wpis jej nie wskazuje.",
        en: "An outage is on record for the day of issue, and the entry does not name it.",
        fix_pl: "Podaj przyczynę `OUTAGE` z identyfikatorem z listy `GET /outages`.",
        fix_en: "Give the reason `OUTAGE` with the id from `GET /outages`.";
    DATES = "device_order.paper_dates", Unprocessable,
        pl: "Wpływ do oddziału poprzedza wystawienie albo data leży w przyszłości.",
        en: "Receipt by the branch is before the issue, or a date lies in the future.",
        fix_pl: "Przepisz datę wystawienia z papieru i podaj dzień wpływu.",
        fix_en: "Copy the day of issue from the paper, and give the day of its receipt.";
    DUPLICATE = "device_order.paper_duplicate", Conflict,
        pl: "To zlecenie papierowe już wpisano.",
        en: "This paper order has been entered already.",
        fix_pl: "Odczytaj istniejące zlecenie (`existing`). Błędny wpis się anuluje, a papier wpisuje ponownie.",
        fix_en: "Read the order that is there (`existing`). A wrong entry is cancelled, and the paper entered anew.";
    BRANCH_UNKNOWN = "device_order.paper_branch_unknown", Forbidden,
        pl: "W katalogu nie zapisano, którym oddziałem NFZ jest organizacja urzędnika.",
        en: "The directory does not say which branch of the payer the officer's organisation is.",
        fix_pl: "Uzupełnij `branch` organizacji w pliku katalogu.",
        fix_en: "Have `branch` of the organisation filled in in the directory's file.";
    ON_PAPER = "device_order.on_paper", Conflict,
        pl: "Zlecenia papierowego nie poprawia się elektronicznie.",
        en: "A paper order is not corrected electronically.",
        fix_pl: "Oddział NFZ anuluje wpis i wpisuje papier ponownie; nowe zlecenie można też wystawić elektronicznie.",
        fix_en: "The payer's branch cancels the entry and enters the paper anew; a new order can be issued electronically, too.";
    NOT_ON_PAPER = "device_order.not_on_paper", Conflict,
        pl: "Zlecenia nie wpisano z papieru.",
        en: "The order was not entered from paper.",
        fix_pl: "Numer e-zlecenia osoba wystawiająca przekazuje sama (`…/access-data`).",
        fix_en: "The prescriber hands the number of an electronic order over (`…/access-data`).";
    SCAN_MISSING = "device_order.paper_scan_missing", Conflict,
        pl: "Skanu papieru jeszcze nie dołączono.",
        en: "The scan of the paper has not been added yet.",
        fix_pl: "Wyślij plik o skrócie podanym we wpisie: `POST …/scan`.",
        fix_en: "Send the file with the digest of the entry: `POST …/scan`.";
    SCAN_DIFFERS = "device_order.paper_scan_differs", Unprocessable,
        pl: "Plik ma inny skrót SHA-256 niż podany we wpisie.",
        en: "The file has another SHA-256 than the entry states.",
        fix_pl: "Wyślij ten sam plik, którego skrót podano w `scan.sha256`.",
        fix_en: "Send the very file whose digest stands in `scan.sha256`.";
    SCAN_PRESENT = "device_order.paper_scan_present", Conflict,
        pl: "Skan tego papieru już jest.",
        en: "The scan of this paper is there already.",
        fix_pl: "Nic nie trzeba robić; skan zwraca `GET …/scan`.",
        fix_en: "Nothing needs to be done; `GET …/scan` returns it.";
    REPLIED = "device_order.paper_replied", Conflict,
        pl: "Odpowiedź na to zlecenie już odnotowano.",
        en: "The answer to this order is on record already.",
        fix_pl: "Nic nie trzeba robić; kto i kiedy odpowiedział, jest w `paper.reply`.",
        fix_en: "Nothing needs to be done; who answered, and when, stands in `paper.reply`.";
    REPLY_DATE = "device_order.paper_reply_date", Unprocessable,
        pl: "Dzień odpowiedzi poprzedza wpływ zlecenia albo leży w przyszłości.",
        en: "The day of the answer is before the order's receipt, or in the future.",
        fix_pl: "Popraw dzień odpowiedzi (`sentOn`).",
        fix_en: "Correct the day of the answer (`sentOn`).";
}
