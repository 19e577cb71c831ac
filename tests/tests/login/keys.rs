//! The keys of sessions: what another one signed, or none, opens nothing; a rotation signs nobody
//! out.

use std::time::Duration;

use domain::Role;
use login::{Claims, KeysError, SessionKeys, TokenError};
use runtime::Clock;
use secrecy::{ExposeSecret, SecretString};
use system_tests::Harness;
use system_tests::harness::Setup;

use crate::support::{Proof, me, name, token_of, with_users};

fn keys(harness: &Harness) -> SessionKeys {
    SessionKeys::new(harness.stack.surroundings()).unwrap()
}

fn claims(harness: &Harness) -> Claims {
    let step = chrono::TimeDelta::milliseconds(1);
    Claims::beginning(name("user"), Role::User, harness.clock.now() + step)
}

async fn signed(keys: &SessionKeys, claims: &Claims) -> String {
    keys.sign(claims).await.unwrap().expose_secret().to_owned()
}

async fn rotate(harness: &Harness, value: &str) {
    let around = harness.stack.surroundings();
    let id = around.environment.require("JWT_SECRET_ID").unwrap();
    let put = around.aws.secrets.put_secret_value().secret_id(id);
    put.secret_string(value).send().await.unwrap();
}

#[tokio::test]
async fn a_rotation_signs_nobody_out() {
    let harness = with_users().await;
    let before = Proof::Bearer(token_of(&harness, "user").await);
    let (slow, old) = (keys(&harness), claims(&harness));
    let old_token = signed(&slow, &old).await;
    rotate(&harness, &"n".repeat(48)).await;
    // Another instance knows of it at once; it signs by the new key, and takes the old one's.
    let quick = keys(&harness);
    assert_eq!(quick.read(&old_token, harness.now()).await.unwrap(), old);
    let new_token = signed(&quick, &old).await;
    assert_ne!(new_token, old_token);
    assert_eq!(me(&harness, &before).await, 200);
    // An instance that meets the new key looks again, after a moment.
    tokio::time::sleep(Duration::from_millis(2_100)).await;
    assert_eq!(slow.read(&new_token, harness.now()).await.unwrap(), old);
    assert_eq!(me(&harness, &Proof::Bearer(new_token)).await, 200);
    assert_eq!(me(&harness, &Proof::Bearer(old_token.clone())).await, 200);
    // The second rotation ends what the first one left.
    rotate(&harness, &"m".repeat(48)).await;
    let refused = keys(&harness)
        .read(&old_token, harness.now())
        .await
        .unwrap_err();
    assert!(
        matches!(refused, KeysError::Token(TokenError::Foreign)),
        "{refused}"
    );
    harness.stop().await;
}

#[tokio::test]
async fn tokens_of_other_keys_and_changed_ones_open_nothing() {
    let harness = with_users().await;
    let good = signed(&keys(&harness), &claims(&harness)).await;
    assert_eq!(me(&harness, &Proof::Bearer(good.clone())).await, 200);
    let other = SessionKeys::known(SecretString::from("x".repeat(48)), None);
    let parts: Vec<&str> = good.split('.').collect();
    let mut admin = claims(&harness);
    admin.sub = name("admin");
    let admin = signed(&other, &admin).await;
    let admin = admin.split('.').nth(1).unwrap().to_owned();
    for token in [
        signed(&other, &claims(&harness)).await,
        format!("{}.{admin}.{}", parts[0], parts[2]),
        format!("{}.{}.", parts[0], parts[1]),
        // {"alg":"none","typ":"JWT"}
        format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{}.", parts[1]),
        format!("{good}x"),
    ] {
        assert_eq!(
            me(&harness, &Proof::Bearer(token.clone())).await,
            401,
            "{token}"
        );
    }
    // Signed well, and nobody's.
    let mut nobody = claims(&harness);
    nobody.sub = name("nobody");
    let nobody = signed(&keys(&harness), &nobody).await;
    assert_eq!(me(&harness, &Proof::Bearer(nobody)).await, 401);
    harness.stop().await;
}

#[tokio::test]
async fn a_secret_of_the_environment_goes_before_a_made_one() {
    let given = "a-secret-of-thirty-two-characters";
    let harness = Harness::with(Setup {
        environment: vec![("JWT_SECRET", given)],
        ..Setup::default()
    })
    .await;
    let around = harness.stack.surroundings();
    let id = around.environment.require("JWT_SECRET_ID").unwrap();
    let read = around.aws.secrets.get_secret_value().secret_id(id);
    let stored = read.send().await.unwrap().secret_string;
    assert_eq!(stored.as_deref(), Some(given));
    assert_ne!(harness.stack.webhook_secret(), given);
    harness.stop().await;
}
