//! A binary starts with what the template gives it, and with less it says what is missing and
//! ends.

use system_tests::at_rest::at_rest;

use crate::support::{functions, running, running_with};

#[tokio::test]
async fn each_starts_and_asks_for_its_first_event() {
    let harness = at_rest().await;
    for function in functions(&harness) {
        let mut program = running(&harness, &function.binary).await;
        program.time_to_first_question().await;
        assert_eq!(program.not_started(), None, "{}", function.binary);
        assert!(program.is_alive(), "{}", function.binary);
    }
    harness.stop().await;
}

#[tokio::test]
async fn each_refuses_to_start_for_real_money() {
    let harness = at_rest().await;
    for function in functions(&harness) {
        let live = [("APP_MODE", "LIVE")];
        let mut program = running_with(&harness, &function.binary, &live).await;
        let status = program.end().await;
        assert!(!status.success(), "{}", function.binary);
        let said = program.said();
        assert!(said.contains("APP_MODE"), "{}: {said}", function.binary);
    }
    harness.stop().await;
}

#[tokio::test]
async fn each_names_the_table_that_it_misses() {
    let harness = at_rest().await;
    for function in functions(&harness) {
        // An empty value counts as absent.
        let without = [("LEDGER_TABLE", "")];
        let mut program = running_with(&harness, &function.binary, &without).await;
        let status = program.end().await;
        assert!(!status.success(), "{}", function.binary);
        let said = program.said();
        assert!(said.contains("LEDGER_TABLE"), "{}: {said}", function.binary);
    }
    harness.stop().await;
}
