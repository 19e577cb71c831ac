//! `parallax user`, and the admin that a stack begins with.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::program::{Said, Up, log_of, parallax, run, text};

fn told(dir: &Path, arguments: &[&str]) -> Said {
    let place = ["--data-dir", text(dir)];
    run(&arguments.iter().copied().chain(place).collect::<Vec<_>>())
}

/// The same, with this on standard input.
fn told_with(dir: &Path, arguments: &[&str], input: &str) -> Said {
    let mut command = parallax(arguments);
    let command = command
        .args(["--data-dir", text(dir)])
        .stdin(Stdio::piped());
    let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    Said::from(child.wait_with_output().unwrap())
}

fn json(dir: &Path, arguments: &[&str]) -> Value {
    let said = told(dir, arguments);
    serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"))
}

/// The line that tells how to sign in.
fn dashboard_line(up: &Up) -> &str {
    let mut lines = up.banner.lines().filter(|it| it.starts_with("dashboard:"));
    let line = lines.next().unwrap();
    assert_eq!(lines.next(), None, "{}", up.banner);
    line
}

fn roles(dir: &Path) -> Vec<(String, String)> {
    let report = json(dir, &["user", "list", "--json"]);
    let users = report["users"].as_array().unwrap().iter();
    let told = |user: &Value, field: &str| user[field].as_str().unwrap().to_owned();
    users
        .map(|user| (told(user, "name"), told(user, "role")))
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let pairs = expected.iter();
    pairs
        .map(|(name, role)| ((*name).to_owned(), (*role).to_owned()))
        .collect()
}

#[test]
fn the_first_start_makes_an_admin_and_tells_the_password_once() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("data");
    let up = Up::start(&dir, &[], &[]);
    let line = dashboard_line(&up);
    let beginning = "dashboard: sign in as admin with the password ";
    let password = line.strip_prefix(beginning).unwrap().to_owned();
    assert_eq!(password.len(), 23, "{line}");
    assert!(!log_of(&dir).contains(&password));
    assert_eq!(roles(&dir), pairs(&[("admin", "admin")]));
    up.interrupt();
    let up = Up::start(&dir, &[], &[]);
    let line = dashboard_line(&up);
    assert_eq!(
        line,
        "dashboard: `parallax user passwd admin` sets a new password"
    );
    up.interrupt();
}

#[test]
fn users_are_added_changed_and_removed() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("data");
    let up = Up::start(&dir, &[], &[]);
    let added = told_with(
        &dir,
        &["user", "add", "Ann", "--password-stdin"],
        "correct horse\n",
    );
    assert_eq!(added.code, Some(0), "{added:?}");
    assert_eq!(added.out, "ann is added as user\n");
    let made = json(
        &dir,
        &[
            "user",
            "add",
            "ben",
            "--role",
            "researcher",
            "--generate",
            "--json",
        ],
    );
    assert_eq!(made["user"]["role"], "researcher", "{made}");
    assert_eq!(made["password"].as_str().unwrap().len(), 23, "{made}");
    let all = [("admin", "admin"), ("ann", "user"), ("ben", "researcher")];
    assert_eq!(roles(&dir), pairs(&all));
    let said = told(&dir, &["user"]);
    assert!(
        said.out.contains("ben    researcher  never signed in"),
        "{said:?}"
    );

    let said = told(&dir, &["user", "role", "ann", "admin"]);
    assert_eq!(
        (said.code, said.out.as_str()),
        (Some(0), "ann is admin now\n")
    );
    let said = told(&dir, &["user", "passwd", "ann", "--generate"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("\npassword: "), "{said:?}");
    let said = told(&dir, &["user", "remove", "admin"]);
    assert_eq!(
        (said.code, said.out.as_str()),
        (Some(0), "admin is removed\n")
    );
    assert_eq!(
        roles(&dir),
        pairs(&[("ann", "admin"), ("ben", "researcher")])
    );
    up.interrupt();
}

#[test]
fn what_cannot_be_done_is_said_in_words() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("data");
    let said = told(&dir, &["user"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains("no stack runs on"), "{said:?}");
    let up = Up::start(&dir, &[], &[]);
    for (arguments, words) in [
        (
            &["user", "add", "admin", "--generate"][..],
            "there is a user admin already",
        ),
        (
            &["user", "add", "ann"],
            "use --password-stdin or --generate",
        ),
        (
            &["user", "passwd", "ann", "--generate"],
            "there is no user ann",
        ),
        (
            &["user", "role", "admin", "user"],
            "admin is the last admin",
        ),
        (&["user", "remove", "admin"], "admin is the last admin"),
    ] {
        let said = told(&dir, arguments);
        assert_eq!((said.code, said.out.as_str()), (Some(1), ""), "{said:?}");
        assert!(said.err.contains(words), "{words}: {said:?}");
    }
    let short = told_with(&dir, &["user", "add", "ann", "--password-stdin"], "short\n");
    assert!(
        short.err.contains("must have at least 12 characters"),
        "{short:?}"
    );
    for wrong in [
        &["user", "add"][..],
        &["user", "add", "a b", "--generate"],
        &["user", "add", "ann", "--role", "owner"],
        &["user", "add", "ann", "--generate", "--password-stdin"],
        &["user", "passwd", "admin", "--password", "x"],
    ] {
        assert_eq!(told(&dir, wrong).code, Some(2), "{wrong:?}");
    }
    assert_eq!(roles(&dir), pairs(&[("admin", "admin")]));
    up.interrupt();
}
