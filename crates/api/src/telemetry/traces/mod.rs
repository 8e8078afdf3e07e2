//! Following requests to the database, at a collector of OpenTelemetry.

mod client;
mod exporter;
mod request;
mod sampler;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{Protocol, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{BatchConfigBuilder, BatchSpanProcessor, Sampler, SdkTracerProvider};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::{Layer, Registry};
use vestibule_settings::TraceSettings;

use client::{Client, LastFailure};
use exporter::Watched;
pub(crate) use request::{follow, followed};
use sampler::Requests;

/// The target of the spans of requests. They are for traces alone: log lines have a span of their own.
pub(super) const REQUESTS: &str = "vestibule::traces";

/// The target of the spans of requests in the log.
const LOGGED_REQUESTS: &str = "vestibule::http::middleware::request_log";

/// The target of the spans of statements.
const STATEMENTS: &str = "vestibule::statements";

/// How many spans wait for their delivery, how many are delivered at once, and how often.
const WAITING: usize = 2_048;
const BATCH: usize = 512;
const DELAY: Duration = Duration::from_secs(5);

/// How long the collector may take for one delivery. It is not asked again.
const PATIENCE: Duration = Duration::from_secs(10);

/// The layer that makes traces of spans.
pub(super) type TraceLayer = Box<dyn Layer<Registry> + Send + Sync>;

/// The traces of this process.
static TRACES: OnceLock<Traces> = OnceLock::new();

struct Traces {
    /// What delivers the spans.
    provider: SdkTracerProvider,
    from_proxies: bool,
}

/// Why traces cannot be delivered at all.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TracesError {
    /// The client for calls could not be made.
    #[error("the client for calls to the collector cannot be made")]
    Client(#[source] reqwest::Error),
    /// The settings do not make an exporter.
    #[error(
        "traces cannot be delivered to the collector, by the settings or by a variable OTEL_EXPORTER_OTLP_…"
    )]
    Exporter(#[source] opentelemetry_otlp::ExporterBuildError),
}

/// The layer that makes traces of spans; none without a collector. A task of this runtime delivers them, a batch at a time.
/// A span for which there is no room any more, because the collector is slow or away, is dropped.
///
/// # Errors
/// See [`TracesError`].
pub(super) fn layer(settings: &TraceSettings) -> Result<Option<TraceLayer>, TracesError> {
    let Some(endpoint) = &settings.endpoint else { return Ok(None) };
    let failure = Arc::new(LastFailure::default());
    let client = Client::new(PATIENCE, settings.is_collector_here(), failure.clone());
    let client = client.map_err(TracesError::Client)?;
    let headers = settings.headers().map(|(name, value)| (name.to_owned(), value.to_owned()));
    let exporter = opentelemetry_otlp::SpanExporter::builder()
        .with_http()
        .with_http_client(client)
        .with_protocol(Protocol::HttpBinary)
        .with_timeout(PATIENCE)
        .with_endpoint(endpoint.reveal())
        .with_headers(headers.collect())
        .build()
        .map_err(TracesError::Exporter)?;
    let service = Resource::builder_empty()
        .with_service_name(settings.service.clone())
        .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
        .build();
    // All of it is said, since variables count for what is not.
    let batches = BatchConfigBuilder::default()
        .with_max_queue_size(WAITING)
        .with_max_export_batch_size(BATCH)
        .with_scheduled_delay(DELAY)
        .build();
    let provider = SdkTracerProvider::builder()
        .with_span_processor(BatchSpanProcessor::new(
            Watched::new(exporter, failure, endpoint.clone()),
            batches,
        ))
        .with_sampler(Sampler::ParentBased(Box::new(Requests::one_in(settings.one_in))))
        .with_resource(service)
        .build();
    let traces = TRACES.get_or_init(|| Traces { provider, from_proxies: settings.from_proxies });
    let layer = tracing_opentelemetry::layer()
        .with_tracer(traces.provider.tracer("vestibule"))
        .with_location(false)
        .with_threads(false)
        .with_target(false)
        .with_level(false)
        .with_tracked_inactivity(false);
    // Events are for the log: an error may tell what a trace must not. The log's own span of a request is what tasks that a
    // request starts are in.
    let is_followed = filter_fn(|metadata| {
        let target = metadata.target();
        metadata.is_span() && (target == REQUESTS || target == LOGGED_REQUESTS || target == STATEMENTS)
    });
    Ok(Some(layer.with_filter(is_followed).boxed()))
}

/// Whether traces that trusted proxies began are gone on with.
fn goes_on_with_proxies() -> bool {
    TRACES.get().is_some_and(|traces| traces.from_proxies)
}

/// Delivers the spans that wait, unless that takes longer than this.
pub(super) fn finish(patience: Duration) {
    if let Some(traces) = TRACES.get() {
        // A failure was logged by then, and there is nobody left to tell.
        let _done = traces.provider.shutdown_with_timeout(patience);
    }
}
