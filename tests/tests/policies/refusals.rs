//! What isn't granted is refused, as AWS refuses it.

use serde_json::json;
use system_tests::Harness;
use system_tests::harness::{Setup, TEMPLATE};

/// The webhook's grant on the ledger, and one that is of no use to it.
const GRANT: &str = "Action: [dynamodb:PutItem]\n              Resource: !GetAtt LedgerTable.Arn";
const OTHER: &str = "Action: [dynamodb:GetItem]\n              Resource: !GetAtt LedgerTable.Arn";

#[tokio::test]
async fn a_function_without_the_permission_is_refused() {
    let template = TEMPLATE.replacen(GRANT, OTHER, 1);
    assert_ne!(template, TEMPLATE);
    let harness = Harness::with(Setup {
        template: Some(template),
        ..Setup::default()
    })
    .await;
    let alert = json!({
        "ticker": "SPY", "direction": "long", "interval": "5", "timenow": harness.timenow(),
    });
    let (status, answer) = harness.alert(&alert).await;
    assert_eq!(
        (status, &answer["status"]),
        (503, &json!("unavailable")),
        "{answer}"
    );
    let used = harness.stack.permissions_used();
    let of_ledger = used["webhook"]
        .iter()
        .any(|it| it.resource.contains("ledger"));
    assert!(!of_ledger, "{used:?}");
    harness.stop().await;
}
