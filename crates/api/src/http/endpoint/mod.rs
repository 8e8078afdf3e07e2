//! The table of endpoints: each says once how it is reached, how often, and what it answers. Its route and its
//! OpenAPI operation come from that.

mod answer;
mod document;
mod example;
mod methods;
mod mount;
mod parameter;
mod pattern;
mod shape;
mod table;

use std::marker::PhantomData;

use actix_web::http::{Method, StatusCode};
use actix_web::{FromRequest, Handler, Responder, Route};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::path::Parameter;

use self::answer::Answer;
pub use self::document::{About, document};
pub use self::example::broken_rules;
pub use self::mount::mount;
pub use self::parameter::{HeaderField, PathValue, QueryValue};
pub use self::shape::{DocumentedDialect, Shape};
use super::extract::BodyKind;
use super::middleware::{CallLimit, Throttled};
use super::{FrameworkProblem, Problem};

/// An endpoint of a surface that speaks the dialect `D`.
///
/// What any endpoint answers is documented without being said: 503 always; 422 where there are values, 400 and
/// 413 where there is a body, 429 where there is a limit, 401 where a token is asked for. Saying one of these
/// statuses replaces what is documented of it.
#[must_use]
pub struct Endpoint<D> {
    method: Method,
    /// As clients know it.
    path: &'static str,
    /// The pattern of the router, where that is another.
    pattern: &'static str,
    leaves_other_methods: bool,
    answers_head: bool,
    route: Route,
    limit: Option<CallLimit>,
    tag: &'static str,
    operation: &'static str,
    summary: &'static str,
    description: Option<&'static str>,
    parameters: Vec<Parameter>,
    body: Option<(BodyKind, Shape)>,
    security: Security,
    answers: Vec<Answer>,
    dialect: PhantomData<D>,
}

/// Whose calls are answered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Security {
    Anyone,
    /// Of those with a good access token.
    Bearer,
    /// Likewise, and the document tells how to get one by a password grant.
    PasswordGrant,
    /// Of anyone while a door is open, else of those with a good access token.
    BearerUnlessOpen,
}

