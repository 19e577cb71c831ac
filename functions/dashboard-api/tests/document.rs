//! The document in the site's folder is the one that the code makes. To write it anew:
//! `UPDATE_DOCUMENT=1 cargo test --package dashboard-api --test document`.

use std::fs;
use std::path::Path;

#[test]
fn the_stored_document_is_the_codes_own() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dashboard/openapi.json");
    let made = dashboard_api::openapi().to_pretty_json().unwrap() + "\n";
    if std::env::var_os("UPDATE_DOCUMENT").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let stored = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stored == made,
        "dashboard/openapi.json isn't what the code makes: write it anew"
    );
}
