//! `parallax user`: who may sign in to the dashboard, and as what.

mod asked;
mod first_admin;
mod shown;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use domain::{Role, UserName};
use login::Accounts;

use super::running_stack::surroundings_on;
use super::{DataDirArgument, Outcome};
use asked::PasswordArguments;
pub(super) use first_admin::how_to_sign_in;
use shown::Change;

/// Options of `user`.
#[derive(Debug, Parser)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
    /// Print one JSON document.
    #[arg(long, global = true)]
    json: bool,
    #[command(flatten)]
    data_dir: DataDirArgument,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show every user (the default).
    List,
    /// Add a user. The password is asked for, unless an option says otherwise.
    Add {
        /// The name: a-z, 0-9, and . _ - @ after the first.
        name: UserName,
        /// What the user may do.
        #[arg(long, value_enum, default_value_t = RoleArgument::User)]
        role: RoleArgument,
        #[command(flatten)]
        password: PasswordArguments,
    },
    /// Give a user another password, which ends the user's sessions.
    Passwd {
        /// The user.
        name: UserName,
        #[command(flatten)]
        password: PasswordArguments,
    },
    /// Give a user another role, which ends the user's sessions.
    Role {
        /// The user.
        name: UserName,
        /// What the user may do from now on.
        #[arg(value_enum)]
        role: RoleArgument,
    },
    /// Remove a user. The last admin stays.
    Remove {
        /// The user.
        name: UserName,
    },
}

/// A role, as an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RoleArgument {
    /// Looks at everything that is traded.
    User,
    /// Also runs experiments and replays, and exports.
    Researcher,
    /// Also changes settings, closes positions, stops engines, and keeps the users.
    Admin,
}

impl From<RoleArgument> for Role {
    fn from(argument: RoleArgument) -> Self {
        match argument {
            RoleArgument::User => Self::User,
            RoleArgument::Researcher => Self::Researcher,
            RoleArgument::Admin => Self::Admin,
        }
    }
}

pub(super) async fn run(arguments: Arguments) -> Outcome {
    let surroundings = surroundings_on(&arguments.data_dir.data_dir).await?;
    let accounts = Accounts::new(&surroundings)?;
    let change = match arguments.action {
        None | Some(Action::List) => {
            shown::list(&accounts.list().await?, arguments.json)?;
            return Ok(ExitCode::SUCCESS);
        }
        Some(action) => change(&accounts, action).await?,
    };
    change.say(arguments.json)?;
    Ok(ExitCode::SUCCESS)
}

async fn change(
    accounts: &Accounts,
    action: Action,
) -> Result<Change, Box<dyn std::error::Error + Send + Sync>> {
    Ok(match action {
        Action::List => Change::default(),
        Action::Add {
            name,
            role,
            password,
        } => {
            let (password, generated) = password.read()?;
            let user = accounts.add(name, role.into(), &password).await?;
            let sentence = format!("{} is added as {}", user.name, user.role);
            Change::of(user, sentence).with_password(generated)
        }
        Action::Passwd { name, password } => {
            let (password, generated) = password.read()?;
            let user = accounts.set_password(&name, &password).await?;
            let sentence = format!("{name} has a new password; all sessions of before end");
            Change::of(user, sentence).with_password(generated)
        }
        Action::Role { name, role } => {
            let user = accounts.set_role(&name, role.into()).await?;
            let sentence = format!("{name} is {} now", user.role);
            Change::of(user, sentence)
        }
        Action::Remove { name } => {
            accounts.remove(&name).await?;
            Change::saying(format!("{name} is removed"))
        }
    })
}
