//! `/`, to a browser, where the documents are served in development.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use vestibule_domain::messages::Language;
use vestibule_settings::{MailTransport, Settings, SmsTransport};

use super::answer::answer;
use super::frame::language_of;
use super::page::Page;
use crate::browser::accept::asks_for_page;
use crate::http::PublicPath;

/// What there is to see.
pub(crate) struct Sights(Vec<Sight>);

struct Sight {
    path: String,
    name: &'static str,
    english: &'static str,
    french: &'static str,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'a> {
    page: Page,
    sights: Vec<(&'a str, &'a str, &'static str)>,
}

impl Sights {
    /// What a server with these settings shows; `None` where the documents are not served, and to strangers of a server in
    /// production.
    pub(crate) fn of(settings: &Settings) -> Option<Self> {
        if !settings.features.api_docs || settings.environment.is_production() {
            return None;
        }
        let public = PublicPath::of(&settings.server.public_url);
        let captures = settings.mail.transport == MailTransport::Capture
            || settings.sms.transport == SmsTransport::Capture;
        let sights = [
            (true, "/api/docs/", ["the surfaces, to read and to try", "les surfaces, à lire et à essayer"]),
            (
                true,
                "/openapi.json",
                ["the same as one OpenAPI document", "le tout en un seul document OpenAPI"],
            ),
            (
                captures,
                "/dev/mailbox",
                ["the messages that would be sent", "les messages qui seraient envoyés"],
            ),
            (settings.account_pages.enabled, "/account", ["your account", "votre compte"]),
            (settings.console.enabled, "/console", ["the console", "la console"]),
        ];
        let there = sights.into_iter().filter(|(is_there, ..)| *is_there);
        let sight = |(_, name, [english, french]): (_, _, [_; 2])| Sight {
            path: public.to(name),
            name,
            english,
            french,
        };
        Some(Self(there.map(sight).collect()))
    }
}

/// The page, if a browser asks for it and it is served.
pub(crate) fn page(request: &HttpRequest) -> Option<HttpResponse> {
    let sights = request.app_data::<web::Data<Sights>>()?;
    if !asks_for_page(request) {
        return None;
    }
    let page = Page::of(request, language_of(request), "");
    let title = match page.language {
        Language::En => "What is served here",
        Language::Fr => "Ce qui est servi ici",
    };
    let about = |sight: &Sight| match page.language {
        Language::En => sight.english,
        Language::Fr => sight.french,
    };
    let sights = sights.0.iter().map(|sight| (&*sight.path, sight.name, about(sight))).collect();
    Some(answer(StatusCode::OK, &HomePage { sights, page: Page { title, ..page } }))
}
