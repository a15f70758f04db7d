//! Arithmetic over digits that the check digits share.

/// The digits of a text that has nothing but ASCII digits, `N` of them.
pub(super) fn digits<const N: usize>(text: &str) -> Option<[u32; N]> {
    let digits: Vec<u32> = text.chars().map(|c| c.to_digit(10)).collect::<Option<_>>()?;
    digits.try_into().ok()
}

/// The sum of the products; a superfluous value counts nothing.
pub(super) fn weighted(values: &[u32], weights: &[u32]) -> u32 {
    values.iter().zip(weights).map(|(value, weight)| value * weight).sum()
}

/// `A` = 10 … `Z` = 35 and the digits themselves, as travel documents count (ICAO 9303-3 §4.9).
pub(super) fn letter_values<const N: usize>(text: &str) -> Option<[u32; N]> {
    let legal = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let value = |c: char| if legal(c) { c.to_digit(36) } else { None };
    let values: Vec<u32> = text.chars().map(value).collect::<Option<_>>()?;
    values.try_into().ok()
}

/// Whether the text is `letters` capitals followed by digits only.
pub(super) fn is_series_and_digits(text: &str, letters: usize) -> bool {
    let is_legal =
        |(at, c): (usize, char)| if at < letters { c.is_ascii_uppercase() } else { c.is_ascii_digit() };
    text.chars().enumerate().all(is_legal)
}

/// A document's series and number as it is filed: capitals, without spaces (cards print `ABA 300000`).
pub(super) fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| *c != ' ').map(|c| c.to_ascii_uppercase()).collect()
}
