//! Tests of the error messages for mistakes in `content/`, which name the file and the key.

use std::fs;

use crate::{changed_content, folder, root, site, stderr};

/// Builds the repository's content with one file changed, asserts that the build fails, and returns the error message.
fn build_error(file: &str, change: impl Fn(&str) -> String) -> String {
    let temporary = folder();
    let content = changed_content(temporary.path(), file, change);
    let out = temporary.path().join("site");
    let output = site().args(["build", "--content"]).arg(&content).arg("--out").arg(&out).output().unwrap();
    assert!(!output.status.success(), "the builder accepted the mistake");
    assert!(!out.exists(), "the builder wrote a site in spite of the mistake");
    let message = stderr(&output);
    assert_eq!(message.trim().lines().count(), 1, "the error has more than one line: {message}");
    message
}

#[track_caller]
fn assert_contains(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "{part:?} is not in: {message}");
    }
}

/// Returns the file of the first locale, which the tests change.
fn locale() -> String {
    format!("locales/{}.toml", crate::locales()[0])
}

/// Returns the text with the first line that begins with `prefix` changed.
fn change_line(text: &str, prefix: &str, change: impl Fn(&str) -> String) -> String {
    let found = text.lines().find(|line| line.starts_with(prefix));
    let found = found.unwrap_or_else(|| panic!("no line begins with {prefix}"));
    text.replacen(&format!("\n{found}\n"), &format!("\n{}\n", change(found)), 1)
}

/// Returns the text with more lines at its end.
fn append(text: &str, more: &str) -> String {
    format!("{text}\n{more}\n")
}

#[test]
fn a_missing_key_is_reported() {
    let message = build_error(&locale(), |text| change_line(text, "brand =", |_| String::new()));
    assert_contains(&message, &[&locale(), "`brand`", "missing"]);
}

#[test]
fn a_misspelt_key_is_reported_with_its_line_and_the_known_key() {
    let message = build_error(&locale(), |text| change_line(text, "brand =", |line| line.replace("brand", "brant")));
    assert_contains(&message, &[&locale(), "line ", "`brant`", "`brand`"]);
}

#[test]
fn a_misspelt_nested_key_is_reported_with_its_path() {
    let message =
        build_error(&locale(), |text| change_line(text, "curious =", |line| line.replace("curious", "curios")));
    assert_contains(&message, &[&locale(), "line ", ".caregiver.curios`", "`curious`"]);
}

#[test]
fn a_value_of_the_wrong_type_is_reported() {
    let message = build_error(&locale(), |text| change_line(text, "brand =", |_| "brand = 3".into()));
    assert_contains(&message, &[&locale(), "line ", "`brand`", "string"]);
}

#[test]
fn invalid_toml_is_reported_with_its_line() {
    let message = build_error("help.toml", |text| append(text, "= 3"));
    assert_contains(&message, &["help.toml, line "]);
}

#[test]
fn a_duplicate_key_is_reported() {
    let message = build_error(&locale(), |text| change_line(text, "brand =", |line| format!("{line}\n{line}")));
    assert_contains(&message, &[&locale(), "line "]);
}

/// Returns the table of the first question with options in the locale, and the id of its first option.
fn first_option(text: &str) -> (String, String) {
    let mut lines = text.lines().skip_while(|line| !(line.starts_with("[question.") && line.ends_with(".option]")));
    let table = lines.next().unwrap().trim_matches(['[', ']']).to_owned();
    let option = lines.next().unwrap().split(" =").next().unwrap().to_owned();
    (table, option)
}

#[test]
fn an_option_without_text_is_reported() {
    let locale = locale();
    let text = fs::read_to_string(root().join("content").join(&locale)).unwrap();
    let (table, option) = first_option(&text);
    let message = build_error(&locale, |text| {
        let (before, after) = text.split_once(&format!("[{table}]\n")).unwrap();
        let (_, rest) = after.split_once('\n').unwrap();
        format!("{before}[{table}]\n{rest}")
    });
    assert_contains(&message, &[&locale, &format!("`{table}.{option}`"), "missing"]);
}

