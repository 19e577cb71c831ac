//! What `parallax user` prints.

use chrono::SecondsFormat;
use login::NewPassword;
use serde_json::{Value, json};
use storage::User;

/// What became of a user.
#[derive(Debug, Default)]
pub(super) struct Change {
    sentence: String,
    user: Option<User>,
    password: Option<NewPassword>,
}

impl Change {
    pub(super) fn of(user: User, sentence: String) -> Self {
        Self {
            user: Some(user),
            ..Self::saying(sentence)
        }
    }

    pub(super) fn saying(sentence: String) -> Self {
        Self {
            sentence,
            ..Self::default()
        }
    }

    /// With a password that is shown this one time.
    pub(super) fn with_password(self, password: Option<NewPassword>) -> Self {
        Self { password, ..self }
    }

    pub(super) fn say(&self, as_json: bool) -> Result<(), serde_json::Error> {
        let password = self.password.as_ref().map(NewPassword::expose);
        if as_json {
            let user = self.user.as_ref().map(json_of);
            let report = json!({ "user": user, "password": password });
            println!("{}", serde_json::to_string_pretty(&report)?);
            return Ok(());
        }
        println!("{}", self.sentence);
        if let Some(password) = password {
            println!("password: {password}");
            println!("It is not shown again.");
        }
        Ok(())
    }
}

/// All users.
pub(super) fn list(users: &[User], as_json: bool) -> Result<(), serde_json::Error> {
    if as_json {
        let users: Vec<Value> = users.iter().map(json_of).collect();
        println!(
            "{}",
            serde_json::to_string_pretty(&json!({ "users": users }))?
        );
        return Ok(());
    }
    if users.is_empty() {
        println!("there is nobody yet; `parallax user add NAME --role admin` adds somebody");
    }
    let width = users.iter().map(|user| user.name.as_str().len()).max();
    let width = width.unwrap_or_default();
    for user in users {
        let (name, role) = (user.name.as_str(), user.role.name());
        println!("{name:width$}  {role:10}  {}", last_login(user));
    }
    Ok(())
}

fn last_login(user: &User) -> String {
    user.last_login_at.map_or_else(
        || "never signed in".to_owned(),
        |at| {
            format!(
                "signed in {}",
                at.to_rfc3339_opts(SecondsFormat::Secs, true)
            )
        },
    )
}

fn json_of(user: &User) -> Value {
    json!({
        "name": user.name,
        "role": user.role,
        "created_at": user.created_at,
        "changed_at": user.changed_at,
        "last_login_at": user.last_login_at,
    })
}
