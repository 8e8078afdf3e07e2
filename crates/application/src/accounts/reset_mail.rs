//! The mail with which a password is reset.

use time::OffsetDateTime;
use vestibule_domain::accounts::{AccountId, AccountToken, AccountTokenKind, EmailAddress};
use vestibule_domain::messages::Notice;
use vestibule_domain::secret::SecretToken;
use vestibule_domain::store::{Repositories, StoreError};

use crate::policy::ResetPolicy;

/// Puts a reset token in the place of an older one, and answers the notice that has it.
pub(super) async fn put_token(
    unit: &mut dyn Repositories,
    account: AccountId,
    email: &EmailAddress,
    secret: &SecretToken,
    policy: ResetPolicy,
    now: OffsetDateTime,
) -> Result<Notice, StoreError> {
    let token = AccountToken {
        kind: AccountTokenKind::PasswordReset,
        account,
        digest: secret.digest(),
        surface: Some(policy.surface.to_owned()),
        created_at: now,
        expires_at: now + policy.token_life,
    };
    unit.account_tokens().put(&token).await?;
    Ok(Notice::ResetPassword {
        email: email.as_str().to_owned(),
        token: secret.reveal().to_owned(),
        valid_minutes: u32::try_from(policy.token_life.as_secs() / 60).unwrap_or(u32::MAX),
        surface: policy.surface.to_owned(),
    })
}
