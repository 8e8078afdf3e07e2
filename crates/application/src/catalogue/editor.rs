//! Who may change the catalogue.

use vestibule_domain::accounts::Role;

use crate::{Actor, Forbidden, codes};

/// Proof that the one who asks may change movies. Use cases that change them ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Editor(());

impl Editor {
    /// What everybody else is answered.
    pub const REFUSED: Forbidden = Forbidden(codes::CATALOGUE_FORBIDDEN);

    /// Anyone, while the door `catalogue_writes` is open (theater contract, decision 8).
    pub fn through_open_door() -> Self {
        Self(())
    }

    /// The operator, at the command line.
    pub fn operator() -> Self {
        Self(())
    }

    /// A moderator or an administrator.
    pub fn with_role(actor: &Actor) -> Result<Self, Forbidden> {
        if actor.role >= Role::Moderator { Ok(Self(())) } else { Err(Self::REFUSED) }
    }
}
