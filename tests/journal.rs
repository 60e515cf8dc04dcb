//! Tests of the journal: acknowledged edits survive any storage error, and erased data does not come back.

#[path = "journal/backup.rs"]
mod backup;
#[path = "journal/copies.rs"]
mod copies;
#[path = "journal/formats.rs"]
mod formats;
#[path = "journal/json.rs"]
mod json;
#[path = "journal/keeping.rs"]
mod keeping;
#[path = "journal/load.rs"]
mod load;
#[path = "journal/odd_files.rs"]
mod odd_files;
#[path = "fuzz/oracle.rs"]
mod oracle;
#[path = "journal/random_tabs.rs"]
mod random_tabs;
#[path = "journal/reflections.rs"]
mod reflections;
#[path = "journal/restoring.rs"]
mod restoring;
#[path = "journal/sheet.rs"]
mod sheet;
#[path = "journal/steps.rs"]
mod steps;
#[path = "journal/support.rs"]
mod support;
#[path = "journal/tabs.rs"]
mod tabs;
