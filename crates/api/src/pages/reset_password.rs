//! `/account/reset-password`: the page behind the link of the reset mail.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use vestibule_application::Services;
use vestibule_application::accounts::{CompletePasswordResetError, CompletePasswordResetInput};
use vestibule_domain::accounts::{EmailAddress, NewPassword, PasswordPolicy};
use vestibule_domain::messages::Language;
use vestibule_domain::secret::SecretToken;

use super::answer::{answer, conclude};
use super::dialect::refuse;
use super::form::LinkParameters;
use super::outcome::Outcome;
use crate::browser::weakness::{known_from_breach, passwords_differ, words_of};
use crate::http::PublicPath;

/// Where it is.
pub(super) const PATH: &str = "/account/reset-password";

#[derive(Template)]
#[template(path = "reset_password.html")]
struct Page<'a> {
    lang: &'static str,
    /// Where the form goes.
    action: String,
    title: &'static str,
    password_label: &'static str,
    repeated_label: &'static str,
    button: &'static str,
    surface: &'a str,
    email: &'a str,
    token: &'a str,
    problem: Option<String>,
}

/// The rules for passwords of each surface that is served, by its name.
#[derive(Debug, Clone)]
pub(crate) struct PasswordPolicies(pub(crate) Vec<(&'static str, PasswordPolicy)>);

impl PasswordPolicies {
    /// The rules of the surface at which the reset was asked for. Where that is not known, or the surface is
    /// not served any more, the rules of all that are served: nobody chooses the weaker ones.
    fn of(&self, surface: Option<&str>) -> PasswordPolicy {
        let known = self.0.iter().find(|(name, _)| surface == Some(name)).map(|(_, policy)| *policy);
        known.unwrap_or_else(|| self.0.iter().map(|(_, policy)| *policy).fold(ANY, all_of_both))
    }
}

/// The rules without any but that there is a password.
const ANY: PasswordPolicy = PasswordPolicy {
    min_chars: 1,
    max_chars: None,
    uppercase: false,
    lowercase: false,
    digit: false,
    special: None,
};

/// What makes a password good by either of two policies. A greatest length does not.
fn all_of_both(one: PasswordPolicy, other: PasswordPolicy) -> PasswordPolicy {
    PasswordPolicy {
        min_chars: one.min_chars.max(other.min_chars),
        max_chars: None,
        uppercase: one.uppercase || other.uppercase,
        lowercase: one.lowercase || other.lowercase,
        digit: one.digit || other.digit,
        special: one.special.or(other.special),
    }
}

pub(super) async fn show(link: LinkParameters, public: web::Data<PublicPath>) -> HttpResponse {
    answer(StatusCode::OK, &page(&link, &public, None))
}

pub(super) async fn submit(
    form: LinkParameters,
    services: web::Data<Services>,
    policies: web::Data<PasswordPolicies>,
    public: web::Data<PublicPath>,
) -> HttpResponse {
    let language = form.language();
    let Ok(email) = EmailAddress::parse(&form.email) else {
        return conclude(Outcome::LinkNotGood, language);
    };
    let token = SecretToken::new(form.token.clone());
    let surface = match services.show_password_reset.execute(&token).await {
        Ok(surface) => surface,
        Err(error) => return refuse(error, language),
    };
    let password = match new_password(&form, policies.of(surface.as_deref())) {
        Ok(password) => password,
        Err(problem) => {
            return answer(StatusCode::UNPROCESSABLE_ENTITY, &page(&form, &public, Some(problem)));
        }
    };
    let input = CompletePasswordResetInput { email: Some(email), token, password, language: Some(language) };
    match services.complete_password_reset.execute(input).await {
        Ok(()) => conclude(Outcome::PasswordChanged, language),
        Err(CompletePasswordResetError::Breached) => {
            let problem = Some(known_from_breach(language).to_owned());
            answer(StatusCode::UNPROCESSABLE_ENTITY, &page(&form, &public, problem))
        }
        Err(error) => refuse(error, language),
    }
}

fn new_password(form: &LinkParameters, policy: PasswordPolicy) -> Result<NewPassword, String> {
    let language = form.language();
    if form.password != form.repeated {
        return Err(passwords_differ(language).to_owned());
    }
    policy.check(&form.password).map_err(|weakness| words_of(weakness, language))
}

fn page<'a>(link: &'a LinkParameters, public: &PublicPath, problem: Option<String>) -> Page<'a> {
    let language = link.language();
    let (title, password_label, repeated_label, button) = match language {
        Language::En => ("Choose a new password", "New password", "The same once more", "Change password"),
        Language::Fr => (
            "Choisir un nouveau mot de passe",
            "Nouveau mot de passe",
            "Le même encore une fois",
            "Modifier le mot de passe",
        ),
    };
    Page {
        lang: language.tag(),
        action: public.to(PATH),
        title,
        password_label,
        repeated_label,
        button,
        surface: &link.surface,
        email: &link.email,
        token: &link.token,
        problem,
    }
}
