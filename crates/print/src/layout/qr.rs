//! The decision token as a QR code (ISO/IEC 18004, error correction level M).

use qrcode::{Color, EcLevel, QrCode};

use super::{count, mm};
use crate::PrintError;

/// The longest token a print takes; the code stays within version 27.
pub const MAX_TOKEN_BYTES: usize = 900;

/// ISO/IEC 18004 §6.3.8: four light modules on every side.
const QUIET_MODULES: usize = 4;

/// Below a third of a millimetre per module, ordinary scanners fail on office prints.
const MODULE_MM: f32 = 0.35;
const LEAST_MM: f32 = 30.0;

/// The modules of a QR code, without the quiet zone.
#[derive(Clone)]
pub struct QrMatrix {
    width: usize,
    dark: Vec<bool>,
}

impl QrMatrix {
    pub fn encode(token: &str) -> Result<Self, PrintError> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(PrintError::TokenTooLong(token.len()));
        }
        let code = QrCode::with_error_correction_level(token, EcLevel::M).map_err(|_| PrintError::Qr)?;
        let dark = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
        Ok(Self { width: code.width(), dark })
    }

    /// Modules on a side.
    pub fn width(&self) -> usize {
        self.width
    }

    pub fn is_dark(&self, column: usize, row: usize) -> bool {
        column < self.width && self.dark.get(row * self.width + column).copied().unwrap_or(false)
    }

    /// The printed side with the quiet zone, in points.
    pub(crate) fn side(&self) -> f32 {
        mm((self.modules() * MODULE_MM).max(LEAST_MM))
    }

    fn modules(&self) -> f32 {
        count(self.width + 2 * QUIET_MODULES)
    }

    /// Runs of dark modules as rectangles (left, top, width, height) in points, measured from the outer corner.
    pub(crate) fn runs(&self) -> Vec<[f32; 4]> {
        let unit = self.side() / self.modules();
        let mut runs = Vec::new();
        for row in 0..self.width {
            let mut column = 0;
            while column < self.width {
                let start = column;
                while self.is_dark(column, row) {
                    column += 1;
                }
                if column > start {
                    let at = |module: usize| count(module + QUIET_MODULES) * unit;
                    runs.push([at(start), at(row), count(column - start) * unit, unit]);
                }
                column += 1;
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

    use super::*;

    #[test]
    fn a_short_token_still_takes_thirty_millimetres() {
        assert!((QrMatrix::encode("abc").unwrap().side() - mm(30.0)).abs() < 0.01);
    }

    #[test]
    fn the_longest_token_keeps_its_modules_readable() {
        let matrix = QrMatrix::encode(&"x".repeat(MAX_TOKEN_BYTES)).unwrap();
        assert!(matrix.side() / count(matrix.width() + 8) >= mm(0.349));
        assert!(matrix.side() < mm(50.0));
    }

    #[test]
    fn a_longer_token_is_refused() {
        assert!(matches!(QrMatrix::encode(&"x".repeat(901)), Err(PrintError::TokenTooLong(901))));
    }

    #[test]
    fn the_runs_cover_exactly_the_dark_modules() {
        let matrix = QrMatrix::encode("zapotrzebowanie").unwrap();
        let unit = matrix.side() / matrix.modules();
        let covered: f32 =
            matrix.runs().iter().map(|[_, _, width, height]| width * height / (unit * unit)).sum();
        assert!((covered - count(matrix.dark.iter().filter(|dark| **dark).count())).abs() < 0.5);
    }
}
