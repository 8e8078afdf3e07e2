//! What all answers of the console have in common.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpResponse, ResponseError as _, web};
use askama::Template;

use super::cookie::Answered;
use super::dialect::{Console, Refusal};
use super::fence;
use super::page::Page;
use super::policy::ConsolePolicy;
use crate::browser::frame::{framed, hardened, leading_to};
use crate::http::Rejection;

/// Nothing but the own stylesheet, script and pictures, nothing in the page itself, forms and the script's requests to
/// this server alone, in no frame.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; \
     form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
);

/// A refusal as a page.
#[derive(Template)]
#[template(path = "console/refusal.html")]
struct RefusalPage<'a> {
    page: &'a Page,
    text: &'static str,
    /// Where to go from here, and in which words.
    way: (&'static str, &'static str),
}

/// Keeps out who may not come, puts refusals into words, and adds the cookie and the headers of all pages.
pub(super) async fn frame(
    policy: web::Data<ConsolePolicy>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let page = Page::of(request.request(), &policy);
    if let Err(foreign) = fence::check(&request, &policy) {
        let refused = Rejection::<Console>::from(foreign).error_response();
        return Ok(request.into_response(hardened(scripted(worded(refused, &page)))));
    }
    let cookie = Answered::to(request.request(), &page.root, policy.cookie());
    framed(cookie, request, next, |answer| scripted(worded(answer, &page))).await
}

/// The answer with the policy of pages with script, unless it has one of its own.
fn scripted(mut answer: HttpResponse) -> HttpResponse {
    if !answer.headers().contains_key(CONTENT_SECURITY_POLICY) {
        answer.headers_mut().insert(CONTENT_SECURITY_POLICY, POLICY);
    }
    answer
}

/// The answer with the words of its refusal, if it is one.
fn worded(answer: HttpResponse, page: &Page) -> HttpResponse {
    let refusal = answer.extensions().get::<Refusal>().copied();
    match refusal {
        None => answer,
        Some(Refusal::SignIn) => leading_to(answer, &page.to("/login")),
        Some(refusal) => told(answer, refusal, page),
    }
}

fn told(mut answer: HttpResponse, refusal: Refusal, page: &Page) -> HttpResponse {
    let [title, text] = (page.words.refusal)(refusal);
    let way = match refusal {
        Refusal::MayNotUse => ("/login", page.words.sign_in),
        _ => ("", page.words.back_to_overview),
    };
    let page = page.titled(title);
    match (RefusalPage { page: &page, text, way }).render() {
        Ok(html) => {
            answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
            answer.set_body(BoxBody::new(html))
        }
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a page was not rendered");
            answer
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::SET_COOKIE;
    use actix_web::middleware::from_fn;
    use actix_web::{App, HttpRequest, test};
    use vestibule_domain::secret::SecretToken;
    use vestibule_settings::Source;

    use super::super::cookie::{self, Change};
    use super::*;
    use crate::http::FrameworkProblem;

    async fn cut_off(
        request: ServiceRequest,
        next: Next<BoxBody>,
    ) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
        next.call(request).await?;
        Err(Rejection::<Console>::from(FrameworkProblem::TimedOut).into())
    }

    async fn sign_in(request: HttpRequest) -> HttpResponse {
        cookie::change(&request, Change::Set(SecretToken::new("token")));
        HttpResponse::Ok().finish()
    }

    #[actix_web::test]
    async fn the_cookie_comes_though_the_handler_was_cut_off_after_it() {
        let settings = crate::surfaces::settings(&Source::default()).unwrap();
        let policy = web::Data::new(ConsolePolicy::new(&settings));
        let framed = policy.clone();
        let scope = web::scope("/console").route("", web::get().to(sign_in)).wrap(from_fn(cut_off));
        let scope = scope.wrap(from_fn(move |request, next| frame(framed.clone(), request, next)));
        let app = test::init_service(App::new().app_data(policy).service(scope)).await;
        let request = test::TestRequest::get().uri("/console").to_request();
        let error = test::try_call_service(&app, request).await.unwrap_err();
        let answer = error.error_response();
        assert_eq!(answer.status(), 503);
        let cookie = answer.headers().get(SET_COOKIE).unwrap().to_str().unwrap();
        assert!(cookie.starts_with("vestibule-console=token; Path=/console;"), "{cookie}");
    }
}