impl<D: DocumentedDialect> Endpoint<D> {
    /// Answers `GET`.
    pub fn get<H: Handler<A> + Send + Sync, A: FromRequest + 'static>(path: &'static str, handler: H) -> Self
    where
        H::Output: Responder + 'static,
    {
        Self::new(Method::GET, path, handler)
    }

    /// Answers `POST`.
    pub fn post<H: Handler<A> + Send + Sync, A: FromRequest + 'static>(path: &'static str, handler: H) -> Self
    where
        H::Output: Responder + 'static,
    {
        Self::new(Method::POST, path, handler)
    }

    /// Answers `PUT`.
    pub fn put<H: Handler<A> + Send + Sync, A: FromRequest + 'static>(path: &'static str, handler: H) -> Self
    where
        H::Output: Responder + 'static,
    {
        Self::new(Method::PUT, path, handler)
    }

    /// Answers `PATCH`.
    pub fn patch<H: Handler<A> + Send + Sync, A: FromRequest + 'static>(
        path: &'static str,
        handler: H,
    ) -> Self
    where
        H::Output: Responder + 'static,
    {
        Self::new(Method::PATCH, path, handler)
    }

    /// Answers `DELETE`.
    pub fn delete<H: Handler<A> + Send + Sync, A: FromRequest + 'static>(
        path: &'static str,
        handler: H,
    ) -> Self
    where
        H::Output: Responder + 'static,
    {
        Self::new(Method::DELETE, path, handler)
    }

    fn new<H: Handler<A>, A: FromRequest + 'static>(method: Method, path: &'static str, handler: H) -> Self
    where
        H::Output: Responder + 'static,
    {
        let answers_head = D::TELLS_METHODS && method == Method::GET;
        Self {
            route: Route::new().to(handler),
            answers_head,
            method,
            path,
            pattern: path,
            leaves_other_methods: false,
            limit: None,
            tag: "",
            operation: "",
            summary: "",
            description: None,
            parameters: Vec::new(),
            body: None,
            security: Security::Anyone,
            answers: Vec::new(),
            dialect: PhantomData,
        }
    }

    /// What it is called: the group it belongs to, the id of the operation for generated clients, and a line
    /// for people.
    pub fn called(mut self, tag: &'static str, operation: &'static str, summary: &'static str) -> Self {
        (self.tag, self.operation, self.summary) = (tag, operation, summary);
        self
    }

    /// What people should know of it beyond its line.
    pub fn about(mut self, description: &'static str) -> Self {
        self.description = Some(description);
        self
    }

    /// The router's pattern, where the values of the path have other names there: all methods of one pattern
    /// share its names.
    pub fn at(mut self, pattern: &'static str) -> Self {
        self.pattern = pattern;
        self
    }

    /// Other methods of this path go to the pattern that also fits it, and not to 405. Both are below one prefix.
    pub fn leaving_other_methods(mut self) -> Self {
        self.leaves_other_methods = true;
        self
    }

    /// Refuses `HEAD`, where the dialect has it answered like `GET`: the call changes something.
    pub fn without_head(mut self) -> Self {
        self.answers_head = false;
        self
    }

    /// How often one client may call it.
    pub fn limited(mut self, limit: CallLimit) -> Self {
        self.limit = Some(limit);
        self
    }

    /// A value in the path.
    pub fn path_value(mut self, value: PathValue) -> Self {
        self.parameters.push(value.into());
        self
    }

    /// A value in the query.
    pub fn query_value(mut self, value: QueryValue) -> Self {
        self.parameters.push(value.into());
        self
    }

    /// A value in a header.
    pub fn header_value(mut self, value: HeaderField) -> Self {
        self.parameters.push(value.into());
        self
    }

    /// The shape of a JSON body.
    pub fn json<T: ToSchema>(self) -> Self {
        self.body::<T>(BodyKind::Json)
    }

    /// The shape of a form.
    pub fn form<T: ToSchema>(self) -> Self {
        self.body::<T>(BodyKind::Form)
    }

    /// The shape of fields that come as a form or as JSON.
    pub fn fields<T: ToSchema>(self) -> Self {
        self.body::<T>(BodyKind::Any)
    }

    /// The shape of an upload.
    pub fn upload<T: ToSchema>(self) -> Self {
        self.body::<T>(BodyKind::Upload)
    }

    fn body<T: ToSchema>(mut self, kind: BodyKind) -> Self {
        self.body = Some((kind, Shape::of::<T>()));
        self
    }

    /// Asks for an access token.
    pub fn bearer(mut self) -> Self {
        self.security = Security::Bearer;
        self
    }

    /// Asks for an access token, which a password grant of the surface gives ([`About::password_grant`]).
    pub fn password_grant(mut self) -> Self {
        self.security = Security::PasswordGrant;
        self
    }

    /// Asks for an access token while a door is closed.
    pub fn bearer_unless_open(mut self) -> Self {
        self.security = Security::BearerUnlessOpen;
        self
    }

    /// Succeeds with a body.
    pub fn answers<T: ToSchema>(mut self, status: StatusCode, description: &'static str) -> Self {
        self.answers.push(Answer::new(status, description, Some(Shape::of::<T>())));
        self
    }

    /// Succeeds with a list.
    pub fn answers_list<T: ToSchema>(mut self, status: StatusCode, description: &'static str) -> Self {
        self.answers.push(Answer::new(status, description, Some(Shape::list_of::<T>())));
        self
    }

    /// Succeeds without a body.
    pub fn answers_nothing(mut self, status: StatusCode, description: &'static str) -> Self {
        self.answers.push(Answer::new(status, description, None));
        self
    }

    /// Succeeds with one of these bodies, each by the name of its case.
    pub fn answers_one_of<T: ToSchema + Serialize, const N: usize>(
        mut self,
        status: StatusCode,
        description: &'static str,
        bodies: [(&'static str, T); N],
    ) -> Self {
        let mut answer = Answer::new(status, description, Some(Shape::of::<T>()));
        for (case, body) in bodies {
            answer.example(case, serde_json::to_value(body).unwrap_or_default());
        }
        self.answers.push(answer);
        self
    }

    /// Refuses for this reason. Status and body are those of the dialect.
    pub fn refuses(self, description: &'static str, problem: impl Into<Problem>) -> Self {
        self.refuses_for(description, [("", problem.into())])
    }

    /// Refuses for one of these reasons, each by the name of its case; all have one status.
    pub fn refuses_for<const N: usize>(
        mut self,
        description: &'static str,
        cases: [(&'static str, Problem); N],
    ) -> Self {
        self.answers.extend(Answer::of_problems::<D>(description, cases));
        self
    }

    /// What it answers, with what is not said because any endpoint does.
    fn all_answers(&self) -> Vec<Answer> {
        let mut all = self.usual_answers();
        for answer in &self.answers {
            all.retain(|usual| usual.status != answer.status);
            all.push(answer.clone());
        }
        all
    }

    fn usual_answers(&self) -> Vec<Answer> {
        let mut usual = Vec::new();
        let mut refuses = |description, cases: Vec<(&'static str, Problem)>| {
            usual.extend(Answer::of_problems::<D>(description, cases));
        };
        refuses(
            "Overloaded, or it took too long; `Retry-After` says in how many seconds to try again",
            vec![("", FrameworkProblem::TimedOut.into())],
        );
        if let Some(limit) = self.limit {
            refuses(
                "Too many requests; `Retry-After` says in how many seconds to try again",
                vec![("", Throttled::over(limit).into())],
            );
        }
        if matches!(self.security, Security::Bearer | Security::PasswordGrant) {
            refuses("No access token, or not a good one", vec![("", D::not_authenticated())]);
        }
        if let Some((kind, _)) = &self.body {
            refuses("The body cannot be read", D::unreadable_bodies(*kind));
            let too_large =
                if *kind == BodyKind::Upload { "The file is too large" } else { "The body is too large" };
            refuses(too_large, vec![("", FrameworkProblem::BodyTooLarge.into())]);
        }
        let has_values = self.body.is_some() || !self.parameters.is_empty();
        if has_values && usual.iter().all(|answer| answer.status != D::INVALID) {
            usual.push(Answer::new(D::INVALID, "The values break rules", Some(D::invalid_shape())));
        }
        usual
    }
}
