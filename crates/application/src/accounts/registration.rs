//! What a registration brings.

use std::net::IpAddr;

use vestibule_domain::accounts::{EmailAddress, NewPassword};
use vestibule_domain::messages::Language;

use crate::policy::RegistrationPolicy;

/// Who wants an account.
#[derive(Debug)]
pub struct RegisterAccountInput {
    /// Address.
    pub email: EmailAddress,
    /// A name to show, where the surface asks for one.
    pub display_name: Option<String>,
    /// Password.
    pub password: NewPassword,
    /// Where the client is: the mail says so.
    pub client_address: Option<IpAddr>,
    /// The language of the mail, if the request names one.
    pub language: Option<Language>,
    /// The surface's rules.
    pub policy: RegistrationPolicy,
}
