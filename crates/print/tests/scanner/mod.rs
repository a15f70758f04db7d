//! Reads the bar codes of a page as a scanner does: what the page paints as pixels, and a decoder over them.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a test may fail loudly, and no page has more pixels than a number"
)]

use lopdf::content::Content;
use lopdf::{Document, Object};
use rxing::BarcodeFormat;
use rxing::helpers::detect_in_luma;

/// Of 288 dots per inch.
const PIXELS_A_POINT: f32 = 4.0;
const WIDTH: usize = 2382;
const HEIGHT: usize = 3368;
/// Less than the quiet zone: what is painted into that would be seen.
const AROUND: f32 = 11.0;

/// Left, top, right and bottom in points.
type Area = [f32; 4];

/// What the codes of the first page hold, from left to right.
pub(crate) fn read(document: &Document) -> Vec<String> {
    let painted = paint(document);
    let mut page = vec![255; WIDTH * HEIGHT];
    for (areas, shade) in &painted {
        for area in areas {
            fill(&mut page, *area, *shade);
        }
    }
    painted
        .iter()
        .filter(|(areas, shade)| *shade == 0 && areas.len() > 1)
        .map(|(bars, _)| decode(&page, bars))
        .collect()
}

/// The filled rectangles of each path with their grey.
fn paint(document: &Document) -> Vec<(Vec<Area>, u8)> {
    let first = *document.get_pages().get(&1).unwrap();
    let content = Content::decode(&document.get_page_content(first)).unwrap();
    let (mut painted, mut areas, mut points, mut shade) = (Vec::new(), Vec::new(), Vec::new(), 0_u8);
    for operation in content.operations {
        let numbers: Vec<f32> =
            operation.operands.iter().filter_map(|it| Object::as_float(it).ok()).collect();
        match operation.operator.as_str() {
            // From the top of the page down, as the layout counts.
            "cm" => assert_eq!(numbers[..4], [1.0, 0.0, 0.0, -1.0]),
            "scn" => shade = (numbers.iter().sum::<f32>() / 3.0 * 255.0) as u8,
            "m" | "l" => points.push([numbers[0], numbers[1]]),
            "h" => areas.push(bounds(&std::mem::take(&mut points))),
            "f" => painted.push((std::mem::take(&mut areas), shade)),
            _ => {}
        }
    }
    painted
}

fn bounds(points: &[[f32; 2]]) -> Area {
    let along = |axis: usize| points.iter().map(move |point| point[axis]);
    let (least, most) = (f32::INFINITY, f32::NEG_INFINITY);
    [
        along(0).fold(least, f32::min),
        along(1).fold(least, f32::min),
        along(0).fold(most, f32::max),
        along(1).fold(most, f32::max),
    ]
}

fn pixels([left, top, right, bottom]: Area) -> [usize; 4] {
    [left, top, right, bottom].map(|point| (point * PIXELS_A_POINT).round() as usize)
}

fn fill(page: &mut [u8], area: Area, shade: u8) {
    let [left, top, right, bottom] = pixels(area);
    for row in top..bottom {
        page[row * WIDTH + left..row * WIDTH + right].fill(shade);
    }
}

fn decode(page: &[u8], bars: &[Area]) -> String {
    let corners: Vec<[f32; 2]> =
        bars.iter().flat_map(|[left, top, right, bottom]| [[*left, *top], [*right, *bottom]]).collect();
    let [left, top, right, bottom] = bounds(&corners);
    let [left, top, right, bottom] = pixels([left - AROUND, top, right + AROUND, bottom]);
    let cut: Vec<u8> =
        (top..bottom).flat_map(|row| &page[row * WIDTH + left..row * WIDTH + right]).copied().collect();
    let size = |pixels: usize| u32::try_from(pixels).unwrap();
    let format = Some(BarcodeFormat::CODE_128);
    detect_in_luma(cut, size(right - left), size(bottom - top), format).unwrap().getText().to_owned()
}
