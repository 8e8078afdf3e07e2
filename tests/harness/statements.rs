//! Counting the statements that a database runs.

use std::collections::HashMap;
use std::sync::{Mutex, Once};

use tracing::span::{Attributes, Id};
use tracing::{Instrument, Subscriber, trace_span};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Registry};

/// The target of the spans that are opened for each statement, in the task that waits for it. So a statement is
/// counted by the time the task continues; events of a driver's own threads may come later.
const STATEMENTS: &str = "vestibule_infrastructure::db::pool";

/// The methods that run one statement each, on connections and in transactions.
const METHODS: [&str; 3] = ["execute_raw", "execute_unprepared", "rows_of"];

/// The spans that are watched, with the statements inside each.
static WATCHED: Mutex<Option<HashMap<Id, Vec<&'static str>>>> = Mutex::new(None);

fn watched<T>(act: impl FnOnce(&mut HashMap<Id, Vec<&'static str>>) -> T) -> T {
    act(WATCHED.lock().unwrap().get_or_insert_default())
}

/// Runs a task, and answers its result and the kind of each statement that a database ran for it. Statements that set
/// the limits of transactions do not count.
///
/// This installs the only subscriber of traces in the process. Tasks that the task spawns are not counted.
pub async fn statements<T>(task: impl Future<Output = T>) -> (T, Vec<&'static str>) {
    static LISTEN: Once = Once::new();
    LISTEN.call_once(|| {
        let wanted = |target: &str| target.starts_with(STATEMENTS) || target == module_path!();
        let listener = Listener.with_filter(filter_fn(move |metadata| wanted(metadata.target())));
        tracing::subscriber::set_global_default(Registry::default().with(listener))
            .expect("there is another subscriber");
    });
    let span = trace_span!("statements");
    let id = span.id().expect("the span is not enabled");
    watched(|watched| watched.insert(id.clone(), Vec::new()));
    let answer = task.instrument(span).await;
    (answer, watched(|watched| watched.remove(&id)).unwrap_or_default())
}

struct Listener;

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Listener {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let method = attributes.metadata().name();
        if !METHODS.contains(&method) {
            return;
        }
        for span in context.span_scope(id).into_iter().flatten() {
            watched(|watched| {
                if let Some(statements) = watched.get_mut(&span.id()) {
                    statements.push(method);
                }
            });
        }
    }
}
