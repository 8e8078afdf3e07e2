//! Who may list accounts.

use vestibule_domain::accounts::Role;

use crate::{Actor, Forbidden, codes};

/// Proof that the one who asks may list and read the accounts of others (mobile contract, decision 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DirectoryReader(());

impl DirectoryReader {
    /// What everybody else is answered.
    pub const REFUSED: Forbidden = Forbidden(codes::DIRECTORY_FORBIDDEN);

    /// Anyone who is signed in: the door `user_directory` is open.
    pub fn through_open_door(_actor: &Actor) -> Self {
        Self(())
    }

    /// An administrator.
    pub fn with_role(actor: &Actor) -> Result<Self, Forbidden> {
        if actor.role >= Role::Admin { Ok(Self(())) } else { Err(Self::REFUSED) }
    }
}
