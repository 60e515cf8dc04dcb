//! A slip in `content/` ends in a sentence that names the file and the key.

use std::fs;

use crate::{changed_content, errors, folder, root, site};

/// What the builder says when one file of the real content is changed in this way.
fn fault(file: &str, change: impl Fn(&str) -> String) -> String {
    let temporary = folder();
    let content = changed_content(temporary.path(), file, change);
    let out = temporary.path().join("site");
    let output = site().args(["build", "--content"]).arg(&content).arg("--out").arg(&out).output().unwrap();
    assert!(!output.status.success(), "the builder took the fault");
    assert!(!out.exists(), "the builder wrote a site in spite of the fault");
    let said = errors(&output);
    assert_eq!(said.trim().lines().count(), 1, "more than a sentence: {said}");
    said
}

#[track_caller]
fn names(said: &str, parts: &[&str]) {
    for part in parts {
        assert!(said.contains(part), "{part:?} is not named in: {said}");
    }
}

/// The locale that the tests change: the first.
fn locale() -> String {
    format!("locales/{}.toml", crate::locales()[0])
}

/// The text with the first line that begins like this changed.
fn line(text: &str, beginning: &str, change: impl Fn(&str) -> String) -> String {
    let found = text.lines().find(|line| line.starts_with(beginning));
    let found = found.unwrap_or_else(|| panic!("no line begins with {beginning}"));
    text.replacen(&format!("\n{found}\n"), &format!("\n{}\n", change(found)), 1)
}

/// The text with something more at its end.
fn appended(text: &str, more: &str) -> String {
    format!("{text}\n{more}\n")
}

#[test]
fn missing_key() {
    let said = fault(&locale(), |text| line(text, "brand =", |_| String::new()));
    names(&said, &[&locale(), "`brand`", "missing"]);
}

#[test]
fn misspelt_key_with_the_line_and_the_known_one() {
    let said = fault(&locale(), |text| line(text, "brand =", |line| line.replace("brand", "brant")));
    names(&said, &[&locale(), "line ", "`brant`", "`brand`"]);
}

#[test]
fn key_deep_inside() {
    let said = fault(&locale(), |text| line(text, "curious =", |line| line.replace("curious", "curios")));
    names(&said, &[&locale(), "line ", ".caregiver.curios`", "`curious`"]);
}

#[test]
fn wrong_kind_of_value() {
    let said = fault(&locale(), |text| line(text, "brand =", |_| "brand = 3".into()));
    names(&said, &[&locale(), "line ", "`brand`", "string"]);
}

#[test]
fn no_toml() {
    let said = fault("help.toml", |text| appended(text, "= 3"));
    names(&said, &["help.toml, line "]);
}

#[test]
fn key_written_twice() {
    let said = fault(&locale(), |text| line(text, "brand =", |line| format!("{line}\n{line}")));
    names(&said, &[&locale(), "line "]);
}

/// The first question with options in the locale, and its first option.
fn first_option(text: &str) -> (String, String) {
    let mut lines = text.lines().skip_while(|line| !(line.starts_with("[question.") && line.ends_with(".option]")));
    let table = lines.next().unwrap().trim_matches(['[', ']']).to_owned();
    let option = lines.next().unwrap().split(" =").next().unwrap().to_owned();
    (table, option)
}

#[test]
fn option_without_text() {
    let locale = locale();
    let text = fs::read_to_string(root().join("content").join(&locale)).unwrap();
    let (table, option) = first_option(&text);
    let said = fault(&locale, |text| {
        let (before, after) = text.split_once(&format!("[{table}]\n")).unwrap();
        let (_, rest) = after.split_once('\n').unwrap();
        format!("{before}[{table}]\n{rest}")
    });
    names(&said, &[&locale, &format!("`{table}.{option}`"), "missing"]);
}

#[test]
fn option_with_an_empty_text() {
    let locale = locale();
    let text = fs::read_to_string(root().join("content").join(&locale)).unwrap();
    let (table, option) = first_option(&text);
    let said = fault(&locale, |text| {
        let (before, after) = text.split_once(&format!("[{table}]\n")).unwrap();
        let (_, rest) = after.split_once('\n').unwrap();
        format!("{before}[{table}]\n{option} = \" \"\n{rest}")
    });
    names(&said, &[&locale, &format!("`{table}.{option}`"), "empty"]);
}

