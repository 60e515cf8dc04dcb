//! The questions in the format of each library: for each question its text, its options, and a field for free text.

use between_us::content::{Content, Locale};
use between_us::reflection::{Kind, Question};
use serde_json::{Value, json};

/// The questions in one locale.
pub struct Form<'a> {
    content: &'a Content,
    locale: &'a Locale,
}

impl<'a> Form<'a> {
    pub fn new(content: &'a Content, locale: &str) -> Self {
        let (_, locale) = content.locales.iter().find(|(id, _)| id == locale).expect("the locale exists");
        Self { content, locale }
    }

    /// Returns each question with its text.
    fn questions(&self) -> impl Iterator<Item = (&Question, &str)> {
        let all = self.content.questionnaire.questions();
        all.map(|(_, question)| {
            (question, self.locale.question.get(&question.id).expect("the question has a text").ask.resolve(&[]))
        })
    }

    /// Returns the id and the text of each option.
    fn options(&self, question: &Question) -> Vec<(String, String)> {
        let texts = self.locale.question.get(&question.id).expect("the question has a text");
        let text = |id: &String| texts.option.get(id).expect("the option has a text").to_string();
        question.options.iter().map(|id| (id.clone(), text(id))).collect()
    }

    /// Returns the definition for SurveyJS: one question on each page, with a field for free text.
    pub fn survey_js(&self) -> Value {
        let elements = self.questions().map(|(question, ask)| {
            let kind = match question.kind {
                Kind::One => "radiogroup",
                Kind::Many => "checkbox",
                Kind::FreeText => return json!({ "type": "comment", "name": question.id, "title": ask }),
            };
            let options =
                self.options(question).into_iter().map(|(value, text)| json!({ "value": value, "text": text }));
            json!({ "type": kind, "name": question.id, "title": ask, "showCommentArea": true,
                "choices": options.collect::<Vec<_>>() })
        });
        json!({ "questionsOnPageMode": "questionPerPage", "elements": elements.collect::<Vec<_>>() })
    }

    /// Returns the definition for LHC-Forms, in its own format, which shows all questions on one page. Each item needs
    /// a `linkId`: if one has none, LHC-Forms renders nothing at all.
    pub fn lhc_forms(&self) -> Value {
        let free_text =
            |id: &str, ask: &str| json!({ "linkId": id, "questionCode": id, "question": ask, "dataType": "TX" });
        let items = self.questions().flat_map(|(question, ask)| {
            let id = &question.id;
            if question.kind == Kind::FreeText {
                return vec![free_text(id, ask)];
            }
            let options = self.options(question).into_iter().map(|(code, text)| json!({ "code": code, "text": text }));
            let max = if question.kind == Kind::Many { "*" } else { "1" };
            let chosen = json!({ "linkId": id, "questionCode": id, "question": ask, "dataType": "CNE",
                "answerCardinality": { "min": "0", "max": max }, "answers": options.collect::<Vec<_>>(),
                "displayControl": { "answerLayout": { "type": "RADIO_CHECKBOX", "columns": "1" } } });
            vec![chosen, free_text(&format!("{id}-words"), "Own words")]
        });
        json!({ "code": "form", "name": "Form", "items": items.collect::<Vec<_>>() })
    }

    /// Returns the definition for Form.io: a wizard with one question on each page.
    pub fn form_io(&self) -> Value {
        let panels = self.questions().map(|(question, ask)| {
            let free_text = json!({ "type": "textarea", "key": format!("{}-words", question.id), "label": "Own words", "input": true });
            let options = self.options(question).into_iter().map(|(value, text)| json!({ "value": value, "label": text }));
            let kind = if question.kind == Kind::One { "radio" } else { "selectboxes" };
            let chosen = json!({ "type": kind, "key": question.id, "label": ask, "input": true,
                "values": options.collect::<Vec<_>>() });
            let components = if question.kind == Kind::FreeText { vec![free_text] } else { vec![chosen, free_text] };
            json!({ "type": "panel", "key": format!("page-{}", question.id), "title": ask, "components": components })
        });
        json!({ "display": "wizard", "components": panels.collect::<Vec<_>>() })
    }

    /// Returns plain HTML with all questions on one page: the lower bound for every measure.
    pub fn html(&self) -> String {
        let mut html = String::new();
        for (question, ask) in self.questions() {
            let id = &question.id;
            html += &format!("<fieldset><legend>{ask}</legend>");
            let kind = if question.kind == Kind::One { "radio" } else { "checkbox" };
            for (value, text) in self.options(question) {
                html += &format!("<p><label><input type={kind} name={id} value={value}> {text}</label></p>");
            }
            html += &format!("<p><label>Own words <textarea name={id}-words></textarea></label></p></fieldset>");
        }
        html
    }
}
