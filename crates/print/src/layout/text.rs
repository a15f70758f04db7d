//! Breaking text into lines the way Polish typography asks for.

use crate::fonts::Face;

/// Breaks the text into lines no wider than `width`. Every line but the last of a paragraph keeps its final space,
/// so that the words stay apart for a screen reader.
pub(crate) fn wrap(face: &Face, text: &str, size: f32, width: f32) -> Vec<String> {
    text.trim().lines().flat_map(|line| wrap_paragraph(face, line, size, width)).collect()
}

fn wrap_paragraph(face: &Face, text: &str, size: f32, width: f32) -> Vec<String> {
    let space = face.width(" ", size);
    let mut lines = Vec::new();
    let (mut line, mut filled) = (String::new(), 0.0_f32);
    for piece in glued(text).into_iter().flat_map(|piece| cut(face, piece, size, width)) {
        let wide = face.width(&piece, size);
        if !line.is_empty() {
            line.push(' ');
            if filled + space + wide > width {
                lines.push(std::mem::take(&mut line));
                filled = 0.0;
            } else {
                filled += space;
            }
        }
        line.push_str(&piece);
        filled += wide;
    }
    lines.push(line);
    lines
}

/// The words of a line; a word of one letter (`w`, `z`, `i`) stays with the word after it.
fn glued(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut open = false;
    for word in text.split([' ', '\t']).filter(|word| !word.is_empty()) {
        match pieces.last_mut() {
            Some(last) if open => {
                last.push(' ');
                last.push_str(word);
            }
            _ => pieces.push(word.to_owned()),
        }
        let mut letters = word.chars();
        open = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    }
    pieces
}

/// A piece that no line can hold is cut between characters.
fn cut(face: &Face, piece: String, size: f32, width: f32) -> Vec<String> {
    if face.width(&piece, size) <= width {
        return vec![piece];
    }
    let mut parts = Vec::new();
    let mut part = String::new();
    for character in piece.chars() {
        part.push(character);
        if face.width(&part, size) > width && part.chars().count() > 1 {
            part.pop();
            parts.push(std::mem::replace(&mut part, character.to_string()));
        }
    }
    parts.push(part);
    parts
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

    use super::*;
    use crate::fonts::Fonts;

    #[test]
    fn no_line_is_wider_than_asked_and_no_word_is_lost() {
        let face = Fonts::get().unwrap().face(false);
        let text =
            "Pacjentka z chorobą Wilsona nie toleruje penicylaminy, a w kraju nie ma innego leku. ".repeat(5);
        let lines = wrap(face, &text, 10.0, 120.0);
        assert!(lines.iter().all(|line| face.width(line.trim_end(), 10.0) <= 120.1));
        assert_eq!(lines.concat(), text.trim());
    }

    #[test]
    fn a_one_letter_word_never_ends_a_line() {
        let face = Fonts::get().unwrap().face(false);
        for width in 60..140_u16 {
            for line in wrap(face, "lek z importu i w kraju o mocy u dzieci", 10.0, f32::from(width)) {
                let last = line.trim_end().rsplit(' ').next().unwrap().to_owned();
                assert!(last.chars().count() > 1, "`{line}` at {width}");
            }
        }
    }

    #[test]
    fn an_endless_word_is_cut_and_breaks_in_the_text_are_kept() {
        let face = Fonts::get().unwrap().face(true);
        let lines = wrap(face, &format!("{}\nkoniec", "x".repeat(100)), 10.0, 100.0);
        assert!(lines.len() > 4);
        assert_eq!(lines.last().unwrap(), "koniec");
    }
}