#[test]
fn text_for_an_unknown_option() {
    let locale = locale();
    let text = fs::read_to_string(root().join("content").join(&locale)).unwrap();
    let (table, _) = first_option(&text);
    let said =
        fault(&locale, |text| text.replacen(&format!("[{table}]\n"), &format!("[{table}]\nunheard = \"x\"\n"), 1));
    names(&said, &[&locale, &format!("`{table}.unheard`")]);
}

#[test]
fn text_for_an_unknown_question() {
    let said = fault(&locale(), |text| appended(text, "[question.unheard]\nask = \"x\"\nline = \"x\""));
    names(&said, &[&locale(), "`question.unheard`"]);
}

#[test]
fn text_for_an_unknown_theme() {
    let more = "[theme.unheard]\ntitle = \"x\"\nwarm = \"x\"\nidea = {}";
    names(&fault(&locale(), |text| appended(text, more)), &[&locale(), "`theme.unheard`"]);
}

#[test]
fn theme_without_text() {
    let more = "[[theme]]\nid = \"unheard\"\nideas = [\"a\", \"b\", \"c\"]\n[[theme.question]]\nid = \"unheard-first\"\nkind = \"words\"";
    names(&fault("questionnaire.toml", |text| appended(text, more)), &[&locale(), "`theme.unheard`", "missing"]);
}

#[test]
fn theme_without_questions() {
    let said = fault("questionnaire.toml", |text| appended(text, "[[theme]]\nid = \"empty\"\nquestion = []"));
    names(&said, &["questionnaire.toml", "`empty`", "`question`"]);
}

#[test]
fn theme_without_the_caregivers_words() {
    let said = fault(&locale(), |text| {
        let start = text.find(".caregiver]\n").unwrap();
        let start = text[..start].rfind("\n[").unwrap();
        let end = start + 2 + text[start + 2..].find("\n[").unwrap();
        format!("{}{}", &text[..start], &text[end..])
    });
    names(&said, &[&locale(), ".caregiver`", "missing"]);
}

#[test]
fn ideas_that_are_not_three() {
    let said = fault("questionnaire.toml", |text| line(text, "ideas = [", |line| line.replace('[', "[\"x\",")));
    names(&said, &["questionnaire.toml", "`ideas`", "three"]);
}

#[test]
fn caregivers_questions_that_are_not_three() {
    let said = fault(&locale(), |text| line(text, "ask = [", |line| line.replace('[', "[\"x\",")));
    names(&said, &[&locale(), ".caregiver.ask`", "three"]);
}

#[test]
fn door_without_text() {
    let said = fault("questionnaire.toml", |text| text.replacen("[[theme]]\n", "[[theme]]\ndoor = true\n", 1));
    names(&said, &[&locale(), ".door`", "missing"]);
}

#[test]
fn door_text_without_a_door() {
    let said = fault("questionnaire.toml", |text| text.replace("door = true\n", ""));
    names(&said, &[&locale(), ".door`"]);
}

#[test]
fn id_given_twice() {
    let more = "[[theme]]\nid = \"unheard\"\nideas = [\"a\", \"b\", \"c\"]\n[[theme.question]]\nid = \"same\"\nkind = \"words\"\n\
                [[theme.question]]\nid = \"same\"\nkind = \"words\"";
    names(&fault("questionnaire.toml", |text| appended(text, more)), &["questionnaire.toml", "`same`", "twice"]);
}

#[test]
fn id_that_does_not_fit_an_address() {
    let more = "[[theme]]\nid = \"Not Fit\"\nquestion = []";
    names(&fault("questionnaire.toml", |text| appended(text, more)), &["questionnaire.toml", "`Not Fit`"]);
}

#[test]
fn question_with_the_name_of_a_screen() {
    let more = "[[theme]]\nid = \"unheard\"\nideas = [\"a\", \"b\", \"c\"]\n[[theme.question]]\nid = \"keep\"\nkind = \"words\"";
    names(&fault("questionnaire.toml", |text| appended(text, more)), &["questionnaire.toml", "`keep`"]);
}

