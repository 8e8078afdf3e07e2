//! Pages as answers.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use vestibule_domain::messages::Language;

use super::dialect::Console;
use super::policy::ConsolePolicy;
use super::words::{self, Words};
use crate::browser;
use crate::browser::brand::Brand;
use crate::http::PublicPath;
use crate::http::extract::RequestLanguage;

/// What the frame around every page needs.
#[derive(Clone)]
pub(super) struct Page {
    /// What every path of the console begins with, as a browser has to ask for it.
    pub(super) root: String,
    pub(super) brand: Brand,
    pub(super) words: &'static Words,
    pub(super) title: String,
    /// The part of the console that the page belongs to, such as `/users`.
    pub(super) part: &'static str,
    /// Who is signed in.
    pub(super) person: Option<Person>,
}

/// Who is signed in, to the frame.
#[derive(Clone)]
pub(super) struct Person {
    pub(super) is_admin: bool,
    /// What forms carry.
    pub(super) form: String,
}

impl Page {
    /// The page that a request is answered by, in the language of its browser.
    pub(super) fn of(request: &HttpRequest, policy: &ConsolePolicy) -> Self {
        let public = request.app_data::<web::Data<PublicPath>>();
        let language: Language = RequestLanguage::of(request).or(policy.language);
        let root = public.map_or_else(String::new, |public| public.as_str().to_owned()) + "/console";
        let (brand, words) = (Brand::of(request), words::of(language));
        Self { root, brand, words, title: String::new(), part: "", person: None }
    }

    pub(super) fn titled(&self, title: impl Into<String>) -> Self {
        Self { title: title.into(), ..self.clone() }
    }

    #[must_use]
    pub(super) fn within(self, part: &'static str) -> Self {
        Self { part, ..self }
    }

    /// A path of the console as a browser has to ask for it.
    pub(super) fn to(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }

    /// What the forms of the page carry.
    pub(super) fn form(&self) -> &str {
        self.person.as_ref().map_or("", |person| &person.form)
    }

    pub(super) fn is_admin(&self) -> bool {
        self.person.as_ref().is_some_and(|person| person.is_admin)
    }

    /// Leads the browser to a path of the console, which it asks for by `GET`.
    pub(super) fn lead_to(&self, path: &str) -> HttpResponse {
        HttpResponse::SeeOther().insert_header((LOCATION, self.to(path))).finish()
    }
}

/// A page as the answer.
pub(super) fn answer(status: StatusCode, page: &impl Template) -> HttpResponse {
    browser::answer::answer::<Console>(status, page)
}
