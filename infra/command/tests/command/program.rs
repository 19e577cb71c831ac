//! Runs the program: commands to their end, and stacks that are ended in one way or another.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::{Duration, Instant};

use local_stack::data_dir::{self, Running};
use serde_json::Value;

/// How long anything may take that the program does by itself.
const PATIENCE: Duration = Duration::from_secs(30);

/// A command with nothing in its environment that this machine has.
pub(crate) fn parallax(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
    command.args(arguments).env_clear().stdin(Stdio::null());
    command
}

/// What a command said, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Runs a command to its end.
pub(crate) fn run(arguments: &[&str]) -> Said {
    run_in(arguments, &[])
}

/// The same, with these variables.
pub(crate) fn run_in(arguments: &[&str], variables: &[(&str, &str)]) -> Said {
    let mut command = parallax(arguments);
    Said::from(command.envs(variables.iter().copied()).output().unwrap())
}

/// A stack that runs in a process of its own. It is killed with the test that started it.
pub(crate) struct Up {
    child: Child,
    stdout: BufReader<ChildStdout>,
    pub(crate) banner: String,
    pub(crate) running: Running,
}

impl Up {
    /// Starts a stack on this directory, and waits until it says that it is up.
    pub(crate) fn start(dir: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let log = std::fs::File::create(dir.with_extension("log")).unwrap();
        let mut child = parallax(&["up", "--port", "0", "--data-dir", text(dir)])
            .args(arguments)
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut banner = String::new();
        while !banner.contains("Ctrl-C") {
            let read = stdout.read_line(&mut banner).unwrap();
            assert!(read > 0, "it ended early: {banner}{}", log_of(dir));
        }
        let running = data_dir::running(dir).unwrap();
        Self {
            child,
            stdout,
            banner,
            running,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.running.port)
    }

    /// Asks it to end, as Ctrl-C does, and returns the exit code and how long it took.
    pub(crate) fn interrupt(mut self) -> (Option<i32>, Duration) {
        let pid = self.child.id().to_string();
        let asked = Instant::now();
        assert!(
            Command::new("kill")
                .args(["-INT", &pid])
                .status()
                .unwrap()
                .success()
        );
        while asked.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                let mut rest = String::new();
                while self.stdout.read_line(&mut rest).unwrap() > 0 {}
                return (status.code(), asked.elapsed());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("it doesn't end");
    }

    /// Whether it was killed, by itself or by somebody else.
    pub(crate) fn is_dead(&mut self) -> bool {
        use std::os::unix::process::ExitStatusExt as _;
        let ended = self.child.try_wait().unwrap();
        ended.is_some_and(|status| status.signal() == Some(9))
    }

    /// Ends it in the middle of whatever it does.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Up {
    fn drop(&mut self) {
        // It may have ended already, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the stack on this directory wrote to standard error.
pub(crate) fn log_of(dir: &Path) -> String {
    std::fs::read_to_string(dir.with_extension("log")).unwrap_or_default()
}

/// A path as an argument.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The ids in what `alert` printed.
pub(crate) fn answers(out: &str) -> Vec<Value> {
    let bodies = out.lines().filter_map(|line| line.split_once(' '));
    bodies
        .filter_map(|(_, body)| serde_json::from_str(body).ok())
        .collect()
}

/// Runs a command again and again until its output has these words.
pub(crate) fn until_says(arguments: &[&str], words: &str) -> String {
    let started = Instant::now();
    loop {
        let said = run(arguments);
        if said.out.contains(words) {
            return said.out;
        }
        assert!(started.elapsed() < PATIENCE, "{words} never came: {said:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