#[test]
fn an_option_with_an_empty_text_is_reported() {
    let locale = locale();
    let text = fs::read_to_string(root().join("content").join(&locale)).unwrap();
    let (table, option) = first_option(&text);
    let message = build_error(&locale, |text| {
        let (before, after) = text.split_once(&format!("[{table}]\n")).unwrap();
        let (_, rest) = after.split_once('\n').unwrap();
        format!("{before}[{table}]\n{option} = \" \"\n{rest}")
    });
    assert_contains(&message, &[&locale, &format!("`{table}.{option}`"), "empty"]);
}

#[test]
fn a_text_for_an_unknown_option_is_reported() {
    let locale = locale();
    let text = fs::read_to_string(root().join("content").join(&locale)).unwrap();
    let (table, _) = first_option(&text);
    let message = build_error(&locale, |text| {
        text.replacen(&format!("[{table}]\n"), &format!("[{table}]\nunheard = \"x\"\n"), 1)
    });
    assert_contains(&message, &[&locale, &format!("`{table}.unheard`")]);
}

#[test]
fn a_text_for_an_unknown_question_is_reported() {
    let message = build_error(&locale(), |text| append(text, "[question.unheard]\nask = \"x\"\nline = \"x\""));
    assert_contains(&message, &[&locale(), "`question.unheard`"]);
}

#[test]
fn a_text_for_an_unknown_theme_is_reported() {
    let more = "[theme.unheard]\ntitle = \"x\"\nwarm = \"x\"\nidea = {}";
    assert_contains(&build_error(&locale(), |text| append(text, more)), &[&locale(), "`theme.unheard`"]);
}

#[test]
fn a_theme_without_text_is_reported() {
    let more = "[[theme]]\nid = \"unheard\"\nideas = [\"a\", \"b\", \"c\"]\n[[theme.question]]\nid = \"unheard-first\"\nkind = \"words\"";
    assert_contains(
        &build_error("questionnaire.toml", |text| append(text, more)),
        &[&locale(), "`theme.unheard`", "missing"],
    );
}

#[test]
fn a_theme_without_questions_is_reported() {
    let message = build_error("questionnaire.toml", |text| append(text, "[[theme]]\nid = \"empty\"\nquestion = []"));
    assert_contains(&message, &["questionnaire.toml", "`empty`", "`question`"]);
}

#[test]
fn a_theme_without_text_for_caregivers_is_reported() {
    let message = build_error(&locale(), |text| {
        let start = text.find(".caregiver]\n").unwrap();
        let start = text[..start].rfind("\n[").unwrap();
        let end = start + 2 + text[start + 2..].find("\n[").unwrap();
        format!("{}{}", &text[..start], &text[end..])
    });
    assert_contains(&message, &[&locale(), ".caregiver`", "missing"]);
}

#[test]
fn a_theme_must_have_three_ideas() {
    let message =
        build_error("questionnaire.toml", |text| change_line(text, "ideas = [", |line| line.replace('[', "[\"x\",")));
    assert_contains(&message, &["questionnaire.toml", "`ideas`", "three"]);
}

#[test]
fn a_theme_must_have_three_questions_for_caregivers() {
    let message = build_error(&locale(), |text| change_line(text, "ask = [", |line| line.replace('[', "[\"x\",")));
    assert_contains(&message, &[&locale(), ".caregiver.ask`", "three"]);
}

#[test]
fn a_door_without_text_is_reported() {
    let message = build_error("questionnaire.toml", |text| text.replacen("[[theme]]\n", "[[theme]]\ndoor = true\n", 1));
    assert_contains(&message, &[&locale(), ".door`", "missing"]);
}

#[test]
fn a_text_without_its_door_is_reported() {
    let message = build_error("questionnaire.toml", |text| text.replace("door = true\n", ""));
    assert_contains(&message, &[&locale(), ".door`"]);
}

#[test]
fn a_duplicate_id_is_reported() {
    let more = "[[theme]]\nid = \"unheard\"\nideas = [\"a\", \"b\", \"c\"]\n[[theme.question]]\nid = \"same\"\nkind = \"words\"\n\
                [[theme.question]]\nid = \"same\"\nkind = \"words\"";
    assert_contains(
        &build_error("questionnaire.toml", |text| append(text, more)),
        &["questionnaire.toml", "`same`", "twice"],
    );
}

