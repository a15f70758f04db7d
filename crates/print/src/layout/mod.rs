//! Pages, headings, paragraphs, tables and codes: what every printed document is built of.

mod barcode;
mod blank;
mod list;
mod panel;
mod qr;
mod table;
mod text;
mod tree;
mod write;

use std::num::NonZeroU16;

use chrono::{DateTime, Utc};

use crate::PrintError;
use crate::fonts::{Face, Fonts};
pub use barcode::{Barcode, MAX_BARCODE_CHARACTERS, Plate};
pub use list::{Marks, Size};
pub use panel::{Code, Fact, Panel, Tone};
pub use qr::{MAX_TOKEN_BYTES, QrMatrix};
pub use table::Column;
use tree::{NodeId, Role, Tree};

/// What stands around the body of every page, and the metadata of the file.
pub struct Frame {
    pub title: String,
    /// Left in the page header, e.g. the system.
    pub system: String,
    /// Right in the page header, e.g. the kind and number of the document.
    pub reference: String,
    /// Left in the page footer, beside `strona 1 z 2`.
    pub footer: String,
    /// The time of the print: the archival profile asks for the date of the file.
    pub printed_at: DateTime<Utc>,
}

pub(crate) type Rgb = [u8; 3];

pub(crate) const INK: Rgb = [0x1b, 0x20, 0x2a];
pub(crate) const MUTED: Rgb = [0x55, 0x5f, 0x6e];
pub(crate) const ACCENT: Rgb = [0x14, 0x3a, 0x64];
pub(crate) const LINE: Rgb = [0xd3, 0xd9, 0xe1];
pub(crate) const TINT: Rgb = [0xf3, 0xf6, 0xfa];
pub(crate) const WHITE: Rgb = [0xff, 0xff, 0xff];

pub(crate) const PAGE_WIDTH: f32 = 595.28;
pub(crate) const PAGE_HEIGHT: f32 = 841.89;
pub(crate) const MARGIN: f32 = 56.7;
pub(crate) const BODY_WIDTH: f32 = PAGE_WIDTH - 2.0 * MARGIN;
const BODY_TOP: f32 = 70.0;
const BODY_BOTTOM: f32 = 780.0;

/// A heading moves to the next page unless this much of its section follows it.
const HEADING_ROOM: f32 = 74.0;

pub(crate) const fn mm(length: f32) -> f32 {
    length * 72.0 / 25.4
}

pub(crate) fn count(number: usize) -> f32 {
    u16::try_from(number).map_or(f32::from(u16::MAX), f32::from)
}

#[derive(Clone, Copy)]
pub(crate) struct Style {
    pub(crate) size: f32,
    pub(crate) bold: bool,
    pub(crate) color: Rgb,
}

impl Style {
    pub(crate) const fn plain(size: f32, color: Rgb) -> Self {
        Self { size, bold: false, color }
    }

    pub(crate) const fn bold(size: f32, color: Rgb) -> Self {
        Self { size, bold: true, color }
    }
}

pub(crate) const BODY: Style = Style::plain(9.5, INK);
pub(crate) const LABEL: Style = Style::plain(8.5, MUTED);
pub(crate) const LEADING: f32 = 13.0;

/// Something drawn on a page; without an owner it is decoration and no part of the text.
pub(crate) enum Op {
    Text {
        x: f32,
        baseline: f32,
        style: Style,
        text: String,
        owner: Option<NodeId>,
    },
    Fill {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        color: Rgb,
    },
    /// The dark areas (left, top, width, height) of a code, measured from its corner.
    Code {
        x: f32,
        y: f32,
        areas: Vec<[f32; 4]>,
        owner: NodeId,
    },
}

pub(crate) struct Bookmark {
    pub(crate) text: String,
    pub(crate) page: usize,
    pub(crate) y: f32,
}

/// A document in the making: a cursor that moves down the page and on to the next.
pub struct Layout {
    fonts: &'static Fonts,
    pages: Vec<Vec<Op>>,
    y: f32,
    tree: Tree,
    bookmarks: Vec<Bookmark>,
}

