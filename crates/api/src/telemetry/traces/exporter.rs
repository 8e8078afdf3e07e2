//! Telling the operator that traces are not delivered.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use opentelemetry_otlp::SpanExporter;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::SpanData;
use vestibule_settings::RedactedUrl;

use super::client::LastFailure;

/// An exporter whose failures are logged: the first one, and the end of them.
#[derive(Debug)]
pub(super) struct Watched {
    exporter: SpanExporter,
    /// Why it fails, where it got no answer.
    failure: Arc<LastFailure>,
    endpoint: RedactedUrl,
    fails: AtomicBool,
}

impl Watched {
    pub(super) fn new(exporter: SpanExporter, failure: Arc<LastFailure>, endpoint: RedactedUrl) -> Self {
        Self { exporter, failure, endpoint, fails: AtomicBool::new(false) }
    }

    fn note(&self, delivered: &OTelSdkResult) {
        let cause = self.failure.take();
        let failed_before = self.fails.swap(delivered.is_err(), Ordering::Relaxed);
        match delivered {
            Err(error) if !failed_before => tracing::warn!(
                endpoint = %self.endpoint,
                error = cause.unwrap_or_else(|| self.told(error)),
                "traces are not delivered; they are dropped until the collector takes them"
            ),
            Ok(()) if failed_before => {
                tracing::info!(endpoint = %self.endpoint, "traces are delivered again");
            }
            Ok(()) | Err(_) => {}
        }
    }

    /// The text of an error, which names the whole address: a part of that may be a key.
    fn told(&self, error: &OTelSdkError) -> String {
        error.to_string().replace(self.endpoint.reveal(), &self.endpoint.to_string())
    }
}

impl opentelemetry_sdk::trace::SpanExporter for Watched {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let delivered = self.exporter.export(batch).await;
        self.note(&delivered);
        delivered
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.exporter.force_flush()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(resource);
    }
}
