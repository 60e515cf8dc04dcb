//! Tests that the core reads and writes JSON as `serde_json` does, for any input.

use between_us::reflection::json::{list, members, quoted};
use proptest::prelude::*;
use serde_json::Value;

use crate::oracle::assert_agrees;

/// Generates any JSON value.
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
    fn serialized_values_are_read_as_by_serde_json(value in any_value()) {
        assert_agrees(&value.to_string());
        assert_agrees(&serde_json::to_string_pretty(&value).unwrap());
    }

    #[test]
    fn damaged_json_is_refused_as_by_serde_json(
        value in any_value(),
        at in any::<prop::sample::Index>(),
        inserted in "[\\[\\]{}:,\"\\\\0-9eE.+tfnu \u{0}\u{1f}\u{e9}-]{0,3}",
    ) {
        let json = value.to_string();
        let cuts: Vec<usize> = json.char_indices().map(|(at, _)| at).chain([json.len()]).collect();
        let (before, after) = json.split_at(cuts[at.index(cuts.len())]);
        assert_agrees(before);
        assert_agrees(&[before, &inserted, after].concat());
        let mut chars = after.chars();
        chars.next();
        assert_agrees(&[before, &inserted, chars.as_str()].concat());
    }

    #[test]
    fn random_json_characters_are_read_as_by_serde_json(
        json in "[\\[\\]{}:,\"\\\\01eE.+tfnu aA8dDcC-]{0,16}"
    ) {
        assert_agrees(&json);
        assert_agrees(&["{\"a\":", &json, "}"].concat());
        assert_agrees(&["[\"\\u", &json, "\"]"].concat());
    }

    #[test]
    fn strings_are_written_as_by_serde_json(all in prop::collection::vec(any::<String>(), 0..5)) {
        prop_assert_eq!(list(all.iter().map(String::as_str)), serde_json::to_string(&all).unwrap());
        for text in &all {
            prop_assert_eq!(quoted(text), serde_json::to_string(text).unwrap());
        }
    }
}

#[test]
fn control_characters_are_written_as_by_serde_json() {
    let all: String = ('\0'..='\u{a0}').collect();
    assert_eq!(quoted(&all), serde_json::to_string(&all).unwrap());
    assert_agrees(&quoted(&all));
}

#[test]
fn surrogates_are_read_as_by_serde_json() {
    for json in
        ["\\ud83d\\ude00", "\\ud83d", "\\ude00", "\\ud83d\\ud83d", "\\ud83dx", "\\uD83D\\n", "\\u+123", "\\u00e9"]
    {
        assert_agrees(&["\"", json, "\""].concat());
    }
}

#[test]
fn deep_nesting_does_not_overflow_the_stack() {
    let deep = "[".repeat(1_000_000);
    assert_eq!(members(&["{\"a\":", &deep, "}"].concat()), None);
    let whole = ["{\"a\":", &deep, &"]".repeat(1_000_000), "}"].concat();
    assert_eq!(members(&whole).map(|all| all.len()), Some(1));
}
