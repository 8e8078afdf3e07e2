//! Answers that are given again.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::body::MessageBody as _;
use actix_web::http::StatusCode;
use actix_web::http::header::ContentType;
use bytes::Bytes;
use vestibule_application::answers::{Answers, Question};

/// Gives the kept answer to a question, or makes one and keeps it if it is a success in JSON. Who asks was let in
/// before.
pub async fn kept<E>(
    answers: &Answers,
    question: Question,
    make: impl AsyncFnOnce() -> Result<HttpResponse, E>,
) -> Result<HttpResponse, E> {
    let place = match answers.find(question).await {
        Ok(answer) => return Ok(again(answer)),
        Err(place) => place,
    };
    let made = make().await?;
    let Some(place) = place.filter(|_| made.status() == StatusCode::OK) else {
        return Ok(made);
    };
    let (head, body) = made.into_parts();
    match body.try_into_bytes() {
        Ok(bytes) => {
            place.keep(&bytes);
            Ok(head.set_body(bytes).map_into_boxed_body())
        }
        // Its length is not known yet.
        Err(body) => Ok(head.set_body(body)),
    }
}

fn again(answer: Arc<[u8]>) -> HttpResponse {
    HttpResponse::Ok().content_type(ContentType::json()).body(Bytes::from_owner(answer))
}
