//! Whether each table is as the template declares it.

use aws_sdk_dynamodb::Client;
use local_stack::tables;
use local_stack::template::Table;
use runtime::telemetry::chain;

use super::finding::Finding;

const SUBJECT: &str = "tables";

/// Looks at every declared table.
pub(super) async fn check(client: &Client, declared: &[Table]) -> Vec<Finding> {
    let mut found = Vec::new();
    for table in declared {
        match tables::differences(client, table).await {
            Ok(differences) if differences.is_empty() => {}
            Ok(differences) => found.push(different(&table.name, &differences)),
            Err(error) => {
                let advice = "end the stack and start it again";
                found.push(Finding::fail(SUBJECT, chain(&error), advice));
            }
        }
    }
    if found.is_empty() {
        let says = format!("{} tables, all as template.yaml declares", declared.len());
        found.push(Finding::ok(SUBJECT, says));
    }
    found
}

fn different(table: &str, differences: &[String]) -> Finding {
    Finding::fail(
        SUBJECT,
        format!("{table}: {}", differences.join(", ")),
        "what is missing is made at the next start; a table with another shape was made by \
         another version: start with a new --data-dir",
    )
}
