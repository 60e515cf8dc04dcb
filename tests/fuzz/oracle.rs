//! Compares the core's reader of JSON with `serde_json`.

use between_us::reflection::json::{members, text, texts};
use serde_json::value::RawValue;

/// Returns the members of an object as `serde_json` reads them, with duplicate names, or `None` for anything else.
fn expected(json: &str) -> Option<Vec<(String, String)>> {
    struct Members(Vec<(String, String)>);
    impl<'de> serde::Deserialize<'de> for Members {
        fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            struct Reader;
            impl<'de> serde::de::Visitor<'de> for Reader {
                type Value = Members;
                fn expecting(&self, _: &mut std::fmt::Formatter) -> std::fmt::Result {
                    Ok(())
                }
                fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                    let mut all = Vec::new();
                    while let Some((name, json)) = map.next_entry::<String, &RawValue>()? {
                        all.push((name, json.get().to_owned()));
                    }
                    Ok(Members(all))
                }
            }
            from.deserialize_map(Reader)
        }
    }
    serde_json::from_str(json).ok().map(|Members(all)| all)
}

/// Asserts that the core reads or refuses a text as `serde_json` does.
pub fn assert_agrees(json: &str) {
    assert_eq!(text(json), serde_json::from_str(json).ok(), "{json:?}");
    assert_eq!(texts(json), serde_json::from_str(json).ok(), "{json:?}");
    let read = members(json).map(|all| all.into_iter().map(|(name, json)| (name, json.to_owned())).collect());
    assert_eq!(read, expected(json), "{json:?}");
}
