//! Who may make new accounts of administrators.

use vestibule_domain::accounts::Role;

use super::Administrator;
use crate::{Actor, Forbidden};

/// Proof that the one who asks may sign up an administrator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appointer(());

impl Appointer {
    /// Anyone, while the door `admin_signup` is open (admin contract, decision 4).
    pub fn through_open_door() -> Self {
        Self(())
    }

    /// An administrator.
    pub fn with_role(actor: &Actor) -> Result<Self, Forbidden> {
        if actor.role >= Role::Admin { Ok(Self(())) } else { Err(Administrator::REFUSED) }
    }
}
