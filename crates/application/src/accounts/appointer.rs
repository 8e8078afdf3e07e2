//! Who may make new accounts of administrators.

use vestibule_domain::accounts::Role;
use vestibule_domain::audit::AuditActor;

use super::Administrator;
use crate::{Actor, Forbidden};

/// Proof that the one who asks may sign up an administrator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appointer(AuditActor);

impl Appointer {
    /// Anyone, while the door `admin_signup` is open (admin contract, decision 4).
    pub fn through_open_door() -> Self {
        Self(AuditActor::Anonymous)
    }

    /// An administrator.
    pub fn with_role(actor: &Actor) -> Result<Self, Forbidden> {
        let who = AuditActor::Account(actor.uuid);
        if actor.role >= Role::Admin { Ok(Self(who)) } else { Err(Administrator::REFUSED) }
    }

    /// Who it is, for the audit trail.
    pub(crate) fn who(self) -> AuditActor {
        self.0
    }
}
