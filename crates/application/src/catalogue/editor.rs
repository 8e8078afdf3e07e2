//! Who may change the catalogue.

use vestibule_domain::accounts::Role;

use crate::error::{Code, code};
use crate::{Actor, CodedError, ErrorKind};

/// Proof that the one who asks may change movies. Use cases that change them ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Editor(());

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("only a moderator or an administrator may change the catalogue")]
pub struct EditorRefused;

impl CodedError for EditorRefused {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Forbidden
    }

    fn code(&self) -> Code {
        code::CATALOGUE_FORBIDDEN
    }
}

impl Editor {
    /// Anyone, while the door `catalogue_writes` is open (theater contract, decision 8).
    pub fn through_open_door() -> Self {
        Self(())
    }

    /// The operator, at the command line.
    pub fn operator() -> Self {
        Self(())
    }

    /// A moderator or an administrator.
    pub fn with_role(actor: &Actor) -> Result<Self, EditorRefused> {
        actor.require(Role::Moderator).map(|()| Self(())).map_err(|_too_low| EditorRefused)
    }
}
