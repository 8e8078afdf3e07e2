//! Which requests are followed.

use opentelemetry::Context;
use opentelemetry::KeyValue;
use opentelemetry::trace::{Link, SpanKind, TraceId};
use opentelemetry_sdk::trace::{Sampler, SamplingDecision, SamplingResult, ShouldSample};

/// Follows some requests, and nothing that no request led to: what workers ask of the database every few seconds tells
/// nothing.
#[derive(Debug, Clone)]
pub(super) struct Requests(Sampler);

impl Requests {
    /// Follows one request of so many, by chance.
    pub(super) fn one_in(number: u32) -> Self {
        Self(Sampler::TraceIdRatioBased(1.0 / f64::from(number)))
    }
}

impl ShouldSample for Requests {
    fn should_sample(
        &self,
        parent: Option<&Context>,
        trace: TraceId,
        name: &str,
        kind: &SpanKind,
        attributes: &[KeyValue],
        links: &[Link],
    ) -> SamplingResult {
        let mut answer = self.0.should_sample(parent, trace, name, kind, attributes, links);
        if *kind != SpanKind::Server {
            answer.decision = SamplingDecision::Drop;
        }
        answer
    }
}
