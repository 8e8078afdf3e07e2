//! Notices as mails and SMS.

use askama::Template;
use vestibule_domain::accounts::MobileNumber;
use vestibule_domain::messages::{Language, Mail, Message, Notice, Recipient, Sms};
use vestibule_domain::ports::{MessageTemplates, TemplateError};

use super::files::TemplateFiles;
use super::link::Links;
use super::moment::Moment;
use super::origin::Origin;
use super::words::{CodeWords, PageWords, Span, Words};
use super::{english, french};

/// Messages in French and English. The text and the HTML part of a mail say the same.
pub struct AskamaTemplates {
    links: Links,
    product: String,
    /// Those that stand in for the ones of this crate.
    files: TemplateFiles,
}

/// What a mail is of use for: a page or link to which it leads, and a token.
#[derive(Default)]
struct Target<'a> {
    link: Option<String>,
    token: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "mail.txt")]
struct TextPart<'a> {
    product: &'a str,
    words: &'a Words,
    page: Option<Page<'a>>,
    code: Option<Code<'a>>,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct HtmlPart<'a> {
    language: &'static str,
    product: &'a str,
    words: &'a Words,
    page: Option<Page<'a>>,
    code: Option<Code<'a>>,
}

#[derive(Clone, Copy)]
struct Page<'a> {
    words: &'a PageWords,
    link: &'a str,
}

#[derive(Clone, Copy)]
struct Code<'a> {
    words: &'a CodeWords,
    token: &'a str,
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
        target: Target<'_>,
    ) -> Result<Mail, TemplateError> {
        let product = self.product.as_str();
        let Target { link, token } = target;
        let page = words.page.as_ref().zip(link.as_deref()).map(|(words, link)| Page { words, link });
        let code = words.code.as_ref().zip(token).map(|(words, token)| Code { words, token });
        let text = TextPart { product, words, page, code };
        let html = HtmlPart { language: language.tag(), product, words, page, code };
        Ok(Mail {
            to: to.to_owned(),
            subject: words.subject.to_owned(),
            text: text.render().map_err(failed)?,
            html: html.render().map_err(failed)?,
            code: token.map(str::to_owned),
            links: link.into_iter().collect(),
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
                self.render(email, language, &words, Target { link, token: Some(token) }).map(Some)
            }
            Notice::ConfirmEmail { email, name, token, valid_minutes, origin } => {
                let (shown, valid) = (one_line(email), Span::of_minutes(*valid_minutes));
                let name = name.as_deref().map(one_line);
                let origin = origin.map(Origin::from);
                let words = match language {
                    Language::Fr => french::confirm_email(product, &shown, name.as_deref(), origin, valid),
                    Language::En => english::confirm_email(product, &shown, name.as_deref(), origin, valid),
                };
                self.render(email, language, &words, Target { link, token: Some(token) }).map(Some)
            }
            Notice::ResetPassword { email, token, valid_minutes, surface: _ } => {
                let (shown, valid) = (one_line(email), Span::of_minutes(*valid_minutes));
                let words = match language {
                    Language::Fr => french::reset_password(product, &shown, valid),
                    Language::En => english::reset_password(product, &shown, valid),
                };
                self.render(email, language, &words, Target { link, token: Some(token) }).map(Some)
            }
            Notice::PasswordChanged { email } => {
                let words = match language {
                    Language::Fr => french::password_changed(product, &one_line(email)),
                    Language::En => english::password_changed(product, &one_line(email)),
                };
                self.render(email, language, &words, Target::default()).map(Some)
            }
            Notice::AccountDeleted { email, until, owner_may_restore } => {
                let (shown, until) = (one_line(email), until.map(Moment::from));
                let words = match language {
                    Language::Fr => french::account_deleted(product, &shown, until, *owner_may_restore),
                    Language::En => english::account_deleted(product, &shown, until, *owner_may_restore),
                };
                self.render(email, language, &words, Target { link, token: None }).map(Some)
            }
            Notice::AccountRestored { email } => {
                let words = match language {
                    Language::Fr => french::account_restored(product, &one_line(email)),
                    Language::En => english::account_restored(product, &one_line(email)),
                };
                self.render(email, language, &words, Target::default()).map(Some)
            }
            Notice::VerificationCode { to: Recipient::Email(email), code, valid_minutes } => {
                let (shown, valid) = (one_line(email), Span::of_minutes(*valid_minutes));
                let words = match language {
                    Language::Fr => french::verification_code(product, &shown, valid),
                    Language::En => english::verification_code(product, &shown, valid),
                };
                self.render(email, language, &words, Target { link, token: Some(code) }).map(Some)
            }
            Notice::Test { email } => {
                let words = match language {
                    Language::Fr => french::test(product, &one_line(email)),
                    Language::En => english::test(product, &one_line(email)),
                };
                self.render(email, language, &words, Target::default()).map(Some)
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
