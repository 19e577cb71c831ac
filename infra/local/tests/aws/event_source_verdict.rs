//! What a response says of the records of a batch.

use std::collections::BTreeSet;

use local_stack::event_source::{Verdict, verdict};
use serde_json::{Value as Json, json};

#[test]
fn a_response_says_which_records_failed() {
    let ids: BTreeSet<String> = ["a", "b"].map(str::to_owned).into();
    let all_but = |failed: &[&str]| Some(failed.iter().map(|id| (*id).to_owned()).collect());
    let cases: [(Json, Option<BTreeSet<String>>); 13] = [
        (Json::Null, all_but(&[])),
        (json!({}), all_but(&[])),
        (json!({ "batchItemFailures": null }), all_but(&[])),
        (json!({ "batchItemFailures": [] }), all_but(&[])),
        (
            json!({ "batchItemFailures": [{ "itemIdentifier": "a" }] }),
            all_but(&["a"]),
        ),
        (
            json!({ "batchItemFailures": [{ "itemIdentifier": "" }] }),
            None,
        ),
        (
            json!({ "batchItemFailures": [{ "itemIdentifier": null }] }),
            None,
        ),
        (
            json!({ "batchItemFailures": [{ "itemIdentifier": "c" }] }),
            None,
        ),
        (
            json!({ "batchItemFailures": [{ "itemIdentifier": "a" }, {}] }),
            None,
        ),
        (json!({ "batchItemFailures": [{ "id": "a" }] }), None),
        (json!({ "batchItemFailures": "a" }), None),
        (json!("done"), None),
        (json!([]), None),
    ];
    for (response, expected) in cases {
        let actual = match verdict(&response, &ids) {
            Verdict::AllBut(failed) => Some(failed),
            Verdict::None(_) => None,
        };
        assert_eq!(actual, expected, "{response}");
    }
}
