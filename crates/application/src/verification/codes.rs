//! What all use cases do with codes.

use std::iter;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use vestibule_domain::accounts::{AccountId, AccountUuid};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::messages::{Language, Notice};
use vestibule_domain::ports::{CodeHasher, RateLimiter, SecureRandom};
use vestibule_domain::secret::{SecretDigest, SecretToken};
use vestibule_domain::store::{Repositories, StoreError};
use vestibule_domain::verification::{CodeKey, CodeShape, VerificationCode};

use crate::audit::{AuditTrail, Entry};
use crate::messages::Outbox;
use crate::policy::{CODES_TRIED_PER_CLIENT, CODES_TRIED_PER_RECIPIENT, CodePolicy, client_bucket};
use crate::{Deps, Failure};

/// Sends codes and compares what comes back, in the caller's unit of work.
pub(crate) struct Codes {
    random: Arc<dyn SecureRandom>,
    hasher: Arc<dyn CodeHasher>,
    limiter: Arc<dyn RateLimiter>,
    outbox: Outbox,
    audit: AuditTrail,
}

/// A code that is to be sent.
pub(crate) struct Draft<'a> {
    pub key: &'a CodeKey,
    pub account: Option<AccountId>,
    pub shape: CodeShape,
    pub life: Duration,
    pub language: Option<Language>,
}

impl Codes {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            random: deps.random.clone(),
            hasher: deps.codes.clone(),
            limiter: deps.limiter.clone(),
            outbox: Outbox::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Counts a code that is about to be sent, and refuses one too many.
    pub(crate) async fn count_sending(&self, key: &CodeKey, policy: CodePolicy) -> Result<(), Failure> {
        Failure::unless_allowed(self.limiter.hit(&counter("code", key), policy.per_recipient).await?)
    }

    /// Keeps a new code in the place of the last one, and queues the message that carries it. Call [`Codes::wake`]
    /// after the commit.
    pub(crate) async fn send(
        &self,
        unit: &mut dyn Repositories,
        draft: Draft<'_>,
        now: OffsetDateTime,
    ) -> Result<SecretToken, Failure> {
        let secret = draft.shape.draw(&*self.random);
        let code = VerificationCode {
            key: draft.key.clone(),
            account: draft.account,
            digest: self.hasher.digest(draft.key, secret.reveal()),
            attempts: 0,
            created_at: now,
            expires_at: now + draft.life,
            verified_at: None,
        };
        unit.verification_codes().put(&code).await?;
        let notice = Notice::VerificationCode {
            to: draft.key.recipient().clone(),
            code: secret.reveal().to_owned(),
            valid_minutes: u32::try_from(draft.life.as_secs() / 60).unwrap_or(u32::MAX),
        };
        self.outbox.enqueue(unit, &notice, draft.language, now).await?;
        Ok(secret)
    }

    /// Counts a try for a recipient, over all codes, and refuses one too many. What is refused for its client does not
    /// count for the others.
    pub(crate) async fn count_try(&self, key: &CodeKey, client: Option<IpAddr>) -> Result<(), Failure> {
        let own = self.limiter.hit(&tries_of(key, client), CODES_TRIED_PER_CLIENT).await?;
        Failure::unless_allowed(own)?;
        let tried = self.limiter.hit(&counter("code-tried", key), CODES_TRIED_PER_RECIPIENT).await?;
        Failure::unless_allowed(tried)
    }

    /// Forgets the tries of a recipient after a right code.
    pub(crate) async fn forget_tries(&self, key: &CodeKey, client: Option<IpAddr>) {
        for counter in [tries_of(key, client), counter("code-tried", key)] {
            if let Err(error) = self.limiter.forget(&counter).await {
                tracing::warn!(error = &error as &dyn std::error::Error, "tried codes were not forgotten");
            }
        }
    }

    /// Counts a try in the store, and answers the code if it is the one that was sent. The unit has to be committed
    /// in either case: the try counts when it is.
    pub(crate) async fn compare(
        &self,
        unit: &mut dyn Repositories,
        key: &CodeKey,
        typed: &str,
        policy: CodePolicy,
        now: OffsetDateTime,
    ) -> Result<Option<VerificationCode>, Failure> {
        let typed = self.digests(key, &CodeShape::typed(typed));
        let kept = unit.verification_codes().count_try(key, policy.tries, now).await?;
        // Digests compare in constant time.
        Ok(kept.filter(|kept| typed.contains(&kept.digest)))
    }

    /// Counts a code that was refused in the audit trail, in the unit in which its try counts: neither is kept without
    /// the other, and both before it is answered. Costs the same for an account and for none.
    pub(crate) async fn count_failure(
        &self,
        unit: &mut dyn Repositories,
        account: Option<AccountUuid>,
    ) -> Result<(), StoreError> {
        let entry = Entry::new(AuditAction::CodeFailed, AuditActor::Anonymous).on(account);
        self.audit.count(unit, &entry).await
    }

    /// Stands for a client in a proof: who gave the code back is who may use what it proves.
    pub(crate) fn prover(&self, key: &CodeKey, client: Option<IpAddr>) -> SecretDigest {
        self.hasher.digest(key, &proof_by(client))
    }

    /// What may stand for a client in a proof that was given before.
    pub(crate) fn provers(&self, key: &CodeKey, client: Option<IpAddr>) -> Vec<SecretDigest> {
        self.digests(key, &proof_by(client))
    }

    /// The hashes that may be kept of a secret.
    fn digests(&self, key: &CodeKey, secret: &str) -> Vec<SecretDigest> {
        iter::once(self.hasher.digest(key, secret)).chain(self.hasher.former_digest(key, secret)).collect()
    }

    /// Tells the worker of this process that a message waits.
    pub(crate) fn wake(&self) {
        self.outbox.wake();
    }
}

fn proof_by(client: Option<IpAddr>) -> String {
    format!("proved from {}", client.map(client_bucket).unwrap_or_default())
}

/// The counter of tries of one client. All unknown clients share one.
fn tries_of(key: &CodeKey, client: Option<IpAddr>) -> String {
    format!("{}:{}", counter("code-tried-by", key), client.map(client_bucket).unwrap_or_default())
}

fn counter(what: &str, key: &CodeKey) -> String {
    let recipient = SecretDigest::of(key.to()).to_hex();
    format!("{what}:{}:{}:{recipient}", key.channel().name(), key.purpose().name())
}
