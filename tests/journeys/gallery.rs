//! Pictures of the main screens, as a phone shows them: `cargo test --test journeys chromium::gallery` writes them to
//! `target/gallery`. The README's own are two of these.

use std::path::Path;

use crate::support::{Engine, Journey, Place, Stage};

pub const JOURNEYS: &[Journey] = &[Journey::new("gallery", gallery).in_each_language().not_in(&[
    (Engine::Firefox, "one engine's pictures are enough"),
    (Engine::WebKit, "one engine's pictures are enough"),
])];

fn gallery(stage: &Stage) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/gallery");
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let visit = stage.visit();
    let take = |name: &str| {
        let path = folder.join(format!("{}-{name}.png", stage.locale));
        visit.picture(&path);
        assert!(path.metadata().is_ok_and(|file| file.len() > 1000), "{name} shows nothing");
    };
    take("opening");
    visit.begin();
    let option = visit.attributes("[data-app] input[name=feelings-now]", "value").swap_remove(2);
    visit.choose("feelings-now", &option);
    visit.js::<()>("scrollTo(0, 0)", &[]);
    take("question");
    visit.next();
    visit.keep(Place::Device);
    take("keep");
    visit.next();
    take("pace");
    visit.go("themes");
    take("themes");
    visit.to_sheet();
    take("sheet");
}
