//! The admin that a stack begins with. Only `parallax up` makes one: whatever else starts a stack
//! needs no users, and hashing a password takes its time.

use domain::{Role, UserName};
use login::{Accounts, NewPassword};
use runtime::Surroundings;
use runtime::telemetry::chain;

/// The first user's name.
const NAME: &str = "admin";

/// How to sign in to the dashboard, in one line: with the password of the first admin, who is made
/// where there is nobody yet, and whose password is shown this one time.
pub(in crate::commands) async fn how_to_sign_in(surroundings: &Surroundings) -> String {
    match made(surroundings).await {
        Ok(Some(password)) => {
            let password = password.expose();
            format!("dashboard: sign in as {NAME} with the password {password}")
        }
        Ok(None) => format!("dashboard: `parallax user passwd {NAME}` sets a new password"),
        Err(error) => {
            tracing::error!(error = chain(error.as_ref()), "no admin can be made");
            "dashboard: nobody can sign in yet; try `parallax user add NAME --role admin`"
                .to_owned()
        }
    }
}

async fn made(
    surroundings: &Surroundings,
) -> Result<Option<NewPassword>, Box<dyn std::error::Error + Send + Sync>> {
    let accounts = Accounts::new(surroundings)?;
    if !accounts.list().await?.is_empty() {
        return Ok(None);
    }
    let password = NewPassword::made_up()?;
    let name = UserName::parse(NAME)?;
    accounts.add(name, Role::Admin, &password).await?;
    Ok(Some(password))
}
