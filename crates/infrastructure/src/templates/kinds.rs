//! The messages that an operator can word.

/// What a message is made of.
pub(super) struct Kind {
    /// The kind of notice, as it is called in lists and logs.
    pub(super) name: &'static str,
    /// The one link or code that the message exists for, if there is one.
    pub(super) step: Option<Step>,
    /// What it may have beside that.
    pub(super) sometimes: &'static [Sometimes],
}

/// What a message is of use for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A link that ends with a token.
    Link,
    /// A code alone.
    Code,
}

/// A value that a message does not always have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sometimes {
    /// The user name.
    Name,
    /// When the request came, and perhaps from where.
    Origin,
    /// Until when something can be done.
    Until,
    /// Where that is done.
    Page,
}

pub(super) const KINDS: [Kind; 8] = [
    Kind { name: "activate_account", step: Some(Step::Link), sometimes: &[Sometimes::Origin] },
    Kind { name: "confirm_email", step: Some(Step::Link), sometimes: &[Sometimes::Name, Sometimes::Origin] },
    Kind { name: "reset_password", step: Some(Step::Link), sometimes: &[] },
    Kind { name: "password_changed", step: None, sometimes: &[] },
    Kind { name: "account_deleted", step: None, sometimes: &[Sometimes::Until, Sometimes::Page] },
    Kind { name: "account_restored", step: None, sometimes: &[] },
    Kind { name: "verification_code", step: Some(Step::Code), sometimes: &[] },
    Kind { name: "test", step: None, sometimes: &[] },
];
