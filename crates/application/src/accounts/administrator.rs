//! The permission to change the accounts of others.

use vestibule_domain::accounts::Role;
use vestibule_domain::audit::AuditActor;

use crate::{Actor, Forbidden, codes};

/// Proof that the caller may change the accounts of others, and who that is. Use cases that do so ask for it in their input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Administrator(AuditActor);

impl Administrator {
    /// The error for everybody else.
    pub const REFUSED: Forbidden = Forbidden(codes::ADMINISTRATORS_ONLY);

    /// For the operator at the command line.
    pub fn operator() -> Self {
        Self(AuditActor::Operator)
    }

    /// For an actor with the role of an administrator.
    pub fn with_role(actor: &Actor) -> Result<Self, Forbidden> {
        if actor.role >= Role::Admin { Ok(Self(AuditActor::Account(actor.uuid))) } else { Err(Self::REFUSED) }
    }

    /// Who it is, for the audit trail.
    pub fn who(self) -> AuditActor {
        self.0
    }
}
