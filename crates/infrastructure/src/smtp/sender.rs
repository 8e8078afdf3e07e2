//! Whom mail is from.

use lettre::message::Mailbox;

use super::message::in_ascii;

/// A sender, name and address apart: neither has to be found in a text again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sender<'a> {
    /// The name that people see, on one line, as they see it.
    pub name: Option<&'a str>,
    /// The address, `name@example.org`, in ASCII but for its domain.
    pub address: &'a str,
}

impl Sender<'_> {
    /// `None` if it is no sender that every mail server takes.
    pub(super) fn mailbox(self) -> Option<Mailbox> {
        if self.name.is_some_and(|name| name.contains(char::is_control)) {
            return None;
        }
        let address = in_ascii(&self.address.parse().ok()?).ok()?;
        let is_ascii = address.user().is_ascii() && address.domain().is_ascii();
        is_ascii.then(|| Mailbox::new(self.name.map(str::to_owned), address))
    }
}
