//! The sheet as plain text, to copy or to share.

use super::Words;
use crate::reflection::{Line, Sheet};

/// The sheet as plain text: the same lines in the same order as on paper, and the first sentence to send along.
pub fn plain_sheet(sheet: &Sheet, words: &Words) -> String {
    let text = &words.app.sheet;
    let mut out = vec![text.say.clone(), String::new(), text.paper_title.clone()];
    for (title, lines) in [(&text.start_here, &sheet.start), (&text.also, &sheet.also), (&text.more, &sheet.more)] {
        if !lines.is_empty() {
            out.extend([String::new(), title.clone()]);
            out.extend(lines.iter().map(|line| plain_line(line, words)));
        }
        if std::ptr::eq(lines, &sheet.start) && sheet.alone {
            out.push(bullet(&text.alone));
        }
    }
    out.extend([String::new(), text.unticked.clone(), text.foot.clone()]);
    out.join("\n")
}

fn plain_line(line: &Line, words: &Words) -> String {
    let lead = &words.question(&line.question).line;
    let mut parts: Vec<String> =
        line.chosen.iter().map(|option| words.option(&line.question, option).to_owned()).collect();
    if !line.words.is_empty() {
        parts.push(format!("“{}”", line.words));
    }
    bullet(&format!("{lead}: {}", parts.join("; ")))
}

fn bullet(text: &str) -> String {
    ["• ", text].concat()
}
