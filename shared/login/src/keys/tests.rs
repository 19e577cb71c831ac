//! Which keys sign, and which still hold.

use super::*;
use domain::{Role, UserName};

const NEW: &str = "new-new-new-new-new-new-new-new-new";
const OLD: &str = "old-old-old-old-old-old-old-old-old";

fn secret(text: &str) -> SecretString {
    SecretString::from(text.to_owned())
}

fn claims() -> Claims {
    let now = "2026-07-30T14:00:00Z".parse().unwrap();
    Claims::beginning(UserName::parse("ann").unwrap(), Role::User, now)
}

async fn token_of(keys: &SessionKeys) -> String {
    keys.sign(&claims())
        .await
        .unwrap()
        .expose_secret()
        .to_owned()
}

#[tokio::test]
async fn a_rotation_leaves_sessions_open_and_a_second_one_ends_them() {
    let before = SessionKeys::known(secret(OLD), None);
    let after = SessionKeys::known(secret(NEW), Some(secret(OLD)));
    let later = SessionKeys::known(
        secret("third-third-third-third-third-third"),
        Some(secret(NEW)),
    );
    let (old, new) = (token_of(&before).await, token_of(&after).await);
    let now = claims().iat;
    assert_eq!(after.read(&old, now).await.unwrap(), claims());
    assert_eq!(later.read(&new, now).await.unwrap(), claims());
    for (keys, token) in [(&before, &new), (&later, &old)] {
        let refused = keys.read(token, now).await.unwrap_err();
        assert!(
            matches!(refused, KeysError::Token(TokenError::Foreign)),
            "{refused}"
        );
    }
}

#[tokio::test]
async fn a_token_that_names_no_key_or_the_wrong_one_is_foreign() {
    let keys = SessionKeys::known(secret(NEW), Some(secret(OLD)));
    let (new, old) = (secret(NEW), secret(OLD));
    for token in [
        claims().signed(&key_id(&old), &new).unwrap(),
        claims().signed(&key_id(&new), &old).unwrap(),
        claims().signed("", &new).unwrap(),
        "nonsense".to_owned(),
    ] {
        let refused = keys.read(&token, claims().iat).await.unwrap_err();
        assert!(
            matches!(refused, KeysError::Token(TokenError::Foreign)),
            "{refused}"
        );
    }
}

#[tokio::test]
async fn a_short_secret_signs_nothing_and_opens_nothing() {
    let short = &NEW[..31];
    let keys = SessionKeys::known(secret(short), None);
    assert!(matches!(
        keys.sign(&claims()).await,
        Err(KeysError::TooShort)
    ));
    let token = claims()
        .signed(&key_id(&secret(short)), &secret(short))
        .unwrap();
    assert!(keys.read(&token, claims().iat).await.is_err());
}

#[test]
fn a_key_s_name_says_nothing_of_it() {
    let id = key_id(&secret(NEW));
    assert_eq!(id.len(), 16);
    assert_ne!(id, key_id(&secret(OLD)));
    assert!(!NEW.contains(&id));
    let keys = SessionKeys::known(secret(NEW), None);
    assert!(!format!("{keys:?}").contains("new-new"));
}
