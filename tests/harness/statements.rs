//! Counting the statements that a database runs.

use std::sync::{Arc, Mutex};

use tracing::Subscriber;
use tracing::instrument::WithSubscriber as _;
use tracing::span::{Attributes, Id};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::Registry;

use crate::logged::ask_all_listeners;

/// The target of the spans that are opened for each statement, in the task that waits for it. So a statement is
/// counted by the time the task continues; events of a driver's own threads may come later.
const STATEMENTS: &str = "vestibule::statements";

/// The methods that run one statement each, on connections and in transactions.
const METHODS: [&str; 3] = ["execute_raw", "execute_unprepared", "rows_of"];

/// Runs a task, and answers its result and the kind of each statement that a database ran for it. Statements that set
/// the limits of transactions do not count, and neither do those of tasks that the task spawns.
pub async fn statements<T>(task: impl Future<Output = T>) -> (T, Vec<&'static str>) {
    ask_all_listeners();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let listener = Listener(seen.clone());
    let listener = listener.with_filter(filter_fn(|metadata| metadata.target() == STATEMENTS));
    let answer = task.with_subscriber(Registry::default().with(listener)).await;
    let seen = seen.lock().unwrap().clone();
    (answer, seen)
}

struct Listener(Arc<Mutex<Vec<&'static str>>>);

impl<S: Subscriber> Layer<S> for Listener {
    fn on_new_span(&self, attributes: &Attributes<'_>, _id: &Id, _context: Context<'_, S>) {
        let method = attributes.metadata().name();
        if METHODS.contains(&method) {
            self.0.lock().unwrap().push(method);
        }
    }
}