#[test]
fn choice_without_options() {
    let more =
        "[[theme]]\nid = \"unheard\"\nideas = [\"a\", \"b\", \"c\"]\n[[theme.question]]\nid = \"bare\"\nkind = \"one\"";
    names(&fault("questionnaire.toml", |text| appended(text, more)), &["questionnaire.toml", "`bare`", "`options`"]);
}

#[test]
fn words_with_options() {
    let more = "[[theme]]\nid = \"unheard\"\nideas = [\"a\", \"b\", \"c\"]\n[[theme.question]]\nid = \"full\"\nkind = \"words\"\noptions = [\"a\"]";
    names(&fault("questionnaire.toml", |text| appended(text, more)), &["questionnaire.toml", "`full`", "`options`"]);
}

#[test]
fn unknown_kind() {
    let more =
        "[[theme]]\nid = \"unheard\"\nideas = [\"a\", \"b\", \"c\"]\n[[theme.question]]\nid = \"odd\"\nkind = \"some\"";
    names(&fault("questionnaire.toml", |text| appended(text, more)), &["questionnaire.toml, line ", "kind`", "`some`"]);
}

#[test]
fn sensitive_option_that_is_none() {
    let said = fault("questionnaire.toml", |text| text.replacen("sensitive = [", "sensitive = [\"unheard\", ", 1));
    names(&said, &["questionnaire.toml", "`sensitive`", "`unheard`"]);
}

#[test]
fn place_that_is_not_there() {
    let said = fault(&locale(), |text| text.replacen("{total}", "", 1));
    names(&said, &[&locale(), "`app.ask.position`", "`{total}`"]);
}

#[test]
fn place_that_nothing_fills() {
    let said = fault(&locale(), |text| line(text, "brand =", |_| "brand = \"{name}\"".into()));
    names(&said, &[&locale(), "`brand`", "`{name}`"]);
}

#[test]
fn help_without_words() {
    let said = fault("help.toml", |text| line(text, "purpose =", |_| "purpose = \"unheard\"".into()));
    names(&said, &[&locale(), "`page.help.purpose.unheard`", "missing"]);
    let said = fault("help.toml", |text| line(text, "hours =", |_| "hours = \"unheard\"".into()));
    names(&said, &[&locale(), "`page.help.hours.unheard`", "missing"]);
    let said = fault("help.toml", |text| line(text, "cost =", |_| "cost = \"unheard\"".into()));
    names(&said, &[&locale(), "`page.help.cost.unheard`", "missing"]);
    let said = fault("help.toml", |text| appended(text, "[[country]]\nid = \"zz\"\nemergency = [\"112\"]"));
    names(&said, &[&locale(), "`page.help.country.zz`", "missing"]);
}

#[test]
fn help_that_no_telephone_dials_as_it_stands() {
    for number in [
        "113, option 2",
        "0800-0113 / 0900-0113",
        "0800-2000 ext. 2",
        "\u{202e}3110",
        "113\u{200b}",
        "\u{661}\u{661}\u{663}",
        "",
    ] {
        let said = fault("help.toml", |text| line(text, "numbers =", |_| format!("numbers = ['{number}']")));
        names(&said, &["help.toml", "`numbers`", "dials"]);
        let said = fault("help.toml", |text| line(text, "emergency =", |_| format!("emergency = ['{number}']")));
        names(&said, &["help.toml", "`emergency`", "dials"]);
    }
}

#[test]
fn help_that_cannot_be_looked_up() {
    let said = fault("help.toml", |text| line(text, "source =", |_| "source = \"http://example.org/\"".into()));
    names(&said, &["help.toml", "`source`", "https://"]);
    let said = fault("help.toml", |text| line(text, "purpose = \"loss\"", |line| format!("{line}\nsafety = \"life\"")));
    names(&said, &["help.toml", "`safety`", "`numbers`"]);
    let said = fault("help.toml", |text| line(text, "safety =", |_| "safety = \"sky\"".into()));
    names(&said, &["help.toml, line ", "`sky`"]);
    for day in [
        "1 November",
        "2026-02-31",
        "2025-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-11-00",
        "2026-1-111",
        "+026-11-01",
        "",
    ] {
        let said = fault("help.toml", |text| line(text, "checked =", |_| format!("checked = \"{day}\"")));
        names(&said, &["help.toml", "`checked`"]);
    }
}

