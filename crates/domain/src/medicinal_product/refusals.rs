//! What is said of the register of medicinal products: one warning, and one refusal of a search.

use crate::problems;

problems! { PROBLEMS:
    EQUIVALENT_REGISTERED = "product.equivalent_registered", Unprocessable,
        pl: "W Rejestrze Produktów Leczniczych jest produkt o tych samych substancjach czynnych, tej samej mocy i postaci. To ostrzeżenie, nie odmowa.",
        en: "The register of medicinal products holds a product of the same active substances, strength and form. This warns and refuses nothing.",
        fix_pl: "Sprawdź, czy wskazany produkt jest dostępny w obrocie; jeżeli nie jest, napisz o tym w uzasadnieniu.",
        fix_en: "Find out whether the product named can be had on the market; if it cannot, say so in the justification.";
    SEARCH_TOO_SHORT = "product.search_too_short", Unprocessable,
        pl: "Szukana nazwa musi mieć co najmniej trzy litery lub cyfry.",
        en: "The name to search for has at least three letters or digits.",
        fix_pl: "Podaj dłuższy początek nazwy.",
        fix_en: "Give a longer beginning of the name.";
}
