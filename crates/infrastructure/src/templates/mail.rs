//! Notices as mails.

use askama::Template;
use vestibule_domain::messages::{Language, Mail, Notice};
use vestibule_domain::ports::{MessageTemplates, TemplateError};

use super::words::{Span, StepWords, Words};
use super::{english, french, link};

/// Mails in French and English, with a text and an HTML part that say the same.
pub struct AskamaTemplates {
    /// Without a slash at the end.
    public_url: String,
    product: String,
}

/// What a mail leads to.
struct Target<'a> {
    link: String,
    token: &'a str,
}

#[derive(Template)]
#[template(path = "mail.txt")]
struct TextPart<'a> {
    product: &'a str,
    words: &'a Words,
    step: Option<Step<'a>>,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct HtmlPart<'a> {
    language: &'static str,
    product: &'a str,
    words: &'a Words,
    step: Option<Step<'a>>,
}

#[derive(Clone, Copy)]
struct Step<'a> {
    words: &'a StepWords,
    link: &'a str,
    token: &'a str,
}

impl AskamaTemplates {
    /// Templates whose links begin with `public_url`, the address under which people reach the server,
    /// and which speak of it as `product`.
    pub fn new(public_url: &str, product: &str) -> Self {
        Self { public_url: public_url.trim_end_matches('/').to_owned(), product: one_line(product) }
    }

    fn render(
        &self,
        to: &str,
        language: Language,
        words: &Words,
        target: Option<Target<'_>>,
    ) -> Result<Mail, TemplateError> {
        let product = self.product.as_str();
        let step = words.step.as_ref().zip(target.as_ref());
        let step = step.map(|(words, target)| Step { words, link: &target.link, token: target.token });
        let text = TextPart { product, words, step };
        let html = HtmlPart { language: language.tag(), product, words, step };
        Ok(Mail {
            to: to.to_owned(),
            subject: words.subject.to_owned(),
            text: text.render().map_err(failed)?,
            html: html.render().map_err(failed)?,
            code: target.as_ref().map(|target| target.token.to_owned()),
            links: target.into_iter().map(|target| target.link).collect(),
        })
    }
}

impl MessageTemplates for AskamaTemplates {
    fn mail(&self, notice: &Notice, language: Language) -> Result<Option<Mail>, TemplateError> {
        let (product, public_url) = (self.product.as_str(), self.public_url.as_str());
        match notice {
            Notice::ActivateAccount { email, token, valid_minutes } => {
                let (shown, valid) = (one_line(email), Span::of_minutes(*valid_minutes));
                let words = match language {
                    Language::Fr => french::activate_account(product, &shown, valid),
                    Language::En => english::activate_account(product, &shown, valid),
                };
                let link = link::activation(public_url, email, token, language);
                self.render(email, language, &words, Some(Target { link, token })).map(Some)
            }
            Notice::ResetPassword { email, token, valid_minutes, surface } => {
                let (shown, valid) = (one_line(email), Span::of_minutes(*valid_minutes));
                let words = match language {
                    Language::Fr => french::reset_password(product, &shown, valid),
                    Language::En => english::reset_password(product, &shown, valid),
                };
                let link = link::password_reset(public_url, surface, email, token, language);
                self.render(email, language, &words, Some(Target { link, token })).map(Some)
            }
            Notice::PasswordChanged { email } => {
                let words = match language {
                    Language::Fr => french::password_changed(product, &one_line(email)),
                    Language::En => english::password_changed(product, &one_line(email)),
                };
                self.render(email, language, &words, None).map(Some)
            }
            Notice::Nobody => Ok(None),
        }
    }
}

/// Without line breaks and other control characters, which could make up paragraphs of their own in the
/// text part.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn failed(error: askama::Error) -> TemplateError {
    TemplateError(Box::new(error))
}
