//! What a piece of work logs.

use std::io::{self, Write};
use std::sync::{Arc, LazyLock, Mutex};

use tracing::Dispatch;
use tracing::subscriber::NoSubscriber;
use tracing_subscriber::fmt::MakeWriter;

/// What was logged so far.
#[derive(Clone, Default)]
pub struct LogLines(Arc<Mutex<Vec<u8>>>);

impl Write for &LogLines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for LogLines {
    type Writer = &'w LogLines;

    fn make_writer(&'w self) -> Self::Writer {
        self
    }
}

/// What `work` logs on this thread, in the form of `log`.
pub async fn logged(log: impl FnOnce(LogLines) -> Dispatch, work: impl Future<Output = ()>) -> String {
    ask_all_listeners();
    let lines = LogLines::default();
    let guard = tracing::dispatcher::set_default(&log(lines.clone()));
    work.await;
    drop(guard);
    String::from_utf8(lines.0.lock().unwrap().clone()).unwrap()
}

/// Has each place that logs ask all listeners of the process whether they want to hear of it.
///
/// As long as there is one listener alone, `tracing` asks that of the thread which comes to the place first. Where that
/// thread has none, as that of another test, the place is silent from then on, for the one listener too. So there are two
/// more, which hear nothing.
pub(crate) fn ask_all_listeners() {
    static OTHERS: LazyLock<[Dispatch; 2]> =
        LazyLock::new(|| [0, 1].map(|_| Dispatch::new(NoSubscriber::new())));
    LazyLock::force(&OTHERS);
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[tokio::test]
    async fn what_a_thread_without_a_listener_came_to_first_is_heard_by_another() {
        let say = || tracing::warn!("what both threads say");
        let form = |lines| tracing_subscriber::fmt().with_writer(lines).finish().into();
        let log = logged(form, async {
            thread::spawn(say).join().unwrap();
            say();
        });
        assert_eq!(log.await.matches("what both threads say").count(), 1);
    }
}
