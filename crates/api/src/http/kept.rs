//! Answers that are given again.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::body::MessageBody as _;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use bytes::Bytes;
use vestibule_application::answers::{Answers, Question};

use super::json::JSON;

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
    // In a box, so that the future of each request is small.
    let fresh = Box::pin(make()).await?;
    let Some(place) = place.filter(|_| is_given_again_alike(&fresh)) else {
        return Ok(fresh);
    };
    let (head, body) = fresh.into_parts();
    match body.try_into_bytes() {
        Ok(bytes) => {
            place.keep(&bytes);
            Ok(head.set_body(bytes).map_into_boxed_body())
        }
        // Its length is not known yet.
        Err(body) => Ok(head.set_body(body)),
    }
}

/// Whether [`again`] makes the same answer of its body.
fn is_given_again_alike(fresh: &HttpResponse) -> bool {
    let headers = fresh.headers();
    fresh.status() == StatusCode::OK
        && headers.len() == 1
        && headers.get(CONTENT_TYPE).is_some_and(|content| *content == JSON)
}

fn again(answer: Arc<[u8]>) -> HttpResponse {
    HttpResponse::Ok().insert_header((CONTENT_TYPE, JSON)).body(Bytes::from_owner(answer))
}

#[cfg(test)]
mod tests {
    use serde_json::json as object;

    use super::*;
    use crate::http::json;

    #[test]
    fn what_would_not_be_the_same_again_is_not_kept() {
        let body = object!({ "id": 1 });
        assert!(is_given_again_alike(&json(StatusCode::OK, &body)));
        assert!(is_given_again_alike(&HttpResponse::Ok().json(&body)));
        assert!(!is_given_again_alike(&json(StatusCode::NOT_FOUND, &body)));
        assert!(!is_given_again_alike(&HttpResponse::Ok().body("text")));
        assert!(!is_given_again_alike(
            &HttpResponse::Ok().content_type("application/problem+json").body("{}")
        ));
        assert!(!is_given_again_alike(&HttpResponse::Ok().insert_header(("etag", "\"1\"")).json(&body)));
    }
}
