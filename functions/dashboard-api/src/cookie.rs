//! The cookie that holds a session in a browser.
//!
//! Its prefix `__Host-` makes browsers hold it to what it says: `Secure`, for the whole site, and
//! for no other host. They take it from `http://127.0.0.1` as well, which counts as secure.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

/// Its name.
pub(crate) const NAME: &str = "__Host-parallax";
const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Strict";

/// A header of an answer.
pub(crate) type Header = [(HeaderName, HeaderValue); 1];

/// Hands a session to the browser. Its end is told as a length, since the stack's clock may stand
/// anywhere.
pub(crate) fn keeping(token: &SecretString) -> Option<Header> {
    let lasts_s = login::SESSION_LASTS.num_seconds();
    let text = format!(
        "{NAME}={}; {ATTRIBUTES}; Max-Age={lasts_s}",
        token.expose_secret()
    );
    let mut value = HeaderValue::from_str(&text).ok()?;
    value.set_sensitive(true);
    Some([(SET_COOKIE, value)])
}

/// Takes it back.
pub(crate) fn ended() -> Option<Header> {
    let text = format!("{NAME}=; {ATTRIBUTES}; Max-Age=0");
    Some([(SET_COOKIE, HeaderValue::from_str(&text).ok()?)])
}

/// The session that a browser presents.
pub(crate) fn presented(headers: &HeaderMap) -> Option<&str> {
    let told = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|it| it.to_str().ok());
    let mut pairs = told.flat_map(|it| it.split(';'));
    pairs.find_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        (name == NAME).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookies: &[&'static str]) -> HeaderMap {
        let each = cookies
            .iter()
            .map(|it| (COOKIE, HeaderValue::from_static(it)));
        let mut headers = HeaderMap::new();
        each.for_each(|(name, value)| {
            headers.append(name, value);
        });
        headers
    }

    #[test]
    fn it_is_found_among_others_by_its_whole_name() {
        for (cookies, expected) in [
            (&["__Host-parallax=a.b.c"][..], Some("a.b.c")),
            (&["x=1; __Host-parallax=a.b.c; y=2"], Some("a.b.c")),
            (&["x=1", "__Host-parallax=a.b.c"], Some("a.b.c")),
            (&["parallax=a.b.c"], None),
            (&["x__Host-parallax=a.b.c"], None),
            (&["__Host-parallax"], None),
            (&[], None),
        ] {
            assert_eq!(presented(&headers(cookies)), expected, "{cookies:?}");
        }
    }

    #[test]
    fn no_script_and_no_other_site_gets_it() {
        let token = SecretString::from("a.b.c".to_owned());
        let [(_, value)] = keeping(&token).unwrap();
        assert_eq!(
            value.to_str().unwrap(),
            "__Host-parallax=a.b.c; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=28800"
        );
        assert!(!format!("{value:?}").contains("a.b.c"));
        let [(_, value)] = ended().unwrap();
        assert!(value.to_str().unwrap().ends_with("Max-Age=0"));
    }
}
