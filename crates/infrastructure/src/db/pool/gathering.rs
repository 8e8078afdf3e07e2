//! Reads that are asked for at the same time, and go to the server together.
//!
//! A read by a key costs PostgreSQL and this process most for the way there and back, and little for the row. So of one kind
//! of read (`by_key.rs`) one statement is under way at a time on a thread. Whoever comes meanwhile waits until it ends, and
//! then one statement asks for all who wait, up to [`MOST`]. Nobody waits for others to come.
//!
//! A statement is sent after the last of those came whom it answers, so nobody is shown what was true before he asked.
//!
//! One that is stuck holds up nobody for long: who waits for it soon asks alone, and who comes later does so at once.

use std::collections::HashMap;
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::{QueryResult, Value};
use tokio::sync::oneshot;
use tokio::time::timeout;

/// How many keys one statement has at most.
const MOST: usize = 64;

/// How long somebody waits for those who came before, until he asks alone. It is longer than a thread waits for a connection
/// of its own before it takes a shared one (`server_pool.rs`).
const PATIENCE: Duration = Duration::from_millis(60);

/// How long somebody waits whose statement was sent, until he asks alone.
const ANSWER: Duration = Duration::from_secs(2);

/// What tells kinds of reads apart: the address of what describes one.
pub(super) type Kind = usize;

/// The reads of a thread.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    kinds: Mutex<HashMap<Kind, Reads>>,
}

#[derive(Debug, Default)]
struct Reads {
    /// When the statement was sent that is under way.
    under_way: Option<Instant>,
    waiting: Vec<Asked>,
    /// What the next one who waits is told from others by.
    next: u64,
}

#[derive(Debug)]
struct Asked {
    number: u64,
    key: Vec<Value>,
    teller: oneshot::Sender<Vec<QueryResult>>,
}

/// What somebody has to do who asks.
pub(super) enum Turn {
    /// To ask now, and then to [end](Gathering::end).
    First,
    /// To ask now, because the statement that is under way takes long.
    Alone,
    /// To wait.
    Later(Waiting),
}

pub(super) struct Waiting {
    number: u64,
    told: oneshot::Receiver<Vec<QueryResult>>,
}

/// Keys that one statement asks for.
#[derive(Default)]
pub(super) struct Asking {
    pub(super) keys: Vec<Vec<Value>>,
    tellers: Vec<oneshot::Sender<Vec<QueryResult>>>,
}

impl Gathering {
    /// Whether somebody who asks has to wait.
    pub(super) fn turn(&self, read: Kind, key: &[Value]) -> Turn {
        let mut kinds = self.kinds();
        let kind = of(&mut kinds, read);
        match kind.under_way {
            None => {
                kind.under_way = Some(Instant::now());
                return Turn::First;
            }
            Some(sent) if sent.elapsed() > PATIENCE => return Turn::Alone,
            Some(_) => {}
        }
        let (teller, told) = oneshot::channel();
        let number = kind.next;
        kind.next += 1;
        kind.waiting.push(Asked { number, key: key.to_vec(), teller });
        Turn::Later(Waiting { number, told })
    }

    /// The rows with the places of keys before their columns. `None` for somebody who has to ask alone.
    pub(super) async fn wait(&self, read: Kind, mut waiting: Waiting) -> Option<Vec<QueryResult>> {
        if let Ok(told) = timeout(PATIENCE, &mut waiting.told).await {
            return told.ok();
        }
        if self.leaves(read, waiting.number) {
            return None;
        }
        // The statement is on its way. To ask once more does no harm.
        timeout(ANSWER, waiting.told).await.ok()?.ok()
    }

    /// Those who wait, as far as one statement asks for them all.
    pub(super) fn asking(&self, read: Kind) -> Asking {
        let mut kinds = self.kinds();
        let kind = of(&mut kinds, read);
        kind.forget();
        kind.under_way = Some(Instant::now());
        let mut asking = Asking::default();
        for asked in kind.waiting.drain(..kind.waiting.len().min(MOST)) {
            asking.keys.push(asked.key);
            asking.tellers.push(asked.teller);
        }
        asking
    }

    /// No statement is under way any more. Whether the next one has to be sent, which is under way from now on.
    #[must_use]
    pub(super) fn end(&self, read: Kind) -> bool {
        let mut kinds = self.kinds();
        let kind = of(&mut kinds, read);
        kind.forget();
        kind.under_way = (!kind.waiting.is_empty()).then(Instant::now);
        kind.under_way.is_some()
    }

    /// Lets all who wait ask alone.
    pub(super) fn give_up(&self, read: Kind) {
        let waiting = mem::take(&mut of(&mut self.kinds(), read).waiting);
        drop(waiting);
    }

    /// Whether somebody still waited.
    fn leaves(&self, read: Kind, number: u64) -> bool {
        let mut kinds = self.kinds();
        let waiting = &mut of(&mut kinds, read).waiting;
        let before = waiting.len();
        waiting.retain(|asked| asked.number != number);
        waiting.len() < before
    }

    fn kinds(&self) -> MutexGuard<'_, HashMap<Kind, Reads>> {
        self.kinds.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn of(kinds: &mut HashMap<Kind, Reads>, read: Kind) -> &mut Reads {
    kinds.entry(read).or_default()
}

impl Reads {
    /// Forgets those who hung up.
    fn forget(&mut self) {
        self.waiting.retain(|asked| !asked.teller.is_closed());
    }
}

impl Asking {
    /// Tells everybody his rows.
    pub(super) fn tell(self, rows: Vec<QueryResult>) {
        let mut each: Vec<Vec<QueryResult>> = self.tellers.iter().map(|_| Vec::new()).collect();
        for row in rows {
            let place = row.try_get_by_index::<i64>(0).ok().and_then(|place| usize::try_from(place).ok());
            // Without its place a row might be anybody's. All ask alone then.
            let Some(rows) = place.and_then(|place| each.get_mut(place.checked_sub(1)?)) else { return };
            rows.push(row);
        }
        for (teller, rows) in self.tellers.into_iter().zip(each) {
            // Somebody may have hung up.
            drop(teller.send(rows));
        }
    }
}
