//! Numbers as bar codes (Code 128, ISO/IEC 15417), each under its own text in large type.

use code128::Code128;

use super::{ACCENT, BODY_WIDTH, INK, LABEL, Layout, MARGIN, Op, Role, Style, TINT, WHITE, count, mm};
use crate::PrintError;

/// The longest text of a bar code; two of them, with a code of four digits, stand beside each other on a page.
pub const MAX_BARCODE_CHARACTERS: usize = 20;

/// Wide enough for a hand-held scanner and for the camera of a telephone.
const MODULE_MM: f32 = 0.4;
const HEIGHT_MM: f32 = 15.0;
/// The white above and below the bars.
const RIM: f32 = 4.0;

/// The bars of a code, with a quiet zone of ten modules on either side.
#[derive(Clone)]
pub struct Barcode {
    modules: usize,
    bars: Vec<(u32, u8)>,
}

impl Barcode {
    /// Of printable ASCII alone: what else Code 128 can hold, scanners read in different ways.
    pub fn encode(text: &str) -> Result<Self, PrintError> {
        let characters = text.chars().count();
        let is_legal = (1..=MAX_BARCODE_CHARACTERS).contains(&characters)
            && text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        if !is_legal {
            return Err(PrintError::Barcode(characters));
        }
        let code = Code128::encode(text.as_bytes());
        let bars = code.bar_coordinates().map(|bar| (bar.x, bar.width)).collect();
        Ok(Self { modules: code.len(), bars })
    }

    /// Modules across, the quiet zones included.
    pub fn modules(&self) -> usize {
        self.modules
    }

    /// The first module of each bar, and how many it is wide.
    pub fn bars(&self) -> &[(u32, u8)] {
        &self.bars
    }

    fn width(&self) -> f32 {
        count(self.modules) * mm(MODULE_MM)
    }

    fn areas(&self) -> Vec<[f32; 4]> {
        let unit = mm(MODULE_MM);
        let at = |module: u32| u16::try_from(module).map_or(f32::from(u16::MAX), f32::from) * unit;
        let area = |(first, width): &(u32, u8)| [at(*first), RIM, f32::from(*width) * unit, mm(HEIGHT_MM)];
        self.bars.iter().map(area).collect()
    }
}

/// A number that people read and machines scan.
pub struct Plate<'a> {
    pub label: &'a str,
    pub text: &'a str,
    pub barcode: Barcode,
    /// What the bars hold, for a screen reader.
    pub alternative: &'a str,
}

const PADDING: f32 = 11.0;
const GAP: f32 = 14.0;
const LARGE: Style = Style::bold(22.0, INK);
const LARGE_LEADING: f32 = 32.0;

impl Layout {
    /// Plates beside each other on a tinted ground.
    pub fn plates(&mut self, plates: Vec<Plate<'_>>) {
        let lines: Vec<Vec<String>> =
            plates.iter().map(|plate| self.lines(plate.text, LARGE, plate.barcode.width())).collect();
        let tallest = count(lines.iter().map(Vec::len).max().unwrap_or(0));
        let text_height = LABEL.size + 4.0 + tallest * LARGE_LEADING;
        let height = text_height + mm(HEIGHT_MM) + 2.0 * RIM + 2.0 * PADDING;
        if height > self.room() {
            self.new_page();
        }
        let top = self.y;
        self.fill(MARGIN, top, BODY_WIDTH, height, TINT);
        self.fill(MARGIN, top, 3.5, height, ACCENT);
        let mut x = MARGIN + PADDING + 4.0;
        for (plate, lines) in plates.into_iter().zip(lines) {
            let width = plate.barcode.width();
            self.plate(&plate, lines, x, top + PADDING, text_height);
            x += width + GAP;
        }
        self.y = top + height + 4.0;
    }

    fn plate(&mut self, plate: &Plate<'_>, lines: Vec<String>, x: f32, top: f32, text_height: f32) {
        let owner = Some(self.tree.add(None, Role::Paragraph));
        for label in self.lines(plate.label, LABEL, plate.barcode.width()) {
            // Kept apart from the number for a screen reader.
            let text = format!("{label}: ");
            self.draw(Op::Text { x, baseline: top + LABEL.size, style: LABEL, text, owner });
        }
        let mut baseline = top + LABEL.size + 4.0 + LARGE.size;
        for text in lines {
            self.draw(Op::Text { x, baseline, style: LARGE, text, owner });
            baseline += LARGE_LEADING;
        }
        let y = top + text_height;
        let figure = self.tree.add(None, Role::Figure(plate.alternative.to_owned()));
        self.fill(x, y, plate.barcode.width(), mm(HEIGHT_MM) + 2.0 * RIM, WHITE);
        self.draw(Op::Code { x, y, areas: plate.barcode.areas(), owner: figure });
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

    use super::*;

    /// Bars and spaces in turn, as the tables of ISO/IEC 15417 write them.
    fn widths(text: &str) -> String {
        let barcode = Barcode::encode(text).unwrap();
        let mut at = 10;
        let mut widths = String::new();
        for (first, width) in barcode.bars() {
            if at < *first {
                widths.push_str(&(first - at).to_string());
            }
            widths.push_str(&width.to_string());
            at = first + u32::from(*width);
        }
        assert_eq!(usize::try_from(at).unwrap() + 10, barcode.modules());
        widths
    }

    #[test]
    fn four_digits_are_two_symbols_of_set_c() {
        // Start C, 12, 34, (105 + 12 + 2 · 34) mod 103 = 82, stop.
        assert_eq!(widths("1234"), ["211232", "112232", "131123", "121241", "2331112"].concat());
    }

    #[test]
    fn letters_are_symbols_of_set_b() {
        // Start B, `P` 48, `J` 42, `J` 42, `1` 17, `2` 18, `3` 19, `C` 35, check symbol 55, stop.
        let symbols = [
            "211214", "313121", "112133", "112133", "123221", "223211", "221132", "131321", "311321",
            "2331112",
        ];
        assert_eq!(widths("PJJ123C"), symbols.concat());
    }

    #[test]
    fn a_number_and_a_code_fit_beside_each_other() {
        let longest = Barcode::encode(&"W".repeat(MAX_BARCODE_CHARACTERS)).unwrap();
        let code = Barcode::encode("0123").unwrap();
        assert!(2.0 * PADDING + 4.0 + longest.width() + GAP + code.width() <= BODY_WIDTH);
    }

    #[test]
    fn what_scanners_read_in_different_ways_is_refused() {
        for text in ["", "zażółć", "5\u{7f}", "1\n2"] {
            assert!(matches!(Barcode::encode(text), Err(PrintError::Barcode(_))), "{text}");
        }
        let too_long = "1".repeat(MAX_BARCODE_CHARACTERS + 1);
        assert!(matches!(Barcode::encode(&too_long), Err(PrintError::Barcode(21))));
    }
}
