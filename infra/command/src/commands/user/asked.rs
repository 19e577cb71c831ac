//! A new password: asked for without an echo, read from a pipe, or made up.

use std::error::Error;
use std::io::{self, BufRead, IsTerminal, Write};

use login::NewPassword;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use secrecy::{ExposeSecret, SecretString};

/// Where a password comes from; from a prompt unless told otherwise. It is no argument, since
/// arguments are seen by everybody on the machine and kept by the shell.
#[derive(Debug, clap::Args)]
pub(super) struct PasswordArguments {
    /// Read the password from standard input: one line.
    #[arg(long, conflicts_with = "generate")]
    password_stdin: bool,
    /// Make a password up, and print it this one time.
    #[arg(long)]
    generate: bool,
}

impl PasswordArguments {
    /// The password; the second one is the same if it has to be shown.
    pub(super) fn read(
        &self,
    ) -> Result<(NewPassword, Option<NewPassword>), Box<dyn Error + Send + Sync>> {
        if self.generate {
            let password = NewPassword::made_up()?;
            return Ok((password.clone(), Some(password)));
        }
        let text = if self.password_stdin {
            line()?
        } else {
            prompted()?
        };
        let password = NewPassword::new(text).map_err(|error| format!("the password {error}"))?;
        Ok((password, None))
    }
}

fn prompted() -> Result<SecretString, Box<dyn Error + Send + Sync>> {
    if !io::stdin().is_terminal() {
        return Err("there is no terminal to ask for a password: \
                    use --password-stdin or --generate"
            .into());
    }
    let _silence = Silence::begin()?;
    let once = ask("New password: ")?;
    let again = ask("The same again: ")?;
    if once.expose_secret() == again.expose_secret() {
        Ok(once)
    } else {
        Err("the two are not the same".into())
    }
}

fn ask(question: &str) -> io::Result<SecretString> {
    eprint!("{question}");
    io::stderr().flush()?;
    let answer = line();
    eprintln!();
    answer
}

fn line() -> io::Result<SecretString> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    let text = line.strip_suffix('\n').unwrap_or(&line);
    let text = text.strip_suffix('\r').unwrap_or(text);
    Ok(SecretString::from(text.to_owned()))
}

/// The terminal shows nothing of what is typed until this is dropped.
struct Silence(Termios);

impl Silence {
    fn begin() -> io::Result<Self> {
        let before = tcgetattr(io::stdin())?;
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO);
        tcsetattr(io::stdin(), OptionalActions::Flush, &silent)?;
        Ok(Self(before))
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        // There is nobody left to tell.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.0);
    }
}