#[test]
fn an_id_that_is_invalid_in_a_url_is_reported() {
    let more = "[[theme]]\nid = \"Not Fit\"\nquestion = []";
    assert_contains(
        &build_error("questionnaire.toml", |text| append(text, more)),
        &["questionnaire.toml", "`Not Fit`"],
    );
}

#[test]
fn a_question_with_the_id_of_a_screen_is_reported() {
    let more = "[[theme]]\nid = \"unheard\"\nideas = [\"a\", \"b\", \"c\"]\n[[theme.question]]\nid = \"keep\"\nkind = \"words\"";
    assert_contains(&build_error("questionnaire.toml", |text| append(text, more)), &["questionnaire.toml", "`keep`"]);
}

#[test]
fn a_choice_question_without_options_is_reported() {
    let more =
        "[[theme]]\nid = \"unheard\"\nideas = [\"a\", \"b\", \"c\"]\n[[theme.question]]\nid = \"bare\"\nkind = \"one\"";
    assert_contains(
        &build_error("questionnaire.toml", |text| append(text, more)),
        &["questionnaire.toml", "`bare`", "`options`"],
    );
}

#[test]
fn a_free_text_question_with_options_is_reported() {
    let more = "[[theme]]\nid = \"unheard\"\nideas = [\"a\", \"b\", \"c\"]\n[[theme.question]]\nid = \"full\"\nkind = \"words\"\noptions = [\"a\"]";
    assert_contains(
        &build_error("questionnaire.toml", |text| append(text, more)),
        &["questionnaire.toml", "`full`", "`options`"],
    );
}

#[test]
fn an_unknown_kind_of_question_is_reported() {
    let more =
        "[[theme]]\nid = \"unheard\"\nideas = [\"a\", \"b\", \"c\"]\n[[theme.question]]\nid = \"odd\"\nkind = \"some\"";
    assert_contains(
        &build_error("questionnaire.toml", |text| append(text, more)),
        &["questionnaire.toml, line ", "kind`", "`some`"],
    );
}

#[test]
fn an_unknown_sensitive_option_is_reported() {
    let message =
        build_error("questionnaire.toml", |text| text.replacen("sensitive = [", "sensitive = [\"unheard\", ", 1));
    assert_contains(&message, &["questionnaire.toml", "`sensitive`", "`unheard`"]);
}

#[test]
fn a_missing_placeholder_is_reported() {
    let message = build_error(&locale(), |text| text.replacen("{total}", "", 1));
    assert_contains(&message, &[&locale(), "`app.ask.position`", "`{total}`"]);
}

#[test]
fn an_unknown_placeholder_is_reported() {
    let message = build_error(&locale(), |text| change_line(text, "brand =", |_| "brand = \"{name}\"".into()));
    assert_contains(&message, &[&locale(), "`brand`", "`{name}`"]);
}

#[test]
fn help_without_text_is_reported() {
    let message = build_error("help.toml", |text| change_line(text, "purpose =", |_| "purpose = \"unheard\"".into()));
    assert_contains(&message, &[&locale(), "`page.help.purpose.unheard`", "missing"]);
    let message = build_error("help.toml", |text| change_line(text, "hours =", |_| "hours = \"unheard\"".into()));
    assert_contains(&message, &[&locale(), "`page.help.hours.unheard`", "missing"]);
    let message = build_error("help.toml", |text| change_line(text, "cost =", |_| "cost = \"unheard\"".into()));
    assert_contains(&message, &[&locale(), "`page.help.cost.unheard`", "missing"]);
    let message = build_error("help.toml", |text| append(text, "[[country]]\nid = \"zz\"\nemergency = [\"112\"]"));
    assert_contains(&message, &[&locale(), "`page.help.country.zz`", "missing"]);
}

