//! How the submission of a page ended.

use actix_web::http::StatusCode;
use askama::Template;
use vestibule_application::ErrorKind;
use vestibule_domain::messages::Language;

use super::page::Page;
use crate::http::{FrameworkProblem, Problem, codes};

/// How the submission of a page ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Activated,
    AlreadyActive,
    Confirmed,
    ConfirmedBefore,
    NotConfirmed,
    PasswordChanged,
    /// A part of what the link carries is missing.
    LinkNotWhole,
    LinkNotGood,
    Limited,
    Busy,
    Failed,
}

/// The page that tells an outcome.
#[derive(Template)]
#[template(path = "outcome.html")]
pub(super) struct OutcomePage {
    page: Page,
    text: &'static str,
    /// Where to go on to and in which words, after what is done.
    way_on: Option<(String, &'static str)>,
}

impl Outcome {
    /// The outcome that a problem means for the person at the page.
    pub(super) fn of(problem: &Problem) -> Self {
        match problem {
            Problem::Refused { code: codes::ALREADY_ACTIVE, .. } => Self::AlreadyActive,
            Problem::Refused { code, .. } => match code.kind() {
                ErrorKind::Invalid | ErrorKind::NotFound => Self::LinkNotGood,
                ErrorKind::RateLimited => Self::Limited,
                ErrorKind::Unavailable => Self::Busy,
                _ => Self::Failed,
            },
            Problem::Invalid(_)
            | Problem::Framework(FrameworkProblem::BodyUnreadable | FrameworkProblem::BodyTooLarge) => {
                Self::LinkNotGood
            }
            Problem::Framework(FrameworkProblem::TimedOut) => Self::Busy,
            Problem::Framework(_) => Self::Failed,
        }
    }

    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::Activated
            | Self::AlreadyActive
            | Self::Confirmed
            | Self::ConfirmedBefore
            | Self::PasswordChanged => StatusCode::OK,
            Self::LinkNotWhole | Self::LinkNotGood | Self::NotConfirmed => StatusCode::BAD_REQUEST,
            Self::Limited => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The page that tells it, within a frame.
    pub(super) fn page(self, page: Page) -> OutcomePage {
        let (title, text) = match (self, page.language) {
            (Self::Activated, Language::En) => ("Your account is active", "You can log in now."),
            (Self::Activated, Language::Fr) => ("Votre compte est actif", "Vous pouvez vous connecter."),
            (Self::AlreadyActive, Language::En) => ("Your account is already active", "You can log in."),
            (Self::AlreadyActive, Language::Fr) => {
                ("Votre compte est déjà actif", "Vous pouvez vous connecter.")
            }
            (Self::Confirmed, Language::En) => ("Your address is confirmed", "You can log in now."),
            (Self::Confirmed, Language::Fr) => ("Votre adresse est confirmée", "Vous pouvez vous connecter."),
            (Self::ConfirmedBefore, Language::En) => ("Your address was confirmed before", "You can log in."),
            (Self::ConfirmedBefore, Language::Fr) => {
                ("Votre adresse est déjà confirmée", "Vous pouvez vous connecter.")
            }
            (Self::NotConfirmed, Language::En) => {
                ("This link is not valid", "It has expired, or it is for another address. Ask for a new one.")
            }
            (Self::NotConfirmed, Language::Fr) => (
                "Ce lien n’est pas valable",
                "Il a expiré, ou il est pour une autre adresse. Demandez-en un nouveau.",
            ),
            (Self::PasswordChanged, Language::En) => {
                ("Your password is changed", "You are logged out everywhere. Log in with the new password.")
            }
            (Self::PasswordChanged, Language::Fr) => (
                "Votre mot de passe est modifié",
                "Vous êtes déconnecté partout. Connectez-vous avec le nouveau mot de passe.",
            ),
            (Self::LinkNotWhole, Language::En) => {
                ("This link is not whole", "A part of it is missing. Open the whole link of the mail.")
            }
            (Self::LinkNotWhole, Language::Fr) => {
                ("Ce lien est incomplet", "Il en manque une partie. Ouvrez le lien entier du message.")
            }
            (Self::LinkNotGood, Language::En) => {
                ("This link is no longer valid", "It was used before, or it has expired. Ask for a new one.")
            }
            (Self::LinkNotGood, Language::Fr) => {
                ("Ce lien n’est plus valable", "Il a déjà servi, ou il a expiré. Demandez-en un nouveau.")
            }
            (Self::Limited, Language::En) => {
                ("Please try again in a moment", "There were too many attempts.")
            }
            (Self::Limited, Language::Fr) => {
                ("Veuillez réessayer dans un instant", "Il y a eu trop de tentatives.")
            }
            (Self::Busy, Language::En) => {
                ("Please try again in a moment", "There is too much to do just now.")
            }
            (Self::Busy, Language::Fr) => {
                ("Veuillez réessayer dans un instant", "Le service est très sollicité en ce moment.")
            }
            (Self::Failed, Language::En) => ("Something went wrong", "Please try again later."),
            (Self::Failed, Language::Fr) => ("Une erreur s’est produite", "Veuillez réessayer plus tard."),
        };
        let go_on = match page.language {
            Language::En => "Go on",
            Language::Fr => "Continuer",
        };
        let way_on = page.brand.way_on().filter(|_| self.status() == StatusCode::OK);
        let way_on = way_on.map(|address| (address.to_owned(), go_on));
        OutcomePage { page: Page { title, ..page }, text, way_on }
    }
}
