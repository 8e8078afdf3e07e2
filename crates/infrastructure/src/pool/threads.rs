//! Threads that do slow work, and the short queue in front of them.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::job::{Job, Task};
use super::priority::yield_to_requests;

/// A fixed number of threads behind a bounded queue, first come first served. Threads that answer requests go before
/// them.
///
/// Dropping the pool stops the threads once they have finished their current job. Jobs that still wait are not done.
pub(crate) struct Pool {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
    /// How many jobs may wait while every thread is at work.
    queue: usize,
}

/// The queue is full.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Full {
    /// The time after which there will probably be room; at least a second.
    pub(crate) retry_after: Duration,
}

struct Shared {
    state: Mutex<State>,
    /// Signalled when there is a job, or when the pool closes.
    changed: Condvar,
    /// The moving average of a job's time, in microseconds.
    job_micros: AtomicU64,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Box<dyn Job>>,
    running: usize,
    closing: bool,
}

impl Pool {
    /// Starts the threads, whose names start with `name`. `assumed` is the time of a job until that was measured.
    pub(crate) fn start(
        name: &'static str,
        threads: usize,
        queue: usize,
        assumed: Duration,
    ) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            state: Mutex::default(),
            changed: Condvar::new(),
            job_micros: AtomicU64::new(micros(assumed)),
        });
        // The pool exists before the first thread, so that a thread that does not start stops the others.
        let mut pool = Self { shared, threads: Vec::with_capacity(threads), queue };
        for number in 0..threads {
            let shared = Arc::clone(&pool.shared);
            let thread = Builder::new().name(format!("{name}-{number}")).spawn(move || {
                yield_to_requests();
                shared.work(name);
            })?;
            pool.threads.push(thread);
        }
        Ok(pool)
    }

    /// Queues a job. The receiver gets its result, or an error if the job panicked; dropping the
    /// receiver before the job has begun cancels it.
    pub(crate) fn submit<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<oneshot::Receiver<T>, Full> {
        let (reply, result) = oneshot::channel();
        let mut state = self.shared.lock();
        let room = self.threads.len() + self.queue;
        if state.running + state.waiting.len() >= room {
            // Jobs whose callers gave up must not keep others out.
            state.waiting.retain(|job| job.is_wanted());
        }
        let ahead = state.running + state.waiting.len();
        if ahead >= room {
            return Err(Full { retry_after: self.time_for(ahead) });
        }
        state.waiting.push_back(Box::new(Task { work, reply }));
        drop(state);
        self.shared.changed.notify_one();
        Ok(result)
    }

    fn time_for(&self, jobs: usize) -> Duration {
        let rounds = u64::try_from(jobs.div_ceil(self.threads.len().max(1))).unwrap_or(u64::MAX);
        let micros = self.shared.job_micros.load(Ordering::Relaxed).saturating_mul(rounds);
        Duration::from_micros(micros).max(Duration::from_secs(1))
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        // The threads are not waited for, because this may run on a thread that answers requests.
        let mut state = self.shared.lock();
        state.closing = true;
        state.waiting.clear();
        drop(state);
        self.shared.changed.notify_all();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // No job runs under the lock, so a panic cannot leave the state half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, name: &'static str) {
        while let Some(job) = self.next() {
            let begin = Instant::now();
            if catch_unwind(AssertUnwindSafe(|| job.run())).is_err() {
                tracing::error!(pool = name, "a job panicked");
            }
            self.measured(begin.elapsed());
            self.lock().running -= 1;
        }
    }

    /// Waits for a job that is still wanted. `None` when the pool is closing.
    fn next(&self) -> Option<Box<dyn Job>> {
        let mut state = self.lock();
        loop {
            if state.closing {
                return None;
            }
            match state.waiting.pop_front() {
                Some(job) if job.is_wanted() => {
                    state.running += 1;
                    return Some(job);
                }
                Some(_unwanted) => {}
                None => state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    fn measured(&self, taken: Duration) {
        // A sample that is lost to another thread does not matter.
        let average = self.job_micros.load(Ordering::Relaxed);
        let moved = average.saturating_mul(7).saturating_add(micros(taken)) / 8;
        self.job_micros.store(moved, Ordering::Relaxed);
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    const SHORT: Duration = Duration::from_millis(1);

    /// Keeps a thread of the pool at work until the sender is dropped; returns once it has begun.
    fn occupied(pool: &Pool) -> (mpsc::Sender<()>, oneshot::Receiver<()>) {
        let (release, released) = mpsc::channel::<()>();
        let (tell, told) = mpsc::channel();
        let result = pool.submit(move || {
            tell.send(()).unwrap();
            let _ = released.recv();
        });
        told.recv().unwrap();
        (release, result.unwrap())
    }

    #[test]
    fn a_job_beyond_the_queue_is_turned_away_for_at_least_a_second() {
        let pool = Pool::start("test", 1, 1, SHORT).unwrap();
        let _busy = occupied(&pool);
        let _waits = pool.submit(|| ()).unwrap();
        let full = pool.submit(|| ()).unwrap_err();
        assert_eq!(full.retry_after, Duration::from_secs(1));
    }

    #[test]
    fn the_longer_the_queue_the_later_the_retry() {
        let pool = Pool::start("test", 1, 2, Duration::from_secs(2)).unwrap();
        let _busy = occupied(&pool);
        let _waiting = [pool.submit(|| ()).unwrap(), pool.submit(|| ()).unwrap()];
        assert_eq!(pool.submit(|| ()).unwrap_err().retry_after, Duration::from_secs(6));
    }

    #[test]
    fn a_job_given_up_leaves_its_place_to_another() {
        let pool = Pool::start("test", 1, 1, SHORT).unwrap();
        let _busy = occupied(&pool);
        drop(pool.submit(|| ()).unwrap());
        assert!(pool.submit(|| ()).is_ok());
    }

    #[test]
    fn a_job_given_up_before_it_began_is_not_done() {
        let pool = Pool::start("test", 1, 2, SHORT).unwrap();
        let (release, _) = occupied(&pool);
        let (tell, told) = mpsc::channel();
        drop(pool.submit(move || tell.send(()).unwrap()).unwrap());
        let after = pool.submit(|| ()).unwrap();
        drop(release);
        after.blocking_recv().unwrap();
        assert!(told.recv().is_err(), "the job must have been dropped undone");
    }

    #[test]
    fn a_panic_costs_one_job_and_no_thread() {
        let pool = Pool::start("test", 1, 2, SHORT).unwrap();
        assert!(pool.submit(|| panic!("on purpose")).unwrap().blocking_recv().is_err());
        assert_eq!(pool.submit(|| 7).unwrap().blocking_recv(), Ok(7));
    }

    #[test]
    fn the_threads_end_with_the_pool() {
        let mut pool = Pool::start("test", 2, 2, SHORT).unwrap();
        let threads = std::mem::take(&mut pool.threads);
        drop(pool);
        for thread in threads {
            thread.join().expect("a thread must end by itself");
        }
    }

    #[test]
    fn jobs_run_on_every_thread_at_once() {
        let pool = Pool::start("test", 2, 0, SHORT).unwrap();
        let _both = [occupied(&pool), occupied(&pool)];
        assert!(pool.submit(|| ()).is_err());
    }
}
