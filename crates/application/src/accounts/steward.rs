//! Who may use the console.

use vestibule_domain::accounts::Role;

use crate::{Actor, Forbidden, codes};

/// Proof that the one who asks may look at how the installation does: moderators and administrators. What it holds of
/// people is for an [`Administrator`](super::Administrator) alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steward(());

impl Steward {
    /// The lowest role that may.
    pub const LEAST: Role = Role::Moderator;

    /// The error for everybody else.
    pub const REFUSED: Forbidden = Forbidden(codes::CONSOLE_FORBIDDEN);

    /// For an actor with the role of a moderator or a higher one.
    pub fn with_role(actor: &Actor) -> Result<Self, Forbidden> {
        if actor.role >= Self::LEAST { Ok(Self(())) } else { Err(Self::REFUSED) }
    }
}
