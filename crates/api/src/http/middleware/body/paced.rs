//! The middleware that times bodies.

use std::error::Error;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_web::HttpMessage as _;
use actix_web::body::{BodySize, BoxBody, EitherBody, MessageBody};
use actix_web::dev::{Payload, Service, ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use bytes::Bytes;
use futures::future::{Either, FutureExt as _, TryFutureExt as _};

use super::clock::BodyClock;
use super::pace::BodyPace;
use super::timed::TimedBody;

/// Puts the body of every request under a pace, whoever reads it. The `BodyClock` is among the request's data.
pub fn pace_body<S, B>(
    pace: BodyPace,
    mut request: ServiceRequest,
    service: &S,
) -> impl Future<Output = Result<ServiceResponse<PacedBody>, actix_web::Error>> + use<S, B>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
    B: MessageBody + 'static,
{
    let payload = request.take_payload();
    if matches!(payload, Payload::None) {
        let answer = service.call(request);
        return Either::Left(answer.map_ok(|answer| answer.map_into_boxed_body().map_into_left_body()));
    }
    // actix closes the connection of a body that was not read to its end, but goes on reading one in chunks for as
    // long as the client likes, unless that is still there when the answer has been sent.
    let keeps_rest = request.chunked().unwrap_or(true);
    let clock = Rc::new(BodyClock::default());
    let timed = TimedBody::new(payload, pace, clock.clone(), keeps_rest);
    request.set_payload(Payload::Stream { payload: Box::pin(timed) });
    request.extensions_mut().insert(clock.clone());
    Either::Right(service.call(request).map(move |answer| with_rest(answer, clock.rest())))
}

fn with_rest(
    answer: Result<ServiceResponse<impl MessageBody + 'static>, actix_web::Error>,
    rest: Option<Payload>,
) -> Result<ServiceResponse<PacedBody>, actix_web::Error> {
    let Some(rest) = rest else {
        return Ok(answer?.map_into_boxed_body().map_into_left_body());
    };
    match answer {
        Ok(answer) => {
            Ok(answer.map_into_boxed_body().map_body(|_, body| EitherBody::right(WithRest { body, rest })))
        }
        Err(error) => {
            let answer = error.error_response().map_body(|_, body| BoxBody::new(WithRest { body, rest }));
            Err(InternalError::from_response(error, answer).into())
        }
    }
}

type PacedBody = EitherBody<BoxBody, WithRest>;

/// The body of an answer, with what was not read of the request's.
pub struct WithRest {
    body: BoxBody,
    #[expect(dead_code, reason = "it is held, not looked at")]
    rest: Payload,
}

impl MessageBody for WithRest {
    type Error = Box<dyn Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.body).poll_next(cx)
    }
}
