//! `/account/reset-password`: the page behind the link of the reset mail.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use vestibule_application::Services;
use vestibule_application::accounts::CompletePasswordResetInput;
use vestibule_domain::accounts::{EmailAddress, NewPassword, PasswordPolicy, WeakPassword};
use vestibule_domain::messages::Language;
use vestibule_domain::secret::SecretToken;

use super::form::{LinkParameters, answer, conclude, refuse};
use super::outcome::Outcome;

#[derive(Template)]
#[template(path = "reset_password.html")]
struct Page<'a> {
    lang: &'static str,
    title: &'static str,
    password_label: &'static str,
    repeated_label: &'static str,
    button: &'static str,
    surface: &'a str,
    email: &'a str,
    token: &'a str,
    problem: Option<String>,
}

/// The rules for passwords of each surface, by its name.
#[derive(Debug, Clone)]
pub(crate) struct PasswordPolicies(pub(crate) Vec<(&'static str, PasswordPolicy)>);

impl PasswordPolicies {
    /// The rules of the surface at which the reset was asked for; `None` if there is no such surface.
    fn of(&self, surface: &str) -> Option<PasswordPolicy> {
        self.0.iter().find(|(name, _)| *name == surface).map(|(_, policy)| *policy)
    }
}

pub(super) async fn show(link: LinkParameters) -> HttpResponse {
    answer(StatusCode::OK, &page(&link, None))
}

pub(super) async fn submit(
    form: LinkParameters,
    services: web::Data<Services>,
    policies: web::Data<PasswordPolicies>,
) -> HttpResponse {
    let language = form.language();
    let (Ok(email), Some(policy)) = (EmailAddress::parse(&form.email), policies.of(&form.surface)) else {
        return conclude(Outcome::LinkNotGood, language);
    };
    let password = match new_password(&form, policy) {
        Ok(password) => password,
        Err(problem) => return answer(StatusCode::UNPROCESSABLE_ENTITY, &page(&form, Some(problem))),
    };
    let token = SecretToken::new(form.token);
    let input = CompletePasswordResetInput { email: Some(email), token, password, language: Some(language) };
    match services.complete_password_reset.execute(input).await {
        Ok(()) => conclude(Outcome::PasswordChanged, language),
        Err(error) => refuse(error, language),
    }
}

fn new_password(form: &LinkParameters, policy: PasswordPolicy) -> Result<NewPassword, String> {
    let language = form.language();
    if form.password != form.repeated {
        return Err(match language {
            Language::En => "The two passwords differ.".to_owned(),
            Language::Fr => "Les deux mots de passe diffèrent.".to_owned(),
        });
    }
    policy.check(&form.password).map_err(|weakness| words(weakness, language))
}

fn page(link: &LinkParameters, problem: Option<String>) -> Page<'_> {
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

fn words(weakness: WeakPassword, language: Language) -> String {
    match (weakness, language) {
        (WeakPassword::TooShort { min }, Language::En) => format!("Use at least {min} characters."),
        (WeakPassword::TooShort { min }, Language::Fr) => format!("Utilisez au moins {min} caractères."),
        (WeakPassword::TooLong { max }, Language::En) => format!("Use at most {max} characters."),
        (WeakPassword::TooLong { max }, Language::Fr) => format!("Utilisez au plus {max} caractères."),
        (WeakPassword::NoUppercase, Language::En) => "Add a capital letter (A–Z).".to_owned(),
        (WeakPassword::NoUppercase, Language::Fr) => "Ajoutez une majuscule (A–Z).".to_owned(),
        (WeakPassword::NoLowercase, Language::En) => "Add a small letter (a–z).".to_owned(),
        (WeakPassword::NoLowercase, Language::Fr) => "Ajoutez une minuscule (a–z).".to_owned(),
        (WeakPassword::NoDigit, Language::En) => "Add a digit.".to_owned(),
        (WeakPassword::NoDigit, Language::Fr) => "Ajoutez un chiffre.".to_owned(),
        (WeakPassword::NoSpecial { characters }, Language::En) => {
            format!("Add one of these characters: {characters}")
        }
        (WeakPassword::NoSpecial { characters }, Language::Fr) => {
            format!("Ajoutez un de ces caractères : {characters}")
        }
    }
}
