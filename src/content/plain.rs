//! The sheet as plain text, for copying, sharing or saving.

use super::{Catalog, SheetText};
use crate::reflection::{Line, Sheet};

/// Returns the sheet as plain text: an introductory sentence, then the same lines in the same order as on paper.
///
/// `other` is the catalog of the caregiver's language, if it differs: then each line appears in both languages, one
/// below the other. `variants` are the message variants for the parent. Free text appears once, as written and on its
/// own line, so that each line has one writing direction.
pub fn plain_sheet(sheet: &Sheet, catalog: &Catalog, other: Option<&Catalog>, variants: &[&str]) -> String {
    let mut out = Vec::new();
    let both = |out: &mut Vec<String>, pick: Pick| {
        out.push(pick(&catalog.app.sheet).clone());
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
            out.push([BULLET, &plain_line(line, catalog, variants)].concat());
            out.extend(other.map(|other| [INDENT, &plain_line(line, other, variants)].concat()));
            if !line.free_text.is_empty() {
                out.push([INDENT, "“", &line.free_text, "”"].concat());
            }
        }
        if alone {
            out.push([BULLET, &catalog.app.sheet.alone].concat());
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

/// Selects a text of the sheet, in either language.
type Pick = fn(&SheetText) -> &String;

const BULLET: &str = "• ";
const INDENT: &str = "  ";

/// Returns the lead of a line and its options, in one language.
fn plain_line(line: &Line, catalog: &Catalog, variants: &[&str]) -> String {
    let question = catalog.question(&line.question);
    let mut parts = String::new();
    for option in &line.chosen {
        parts += if parts.is_empty() { ": " } else { " · " };
        parts += question.option.get(option).map_or(option, |text| text.resolve(variants));
    }
    [question.line.resolve(variants), parts.as_str()].concat()
}
