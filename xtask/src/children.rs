//! Long-running children: ended with this program, however it ends.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use crate::shell::{Outcome, context, create, tail};

/// Waits for this program's end (its standard input closes), then ends the processes that it was given.
const WATCHDOG: &str = r#"trap "" INT; cat >/dev/null; kill -TERM "$@" 2>/dev/null"#;

/// A running program and the process that ends it.
pub(crate) struct Running {
    name: String,
    child: Child,
    watchdog: Option<Child>,
}

impl Running {
    /// Starts a program; its output goes to `log`.
    pub(crate) fn start(name: &str, command: &mut Command, log: &Path) -> Outcome<Self> {
        let output = create(log)?;
        let errors = context(output.try_clone(), || log.display().to_string())?;
        command.stdin(Stdio::null()).stdout(output).stderr(errors);
        let child = context(command.spawn(), || command.get_program().display().to_string())?;
        let mut watchdog = Command::new("sh");
        watchdog.args(["-c", WATCHDOG, "watchdog", &child.id().to_string()]);
        let watchdog =
            watchdog.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok();
        Ok(Self { name: name.into(), child, watchdog })
    }

    /// Waits until `ready` holds, or says why it never will.
    pub(crate) fn wait_until(
        &mut self,
        log: &Path,
        limit: Duration,
        ready: impl Fn() -> bool,
    ) -> Outcome<()> {
        let pause = Duration::from_millis(50);
        let mut waited = Duration::ZERO;
        while !ready() {
            if let Some(line) = self.ended() {
                return Err(format!("{}\n{line}", tail(log, 20)));
            }
            if waited > limit {
                return Err(format!("{}\n{} was not ready after {limit:?}", tail(log, 20), self.name));
            }
            thread::sleep(pause);
            waited += pause;
        }
        Ok(())
    }

    /// One line when the program has ended by itself.
    pub(crate) fn ended(&mut self) -> Option<String> {
        let status = self.child.try_wait().ok().flatten()?;
        Some(format!("{} ended ({status})", self.name))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Closing its standard input makes the watchdog send SIGTERM, so that the program can finish what it is doing.
        match &mut self.watchdog {
            Some(watchdog) => {
                drop(watchdog.stdin.take());
                let _ = watchdog.wait();
            }
            None => {
                let _ = self.child.kill();
            }
        }
        for _ in 0..200 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether a log has a line with the given text.
pub(crate) fn says(log: &Path, text: &str) -> bool {
    File::open(log)
        .is_ok_and(|file| BufReader::new(file).lines().map_while(Result::ok).any(|line| line.contains(text)))
}

/// Runs two pieces of work at the same time and gives both results.
pub(crate) fn both<A: Send, B: Send>(
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B + Send,
) -> Outcome<(A, B)> {
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        scope.spawn(move || sender.send(first()).ok());
        let second = second();
        let first = receiver.recv().map_err(|_| "a thread ended early".to_owned())?;
        Ok((first, second))
    })
}
