//! Reads that are asked for at the same time, and go to the server together.
//!
//! A read by a key costs PostgreSQL and this process most for the way there and back, and little for the row. So of one kind
//! of read (`by_key.rs`) only a few are under way at the same time on a thread. Whoever comes meanwhile waits until one of
//! them ends, and then all who wait are answered by one statement. Nobody waits for others to come.
//!
//! A statement is sent after the last of those came whom it answers, so nobody is shown what was true before he asked.

use std::collections::HashMap;
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sea_orm::{QueryResult, Value};
use tokio::sync::oneshot;
use tokio::time::timeout;

/// How many statements of a kind are under way at the same time on a thread.
const AT_ONCE: usize = 1;

/// How many keys one statement has at most.
const MOST: usize = 64;

/// How long somebody waits for those who came before, until he asks alone.
const PATIENCE: Duration = Duration::from_millis(20);

/// What tells kinds of reads apart: the address of what describes one.
pub(super) type Kind = usize;

/// The reads of a thread.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    kinds: Mutex<HashMap<Kind, Reads>>,
}

#[derive(Debug, Default)]
struct Reads {
    under_way: usize,
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
    Now,
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
        if kind.under_way < AT_ONCE {
            kind.under_way += 1;
            return Turn::Now;
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
        // The statement is on its way.
        waiting.told.await.ok()
    }

    /// Those who wait, as far as one statement asks for them all.
    pub(super) fn asking(&self, read: Kind) -> Asking {
        let mut kinds = self.kinds();
        let kind = of(&mut kinds, read);
        kind.waiting.retain(|asked| !asked.teller.is_closed());
        let mut asking = Asking::default();
        for asked in kind.waiting.drain(..kind.waiting.len().min(MOST)) {
            asking.keys.push(asked.key);
            asking.tellers.push(asked.teller);
        }
        asking
    }

    /// One statement less is under way. Whether the next one is, and has to be sent.
    #[must_use]
    pub(super) fn end(&self, read: Kind) -> bool {
        let mut kinds = self.kinds();
        let kind = of(&mut kinds, read);
        if kind.waiting.is_empty() {
            kind.under_way = kind.under_way.saturating_sub(1);
        }
        !kind.waiting.is_empty()
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

fn of<'k>(kinds: &'k mut HashMap<Kind, Reads>, read: Kind) -> &'k mut Reads {
    kinds.entry(read).or_default()
}

impl Asking {
    /// Tells everybody his rows.
    pub(super) fn tell(self, rows: Vec<QueryResult>) {
        let mut each: Vec<Vec<QueryResult>> = self.tellers.iter().map(|_| Vec::new()).collect();
        for row in rows {
            let place = row.try_get_by_index::<i64>(0).ok().and_then(|place| usize::try_from(place).ok());
            if let Some(rows) = place.and_then(|place| each.get_mut(place.checked_sub(1)?)) {
                rows.push(row);
            }
        }
        for (teller, rows) in self.tellers.into_iter().zip(each) {
            // Somebody may have hung up.
            drop(teller.send(rows));
        }
    }
}
