//! The permission to change movies.

use vestibule_domain::accounts::Role;

use crate::{Actor, Forbidden, codes};

/// Proof that the caller may change movies. Use cases that do so ask for it in their input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Editor(());

impl Editor {
    /// The error for everybody else.
    pub const REFUSED: Forbidden = Forbidden(codes::CATALOGUE_FORBIDDEN);

    /// For anyone, while the door `catalogue_writes` is open (theater contract, decision 8).
    pub fn through_open_door() -> Self {
        Self(())
    }

    /// For the operator at the command line.
    pub fn operator() -> Self {
        Self(())
    }

    /// For an actor with the role of a moderator or an administrator.
    pub fn with_role(actor: &Actor) -> Result<Self, Forbidden> {
        if actor.role >= Role::Moderator { Ok(Self(())) } else { Err(Self::REFUSED) }
    }
}
