//! What waits for a thread.

use tokio::sync::oneshot;

/// A job whose kind of result is nobody else's concern.
pub(super) trait Job: Send {
    /// Whether somebody still waits for the result.
    fn is_wanted(&self) -> bool;
    /// Does it.
    fn run(self: Box<Self>);
}

/// Work, and the one who asked for it.
pub(super) struct Task<W, T> {
    pub(super) work: W,
    pub(super) reply: oneshot::Sender<T>,
}

impl<W: FnOnce() -> T + Send, T: Send> Job for Task<W, T> {
    fn is_wanted(&self) -> bool {
        !self.reply.is_closed()
    }

    fn run(self: Box<Self>) {
        // The one who asked may have left in the meantime.
        let _ = self.reply.send((self.work)());
    }
}
