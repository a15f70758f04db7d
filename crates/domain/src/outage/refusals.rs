//! What a command on an outage is refused for.

use crate::problems;

problems! { PROBLEMS:
    OUTAGE_SPAN = "outage.span", Unprocessable,
        pl: "Awaria kończy się przed swoim początkiem.",
        en: "The outage ends before it began.",
        fix_pl: "Podaj `until` późniejsze niż `from`.",
        fix_en: "Give an `until` that is later than `from`.";
    OUTAGE_FAR = "outage.far", Unprocessable,
        pl: "Początek albo koniec awarii leży dalej niż rok od dziś.",
        en: "The beginning or the end of the outage is more than a year from now.",
        fix_pl: "Sprawdź rok i strefę czasową.",
        fix_en: "Check the year and the time zone.";
    OUTAGE_ENDED = "outage.ended", Conflict,
        pl: "Koniec awarii jest już zapisany.",
        en: "The end of the outage is on record already.",
        fix_pl: "Jeżeli system znów nie działa, zapisz następną awarię.",
        fix_en: "If the system is down again, record another outage.";
    OUTAGE_LASTS = "outage.lasts", Conflict,
        pl: "Awaria jeszcze trwa.",
        en: "The outage still lasts.",
        fix_pl: "Najpierw zapisz jej koniec (`POST …/end`).",
        fix_en: "Record its end first (`POST …/end`).";
    OUTAGE_RELEASED = "outage.released", Conflict,
        pl: "Ta awaria nie wstrzymuje już żadnych terminów.",
        en: "This outage holds no terms any more.",
        fix_pl: "Nie trzeba nic robić.",
        fix_en: "Nothing has to be done.";
}
