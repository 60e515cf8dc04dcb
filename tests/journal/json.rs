//! What the core reads and writes as JSON is what `serde_json` reads and writes, whatever comes.

use between_us::reflection::json::{list, members, quoted};
use proptest::prelude::*;
use serde_json::Value;

use crate::oracle::agree;

/// Any value, as `serde_json` would write it.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn whatever_is_written_is_read_as_the_library_reads_it(value in any_value()) {
        agree(&value.to_string());
        agree(&serde_json::to_string_pretty(&value).unwrap());
    }

    #[test]
    fn whatever_is_damaged_is_refused_as_the_library_refuses_it(
        value in any_value(), at in any::<prop::sample::Index>(), put in "[\\[\\]{}:,\"\\\\0-9eE.+tfnu \u{0}\u{1f}\u{e9}-]{0,3}"
    ) {
        let json = value.to_string();
        let cuts: Vec<usize> = json.char_indices().map(|(at, _)| at).chain([json.len()]).collect();
        let (before, after) = json.split_at(cuts[at.index(cuts.len())]);
        agree(before);
        agree(&[before, &put, after].concat());
        let mut signs = after.chars();
        signs.next();
        agree(&[before, &put, signs.as_str()].concat());
    }

    #[test]
    fn anything_in_the_letters_of_json_is_read_as_the_library_reads_it(
        json in "[\\[\\]{}:,\"\\\\01eE.+tfnu aA8dDcC-]{0,16}"
    ) {
        agree(&json);
        agree(&["{\"a\":", &json, "}"].concat());
        agree(&["[\"\\u", &json, "\"]"].concat());
    }

    #[test]
    fn texts_are_written_as_the_library_writes_them(all in prop::collection::vec(any::<String>(), 0..5)) {
        prop_assert_eq!(list(all.iter().map(String::as_str)), serde_json::to_string(&all).unwrap());
        for text in &all {
            prop_assert_eq!(quoted(text), serde_json::to_string(text).unwrap());
        }
    }
}

#[test]
fn every_control_sign_is_written_as_the_library_writes_it() {
    let all: String = ('\0'..='\u{a0}').collect();
    assert_eq!(quoted(&all), serde_json::to_string(&all).unwrap());
    agree(&quoted(&all));
}

#[test]
fn halves_of_signs_are_read_as_the_library_reads_them() {
    for json in
        ["\\ud83d\\ude00", "\\ud83d", "\\ude00", "\\ud83d\\ud83d", "\\ud83dx", "\\uD83D\\n", "\\u+123", "\\u00e9"]
    {
        agree(&["\"", json, "\""].concat());
    }
}

#[test]
fn nesting_never_overflows() {
    let deep = "[".repeat(1_000_000);
    assert_eq!(members(&["{\"a\":", &deep, "}"].concat()), None);
    let whole = ["{\"a\":", &deep, &"]".repeat(1_000_000), "}"].concat();
    assert_eq!(members(&whole).map(|all| all.len()), Some(1));
}
