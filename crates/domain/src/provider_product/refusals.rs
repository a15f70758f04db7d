//! What a change of a product list is refused for.

use crate::problems;

problems! { PROBLEMS:
    PRICE_ZERO = "provider_product.price_zero", Unprocessable,
        pl: "Cena detaliczna musi być większa od zera.",
        en: "The retail price must be above zero.",
        fix_pl: "Podaj cenę brutto jednej sztuki w złotych, np. 2.30.",
        fix_en: "Give the gross price of one piece in złoty, such as 2.30.";
    DAYS = "provider_product.days", Unprocessable,
        pl: "Ostatni dzień oferty jest wcześniejszy niż pierwszy albo wykracza poza umowę.",
        en: "The last day of the offer is before its first, or beyond the contract.",
        fix_pl: "Popraw `validTo` albo pomiń je: oferta obowiązuje wtedy do odwołania.",
        fix_en: "Correct `validTo`, or leave it out: the offer then holds until further notice.";
    CHANGE_PAST = "provider_product.change_past", Unprocessable,
        pl: "Lista zmienia się najwcześniej od dzisiaj: dni, które minęły, zachowują to, co było na niej wtedy.",
        en: "A list changes from today at the earliest: days that have passed keep what it had then.",
        fix_pl: "Podaj w `validFrom` dzisiejszy dzień albo późniejszy.",
        fix_en: "Give today or a later day as `validFrom`.";
    NOT_OFFERED = "provider_product.not_offered", Conflict,
        pl: "Od tego dnia produkt już nie jest oferowany.",
        en: "From that day on the product is not offered any more.",
        fix_pl: "Nic nie trzeba robić; aby go znów oferować, zmień go przez PUT.",
        fix_en: "Nothing has to be done; to offer it again, change it with PUT.";
    EXISTS = "provider_product.exists", Conflict,
        pl: "Lista tej umowy ma już produkt o tym numerze.",
        en: "The list of this contract has a product of that number already.",
        fix_pl: "Zmień istniejący produkt (`existing`) przez PUT.",
        fix_en: "Change the one that is there (`existing`) with PUT.";
    REPEATED = "provider_product.repeated", Unprocessable,
        pl: "Numer produktu powtarza się na liście.",
        en: "The number of a product is repeated in the list.",
        fix_pl: "Podaj każdy produkt raz.",
        fix_en: "Give each product once.";
    LIST_SIZE = "provider_product.list_size", Unprocessable,
        pl: "Lista ma najwyżej 1000 produktów.",
        en: "A list has at most 1000 products.",
        fix_pl: "Podziel zmianę: pojedyncze produkty dodawaj przez POST i zmieniaj przez PUT.",
        fix_en: "Split the change: add single products with POST, and change them with PUT.";
}
