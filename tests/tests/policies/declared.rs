//! The lists: what each function declares beside its code, and what the template grants it.

use std::collections::{BTreeMap, BTreeSet};

use local_stack::account::AccountId;
use local_stack::template::{Surroundings, Template};
use system_tests::harness::TEMPLATE;
use system_tests::needs::shown;

macro_rules! lists {
    ($($binary:literal),*) => {
        /// The functions, by their binaries' names.
        pub(crate) const FUNCTIONS: &[&str] = &[$($binary),*];

        fn list(binary: &str) -> &'static str {
            match binary {
                $($binary => include_str!(
                    concat!("../../../functions/", $binary, "/permissions.txt")
                ),)*
                other => panic!("{other} has no list"),
            }
        }
    };
}

lists!(
    "webhook",
    "engine-a",
    "engine-b",
    "order-creator",
    "paper-executor",
    "position-refresher",
    "exit-monitor",
    "sweeper",
    "dashboard-api"
);

/// What a function declares, a permission a line.
pub(crate) fn declared(binary: &str) -> BTreeSet<String> {
    let lines = list(binary).lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

/// What the template grants each function.
pub(crate) fn granted() -> BTreeMap<String, BTreeSet<String>> {
    let surroundings = Surroundings {
        queue_endpoint: "http://127.0.0.1:1".to_owned(),
        account: AccountId::EMBEDDED,
        stack_name: "parallax".to_owned(),
        parameters: [].into(),
    };
    let template = Template::parse(TEMPLATE, &surroundings).unwrap();
    let functions = template.functions.into_iter();
    functions
        .map(|it| (it.binary, it.policy.granted().iter().map(shown).collect()))
        .collect()
}
