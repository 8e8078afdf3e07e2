//! Counting what a database has to do.

use std::collections::HashMap;
use std::sync::{Mutex, Once};

use tracing::field::{Field, Visit};
use tracing::span::Id;
use tracing::{Event, Instrument, Subscriber, trace_span};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Registry};

/// Where sqlx tells of each statement, inside the span of whoever waits for it.
const STATEMENTS: &str = "sqlx::query";

/// The spans that are watched, and the statements inside each.
static WATCHED: Mutex<Option<HashMap<Id, Vec<String>>>> = Mutex::new(None);

fn watched<T>(act: impl FnOnce(&mut HashMap<Id, Vec<String>>) -> T) -> T {
    act(WATCHED.lock().unwrap().get_or_insert_default())
}

/// Runs a task and answers what it gives, and the beginning of each statement that the database ran
/// for it. The limits of transactions do not count.
///
/// It becomes the subscriber of all traces in this process, which is to have no other. What the task
/// spawns is not seen.
pub async fn statements<T>(task: impl Future<Output = T>) -> (T, Vec<String>) {
    static LISTEN: Once = Once::new();
    LISTEN.call_once(|| {
        let wanted = |target: &str| target == STATEMENTS || target == module_path!();
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
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut summary = Summary::default();
        event.record(&mut summary);
        for span in context.event_scope(event).into_iter().flatten() {
            watched(|watched| {
                if let Some(statements) = watched.get_mut(&span.id()) {
                    statements.push(summary.0.clone());
                }
            });
        }
    }
}

#[derive(Default)]
struct Summary(String);

impl Visit for Summary {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            value.clone_into(&mut self.0);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