impl Layout {
    pub fn new() -> Result<Self, PrintError> {
        Ok(Self {
            fonts: Fonts::get()?,
            pages: vec![Vec::new()],
            y: BODY_TOP,
            tree: Tree::default(),
            bookmarks: Vec::new(),
        })
    }

    /// The title of the document with a line under it.
    pub fn title(&mut self, title: &str, subtitle: &str) {
        let node = self.heading_node(1, title);
        self.bookmark(title);
        self.flow(title, Style::bold(15.5, ACCENT), 20.0, node);
        if !subtitle.is_empty() {
            let node = self.tree.add(None, Role::Paragraph);
            self.skip(1.0);
            self.flow(subtitle, Style::plain(10.5, MUTED), 15.0, node);
        }
        self.skip(9.0);
    }

    /// Opens a section; at least its first lines stay on the same page.
    pub fn heading(&mut self, text: &str) {
        if self.room() < HEADING_ROOM {
            self.new_page();
        } else if self.y > BODY_TOP {
            self.skip(11.0);
        }
        let node = self.heading_node(2, text);
        self.bookmark(text);
        self.flow(text, Style::bold(11.0, ACCENT), 15.0, node);
        self.skip(2.5);
        self.fill(MARGIN, self.y, BODY_WIDTH, 0.9, ACCENT);
        self.skip(4.0);
    }

    /// Running text; it flows over pages, never leaving a single line behind or ahead.
    pub fn paragraph(&mut self, text: &str) {
        let node = self.tree.add(None, Role::Paragraph);
        self.flow(text, BODY, LEADING, node);
        self.skip(4.0);
    }

    /// A paragraph with a bold lead above it.
    pub fn labelled(&mut self, label: &str, text: &str) {
        if self.room() < 4.0 * LEADING {
            self.new_page();
        }
        let node = self.tree.add(None, Role::Paragraph);
        self.skip(5.0);
        self.flow(label, LABEL, 12.5, node);
        self.paragraph(text);
    }

    /// How many pages there are so far.
    pub fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// The finished PDF: PDF/A-2a and PDF/UA-1, in Polish.
    pub fn finish(self, frame: &Frame) -> Result<Vec<u8>, PrintError> {
        write::write(self, frame)
    }

    pub(crate) fn face(&self, style: Style) -> &'static Face {
        self.fonts.face(style.bold)
    }

    pub(crate) fn lines(&self, text: &str, style: Style, width: f32) -> Vec<String> {
        text::wrap(self.face(style), &self.fonts.printable(text), style.size, width)
    }

    pub(crate) fn room(&self) -> f32 {
        BODY_BOTTOM - self.y
    }

    pub(crate) fn skip(&mut self, height: f32) {
        self.y += height;
    }

    pub(crate) fn new_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = BODY_TOP;
    }

    pub(crate) fn draw(&mut self, op: Op) {
        if let Some(page) = self.pages.last_mut() {
            page.push(op);
        }
    }

    pub(crate) fn fill(&mut self, x: f32, y: f32, width: f32, height: f32, color: Rgb) {
        self.draw(Op::Fill { x, y, width, height, color });
    }

    /// Text across the body, line by line from the cursor on.
    fn flow(&mut self, text: &str, style: Style, leading: f32, node: NodeId) {
        let lines = self.lines(text, style, BODY_WIDTH);
        let cell = table::Cell { x: MARGIN, style, lines, owner: Some(node) };
        self.place(&[cell], leading, 0.0);
    }

    fn heading_node(&mut self, level: u16, text: &str) -> NodeId {
        let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
        let title = self.fonts.printable(text);
        self.tree.add(None, Role::Heading(level, title))
    }

    fn bookmark(&mut self, text: &str) {
        let mark = Bookmark { text: self.fonts.printable(text), page: self.pages.len() - 1, y: self.y };
        self.bookmarks.push(mark);
    }
}
