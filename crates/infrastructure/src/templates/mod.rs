//! To come (temporary stand-in by the lead; replace the whole file).
use vestibule_domain::messages::*;
use vestibule_domain::ports::*;
/// Stand-in.
pub struct AskamaTemplates(String);
impl AskamaTemplates {
    /// Stand-in.
    pub fn new(url: &str, _: &str) -> Self {
        Self(url.to_owned())
    }
}
impl MessageTemplates for AskamaTemplates {
    fn mail(&self, notice: &Notice, _: Language) -> Result<Option<Mail>, TemplateError> {
        Ok(match notice {
            Notice::ActivateAccount { email, token, .. } => Some(Mail {
                to: email.clone(),
                subject: "Activate your account".into(),
                text: token.clone(),
                html: token.clone(),
                links: vec![format!("{}/account/activate?email={email}&token={token}", self.0)],
                code: Some(token.clone()),
            }),
            Notice::ResetPassword {
                email,
                token,
                surface,
                ..
            } => Some(Mail {
                to: email.clone(),
                subject: "Reset".into(),
                text: token.clone(),
                html: token.clone(),
                links: vec![format!(
                    "{}/account/reset-password?surface={surface}&email={email}&token={token}",
                    self.0
                )],
                code: Some(token.clone()),
            }),
            Notice::PasswordChanged { email } => Some(Mail {
                to: email.clone(),
                subject: "Changed".into(),
                text: String::new(),
                html: String::new(),
                links: vec![],
                code: None,
            }),
            Notice::Nobody => None,
        })
    }
}
