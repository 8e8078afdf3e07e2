//! The causes of errors in lines of the log, each told once.

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
/// "error.sources": ["the store cannot be reached", "connection refused"]`, and `error.sources=[…]` in lines for
/// people. The library leaves them out of JSON, and tells them to people as often as they contain each other.
pub(super) struct WithCauses<F> {
    pub(super) lines: F,
    pub(super) are_json: bool,
}

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
            return self.lines.format_event(context, writer, event);
        }
        let mut line = String::new();
        let inner = Writer::new(&mut line);
        self.lines.format_event(context, inner, event)?;
        let line = line.trim_end();
        if !self.are_json {
            writer.write_str(line)?;
            for (field, sources) in causes.0 {
                write!(writer, " {field}.sources={sources:?}")?;
            }
            return writer.write_str("\n");
        }
        // The end of the object, and what goes before it.
        let Some(open) = line.strip_suffix('}') else {
            return writeln!(writer, "{line}");
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
