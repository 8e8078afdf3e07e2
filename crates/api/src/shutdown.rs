//! Signals.

use std::io;

/// Waits for a request to stop: Ctrl-C, or on Unix `SIGTERM`, or `SIGHUP` from the terminal in which the process runs.
/// Any other `SIGHUP` is passed over, with a line in the log: settings are read at the start alone, and the log is no file
/// that could be opened anew.
pub async fn requested() {
    let interrupt = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(error = &error as &dyn std::error::Error, "Ctrl-C cannot be waited for");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let (terminate, hang_up) = (unix::terminated(), unix::hung_up());
    #[cfg(not(unix))]
    let (terminate, hang_up) = (std::future::pending::<()>(), std::future::pending::<()>());
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
        () = hang_up => {}
    }
}

/// From now on `SIGHUP` does not end the process at once. It has no effect before [`requested`] waits.
///
/// # Errors
/// When the system refuses.
pub fn outlive_hangups() -> io::Result<()> {
    // What was registered once stays so, also when nobody listens.
    #[cfg(unix)]
    drop(tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup())?);
    Ok(())
}

#[cfg(unix)]
mod unix {
    use std::io::{self, IsTerminal as _};

    use tokio::signal::unix::{Signal, SignalKind, signal};

    pub(super) async fn terminated() {
        wait(&mut waiting(SignalKind::terminate(), "SIGTERM cannot be waited for").await).await;
    }

    /// Ends when the terminal of the process is closed.
    pub(super) async fn hung_up() {
        // A terminal that was closed is none any more.
        let is_in_terminal = io::stderr().is_terminal();
        let mut hangups = waiting(SignalKind::hangup(), "SIGHUP cannot be waited for").await;
        loop {
            wait(&mut hangups).await;
            if is_in_terminal {
                return;
            }
            tracing::info!("SIGHUP is passed over: settings are read at the start; restart to change them");
        }
    }

    /// What is said is logged where the system refuses, and then this never ends.
    async fn waiting(kind: SignalKind, refused: &'static str) -> Signal {
        match signal(kind) {
            Ok(signal) => signal,
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "{refused}");
                std::future::pending().await
            }
        }
    }

    /// The next one. There is always another one to come.
    async fn wait(signal: &mut Signal) {
        if signal.recv().await.is_none() {
            std::future::pending::<()>().await;
        }
    }
}
