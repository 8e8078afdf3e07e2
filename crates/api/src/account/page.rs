//! Pages as answers.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use vestibule_domain::messages::Language;

use super::dialect::Account;
use super::done::Done;
use super::policy::AccountPolicy;
use super::words::{self, Words};
use crate::browser;
use crate::browser::brand::Brand;
use crate::http::PublicPath;
use crate::http::extract::RequestLanguage;

/// What the frame around every page needs.
#[derive(Clone)]
pub(super) struct Page {
    /// What every path of the pages begins with, as a browser has to ask for it.
    pub(super) root: String,
    pub(super) brand: Brand,
    pub(super) language: Language,
    pub(super) words: &'static Words,
    pub(super) title: &'static str,
    /// Which of the pages it is, such as `/password`.
    pub(super) part: &'static str,
    /// What forms carry, where somebody is signed in.
    pub(super) form: Option<String>,
}

impl Page {
    /// The page that a request is answered by, in the language of its browser.
    pub(super) fn of(request: &HttpRequest, policy: &AccountPolicy) -> Self {
        let public = request.app_data::<web::Data<PublicPath>>();
        let language = RequestLanguage::of(request).or(policy.language);
        let root = public.map_or_else(String::new, |public| public.as_str().to_owned()) + "/account";
        let (brand, words) = (Brand::of(request), words::of(language));
        Self { root, brand, language, words, title: "", part: "", form: None }
    }

    pub(super) fn titled(&self, title: &'static str) -> Self {
        Self { title, ..self.clone() }
    }

    #[must_use]
    pub(super) fn within(self, part: &'static str) -> Self {
        Self { part, ..self }
    }

    /// A path of the pages as a browser has to ask for it.
    pub(super) fn to(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }

    /// What the forms of the page carry.
    pub(super) fn form(&self) -> &str {
        self.form.as_deref().unwrap_or_default()
    }

    /// Leads the browser to a path of the pages, which it asks for by `GET`.
    pub(super) fn lead_to(&self, path: &str) -> HttpResponse {
        HttpResponse::SeeOther().insert_header((LOCATION, self.to(path))).finish()
    }

    /// Leads the browser to a path of the pages, which says what was done.
    pub(super) fn lead_to_told(&self, path: &str, done: Done) -> HttpResponse {
        self.lead_to(&format!("{path}?done={}", done.word()))
    }
}

/// A page as the answer.
pub(super) fn answer(status: StatusCode, page: &impl Template) -> HttpResponse {
    browser::answer::answer::<Account>(status, page)
}
