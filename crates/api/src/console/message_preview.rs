//! `/console/messages/preview`: what messages look like, with invented content.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_SECURITY_POLICY, ContentType, HeaderValue};
use actix_web::{HttpResponse, web};
use askama::Template;
use vestibule_application::Services;
use vestibule_application::messages::SampleMessage;
use vestibule_domain::messages::{Language, Message};

use super::Rejection;
use super::desk::Desk;
use super::page::{Page, answer};
use super::values::Values;
use crate::http::FrameworkProblem;

/// The policy of a mail: its inline styles and nothing else. It has no origin, so that it is no page of the console
/// whatever stands in it.
const POLICY: HeaderValue = HeaderValue::from_static(
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'; \
     base-uri 'none'",
);

#[derive(Template)]
#[template(path = "console/message_preview.html")]
struct PreviewPage {
    page: Page,
    /// The kinds, and whether it is the one that is shown.
    kinds: Vec<(&'static str, bool)>,
    languages: Vec<(&'static str, bool)>,
    to: String,
    /// `None` of an SMS.
    subject: Option<String>,
    text: String,
    /// The language of the message.
    lang: &'static str,
    /// The query of the mail as it is sent, where it is one.
    html: Option<String>,
}

/// The kind and the language that a query names, else the first of each.
fn asked(desk: &Desk, values: &Values) -> (SampleMessage, Language) {
    let kind = SampleMessage::ALL.into_iter().find(|each| each.name() == values.as_typed("kind"));
    let tag = match values.as_typed("language") {
        "" => desk.page.words.lang,
        tag => tag,
    };
    let language = Language::ALL.into_iter().find(|each| each.tag() == tag);
    (kind.unwrap_or(SampleMessage::ActivateAccount), language.unwrap_or(Language::En))
}

pub(super) async fn show(
    desk: Desk,
    values: Values,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let administrator = desk.administrator()?;
    let (kind, language) = asked(&desk, &values);
    let (to, subject, text) = match services.preview_message.execute(administrator, kind, language)? {
        Message::Mail(mail) => (mail.to, Some(mail.subject), mail.text),
        Message::Sms(sms) => (sms.to.as_str().to_owned(), None, sms.text),
    };
    let query = || format!("?kind={}&language={}", kind.name(), language.tag());
    let shown = PreviewPage {
        page: desk.page.titled(desk.page.words.previews.title).within("/messages"),
        kinds: SampleMessage::ALL.iter().map(|each| (each.name(), *each == kind)).collect(),
        languages: Language::ALL.iter().map(|each| (each.tag(), *each == language)).collect(),
        html: subject.is_some().then(query),
        to,
        subject,
        text,
        lang: language.tag(),
    };
    Ok(answer(StatusCode::OK, &shown))
}

/// `GET /console/messages/preview.html`: the HTML part as a reader of mails shows it.
pub(super) async fn show_html(
    desk: Desk,
    values: Values,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let administrator = desk.administrator()?;
    let (kind, language) = asked(&desk, &values);
    match services.preview_message.execute(administrator, kind, language)? {
        Message::Mail(mail) => Ok(HttpResponse::Ok()
            .content_type(ContentType::html())
            .insert_header((CONTENT_SECURITY_POLICY, POLICY))
            .body(mail.html)),
        Message::Sms(_) => Err(FrameworkProblem::RouteNotFound.into()),
    }
}
