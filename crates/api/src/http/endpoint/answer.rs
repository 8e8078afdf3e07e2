//! One documented answer of an endpoint.

use std::collections::BTreeMap;

use actix_web::body::MessageBody as _;
use actix_web::http::StatusCode;
use serde_json::Value;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::response::{Response, ResponseBuilder};

use super::{DocumentedDialect, Shape};
use crate::http::Problem;

/// The answers with one status.
#[derive(Clone)]
pub(super) struct Answer {
    pub status: StatusCode,
    description: &'static str,
    pub shape: Option<Shape>,
    /// Bodies, by the name of their case; a single one needs no name.
    examples: BTreeMap<&'static str, Value>,
}

impl Answer {
    pub(super) fn new(status: StatusCode, description: &'static str, shape: Option<Shape>) -> Self {
        Self { status, description, shape, examples: BTreeMap::new() }
    }

    /// The answer to problems, in the words of the dialect: one for each status that they have.
    pub(super) fn of_problems<D: DocumentedDialect>(
        description: &'static str,
        cases: impl IntoIterator<Item = (&'static str, Problem)>,
    ) -> Vec<Self> {
        let mut answers: Vec<Self> = Vec::new();
        for (case, problem) in cases {
            let response = D::render(&problem);
            let status = response.status();
            // An answer that is made at once has its whole body.
            let bytes = response.into_body().try_into_bytes().unwrap_or_default();
            let body = serde_json::from_slice(&bytes).unwrap_or_default();
            if let Some(answer) = answers.iter_mut().find(|answer| answer.status == status) {
                answer.shape = answer.shape.take().map(|shape| shape.or(D::shape(&problem)));
                answer.example(case, body);
                continue;
            }
            let mut answer = Self::new(status, description, Some(D::shape(&problem)));
            answer.example(case, body);
            answers.push(answer);
        }
        answers
    }

    pub(super) fn example(&mut self, case: &'static str, body: Value) {
        self.examples.insert(case, body);
    }

    /// The entry of the answer in the document.
    pub(super) fn entry(self) -> Response {
        let response = ResponseBuilder::new().description(self.description);
        let Some(shape) = self.shape else {
            return response.build();
        };
        let content = ContentBuilder::new().schema(Some(shape.schema));
        let mut examples = self.examples;
        let content = match examples.len() {
            0 => content,
            1 => content.example(examples.pop_first().map(|(_, body)| body)),
            _ => content.examples_from_iter(
                examples
                    .into_iter()
                    .map(|(case, body)| (case, ExampleBuilder::new().value(Some(body)).build())),
            ),
        };
        response.content("application/json", content.build()).build()
    }
}
