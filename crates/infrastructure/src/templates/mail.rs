//! Notices as mails and SMS.

use askama::Template;
use vestibule_domain::accounts::MobileNumber;
use vestibule_domain::messages::{Language, Mail, Message, Notice, Recipient, Sms};
use vestibule_domain::ports::{MessageTemplates, TemplateError};

use super::files::TemplateFiles;
use super::link::Links;
use super::origin::Origin;
use super::words::{PageWords, Span, StepWords, Words};
use super::{english, french};

/// Messages in French and English. The text and the HTML part of a mail say the same.
pub struct AskamaTemplates {
    links: Links,
    product: String,
    /// Those that stand in for the ones of this crate.
    files: TemplateFiles,
}

/// The page or link to which a mail leads.
struct Target<'a> {
    link: Option<String>,
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
    page: Option<Page<'a>>,
    token: &'a str,
}

#[derive(Clone, Copy)]
struct Page<'a> {
    words: &'a PageWords,
    link: &'a str,
}

impl AskamaTemplates {
    /// Templates with these links, which call the server `product`.
    pub fn new(links: Links, product: &str) -> Self {
        Self { links, product: one_line(product), files: TemplateFiles::default() }
    }

    /// The same with the operator's own templates, where there are some.
    #[must_use]
    pub fn with_files(self, files: TemplateFiles) -> Self {
        Self { files, ..self }
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
        let step = step.map(|(words, target)| {
            let page = words.page.as_ref().zip(target.link.as_deref());
            let page = page.map(|(words, link)| Page { words, link });
            Step { words, page, token: target.token }
        });
        let text = TextPart { product, words, step };
        let html = HtmlPart { language: language.tag(), product, words, step };
        Ok(Mail {
            to: to.to_owned(),
            subject: words.subject.to_owned(),
            text: text.render().map_err(failed)?,
            html: html.render().map_err(failed)?,
            code: target.as_ref().map(|target| target.token.to_owned()),
            links: target.and_then(|target| target.link).into_iter().collect(),
        })
    }
}

impl AskamaTemplates {
    fn mail(&self, notice: &Notice, language: Language) -> Result<Option<Mail>, TemplateError> {
        let product = self.product.as_str();
        match self.files.mail(notice, language, product, &self.links) {
            Ok(Some(mail)) => return Ok(Some(mail)),
            Ok(None) => {}
            // Nobody would get the mail. This one says the same.
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(notice = notice.name(), error, "a template of the operator failed");
            }
        }
        let link = self.links.of(notice, language);
        match notice {
            Notice::ActivateAccount { email, token, valid_minutes, origin } => {
                let (shown, valid) = (one_line(email), Span::of_minutes(*valid_minutes));
                let origin = origin.map(Origin::from);
                let words = match language {
                    Language::Fr => french::activate_account(product, &shown, origin, valid),
                    Language::En => english::activate_account(product, &shown, origin, valid),
                };
                self.render(email, language, &words, Some(Target { link, token })).map(Some)
            }
            Notice::ConfirmEmail { email, name, token, valid_minutes, origin } => {
                let (shown, valid) = (one_line(email), Span::of_minutes(*valid_minutes));
                let name = name.as_deref().map(one_line);
                let origin = origin.map(Origin::from);
                let words = match language {
                    Language::Fr => french::confirm_email(product, &shown, name.as_deref(), origin, valid),
                    Language::En => english::confirm_email(product, &shown, name.as_deref(), origin, valid),
                };
                self.render(email, language, &words, Some(Target { link, token })).map(Some)
            }
            Notice::ResetPassword { email, token, valid_minutes, surface: _ } => {
                let (shown, valid) = (one_line(email), Span::of_minutes(*valid_minutes));
                let words = match language {
                    Language::Fr => french::reset_password(product, &shown, valid),
                    Language::En => english::reset_password(product, &shown, valid),
                };
                self.render(email, language, &words, Some(Target { link, token })).map(Some)
            }
            Notice::PasswordChanged { email } => {
                let words = match language {
                    Language::Fr => french::password_changed(product, &one_line(email)),
                    Language::En => english::password_changed(product, &one_line(email)),
                };
                self.render(email, language, &words, None).map(Some)
            }
            Notice::VerificationCode { to: Recipient::Email(email), code, valid_minutes } => {
                let (shown, valid) = (one_line(email), Span::of_minutes(*valid_minutes));
                let words = match language {
                    Language::Fr => french::verification_code(product, &shown, valid),
                    Language::En => english::verification_code(product, &shown, valid),
                };
                self.render(email, language, &words, Some(Target { link: None, token: code })).map(Some)
            }
            Notice::Test { email } => {
                let words = match language {
                    Language::Fr => french::test(product, &one_line(email)),
                    Language::En => english::test(product, &one_line(email)),
                };
                self.render(email, language, &words, None).map(Some)
            }
            Notice::VerificationCode { to: Recipient::Mobile(_), .. } | Notice::Nobody => Ok(None),
        }
    }

    fn sms(&self, number: &str, code: &str, valid: Span, language: Language) -> Sms {
        let text = match language {
            Language::Fr => french::verification_sms(&self.product, code, valid),
            Language::En => english::verification_sms(&self.product, code, valid),
        };
        let to = MobileNumber::from_stored(number.to_owned());
        Sms { to, text: one_line(&text), code: Some(code.to_owned()) }
    }
}

impl MessageTemplates for AskamaTemplates {
    fn message(&self, notice: &Notice, language: Language) -> Result<Option<Message>, TemplateError> {
        if let Notice::VerificationCode { to: Recipient::Mobile(number), code, valid_minutes } = notice {
            let valid = Span::of_minutes(*valid_minutes);
            return Ok(Some(Message::Sms(self.sms(number, code, valid, language))));
        }
        Ok(self.mail(notice, language)?.map(Message::Mail))
    }
}

/// Removes line breaks and other control characters, which could make up paragraphs in the text part.
pub(super) fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn failed(error: askama::Error) -> TemplateError {
    TemplateError(Box::new(error))
}
