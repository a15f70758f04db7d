//! What an entry on a consultant's absence is refused for.

use crate::problems;

problems! { PROBLEMS:
    ABSENCE_DAYS = "consultant.absence_days", Unprocessable,
        pl: "Ostatni dzień nieobecności wypada przed pierwszym.",
        en: "The last day of the absence comes before the first.",
        fix_pl: "Podaj `lastDay` nie wcześniejszy niż `firstDay`.",
        fix_en: "Give a `lastDay` that is not before `firstDay`.";
    ABSENCE_PAST = "consultant.absence_past", Unprocessable,
        pl: "Ta nieobecność już minęła albo kończy się później niż za rok.",
        en: "This absence is over already, or ends more than a year from now.",
        fix_pl: "Podaj dni od dziś, najdalej za rok.",
        fix_en: "Give days from today on, within a year.";
    SUBSTITUTE_UNFIT = "consultant.substitute_unfit", Unprocessable,
        pl: "Zastępcą jest inny czynny konsultant tej samej dziedziny.",
        en: "A substitute is another active consultant of the same field.",
        fix_pl: "Wybierz zastępcę z `GET /consultants?field=…` albo pomiń `substituteId`.",
        fix_en: "Choose a substitute from `GET /consultants?field=…`, or leave `substituteId` out.";
    FIELD_UNFIT = "consultant.field_unfit", Unprocessable,
        pl: "Ta osoba nie jest czynnym konsultantem podanej dziedziny albo ma ich kilka, a żadnej nie podano.",
        en: "This person is not an active consultant of the given field, or has several and none is given.",
        fix_pl: "Podaj dziedzinę tej osoby z `GET /consultants`.",
        fix_en: "Give a field of this person from `GET /consultants`.";
    ABSENCE_ENDED = "consultant.absence_ended", Conflict,
        pl: "Ta nieobecność jest już zakończona.",
        en: "This absence has ended already.",
        fix_pl: "Nie trzeba nic robić.",
        fix_en: "Nothing has to be done.";
}
