//! Who may make new accounts of administrators.

use vestibule_domain::audit::AuditActor;
use vestibule_domain::store::{Repositories, StoreError};

use super::Administrator;
use crate::{Actor, Forbidden};

/// Proof that the one who asks may sign up an administrator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appointer(Option<Administrator>);

impl Appointer {
    /// Anyone, while the door `admin_signup` is open (admin contract, decision 4).
    pub fn through_open_door() -> Self {
        Self(None)
    }

    /// An administrator.
    pub fn with_role(actor: &Actor) -> Result<Self, Forbidden> {
        Administrator::with_role(actor).map(|administrator| Self(Some(administrator)))
    }

    /// Who it is, for the audit trail.
    pub(crate) fn who(self) -> AuditActor {
        self.0.map_or(AuditActor::Anonymous, Administrator::who)
    }

    /// Whether the one who asks is still an administrator who may sign in. Locks the account that asks, so that this
    /// holds until the unit ends.
    pub(super) async fn still_holds(self, unit: &mut dyn Repositories) -> Result<bool, StoreError> {
        let Some(administrator) = self.0 else { return Ok(true) };
        let Some(account) = administrator.account() else { return Ok(true) };
        let locked = unit.accounts().lock_all(&[account]).await?;
        Ok(administrator.still_holds(&locked))
    }
}