#[test]
fn a_help_number_that_cannot_be_dialled_is_reported() {
    for number in [
        "113, option 2",
        "0800-0113 / 0900-0113",
        "0800-2000 ext. 2",
        "\u{202e}3110",
        "113\u{200b}",
        "\u{661}\u{661}\u{663}",
        "",
    ] {
        let message =
            build_error("help.toml", |text| change_line(text, "numbers =", |_| format!("numbers = ['{number}']")));
        assert_contains(&message, &["help.toml", "`numbers`", "dials"]);
        let message =
            build_error("help.toml", |text| change_line(text, "emergency =", |_| format!("emergency = ['{number}']")));
        assert_contains(&message, &["help.toml", "`emergency`", "dials"]);
    }
}

#[test]
fn help_with_an_invalid_source_or_date_is_reported() {
    let message =
        build_error("help.toml", |text| change_line(text, "source =", |_| "source = \"http://example.org/\"".into()));
    assert_contains(&message, &["help.toml", "`source`", "https://"]);
    let message = build_error("help.toml", |text| {
        change_line(text, "purpose = \"loss\"", |line| format!("{line}\nsafety = \"life\""))
    });
    assert_contains(&message, &["help.toml", "`safety`", "`numbers`"]);
    let message = build_error("help.toml", |text| change_line(text, "safety =", |_| "safety = \"sky\"".into()));
    assert_contains(&message, &["help.toml, line ", "`sky`"]);
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
        let message =
            build_error("help.toml", |text| change_line(text, "checked =", |_| format!("checked = \"{day}\"")));
        assert_contains(&message, &["help.toml", "`checked`"]);
    }
}

/// Opening some of these special files blocks forever, and reading others never ends.
#[cfg(unix)]
#[test]
fn a_source_that_is_not_a_regular_file_is_reported_without_blocking() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::path::Path;
    let pipe = |path: &Path| assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    let socket = |path: &Path| drop(UnixListener::bind(path).unwrap());
    let device = |path: &Path| symlink("/dev/zero", path).unwrap();
    let directory = |path: &Path| fs::create_dir(path).unwrap();
    // A sparse file of one terabyte.
    let huge = |path: &Path| fs::File::create(path).unwrap().set_len(1 << 40).unwrap();
    type Create<'a> = &'a dyn Fn(&Path);
    let kinds: [Create; 5] = [&pipe, &socket, &device, &directory, &huge];
    let sources = ["content/site.toml", "content/help.toml", "content/locales/nl.toml", "style/tokens.css"];
    for (source, create) in sources.iter().flat_map(|source| kinds.map(|create| (*source, create))) {
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
        create(&path);
        let mut build = site();
        build.arg("build").arg("--out").arg(temporary.path().join("site"));
        let output = build.env("CARGO_MANIFEST_DIR", temporary.path()).output().unwrap();
        assert!(!output.status.success());
        assert_contains(&stderr(&output), &[source]);
    }
}

#[cfg(unix)]
#[test]
fn a_script_that_is_not_a_regular_file_is_reported() {
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
        assert_contains(&stderr(&output), &[&format!("public/{name}")]);
    }
}

#[test]
fn a_missing_file_is_reported() {
    let temporary = folder();
    let output = site().args(["build", "--content"]).arg(temporary.path()).output().unwrap();
    assert!(!output.status.success());
    let name = temporary.path().file_name().unwrap().to_str().unwrap();
    assert_contains(&stderr(&output), &[&format!("{name}/site.toml is missing")]);
    let message =
        build_error("site.toml", |text| change_line(text, "locales =", |line| line.replace('[', "[\"zz\", ")));
    assert_contains(&message, &["locales/zz.toml is missing"]);
}

#[test]
fn a_locale_id_that_leads_out_of_the_folder_is_reported() {
    let message =
        build_error("site.toml", |text| change_line(text, "locales =", |line| line.replace('[', "[\"../zz\", ")));
    assert_contains(&message, &["site.toml", "`locales`", "`../zz`"]);
}

#[test]
fn invalid_values_of_the_site_are_reported() {
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
        let message =
            build_error("site.toml", |text| change_line(text, &format!("{key} ="), |_| format!("{key} = \"{value}\"")));
        assert_contains(&message, &["site.toml", &format!("`{key}`"), &format!("`{value}`")]);
    }
}
