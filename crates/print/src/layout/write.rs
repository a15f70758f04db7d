//! From laid-out pages to the bytes of a tagged, archival PDF.

use chrono::{Datelike, Timelike};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::text::TextDirection;
use krilla::{Document, SerializeSettings};

use super::{
    BODY_WIDTH, Bookmark, Frame, LINE, Layout, MARGIN, MUTED, Op, PAGE_HEIGHT, PAGE_WIDTH, Rgb, Style, Tree,
};
use crate::PrintError;
use crate::fonts::Fonts;

const HEADER_BASELINE: f32 = 42.0;
const FOOTER_TOP: f32 = 792.0;
const SMALL: Style = Style::plain(7.5, MUTED);
const SMALL_STRONG: Style = Style::bold(7.5, MUTED);

pub(super) fn write(layout: Layout, frame: &Frame) -> Result<Vec<u8>, PrintError> {
    let Layout { fonts, pages, mut tree, bookmarks, .. } = layout;
    let mut document = Document::new_with(settings()?);
    document.set_metadata(metadata(fonts, frame)?);
    let total = pages.len();
    let size = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT).ok_or(PrintError::Profile)?;
    for (index, ops) in pages.into_iter().enumerate() {
        let mut page = document.start_page_with(size.clone());
        // The surface writes its page when it is dropped.
        {
            let mut pen = Pen { surface: page.surface(), fonts, tree: &mut tree };
            pen.frame(frame, &format!("strona {} z {total}", index + 1));
            for op in ops {
                pen.draw(op);
            }
        }
        page.finish();
    }
    document.set_outline(outline(bookmarks));
    document.set_tag_tree(tree.build());
    Ok(document.finish()?)
}

fn settings() -> Result<SerializeSettings, PrintError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| PrintError::Profile)?;
    Ok(SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() })
}

fn metadata(fonts: &Fonts, frame: &Frame) -> Result<Metadata, PrintError> {
    let at = frame.printed_at;
    let small = |value: u32| u8::try_from(value).map_err(|_| PrintError::Profile);
    let date = DateTime::new(u16::try_from(at.year()).map_err(|_| PrintError::Profile)?)
        .month(small(at.month())?)
        .day(small(at.day())?)
        .hour(small(at.hour())?)
        .minute(small(at.minute())?)
        .second(small(at.second())?)
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Ok(Metadata::new()
        .title(fonts.printable(&frame.title))
        .language("pl".to_owned())
        .authors(vec![fonts.printable(&frame.system)])
        .creation_date(date))
}

fn outline(bookmarks: Vec<Bookmark>) -> Outline {
    let mut outline = Outline::new();
    for Bookmark { text, page, y } in bookmarks {
        let place = XyzDestination::new(page, Point::from_xy(MARGIN, y));
        outline.push_child(OutlineNode::new(text, place));
    }
    outline
}

struct Pen<'a> {
    surface: Surface<'a>,
    fonts: &'static Fonts,
    tree: &'a mut Tree,
}

impl Pen<'_> {
    fn draw(&mut self, op: Op) {
        match op {
            Op::Text { x, baseline, style, text, owner } => match owner {
                Some(node) => {
                    let leaf = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                    self.text(x, baseline, style, &text);
                    self.surface.end_tagged();
                    self.tree.hang(node, leaf);
                }
                None => {
                    self.decoration(ArtifactType::PaginationOther, |pen| pen.text(x, baseline, style, &text));
                }
            },
            Op::Fill { x, y, width, height, color } => {
                self.decoration(ArtifactType::Layout, |pen| pen.fill(&[[x, y, width, height]], color));
            }
            Op::Code { x, y, areas, owner } => {
                let leaf = self.surface.start_tagged(ContentTag::Other);
                self.code(x, y, &areas);
                self.surface.end_tagged();
                self.tree.hang(owner, leaf);
            }
        }
    }

    /// Header and footer: the same on every page, and outside the logical structure.
    fn frame(&mut self, frame: &Frame, page: &str) {
        let (system, reference) =
            (self.fonts.printable(&frame.system), self.fonts.printable(&frame.reference));
        self.decoration(ArtifactType::Header, |pen| {
            pen.text(MARGIN, HEADER_BASELINE, SMALL, &system);
            pen.right(HEADER_BASELINE, SMALL_STRONG, &reference);
            pen.fill(&[[MARGIN, HEADER_BASELINE + 7.0, BODY_WIDTH, 0.5]], LINE);
        });
        let footer = self.fonts.printable(&frame.footer);
        let lines = super::text::wrap(self.fonts.face(false), &footer, SMALL.size, BODY_WIDTH - 80.0);
        self.decoration(ArtifactType::Footer, |pen| {
            pen.fill(&[[MARGIN, FOOTER_TOP, BODY_WIDTH, 0.5]], LINE);
            let mut baseline = FOOTER_TOP + 13.0;
            pen.right(baseline, SMALL_STRONG, page);
            for line in lines.iter().take(3) {
                pen.text(MARGIN, baseline, SMALL, line);
                baseline += 10.0;
            }
        });
    }

    fn decoration(&mut self, kind: ArtifactType, draw: impl FnOnce(&mut Self)) {
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        draw(self);
        self.surface.end_tagged();
    }

    fn text(&mut self, x: f32, baseline: f32, style: Style, text: &str) {
        self.surface.set_fill(Some(paint(style.color)));
        let font = self.fonts.face(style.bold).font();
        let from = Point::from_xy(x, baseline);
        self.surface.draw_text(from, font, style.size, text, false, TextDirection::LeftToRight);
    }

    fn right(&mut self, baseline: f32, style: Style, text: &str) {
        let width = self.fonts.face(style.bold).width(text, style.size);
        self.text(PAGE_WIDTH - MARGIN - width, baseline, style, text);
    }

    fn code(&mut self, x: f32, y: f32, areas: &[[f32; 4]]) {
        let dark: Vec<_> =
            areas.iter().map(|[left, top, width, height]| [x + left, y + top, *width, *height]).collect();
        self.fill(&dark, [0, 0, 0]);
    }

    fn fill(&mut self, areas: &[[f32; 4]], color: Rgb) {
        let mut path = PathBuilder::new();
        for [x, y, width, height] in areas {
            if let Some(area) = Rect::from_xywh(*x, *y, *width, *height) {
                path.push_rect(area);
            }
        }
        if let Some(path) = path.finish() {
            self.surface.set_fill(Some(paint(color)));
            self.surface.draw_path(&path);
        }
    }
}

fn paint([red, green, blue]: Rgb) -> Fill {
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}
