//! The sender of mail.

use lettre::message::Mailbox;

use super::message::in_ascii;

/// A sender, with name and address apart, so that neither has to be parsed out of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sender<'a> {
    /// The name that people see, on one line, as they see it.
    pub name: Option<&'a str>,
    /// The address, `name@example.org`, in ASCII but for its domain.
    pub address: &'a str,
}

impl Sender<'_> {
    /// The sender as the library's type. `None` if not every mail server would accept it.
    pub(super) fn mailbox(self) -> Option<Mailbox> {
        if self.name.is_some_and(|name| name.contains(char::is_control)) {
            return None;
        }
        let address = in_ascii(&self.address.parse().ok()?).ok()?;
        let is_ascii = address.user().is_ascii() && address.domain().is_ascii();
        is_ascii.then(|| Mailbox::new(self.name.map(str::to_owned), address))
    }
}
