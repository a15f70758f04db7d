//! Lists: steps in their order, and points without one.

use super::{ACCENT, BODY, BODY_WIDTH, INK, Layout, MARGIN, Role, Style};
use krilla::tagging::ListNumbering;

/// What stands before each point.
#[derive(Clone, Copy)]
pub enum Marks {
    Numbers,
    Dots,
}

/// How large a list is set.
#[derive(Clone, Copy)]
pub enum Size {
    /// As the rest of the page.
    Body,
    /// For people who read no forms.
    Large,
}

impl Size {
    fn points(self) -> f32 {
        match self {
            Self::Body => BODY.size,
            Self::Large => 10.5,
        }
    }

    /// Above and below each point.
    fn padding(self) -> f32 {
        match self {
            Self::Body => 0.6,
            Self::Large => 1.2,
        }
    }
}

const INDENT: f32 = 18.0;

impl Layout {
    pub fn list(&mut self, marks: Marks, size: Size, points: &[String]) {
        let (mark_style, style) = (Style::bold(size.points(), ACCENT), Style::plain(size.points(), INK));
        let leading = size.points() * 1.38;
        let numbering = match marks {
            Marks::Numbers => ListNumbering::Decimal,
            Marks::Dots => ListNumbering::Disc,
        };
        let list = self.tree.add(None, Role::List(numbering));
        for (index, point) in points.iter().enumerate() {
            let mark = match marks {
                Marks::Numbers => format!("{}.", index + 1),
                Marks::Dots => "•".to_owned(),
            };
            let item = self.tree.add(Some(list), Role::Item);
            let marker = self.tree.add(Some(item), Role::Marker);
            let content = self.tree.add(Some(item), Role::Content);
            let cells = [
                self.cell(&mark, mark_style, MARGIN + 2.0, INDENT, Some(marker)),
                self.cell(point, style, MARGIN + INDENT, BODY_WIDTH - INDENT, Some(content)),
            ];
            self.keep_together(&cells);
            self.place(&cells, leading, size.padding());
        }
    }
}
