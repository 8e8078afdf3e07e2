//! The thread of the writer.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::thread::Builder;

use tokio::sync::oneshot;

type Call = Box<dyn FnOnce() + Send>;

/// A thread for calls that may wait for the disk, one after the other. The writer has its own, so that nobody who
/// writes waits for a thread of the runtime, which are all taken while many pictures are resized, for example.
///
/// It ends when the last clone of this is dropped.
#[derive(Clone)]
pub(super) struct OwnThread(Sender<Call>);

impl OwnThread {
    /// # Errors
    /// When the system gives no thread.
    pub(super) fn start() -> io::Result<Self> {
        let (calls, given) = channel::<Call>();
        Builder::new().name("sqlite-writer".to_owned()).spawn(move || {
            for call in given {
                // The panic is in the log. What the call had is dropped, and whoever waits for its answer gets none.
                let _ = catch_unwind(AssertUnwindSafe(call));
            }
        })?;
        Ok(Self(calls))
    }

    /// Makes a call after all others, whether or not anybody waits for its answer. The answer is an error if the call
    /// panicked.
    pub(super) fn call<T: Send + 'static>(
        &self,
        call: impl FnOnce() -> T + Send + 'static,
    ) -> oneshot::Receiver<T> {
        let (tell, told) = oneshot::channel();
        // If the thread were gone, the call would be dropped, and the receiver would say so.
        let _ = self.0.send(Box::new(move || drop(tell.send(call()))));
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn calls_are_made_in_order_and_after_a_panic_too() {
        let thread = OwnThread::start().unwrap();
        let panicked = thread.call(|| panic!("as it should"));
        let (mut made, mut waiting) = (std::sync::Arc::new(std::sync::Mutex::new(Vec::new())), Vec::new());
        for number in 0..10 {
            let made = made.clone();
            waiting.push(thread.call(move || made.lock().unwrap().push(number)));
        }
        panicked.await.unwrap_err();
        for told in waiting {
            told.await.unwrap();
        }
        drop(thread);
        let made = std::sync::Arc::get_mut(&mut made).unwrap().get_mut().unwrap();
        assert_eq!(*made, (0..10).collect::<Vec<_>>());
    }
}
