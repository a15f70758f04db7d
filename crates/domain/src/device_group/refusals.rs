//! What an order on unknown figures is refused for.

use crate::problems;

problems! { PROBLEMS:
    FIGURES_UNKNOWN = "device_group.figures_unknown", Unprocessable,
        pl: "Limit lub udział pacjenta dla tej grupy, wieku i odmiany nie są tu znane, więc zlecenia nie można wystawić.",
        en: "The limit or the patient’s share is not known here for this group, age and tier, so that nothing can be ordered on it.",
        fix_pl: "Poczekaj, aż urzędnik NFZ wpisze kwoty z podaniem źródła (`POST /device-groups/{code}/figures`), albo wybierz inną grupę.",
        fix_en: "Wait until an NFZ officer enters the figures with a source (`POST /device-groups/{code}/figures`), or choose another group.";
}
