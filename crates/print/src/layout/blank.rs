//! Blanks: lines to be filled in and signed by hand.

use super::{BODY_WIDTH, LABEL, Layout, MARGIN, MUTED, Op, Role, count};

const HEIGHT: f32 = 46.0;
const GAP: f32 = 18.0;

impl Layout {
    /// Blanks beside each other, each with the words for what belongs there.
    pub fn blanks(&mut self, captions: &[&str]) {
        if self.room() < HEIGHT {
            self.new_page();
        }
        let number = count(captions.len()).max(1.0);
        let width = (BODY_WIDTH - GAP * (number - 1.0)) / number;
        let line = self.y + HEIGHT - 2.0 * LABEL.size;
        for (index, caption) in captions.iter().enumerate() {
            let x = MARGIN + count(index) * (width + GAP);
            self.fill(x, line, width, 0.6, MUTED);
            let owner = Some(self.tree.add(None, Role::Paragraph));
            let baseline = line + LABEL.size + 3.0;
            let text = self.lines(caption, LABEL, width).concat();
            self.draw(Op::Text { x, baseline, style: LABEL, text, owner });
        }
        self.skip(HEIGHT);
    }
}
