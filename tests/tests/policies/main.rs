//! What the functions may do at AWS: what they declare, and the template grants. That they need no
//! more is held by every test of the whole system, since there it would be refused; that they need
//! no less by `scripts/check-permissions`, over all of these tests.

#[cfg(test)]
mod days;
#[cfg(test)]
mod declared;
#[cfg(test)]
mod people;
#[cfg(test)]
mod refusals;

use declared::{FUNCTIONS, declared, granted};

/// The template grants each function what it declares, no more and no less.
#[tokio::test]
async fn the_template_grants_what_each_function_declares() {
    let granted = granted();
    for &binary in FUNCTIONS {
        let (granted, declared) = (&granted[binary], declared(binary));
        let more: Vec<_> = granted.difference(&declared).collect();
        let less: Vec<_> = declared.difference(granted).collect();
        assert!(
            more.is_empty(),
            "{binary} is granted what it doesn't declare: {more:#?}"
        );
        assert!(
            less.is_empty(),
            "{binary} declares what it isn't granted: {less:#?}"
        );
    }
    assert_eq!(granted.len(), FUNCTIONS.len(), "each function has a list");
}
