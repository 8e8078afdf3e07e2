//! The way of lines out of the process.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tracing_subscriber::fmt::MakeWriter;

/// How long the thread waits before it writes again where the system said "not now".
const PAUSE: Duration = Duration::from_millis(10);

/// Lines on their way to one place, which a thread of its own writes. Adding one takes a lock for as long as
/// it takes to put it into a queue, and never waits for the place. Clones are the same lines.
#[derive(Clone)]
pub(super) struct LogLines(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    /// Most bytes that wait.
    room: usize,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Vec<u8>>,
    bytes: usize,
    /// The thread has a line in its hands.
    writing: bool,
    dropped: Dropped,
}

/// Lines that nobody will read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Dropped {
    /// Too many waited.
    pub(crate) full: u64,
    /// They could not be written.
    pub(crate) failed: u64,
}

impl LogLines {
    /// Lines of which so many bytes wait at the most.
    pub(super) fn new(room: usize) -> Self {
        Self(Arc::new(Shared { state: Mutex::default(), changed: Condvar::new(), room }))
    }

    /// Starts the thread. It is never joined: a write may take for ever, and the end of the process ends it.
    pub(super) fn write_to(&self, place: impl Write + Send + 'static) -> io::Result<()> {
        let lines = self.clone();
        thread::Builder::new().name("log".to_owned()).spawn(move || lines.carry(place)).map(drop)
    }

    /// Adds a line, or drops it if too many wait.
    pub(super) fn push(&self, line: Vec<u8>) {
        let mut state = self.state();
        if state.bytes.saturating_add(line.len()) > self.0.room {
            state.dropped.full += 1;
            return;
        }
        state.bytes += line.len();
        state.waiting.push_back(line);
        drop(state);
        self.0.changed.notify_all();
    }

    pub(super) fn dropped(&self) -> Dropped {
        self.state().dropped
    }

    /// Waits until every line was written or dropped, but no longer than this. Whether they were.
    pub(super) fn wait_until_written(&self, patience: Duration) -> bool {
        let busy = |state: &mut State| state.writing || !state.waiting.is_empty();
        let waited = self.0.changed.wait_timeout_while(self.state(), patience, busy);
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }

    /// Nothing that runs under the lock panics half-way, so a poisoned lock guards sound lines.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes line by line, for ever.
    fn carry(&self, mut place: impl Write) {
        // Whether a line was cut off in its middle, by a disk that filled up.
        let mut cut_off = false;
        let mut told = Dropped::default();
        loop {
            let (mut line, is_last) = self.next();
            if cut_off {
                line.insert(0, b'\n');
            }
            let (written, failed) = write(&mut place, &line);
            cut_off = failed && (written > 0 || cut_off);
            let dropped = self.done(failed);
            if !failed && is_last && dropped != told {
                tell(told, dropped);
                told = dropped;
            }
        }
    }

    /// Waits for the next line. Whether none waits behind it.
    fn next(&self) -> (Vec<u8>, bool) {
        let nothing = |state: &mut State| state.waiting.is_empty();
        loop {
            let waited = self.0.changed.wait_while(self.state(), nothing);
            let mut state = waited.unwrap_or_else(PoisonError::into_inner);
            if let Some(line) = state.waiting.pop_front() {
                state.bytes = state.bytes.saturating_sub(line.len());
                state.writing = true;
                return (line, state.waiting.is_empty());
            }
        }
    }

    fn done(&self, failed: bool) -> Dropped {
        let mut state = self.state();
        state.writing = false;
        state.dropped.failed += u64::from(failed);
        let dropped = state.dropped;
        drop(state);
        self.0.changed.notify_all();
        dropped
    }
}

/// Says in the log that lines are missing from it, once they can be written again.
fn tell(told: Dropped, dropped: Dropped) {
    let lines = (dropped.full + dropped.failed).saturating_sub(told.full + told.failed);
    tracing::warn!(lines, "lines of the log were dropped: they were not read, or could not be written");
}

/// Writes a line. How many bytes of it were, and whether the rest failed.
fn write(place: &mut impl Write, line: &[u8]) -> (usize, bool) {
    let mut written = 0;
    while let Some(rest) = line.get(written..).filter(|rest| !rest.is_empty()) {
        match place.write(rest) {
            Ok(0) => return (written, true),
            Ok(more) => written += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            // Somebody else may have made the place non-blocking.
            Err(error) if error.kind() == ErrorKind::WouldBlock => thread::sleep(PAUSE),
            Err(_gone_or_full) => return (written, true),
        }
    }
    (written, false)
}

/// One event makes one call of `write`.
impl Write for &LogLines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.push(line.to_vec());
        Ok(line.len())
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

    use super::*;

    const LONG: Duration = Duration::from_secs(30);

    fn line(text: &str) -> Vec<u8> {
        format!("{text}\n").into_bytes()
    }

    /// A place that takes a line when the test takes it over.
    struct Slow(SyncSender<Vec<u8>>);

    impl Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.send(bytes.to_vec()).map_err(|gone| io::Error::new(ErrorKind::BrokenPipe, gone))?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn slow(room: usize) -> (LogLines, Receiver<Vec<u8>>) {
        let (sender, receiver) = sync_channel(0);
        let lines = LogLines::new(room);
        lines.write_to(Slow(sender)).unwrap();
        (lines, receiver)
    }

    #[test]
    fn lines_come_out_in_their_order() {
        let (lines, read) = slow(100);
        lines.push(line("one"));
        lines.push(line("two"));
        assert_eq!([read.recv().unwrap(), read.recv().unwrap()], [line("one"), line("two")]);
        assert!(lines.wait_until_written(LONG));
        assert_eq!(lines.dropped(), Dropped::default());
    }

    #[test]
    fn whoever_logs_does_not_wait_for_a_reader_and_what_is_too_much_is_counted() {
        let (lines, _unread) = slow(40);
        for _ in 0..1000 {
            lines.push(line("ten bytes"));
        }
        let dropped = lines.dropped();
        // Four wait, and one may be in the thread's hands.
        assert!(dropped.failed == 0 && (995..=996).contains(&dropped.full), "{dropped:?}");
        assert!(!lines.wait_until_written(Duration::from_millis(1)));
    }

    #[test]
    fn lines_for_a_reader_who_is_gone_are_counted() {
        let (lines, read) = slow(100);
        drop(read);
        for _ in 0..3 {
            lines.push(line("one"));
        }
        assert!(lines.wait_until_written(LONG));
        assert_eq!(lines.dropped(), Dropped { full: 0, failed: 3 });
    }

    /// A disk with room for so many bytes, then full once, then empty.
    struct Disk(usize, Vec<u8>);

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            match self.0 {
                0 => {
                    self.0 = usize::MAX;
                    Err(ErrorKind::StorageFull.into())
                }
                room => {
                    let taken = bytes.len().min(room);
                    self.0 = room - taken;
                    self.1.extend(&bytes[..taken]);
                    Ok(taken)
                }
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_is_written_whole_or_its_loss_is_known() {
        let mut disk = Disk(6, Vec::new());
        assert_eq!(write(&mut disk, b"one\n"), (4, false));
        assert_eq!(write(&mut disk, b"two\n"), (2, true));
        assert_eq!(write(&mut disk, b"three\n"), (6, false));
        assert_eq!(disk.1, b"one\ntwthree\n");
    }
}
