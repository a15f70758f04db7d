//! The embedded typeface: Noto Sans, regular and bold, measured by the shaper that also draws it.

use std::sync::LazyLock;

use krilla::text::Font;
use rustybuzz::{Direction, UnicodeBuffer};

use crate::PrintError;

static FONTS: LazyLock<Option<Fonts>> = LazyLock::new(|| {
    Some(Fonts {
        regular: Face::load(include_bytes!("../fonts/NotoSans-Regular.ttf"))?,
        bold: Face::load(include_bytes!("../fonts/NotoSans-Bold.ttf"))?,
    })
});

pub(crate) struct Fonts {
    regular: Face,
    bold: Face,
}

impl Fonts {
    pub(crate) fn get() -> Result<&'static Self, PrintError> {
        FONTS.as_ref().ok_or(PrintError::Font)
    }

    pub(crate) fn face(&self, bold: bool) -> &Face {
        if bold { &self.bold } else { &self.regular }
    }

    /// The text in characters this typeface has: what it lacks is written out or shown as U+FFFD.
    pub(crate) fn printable(&self, text: &str) -> String {
        let mut printable = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '\n' => printable.push('\n'),
                // Invisible marks carry no meaning on paper.
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\r' => {}
                _ if character.is_control() => printable.push(' '),
                _ if self.regular.has(character) => printable.push(character),
                _ => printable.push_str(substitute(character)),
            }
        }
        printable
    }
}

fn substitute(character: char) -> &'static str {
    match character {
        '≤' => "<=",
        '≥' => ">=",
        '≠' => "<>",
        '≈' => "~",
        '−' => "–",
        '→' => "->",
        '\u{2002}'..='\u{200a}' | '\u{3000}' => " ",
        _ => "\u{fffd}",
    }
}

pub(crate) struct Face {
    font: Font,
    shaper: rustybuzz::Face<'static>,
}

impl Face {
    fn load(bytes: &'static [u8]) -> Option<Self> {
        Some(Self { font: Font::new(bytes.into(), 0)?, shaper: rustybuzz::Face::from_slice(bytes, 0)? })
    }

    pub(crate) fn font(&self) -> Font {
        self.font.clone()
    }

    fn has(&self, character: char) -> bool {
        self.shaper.glyph_index(character).is_some()
    }

    /// The width of one line of text in points.
    pub(crate) fn width(&self, text: &str, size: f32) -> f32 {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let shaped = rustybuzz::shape(&self.shaper, &[], buffer);
        let units: f32 = shaped
            .glyph_positions()
            .iter()
            .map(|at| i16::try_from(at.x_advance).map_or(0.0, f32::from))
            .sum();
        units / self.font.units_per_em() * size
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

    use super::*;

    #[test]
    fn every_polish_letter_is_in_both_faces() {
        let fonts = Fonts::get().unwrap();
        for letter in "zażółć gęślą jaźń ZAŻÓŁĆ GĘŚLĄ JAŹŃ „”–—§·µ²".chars() {
            assert!(fonts.regular.has(letter) && fonts.bold.has(letter), "{letter} is missing");
        }
    }

    #[test]
    fn a_character_without_a_glyph_is_written_out_or_marked() {
        let fonts = Fonts::get().unwrap();
        assert_eq!(fonts.printable("GFR ≥ 60\u{200b}, 漢\t"), "GFR >= 60, \u{fffd} ");
    }

    #[test]
    fn a_longer_text_is_wider_and_a_larger_one_too() {
        let face = Fonts::get().unwrap().face(false);
        assert!(face.width("zapotrzebowanie", 10.0) > face.width("zapotrzeb", 10.0));
        assert!((face.width("lek", 20.0) - 2.0 * face.width("lek", 10.0)).abs() < 0.01);
    }
}
