//! The tinted panel that answers the reader's first questions, with the code beside it.

use super::table::Cell;
use super::{
    ACCENT, BODY_WIDTH, INK, LABEL, Layout, MARGIN, NodeId, Op, QrMatrix, Rgb, Role, Style, TINT, WHITE,
    count,
};

/// A label with a short value.
pub struct Fact {
    pub label: &'static str,
    pub value: String,
    /// Printed larger.
    pub strong: bool,
}

/// The colour of the bar at the panel's edge; it repeats what the text says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Neutral,
    Positive,
    Negative,
}

pub struct Panel<'a> {
    pub summary: &'a str,
    pub tone: Tone,
    pub facts: Vec<Fact>,
    pub code: Option<Code<'a>>,
}

pub struct Code<'a> {
    pub matrix: QrMatrix,
    /// What it holds, for a screen reader.
    pub alternative: &'a str,
    /// The words printed under it.
    pub caption: &'a str,
}

const PADDING: f32 = 11.0;
const LABEL_LEADING: f32 = 11.5;
const CAPTION: Style = Style::plain(7.5, super::MUTED);
const CAPTION_LEADING: f32 = 9.5;
const FACT_GAP: f32 = 7.0;

impl Layout {
    pub fn panel(&mut self, panel: Panel<'_>) {
        let aside = panel.code.as_ref().map_or(0.0, |code| code.matrix.side() + PADDING);
        let width = BODY_WIDTH - 2.0 * PADDING - aside - 4.0;
        let table = self.tree.add(None, Role::Table(panel.summary.to_owned()));
        let rows = self.facts(&panel.facts, width, table);
        let left_height: f32 = rows.iter().map(|(_, height)| height).sum::<f32>() - FACT_GAP;
        let caption = panel.code.as_ref().map(|code| self.lines(code.caption, CAPTION, code.matrix.side()));
        let code_height = panel.code.as_ref().map_or(0.0, |code| code.matrix.side())
            + caption.as_ref().map_or(0.0, |lines| count(lines.len()) * CAPTION_LEADING + 4.0);
        let height = left_height.max(code_height) + 2.0 * PADDING;
        if height > self.room() {
            self.new_page();
        }
        let top = self.y;
        self.fill(MARGIN, top, BODY_WIDTH, height, TINT);
        self.fill(MARGIN, top, 3.5, height, bar(panel.tone));
        self.skip(PADDING);
        for (cells, height) in rows {
            self.put_fact(&cells);
            self.skip(height);
        }
        if let Some(code) = panel.code {
            self.code(&code.matrix, code.alternative, caption.unwrap_or_default(), top + PADDING);
        }
        self.y = top + height + 4.0;
    }

    /// Two facts of the same size beside each other; one without a neighbour has the whole width.
    fn facts(&mut self, facts: &[Fact], width: f32, table: NodeId) -> Vec<(Vec<Cell>, f32)> {
        let half = (width - PADDING) / 2.0;
        let mut rows: Vec<(Vec<Cell>, f32)> = Vec::new();
        let mut open = None;
        for (index, fact) in facts.iter().enumerate() {
            let beside = open == Some(fact.strong);
            let is_alone = !beside && facts.get(index + 1).is_none_or(|next| next.strong != fact.strong);
            let x = MARGIN + PADDING + 4.0 + if beside { half + PADDING } else { 0.0 };
            let (cells, height) = self.fact(fact, x, if is_alone { width } else { half }, table);
            match rows.last_mut() {
                Some((row, tallest)) if beside => {
                    row.extend(cells);
                    *tallest = tallest.max(height);
                }
                _ => rows.push((cells, height)),
            }
            open = (!beside).then_some(fact.strong);
        }
        rows
    }

    fn fact(&mut self, fact: &Fact, x: f32, width: f32, table: NodeId) -> (Vec<Cell>, f32) {
        let style = if fact.strong { Style::bold(13.0, INK) } else { Style::bold(9.5, INK) };
        let row = self.tree.add(Some(table), Role::Row);
        let key = self.tree.add(Some(row), Role::RowHeader);
        let value = self.tree.add(Some(row), Role::Cell);
        let label = Cell { x, style: LABEL, lines: self.lines(fact.label, LABEL, width), owner: Some(key) };
        let text = Cell { x, style, lines: self.lines(&fact.value, style, width), owner: Some(value) };
        let height = LABEL_LEADING + count(text.lines.len()) * leading(style) + FACT_GAP;
        (vec![label, text], height)
    }

    fn put_fact(&mut self, cells: &[Cell]) {
        for cell in cells {
            let (x, style, owner) = (cell.x, cell.style, cell.owner);
            let value = style.bold;
            let mut baseline =
                self.y + if value { LABEL_LEADING + leading(style) * 0.78 } else { LABEL.size };
            for text in cell.lines.iter().take(if value { usize::MAX } else { 1 }) {
                self.draw(Op::Text { x, baseline, style, text: text.clone(), owner });
                baseline += leading(style);
            }
        }
    }

    fn code(&mut self, matrix: &QrMatrix, alternative: &str, caption: Vec<String>, top: f32) {
        let side = matrix.side();
        let x = MARGIN + BODY_WIDTH - PADDING - side;
        let figure = self.tree.add(None, Role::Figure(alternative.to_owned()));
        self.fill(x, top, side, side, WHITE);
        self.draw(Op::Code { x, y: top, areas: matrix.runs(), owner: figure });
        let node = self.tree.add(None, Role::Paragraph);
        let mut baseline = top + side + 4.0 + CAPTION.size;
        for text in caption {
            self.draw(Op::Text { x, baseline, style: CAPTION, text, owner: Some(node) });
            baseline += CAPTION_LEADING;
        }
    }
}

fn leading(style: Style) -> f32 {
    style.size * 1.36
}

fn bar(tone: Tone) -> Rgb {
    match tone {
        Tone::Neutral => ACCENT,
        Tone::Positive => [0x1d, 0x6f, 0x42],
        Tone::Negative => [0x9c, 0x1f, 0x1f],
    }
}
