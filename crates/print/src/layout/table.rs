//! Tables: key and value, and columns under a repeated head.

use super::{
    BODY, BODY_BOTTOM, BODY_TOP, BODY_WIDTH, LABEL, LEADING, LINE, Layout, MARGIN, MUTED, NodeId, Op, Role,
    Style, TINT, count,
};

/// A column of a table; the shares of all columns divide the width.
#[derive(Clone, Copy)]
pub struct Column<'a> {
    pub title: &'a str,
    pub share: f32,
}

/// Lines of text at a place in a row.
pub(crate) struct Cell {
    pub(crate) x: f32,
    pub(crate) style: Style,
    pub(crate) lines: Vec<String>,
    pub(crate) owner: Option<NodeId>,
}

const KEY_WIDTH: f32 = 156.0;
const GUTTER: f32 = 10.0;
const ROW_PADDING: f32 = 1.9;
const HEAD: Style = Style::bold(8.5, MUTED);

impl Layout {
    /// Labels on the left, values on the right. `summary` tells a screen reader what the table holds.
    pub fn rows(&mut self, summary: &str, rows: &[(&str, String)]) {
        let table = self.tree.add(None, Role::Table(summary.to_owned()));
        for (label, value) in rows {
            let row = self.tree.add(Some(table), Role::Row);
            let key = self.tree.add(Some(row), Role::RowHeader);
            let cell = self.tree.add(Some(row), Role::Cell);
            let value_x = MARGIN + KEY_WIDTH + GUTTER;
            let cells = [
                self.cell(label, LABEL, MARGIN, KEY_WIDTH, Some(key)),
                self.cell(value, BODY, value_x, BODY_WIDTH - KEY_WIDTH - GUTTER, Some(cell)),
            ];
            self.keep_together(&cells);
            self.place(&cells, LEADING, ROW_PADDING);
            self.fill(MARGIN, self.y, BODY_WIDTH, 0.4, LINE);
        }
    }

