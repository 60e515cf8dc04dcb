//! The sheet as plain text, to copy, to share or to save.

use super::{Catalog, SheetText};
use crate::reflection::{Line, Sheet};

/// The sheet as plain text: the same lines in the same order as on paper, and the first sentence to send along.
///
/// `other` is the language that the caregiver reads, if it is another one: then each line stands in both, one below the
/// other, in the `forms` that this parent reads. Own words stand once, as they were written, on a line of their own: so each line has one direction.
pub fn plain_sheet(sheet: &Sheet, words: &Catalog, other: Option<&Catalog>, forms: &[&str]) -> String {
    let mut out = Vec::new();
    let both = |out: &mut Vec<String>, pick: Pick| {
        out.push(pick(&words.app.sheet).clone());
        out.extend(other.map(|other| pick(&other.app.sheet).clone()));
    };
    both(&mut out, |text| &text.say);
    out.push(String::new());
    both(&mut out, |text| &text.paper_title);
    let titles: [Pick; 3] = [|text| &text.start_here, |text| &text.also, |text| &text.more];
    for (title, (lines, alone)) in titles.into_iter().zip(sheet.groups()) {
        if lines.is_empty() && !alone {
            continue;
        }
        out.push(String::new());
        both(&mut out, title);
        for line in lines {
            out.push([BULLET, &plain_line(line, words, forms)].concat());
            out.extend(other.map(|other| [INDENT, &plain_line(line, other, forms)].concat()));
            if !line.free_text.is_empty() {
                out.push([INDENT, "“", &line.free_text, "”"].concat());
            }
        }
        if alone {
            out.push([BULLET, &words.app.sheet.alone].concat());
            out.extend(other.map(|other| [INDENT, &other.app.sheet.alone].concat()));
        }
    }
    let written: [(Pick, _); 2] = [(|text| &text.agreed, &sheet.agreed[0]), (|text| &text.calls, &sheet.agreed[1])];
    for (title, written) in written.into_iter().filter(|(_, written)| !written.is_empty()) {
        out.push(String::new());
        both(&mut out, title);
        out.push(written.clone());
    }
    out.push(String::new());
    both(&mut out, |text| &text.unticked);
    both(&mut out, |text| &text.foot);
    out.join("\n")
}

/// Which words of the sheet are meant, in whichever language.
type Pick = fn(&SheetText) -> &String;

const BULLET: &str = "• ";
const INDENT: &str = "  ";

/// What leads the line, and the options, in one language.
fn plain_line(line: &Line, words: &Catalog, forms: &[&str]) -> String {
    let question = words.question(&line.question);
    let mut parts = String::new();
    for option in &line.chosen {
        parts += if parts.is_empty() { ": " } else { " · " };
        parts += question.option.get(option).map_or(option, |text| text.resolve(forms));
    }
    [question.line.resolve(forms), parts.as_str()].concat()
}
