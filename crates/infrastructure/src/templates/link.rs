//! The links in mails.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use vestibule_domain::messages::{Language, Notice};

/// Every character except those that never need encoding (RFC 3986 §2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Where the links of mails lead.
#[derive(Debug, Clone)]
pub struct Links {
    /// The page whose button activates an account. The link adds `email`, `token` and `lang` to its query.
    activation: String,
    /// The page on which a new password is chosen, under the policy of a surface. The link adds `surface`, `email`,
    /// `token` and `lang` to its query.
    password_reset: String,
    /// What confirms an address when it is opened, at the surface that has such links. The link ends with a token.
    confirmation: String,
    /// The sign-in of the account pages.
    sign_in: String,
}

impl Links {
    /// The pages of the server at `public_url`. Confirm links have the path `confirmation`, followed by their token.
    pub fn to_own_pages(public_url: &str, confirmation: &str) -> Self {
        let public_url = public_url.trim_end_matches('/');
        Self {
            activation: format!("{public_url}/account/activate"),
            password_reset: format!("{public_url}/account/reset-password"),
            confirmation: format!("{public_url}{confirmation}"),
            sign_in: format!("{public_url}/account/login"),
        }
    }

    /// With another page that activates accounts, if one is given.
    #[must_use]
    pub fn activating_at(self, page: Option<&str>) -> Self {
        Self { activation: page.map_or(self.activation, str::to_owned), ..self }
    }

    /// With another page on which passwords are reset, if one is given.
    #[must_use]
    pub fn resetting_at(self, page: Option<&str>) -> Self {
        Self { password_reset: page.map_or(self.password_reset, str::to_owned), ..self }
    }

    /// The link in the mail about a notice, if it has one.
    pub(super) fn of(&self, notice: &Notice, language: Language) -> Option<String> {
        let lang = ("lang", language.tag());
        match notice {
            Notice::ActivateAccount { email, token, .. } => {
                Some(with_query(&self.activation, &[("email", email), ("token", token), lang]))
            }
            Notice::ConfirmEmail { token, .. } => Some(format!("{}/{}", self.confirmation, encoded(token))),
            Notice::ResetPassword { email, token, surface, .. } => {
                let query = [("surface", surface.as_str()), ("email", email), ("token", token), lang];
                Some(with_query(&self.password_reset, &query))
            }
            Notice::AccountDeleted { owner_may_restore, .. } => {
                owner_may_restore.then(|| self.sign_in.clone())
            }
            Notice::PasswordChanged { .. }
            | Notice::AccountRestored { .. }
            | Notice::VerificationCode { .. }
            | Notice::Test { .. }
            | Notice::Nobody => None,
        }
    }
}

/// The page with these parameters at the end of its address. In an address like `/#/activate` that is behind the `#`, where
/// the routers of front ends look for them, and which no server logs.
fn with_query(page: &str, parameters: &[(&str, &str)]) -> String {
    let mut link = page.to_owned();
    let (place, fragment) =
        page.split_once('#').map_or((page, None), |(place, fragment)| (place, Some(fragment)));
    let mut mark = if fragment.unwrap_or(place).contains('?') { '&' } else { '?' };
    for (name, value) in parameters {
        link.push(mark);
        link.push_str(name);
        link.push('=');
        link.push_str(&encoded(value));
        mark = '&';
    }
    link
}

fn encoded(value: &str) -> String {
    utf8_percent_encode(value, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_follow_what_the_page_has() {
        let parameters = [("email", "a+b@example.org"), ("lang", "en")];
        let link = |page| with_query(page, &parameters);
        let query = "email=a%2Bb%40example.org&lang=en";
        assert_eq!(link("https://www.example.org/go"), format!("https://www.example.org/go?{query}"));
        assert_eq!(link("https://www.example.org/go?x=1"), format!("https://www.example.org/go?x=1&{query}"));
        assert_eq!(
            link("https://www.example.org/?x=1#/go"),
            format!("https://www.example.org/?x=1#/go?{query}")
        );
        assert_eq!(
            link("https://www.example.org/#/go?x=1"),
            format!("https://www.example.org/#/go?x=1&{query}")
        );
    }
}