    /// Rows under column titles, which are repeated on every page the table reaches.
    pub fn table(&mut self, summary: &str, columns: &[Column<'_>], rows: &[Vec<String>]) {
        let table = self.tree.add(None, Role::Table(summary.to_owned()));
        let head = self.tree.add(Some(table), Role::Head);
        let head_row = self.tree.add(Some(head), Role::Row);
        let owners: Vec<_> =
            columns.iter().map(|_| self.tree.add(Some(head_row), Role::ColumnHeader)).collect();
        self.head(columns, &owners);
        let body = self.tree.add(Some(table), Role::Body);
        for row in rows {
            let owner = self.tree.add(Some(body), Role::Row);
            let cells: Vec<_> = spans(columns)
                .zip(row)
                .map(|((x, width), text)| {
                    let cell = self.tree.add(Some(owner), Role::Cell);
                    self.cell(text, BODY, x, width, Some(cell))
                })
                .collect();
            if self.keep_together(&cells) {
                self.head(columns, &[]);
            }
            self.place(&cells, LEADING, ROW_PADDING + 0.8);
            self.fill(MARGIN, self.y, BODY_WIDTH, 0.4, LINE);
        }
    }

    /// A table under other rows, apart from them; a short one stays in one piece.
    pub fn table_below(&mut self, summary: &str, columns: &[Column<'_>], rows: &[Vec<String>]) {
        let titles: Vec<String> = columns.iter().map(|column| column.title.to_owned()).collect();
        let lines = |texts: &[String], style| {
            let cells =
                spans(columns).zip(texts).map(|((_, width), text)| self.lines(text, style, width).len());
            count(cells.max().unwrap_or(0))
        };
        let height = |lines: f32| lines * LEADING + 2.0 * (ROW_PADDING + 0.8);
        let whole: f32 =
            height(lines(&titles, HEAD)) + rows.iter().map(|row| height(lines(row, BODY))).sum::<f32>();
        self.skip(7.0);
        if whole > self.room() && whole < (BODY_BOTTOM - BODY_TOP) / 3.0 {
            self.new_page();
        }
        self.table(summary, columns, rows);
    }

    /// Without owners the titles are a repetition, and read once only.
    fn head(&mut self, columns: &[Column<'_>], owners: &[NodeId]) {
        let cells: Vec<_> = spans(columns)
            .zip(columns)
            .enumerate()
            .map(|(at, ((x, width), column))| {
                self.cell(column.title, HEAD, x, width, owners.get(at).copied())
            })
            .collect();
        self.keep_together(&cells);
        let height = tallest(&cells) * LEADING + 2.0 * ROW_PADDING;
        self.fill(MARGIN, self.y, BODY_WIDTH, height, TINT);
        self.place(&cells, LEADING, ROW_PADDING);
    }

    pub(super) fn cell(&self, text: &str, style: Style, x: f32, width: f32, owner: Option<NodeId>) -> Cell {
        Cell { x, style, lines: self.lines(text, style, width), owner }
    }

    /// Moves on to a new page when a short row would be torn; tells whether it did.
    pub(super) fn keep_together(&mut self, cells: &[Cell]) -> bool {
        let height = tallest(cells) * LEADING + 3.0 * ROW_PADDING;
        let torn = height > self.room() && height < (BODY_BOTTOM - BODY_TOP) / 3.0;
        if torn {
            self.new_page();
        }
        torn
    }

    /// Puts the cells of one row side by side, over as many pages as the longest of them needs.
    pub(crate) fn place(&mut self, cells: &[Cell], leading: f32, padding: f32) {
        let total = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
        let mut done = 0;
        while done < total {
            let fitting = fitting((self.room() - 2.0 * padding) / leading);
            let fresh = self.y <= BODY_TOP;
            let taken = share(total - done, if fresh { fitting.max(1) } else { fitting });
            if taken == 0 && !fresh {
                self.new_page();
                continue;
            }
            let taken = taken.max(1);
            for cell in cells {
                self.put(cell, done, taken, leading, padding);
            }
            self.skip(count(taken) * leading + 2.0 * padding);
            done += taken;
        }
    }

    fn put(&mut self, cell: &Cell, from: usize, taken: usize, leading: f32, padding: f32) {
        let mut baseline = self.y + padding + leading * 0.76;
        for text in cell.lines.iter().skip(from).take(taken) {
            if !text.is_empty() {
                let (x, style, owner) = (cell.x, cell.style, cell.owner);
                self.draw(Op::Text { x, baseline, style, text: text.clone(), owner });
            }
            baseline += leading;
        }
    }
}

fn tallest(cells: &[Cell]) -> f32 {
    count(cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0))
}

/// Where each column begins and how wide its text may be.
fn spans(columns: &[Column<'_>]) -> impl Iterator<Item = (f32, f32)> {
    let inset = 5.0;
    let whole: f32 = columns.iter().map(|column| column.share).sum();
    let unit = BODY_WIDTH / whole.max(f32::EPSILON);
    columns.iter().scan(MARGIN, move |left, column| {
        let (x, width) = (*left + inset, column.share * unit - 2.0 * inset);
        *left += column.share * unit;
        Some((x, width))
    })
}

/// How many whole lines a height holds.
fn fitting(height: f32) -> usize {
    (1..=200_u16).take_while(|lines| f32::from(*lines) <= height).count()
}

/// How many of the remaining lines go on this page: no single line stays behind, none goes ahead alone.
fn share(remaining: usize, fitting: usize) -> usize {
    match fitting {
        _ if remaining <= fitting => remaining,
        0 | 1 => 0,
        _ if remaining - fitting == 1 => match fitting - 1 {
            1 => 0,
            fewer => fewer,
        },
        _ => fitting,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_divided_without_single_lines() {
        assert_eq!(share(10, 12), 10);
        assert_eq!(share(10, 9), 8);
        assert_eq!(share(10, 5), 5);
        assert_eq!(share(10, 1), 0);
        assert_eq!(share(3, 2), 0);
    }

    #[test]
    fn the_columns_fill_the_width() {
        let columns = [Column { title: "a", share: 1.0 }, Column { title: "b", share: 3.0 }];
        let spans: Vec<_> = spans(&columns).collect();
        assert!(spans.first().is_some_and(|(x, _)| (*x - MARGIN - 5.0).abs() < 0.01));
        assert!(spans.last().is_some_and(|(x, width)| (x + width + 5.0 - MARGIN - BODY_WIDTH).abs() < 0.01));
    }
}
