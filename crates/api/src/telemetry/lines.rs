//! The way of lines out of the process.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tracing_subscriber::fmt::MakeWriter;

/// How long the thread waits before it writes again where the system said "not now".
const PAUSE: Duration = Duration::from_millis(10);

/// How long the thread lets lines gather after the first one. Waking it for each line would cost whoever logs more than
/// the line itself.
const GATHERING: Duration = Duration::from_millis(1);

/// Most bytes that are written in one go, unless one line is longer.
const AT_ONCE: usize = 64 << 10;

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
    /// The thread has lines in its hands.
    writing: bool,
    /// The thread waits to be told of a line.
    asleep: bool,
    /// So many wait to be told that nothing is left.
    awaiting_end: usize,
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
        // Telling takes a call of the system, and most lines find the thread awake.
        let is_asleep = std::mem::take(&mut state.asleep);
        drop(state);
        if is_asleep {
            self.0.changed.notify_all();
        }
    }

    pub(super) fn dropped(&self) -> Dropped {
        self.state().dropped
    }

    /// Waits until every line was written or dropped, but no longer than this. Whether they were.
    pub(super) fn wait_until_written(&self, patience: Duration) -> bool {
        let busy = |state: &mut State| state.writing || !state.waiting.is_empty();
        let mut state = self.state();
        state.awaiting_end += 1;
        let waited = self.0.changed.wait_timeout_while(state, patience, busy);
        let (mut state, waited) = waited.unwrap_or_else(PoisonError::into_inner);
        state.awaiting_end -= 1;
        !waited.timed_out()
    }

    /// Nothing that runs under the lock panics half-way, so a poisoned lock guards sound lines.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes for ever.
    fn carry(&self, mut place: impl Write) {
        // Whether a line was cut off in its middle, by a disk that filled up.
        let mut cut_off = false;
        let mut told = Dropped::default();
        loop {
            let (lines, are_last) = self.next();
            let lost = write_lines(&mut place, &lines, &mut cut_off);
            let dropped = self.done(lost);
            if lost == 0 && are_last && dropped != told {
                tell(told, dropped);
                told = dropped;
            }
        }
    }

    /// Waits for the next lines. Whether none wait behind them.
    fn next(&self) -> (Vec<Vec<u8>>, bool) {
        let mut state = self.state();
        if state.waiting.is_empty() {
            state.asleep = true;
            let nothing = |state: &mut State| state.waiting.is_empty();
            state = self.0.changed.wait_while(state, nothing).unwrap_or_else(PoisonError::into_inner);
            state.asleep = false;
            if state.awaiting_end == 0 {
                drop(state);
                thread::sleep(GATHERING);
                state = self.state();
            }
        }
        let (mut lines, mut bytes) = (Vec::new(), 0);
        while let Some(line) =
            state.waiting.front().filter(|line| bytes == 0 || bytes + line.len() <= AT_ONCE)
        {
            bytes += line.len();
            lines.extend(state.waiting.pop_front());
        }
        state.bytes = state.bytes.saturating_sub(bytes);
        state.writing = true;
        (lines, state.waiting.is_empty())
    }

    fn done(&self, lost: u64) -> Dropped {
        let mut state = self.state();
        state.writing = false;
        state.dropped.failed += lost;
        let dropped = state.dropped;
        let is_awaited = state.awaiting_end > 0;
        drop(state);
        if is_awaited {
            self.0.changed.notify_all();
        }
        dropped
    }
}

/// Writes lines in one go, and line by line from the first that cannot be written. How many were lost; `cut_off` says
/// whether the last thing that was written is a part of a line.
fn write_lines(place: &mut impl Write, lines: &[Vec<u8>], cut_off: &mut bool) -> u64 {
    let written = write_all(place, lines, cut_off);
    let mut lost = 0;
    for line in lines.get(written..).unwrap_or_default().iter().skip(1) {
        lost += u64::from(write_all(place, std::slice::from_ref(line), cut_off) == 0);
    }
    lost + u64::from(written < lines.len())
}

/// Writes lines in one go. How many were written.
fn write_all(place: &mut impl Write, lines: &[Vec<u8>], cut_off: &mut bool) -> usize {
    let mut text = Vec::with_capacity(lines.iter().map(Vec::len).sum::<usize>() + 1);
    if *cut_off {
        text.push(b'\n');
    }
    let mut ends = Vec::with_capacity(lines.len());
    for line in lines {
        text.extend_from_slice(line);
        ends.push(text.len());
    }
    let (written, failed) = write(place, &text);
    if let Some(last) = written.checked_sub(1) {
        *cut_off = failed && text.get(last) != Some(&b'\n');
    }
    ends.iter().filter(|end| **end <= written).count()
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
        let mut came = Vec::new();
        while came.len() < 8 {
            came.extend(read.recv().unwrap());
        }
        assert_eq!(came, b"one\ntwo\n");
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
        // Four wait, and as many may be in the thread's hands.
        assert!(dropped.failed == 0 && (992..=996).contains(&dropped.full), "{dropped:?}");
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
    fn of_lines_in_one_go_those_that_do_not_fit_are_lost_and_the_next_begins_on_a_line_of_its_own() {
        let mut disk = Disk(6, Vec::new());
        let mut cut_off = false;
        let lost =
            write_lines(&mut disk, &[line("one"), line("two"), line("three"), line("four")], &mut cut_off);
        assert_eq!((lost, cut_off), (1, false));
        assert_eq!(disk.1, b"one\ntw\nthree\nfour\n");
    }

    #[test]
    fn lines_that_gather_are_written_in_one_go() {
        let (lines, read) = slow(1000);
        lines.push(line("first"));
        let first = read.recv().unwrap();
        for _ in 0..10 {
            lines.push(line("more"));
        }
        let rest: Vec<_> = read
            .iter()
            .scan(0, |bytes, came| {
                *bytes += came.len();
                Some((came, *bytes))
            })
            .take_while(|(_, bytes)| *bytes < 50)
            .collect();
        assert!(first.starts_with(b"first\n") && rest.len() < 9, "{rest:?}");
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
