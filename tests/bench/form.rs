//! The questions, in the words of each library. Each asks the same: the question, its options, and a field for own words.

use between_us::content::{Content, Locale};
use between_us::reflection::{Kind, Question};
use serde_json::{Value, json};

/// The questions in one language.
pub struct Form<'a> {
    content: &'a Content,
    locale: &'a Locale,
}

impl<'a> Form<'a> {
    pub fn new(content: &'a Content, locale: &str) -> Self {
        let (_, locale) = content.locales.iter().find(|(id, _)| id == locale).expect("the language is there");
        Self { content, locale }
    }

    fn questions(&self) -> impl Iterator<Item = (&Question, &str)> {
        let all = self.content.questionnaire.questions();
        all.map(|(_, question)| {
            (question, self.locale.question.get(&question.id).expect("it has words").ask.resolve(&[]))
        })
    }

    fn options(&self, question: &Question) -> Vec<(String, String)> {
        let words = self.locale.question.get(&question.id).expect("it has words");
        let text = |id: &String| words.option.get(id).expect("the option has words").to_string();
        question.options.iter().map(|id| (id.clone(), text(id))).collect()
    }

    /// The definition for SurveyJS: one question a page, each with a field for own words.
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

    /// The definition for LHC-Forms, in its own format, which shows all questions on one page. Each item needs a `linkId`:
    /// where one has none, it draws nothing at all.
    pub fn lhc_forms(&self) -> Value {
        let words =
            |id: &str, ask: &str| json!({ "linkId": id, "questionCode": id, "question": ask, "dataType": "TX" });
        let items = self.questions().flat_map(|(question, ask)| {
            let id = &question.id;
            if question.kind == Kind::FreeText {
                return vec![words(id, ask)];
            }
            let options = self.options(question).into_iter().map(|(code, text)| json!({ "code": code, "text": text }));
            let most = if question.kind == Kind::Many { "*" } else { "1" };
            let chosen = json!({ "linkId": id, "questionCode": id, "question": ask, "dataType": "CNE",
                "answerCardinality": { "min": "0", "max": most }, "answers": options.collect::<Vec<_>>(),
                "displayControl": { "answerLayout": { "type": "RADIO_CHECKBOX", "columns": "1" } } });
            vec![chosen, words(&format!("{id}-words"), "Own words")]
        });
        json!({ "code": "form", "name": "Form", "items": items.collect::<Vec<_>>() })
    }

    /// The definition for Form.io: a wizard with one question a page.
    pub fn form_io(&self) -> Value {
        let panels = self.questions().map(|(question, ask)| {
            let own = json!({ "type": "textarea", "key": format!("{}-words", question.id), "label": "Own words", "input": true });
            let options = self.options(question).into_iter().map(|(value, text)| json!({ "value": value, "label": text }));
            let kind = if question.kind == Kind::One { "radio" } else { "selectboxes" };
            let chosen = json!({ "type": kind, "key": question.id, "label": ask, "input": true,
                "values": options.collect::<Vec<_>>() });
            let components = if question.kind == Kind::FreeText { vec![own] } else { vec![chosen, own] };
            json!({ "type": "panel", "key": format!("page-{}", question.id), "title": ask, "components": components })
        });
        json!({ "display": "wizard", "components": panels.collect::<Vec<_>>() })
    }

    /// Plain HTML, all questions on one page: the floor.
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
