//! Who signs in to the dashboard: passwords, sessions, and the accounts behind them.
//!
//! A session is a token that carries its own end; what its user may do is read from the table at
//! each use, so that a new role, a new password or a removal is felt within half a minute.

mod accounts;
mod hashing;
mod keys;
mod known_users;
mod logins;
mod password;
mod token;

pub use accounts::{AccountError, Accounts};
pub use hashing::HashError;
pub use keys::{KeysError, SessionKeys};
pub use logins::{LoginError, Logins, NoSession, Opened, Session};
pub use password::{NewPassword, PasswordError};
pub use token::{Claims, SESSION_LASTS, TokenError};