/// What stands in place of a file: opening some of these waits for ever, and reading others never ends.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_named_and_never_waited_for() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::path::Path;
    let pipe = |path: &Path| assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    let socket = |path: &Path| drop(UnixListener::bind(path).unwrap());
    let device = |path: &Path| symlink("/dev/zero", path).unwrap();
    let directory = |path: &Path| fs::create_dir(path).unwrap();
    // As large as a disk, and empty.
    let endless = |path: &Path| fs::File::create(path).unwrap().set_len(1 << 40).unwrap();
    type Puts<'a> = &'a dyn Fn(&Path);
    let puts: [Puts; 5] = [&pipe, &socket, &device, &directory, &endless];
    let sources = ["content/site.toml", "content/help.toml", "content/locales/nl.toml", "style/tokens.css"];
    for (source, put) in sources.iter().flat_map(|source| puts.map(|put| (*source, put))) {
        let temporary = tempfile::tempdir().unwrap();
        for folder in ["content", "content/locales", "style"] {
            fs::create_dir_all(temporary.path().join(folder)).unwrap();
            for entry in fs::read_dir(root().join(folder)).unwrap().map(Result::unwrap) {
                if entry.file_type().unwrap().is_file() {
                    fs::copy(entry.path(), temporary.path().join(folder).join(entry.file_name())).unwrap();
                }
            }
        }
        let path = temporary.path().join(source);
        fs::remove_file(&path).unwrap();
        put(&path);
        let mut build = site();
        build.arg("build").arg("--out").arg(temporary.path().join("site"));
        let output = build.env("CARGO_MANIFEST_DIR", temporary.path()).output().unwrap();
        assert!(!output.status.success());
        names(&errors(&output), &[source]);
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_among_the_scripts_is_named() {
    for name in ["icon.svg", "robots.txt", "shell/store.js"] {
        let temporary = folder();
        let public = temporary.path().join("public");
        for path in crate::files(&root().join("public")) {
            fs::create_dir_all(public.join(&path).parent().unwrap()).unwrap();
            fs::copy(root().join("public").join(&path), public.join(&path)).unwrap();
        }
        let _ = fs::remove_file(public.join(name));
        assert!(std::process::Command::new("mkfifo").arg(public.join(name)).status().unwrap().success());
        let out = temporary.path().join("site");
        let output =
            site().args(["build", "--quick", "--public"]).arg(&public).arg("--out").arg(&out).output().unwrap();
        assert!(!output.status.success() && !out.exists());
        names(&errors(&output), &[&format!("public/{name}")]);
    }
}

#[test]
fn missing_file() {
    let temporary = folder();
    let output = site().args(["build", "--content"]).arg(temporary.path()).output().unwrap();
    assert!(!output.status.success());
    let name = temporary.path().file_name().unwrap().to_str().unwrap();
    names(&errors(&output), &[&format!("{name}/site.toml is missing")]);
    let said = fault("site.toml", |text| line(text, "locales =", |line| line.replace('[', "[\"zz\", ")));
    names(&said, &["locales/zz.toml is missing"]);
}

#[test]
fn locale_that_leads_out_of_the_folder() {
    let said = fault("site.toml", |text| line(text, "locales =", |line| line.replace('[', "[\"../zz\", ")));
    names(&said, &["site.toml", "`locales`", "`../zz`"]);
}

#[test]
fn values_of_the_site() {
    for (key, value) in [
        ("default_locale", "zz"),
        ("default_country", "zz"),
        ("base_url", "https://example.org/between-us"),
        ("base_url", "http://example.org/"),
        ("base_url", "https://example.org/?a=/"),
        ("base_url", "https://example/"),
        ("base_url", "https:///"),
        ("name", " Practice"),
        ("contact", "www.example.org "),
        ("exit_address", "https://example.org/a b"),
        ("exit_address", "https://example.org/\u{201d}onclick="),
        ("exit_address", "javascript:alert(1)"),
        ("exit_address", "http://example.org/"),
    ] {
        let said = fault("site.toml", |text| line(text, &format!("{key} ="), |_| format!("{key} = \"{value}\"")));
        names(&said, &["site.toml", &format!("`{key}`"), &format!("`{value}`")]);
    }
}
