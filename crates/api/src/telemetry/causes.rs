//! The causes of errors in lines of JSON.

use std::error::Error;
use std::fmt;

use serde_json::Value;
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;
use vestibule_settings::causes;

/// Adds to each error of a line the texts of its causes, outermost first: `"error": "failed",
/// "error.sources": ["the store cannot be reached", "connection refused"]`. The form for people has them under
/// the same name; the library leaves them out of JSON.
pub(super) struct WithCauses<F>(pub(super) F);

impl<S, N, F> FormatEvent<S, N> for WithCauses<F>
where
    S: Subscriber + for<'s> LookupSpan<'s>,
    N: for<'w> FormatFields<'w> + 'static,
    F: FormatEvent<S, N>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let mut causes = Causes::default();
        event.record(&mut causes);
        if causes.0.is_empty() {
            return self.0.format_event(context, writer, event);
        }
        let mut line = String::new();
        self.0.format_event(context, Writer::new(&mut line), event)?;
        // The end of the object, and what goes before it.
        let Some(open) = line.trim_end().strip_suffix('}') else {
            return writer.write_str(&line);
        };
        writer.write_str(open)?;
        for (field, sources) in causes.0 {
            let name = Value::from(format!("{field}.sources"));
            write!(writer, ",{name}:{}", Value::from(sources))?;
        }
        writer.write_str("}\n")
    }
}

/// The fields with errors that have causes.
#[derive(Default)]
struct Causes(Vec<(&'static str, Vec<String>)>);

impl Visit for Causes {
    fn record_debug(&mut self, _field: &Field, _value: &dyn fmt::Debug) {}

    fn record_error(&mut self, field: &Field, error: &(dyn Error + 'static)) {
        let sources = causes(error);
        if !sources.is_empty() {
            self.0.push((field.name(), sources));
        }
    }
}
