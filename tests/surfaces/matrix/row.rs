//! The rows of the table.

use super::cast::Caller;
use super::request::{Body, Scene};
use super::{admin, contacts, mobile, points, theater};

/// The statuses for: nobody in particular, somebody else, the owner, an administrator, an administrator in the trash,
/// one who is locked out.
pub(super) type Cells = [u16; 6];

/// What the caller shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Credential {
    /// Nothing is asked for. The access token is sent along, and changes nothing.
    Nothing,
    /// The access token.
    Access,
    /// The refresh token, in the header.
    RefreshInHeader,
    /// The refresh token, in the body.
    RefreshInBody,
    /// Address or name, and password.
    Password,
}

/// What happened before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing special.
    Nothing,
    /// The owner's account was moved into the trash.
    Trashed,
    /// Somebody registered by a mobile number, and waits.
    Waiting,
}

/// An endpoint, a request to it, and its answers.
pub(super) struct Row {
    pub(super) method: &'static str,
    /// The path as it is documented. The ids in it are those of the owner and of what is his.
    pub(super) path: &'static str,
    pub(super) query: &'static str,
    pub(super) body: fn(&Scene) -> Body,
    pub(super) credential: Credential,
    pub(super) before: Before,
    closed: Cells,
    open: Cells,
    moderator: Option<u16>,
    /// The status for a token that is for another use or, of refresh tokens, from another surface.
    pub(super) other_use: u16,
}

impl Row {
    /// An endpoint that asks for an access token.
    pub(super) fn new(method: &'static str, path: &'static str, answers: Cells) -> Self {
        Self {
            method,
            path,
            query: "",
            body: |_| Body::Empty,
            credential: Credential::Access,
            before: Before::Nothing,
            closed: answers,
            open: answers,
            moderator: None,
            other_use: 401,
        }
    }

    /// An endpoint that does not look at tokens, and its only status.
    pub(super) fn public(method: &'static str, path: &'static str, status: u16) -> Self {
        Self { credential: Credential::Nothing, ..Self::new(method, path, [status; 6]) }
    }

    pub(super) fn sends(self, body: fn(&Scene) -> Body) -> Self {
        Self { body, ..self }
    }

    pub(super) fn query(self, query: &'static str) -> Self {
        Self { query, ..self }
    }

    /// What it answers while its door is open.
    pub(super) fn open(self, open: Cells) -> Self {
        Self { open, ..self }
    }

    /// What a moderator is answered while the door is closed, if that is more than anybody is.
    pub(super) fn moderator(self, status: u16) -> Self {
        Self { moderator: Some(status), ..self }
    }

    pub(super) fn shows(self, credential: Credential) -> Self {
        Self { credential, ..self }
    }

    pub(super) fn other_use(self, other_use: u16) -> Self {
        Self { other_use, ..self }
    }

    pub(super) fn after(self, before: Before) -> Self {
        Self { before, ..self }
    }

    /// How the endpoint is called in the completeness test and in messages.
    pub(super) fn name(&self, surface: &str) -> String {
        format!("{surface} {} {}", self.method, self.path)
    }

    /// The status for a caller with a token that is good, if the caller is.
    pub(super) fn expected(&self, caller: Caller, are_doors_open: bool) -> u16 {
        let [anonymous, regular, owner, administrator, trashed, locked_out] =
            if are_doors_open { self.open } else { self.closed };
        match caller {
            Caller::Anonymous => anonymous,
            Caller::Regular | Caller::Demoted => regular,
            Caller::Moderator => self.moderator.filter(|_| !are_doors_open).unwrap_or(regular),
            Caller::Owner => owner,
            Caller::Administrator => administrator,
            Caller::Trashed => trashed,
            Caller::LockedOut => locked_out,
        }
    }
}

/// The table of a surface.
pub(super) fn rows(surface: &str) -> Vec<Row> {
    match surface {
        "theater" => theater::rows(),
        "contacts" => contacts::rows(),
        "admin" => admin::rows(),
        "points" => points::rows(),
        "mobile" => mobile::rows(),
        other => panic!("no table of {other}"),
    }
}
