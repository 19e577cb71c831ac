//! Addresses of requests: a base, a path of fixed words and encoded names, and a query. Colons
//! and commas stay as they are, since encoding them would triple the length of long lists.

use domain::Price;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Url;

/// What is encoded in a query: everything but letters, digits and these.
const IN_QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':')
    .remove(b',');
/// The same in a part of a path.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':');

/// An address that is written in the code.
#[expect(clippy::expect_used, reason = "tests read all of them")]
pub(super) fn fixed(address: &'static str) -> Url {
    address.parse().expect("an address")
}

/// A price, without the zeros at its end.
pub fn price(price: Price) -> String {
    price.decimal().normalize().to_string()
}

/// A name as a part of a path.
pub fn in_path(name: &str) -> String {
    utf8_percent_encode(name, IN_PATH).to_string()
}

/// The address of `path`, which begins with a slash, under a base, with this query.
pub fn url(base: &Url, path: &str, query: &[(&str, &str)]) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}{path}", base.path().trim_end_matches('/')));
    let pairs: Vec<String> = query
        .iter()
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, IN_QUERY)))
        .collect();
    url.set_query((!pairs.is_empty()).then(|| pairs.join("&")).as_deref());
    url
}
