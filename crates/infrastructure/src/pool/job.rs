//! Jobs that wait for a thread.

use tokio::sync::oneshot;

/// A job of any result type, so that one queue holds all kinds.
pub(super) trait Job: Send {
    /// Whether the caller still waits for the result.
    fn is_wanted(&self) -> bool;
    /// Does the work and sends the result to the caller.
    fn run(self: Box<Self>);
}

/// A job: its work, and the channel to its caller.
pub(super) struct Task<W, T> {
    pub(super) work: W,
    pub(super) reply: oneshot::Sender<T>,
}

impl<W: FnOnce() -> T + Send, T: Send> Job for Task<W, T> {
    fn is_wanted(&self) -> bool {
        !self.reply.is_closed()
    }

    fn run(self: Box<Self>) {
        // The caller may have stopped waiting.
        let _ = self.reply.send((self.work)());
    }
}
