//! What templates of the operator can show.

use serde::Serialize;
use vestibule_domain::messages::{Language, Notice, Recipient};

use super::kinds::{Kind, Sometimes, Step};
use super::mail::one_line;
use super::moment::Moment;
use super::origin::Origin;
use super::words::Span;
use super::{english, french};

/// What a template can show. What a message does not have is not defined in it.
#[derive(Clone, Serialize)]
pub(super) struct Facts<'n> {
    product: &'n str,
    language: &'static str,
    email: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'n str>,
    /// The token of the link, or a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) token: Option<&'n str>,
    /// How long the token is good for, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    valid: Option<String>,
    /// When the request came, in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    requested_at: Option<String>,
    /// From where it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    client_address: Option<String>,
    /// Until when something can be done, in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

/// A token that opens nothing.
pub(super) const SAMPLE_TOKEN: &str = "SAMPLE-TOKEN-THAT-OPENS-NOTHING";
const SAMPLE_LINK: &str = "https://accounts.example.com/?token=SAMPLE-TOKEN-THAT-OPENS-NOTHING";
/// A link that needs no token.
const SAMPLE_PAGE: &str = "https://accounts.example.com/account/login";
const SAMPLE_TIME: &str = "2026-01-31 09:05";

impl<'n> Facts<'n> {
    /// What there is to show of a notice whose mail has this link.
    pub(super) fn of(
        product: &'n str,
        notice: &'n Notice,
        language: Language,
        link: Option<&'n str>,
    ) -> Self {
        let email = one_line(address_of(notice).unwrap_or_default());
        let facts = Self { link, ..Self::bare(product, language, email) };
        match notice {
            Notice::ActivateAccount { token, valid_minutes, origin, .. } => {
                facts.with_token(token, *valid_minutes, language).with_origin(origin.map(Origin::from))
            }
            Notice::ConfirmEmail { name, token, valid_minutes, origin, .. } => {
                let facts = facts.with_token(token, *valid_minutes, language);
                let name = name.as_deref().map(one_line);
                Self { name, ..facts.with_origin(origin.map(Origin::from)) }
            }
            Notice::ResetPassword { token, valid_minutes, .. } => {
                facts.with_token(token, *valid_minutes, language)
            }
            Notice::VerificationCode { code, valid_minutes, .. } => {
                facts.with_token(code, *valid_minutes, language)
            }
            Notice::AccountDeleted { until, .. } => {
                Self { until: until.map(|until| Moment::from(until).in_digits()), ..facts }
            }
            Notice::PasswordChanged { .. }
            | Notice::AccountRestored { .. }
            | Notice::Test { .. }
            | Notice::Nobody => facts,
        }
    }

    /// What a message of this kind may have: each of its values that may be missing, with and without the others.
    pub(super) fn samples(product: &'n str, kind: &Kind, language: Language) -> Vec<Self> {
        let facts = Self::bare(product, language, "ada@example.com".to_owned());
        let facts = Self { link: (kind.step == Some(Step::Link)).then_some(SAMPLE_LINK), ..facts };
        let least = if kind.step.is_some() { facts.with_token(SAMPLE_TOKEN, 60, language) } else { facts };
        kind.sometimes.iter().fold(vec![least], |samples, sometimes| {
            samples.into_iter().flat_map(|facts| facts.with_and_without(*sometimes)).collect()
        })
    }

    fn with_and_without(self, sometimes: Sometimes) -> Vec<Self> {
        let time = || Some(SAMPLE_TIME.to_owned());
        let with = match sometimes {
            Sometimes::Name => vec![Self { name: Some("Ada".to_owned()), ..self.clone() }],
            Sometimes::Origin => {
                let requested = Self { requested_at: time(), ..self.clone() };
                vec![Self { client_address: Some("192.0.2.7".to_owned()), ..requested.clone() }, requested]
            }
            Sometimes::Until => vec![Self { until: time(), ..self.clone() }],
            Sometimes::Page => vec![Self { link: Some(SAMPLE_PAGE), ..self.clone() }],
        };
        std::iter::once(self).chain(with).collect()
    }

    fn bare(product: &'n str, language: Language, email: String) -> Self {
        Self {
            product,
            language: language.tag(),
            email,
            name: None,
            link: None,
            token: None,
            valid: None,
            requested_at: None,
            client_address: None,
            until: None,
        }
    }

    fn with_token(self, token: &'n str, valid_minutes: u32, language: Language) -> Self {
        let span = Span::of_minutes(valid_minutes);
        let valid = match language {
            Language::En => english::spelled(span),
            Language::Fr => french::spelled(span),
        };
        Self { token: Some(token), valid: Some(valid), ..self }
    }

    fn with_origin(self, origin: Option<Origin>) -> Self {
        let Some(Origin { at, client_address }) = origin else {
            return self;
        };
        Self {
            requested_at: Some(at.in_digits()),
            client_address: client_address.map(|address| address.to_string()),
            ..self
        }
    }
}

/// The address that a mail about a notice goes to.
pub(super) fn address_of(notice: &Notice) -> Option<&str> {
    match notice {
        Notice::ActivateAccount { email, .. }
        | Notice::ConfirmEmail { email, .. }
        | Notice::ResetPassword { email, .. }
        | Notice::PasswordChanged { email }
        | Notice::AccountDeleted { email, .. }
        | Notice::AccountRestored { email }
        | Notice::VerificationCode { to: Recipient::Email(email), .. }
        | Notice::Test { email } => Some(email),
        Notice::VerificationCode { to: Recipient::Mobile(_), .. } | Notice::Nobody => None,
    }
}
