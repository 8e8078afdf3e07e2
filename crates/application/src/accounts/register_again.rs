//! Registering an address that already has an account.

use std::sync::Arc;

use time::OffsetDateTime;
use vestibule_domain::accounts::{PasswordHash, PendingRegistration, RegistrationId};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::ports::{IdGenerator, LimitDecision, PasswordHasher, RateLimiter, Verification};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::{Store, StoreError};

use super::activation_mail::{About, ActivationMail};
use super::recipient::Recipient;
use super::registration::RegisterAccountInput;
use super::registration_room::{crowded_out, network};
use crate::audit::{AuditTrail, Entry};
use crate::policy::{REGISTRATIONS_PER_ADDRESS, REGISTRATIONS_PER_CLIENT_AND_ADDRESS};
use crate::retry::retrying;
use crate::{Deps, Failure};

/// How often the pending registrations are read again, when others register the address at the same time.
const LOOKS: u32 = 3;

/// Stores one more registration of an address whose account waits for its activation, and mails it a token of its
/// own. The first registration has no advantage over later ones.
///
/// A registration from the same client with the same password is a repeated request of a person whose mail was lost.
/// Within the interval of the policy nothing happens; after it, that registration is renewed. The password is
/// compared by its hash, because a registration with another password may be by another person on the same network.
pub(super) struct RegisterAgain {
    store: Arc<dyn Store>,
    ids: Arc<dyn IdGenerator>,
    hasher: Arc<dyn PasswordHasher>,
    limiter: Arc<dyn RateLimiter>,
    mail: ActivationMail,
    audit: AuditTrail,
}

/// What became of the registration.
pub(super) enum Again {
    /// The registration is stored and mailed, or there was nothing to do.
    Done,
    /// The account that had the address was removed, so the address is free.
    AddressFree,
}

/// The result of one try to store the registration.
enum Kept {
    /// The registration is stored and mailed, or there was nothing to do.
    Done,
    /// Another registration came since the pending ones were read.
    LookAgain,
    /// The account was removed since the pending registrations were read.
    AddressFree,
}

/// The account of an address, as far as a registration has to know.
enum Found {
    /// No account has the address.
    Nobody,
    /// Its account is active, or in the trash, or locked out.
    NotWaiting,
    /// Its account waits for its activation, with these registrations.
    Waiting(Vec<PendingRegistration>),
}

/// How the newest registration from the same client compares with this one.
#[derive(Clone, Copy)]
struct Last {
    id: RegistrationId,
    digest: SecretDigest,
    has_same_password: bool,
}

impl RegisterAgain {
    pub(super) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            ids: deps.ids.clone(),
            hasher: deps.hasher.clone(),
            limiter: deps.limiter.clone(),
            mail: ActivationMail::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Stores the registration, if the account still waits for its activation. The client is not told the outcome.
    pub(super) async fn execute(
        &self,
        input: &RegisterAccountInput,
        hash: &PasswordHash,
        now: OffsetDateTime,
    ) -> Result<Again, Failure> {
        let mut is_counted = false;
        for look in 1..=LOOKS {
            let pending = match retrying(|| self.pending(input)).await? {
                Found::Nobody => return Ok(Again::AddressFree),
                Found::NotWaiting => return Ok(Again::Done),
                Found::Waiting(pending) => pending,
            };
            let last = match newest_of(&pending, input) {
                None => None,
                Some(last) => {
                    // Comparing is slow, so it happens outside of the unit of work.
                    let compared = self
                        .hasher
                        .verify(input.password.as_password(), Some(last.hashed_password.clone()))
                        .await?;
                    let has_same_password = compared != Verification::Wrong;
                    if has_same_password && now < last.created_at + input.policy.activation_interval {
                        return Ok(Again::Done);
                    }
                    Some(Last { id: last.id, digest: last.digest, has_same_password })
                }
            };
            if !is_counted && !self.is_within_limits(input).await? {
                return Ok(Again::Done);
            }
            is_counted = true;
            let is_last_look = look == LOOKS;
            let kept = retrying(|| self.keep(input, hash, last, is_last_look, now)).await?;
            match kept {
                Kept::Done => break,
                Kept::AddressFree => return Ok(Again::AddressFree),
                Kept::LookAgain => {}
            }
        }
        Ok(Again::Done)
    }

    /// Reads the registrations that are pending for the address.
    async fn pending(&self, input: &RegisterAccountInput) -> Result<Found, StoreError> {
        let mut repositories = self.store.repositories();
        let Some(account) = repositories.accounts().by_email(&input.email).await? else {
            return Ok(Found::Nobody);
        };
        if !account.waits_for_activation() {
            return Ok(Found::NotWaiting);
        }
        Ok(Found::Waiting(repositories.pending_registrations().of_account(account.id).await?))
    }

    /// Counts a mail that a registration causes, and tells whether it is within the limits.
    async fn is_within_limits(&self, input: &RegisterAccountInput) -> Result<bool, Failure> {
        let recipient = SecretDigest::of(input.email.as_str()).to_hex();
        let network = network(input.client_address);
        // The client's own limit comes first, so that a client over it does not use up the limit that others share.
        let counters = [
            (format!("registration:{recipient}:{network}"), REGISTRATIONS_PER_CLIENT_AND_ADDRESS),
            (format!("registration:{recipient}"), REGISTRATIONS_PER_ADDRESS),
        ];
        for (key, limit) in counters {
            if self.limiter.hit(&key, limit).await? != LimitDecision::Allowed {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn keep(
        &self,
        input: &RegisterAccountInput,
        hash: &PasswordHash,
        last: Option<Last>,
        is_last_look: bool,
        now: OffsetDateTime,
    ) -> Result<Kept, Failure> {
        let mut unit = self.store.begin().await?;
        let Some(found) = unit.accounts().by_email(&input.email).await? else { return Ok(Kept::AddressFree) };
        // The lock keeps others from registering, activating and purging before the commit.
        let Some(account) = unit.accounts().lock(found.id).await? else { return Ok(Kept::AddressFree) };
        if !account.waits_for_activation() {
            return Ok(Kept::Done);
        }
        let pending = unit.pending_registrations().of_account(account.id).await?;
        let current = newest_of(&pending, input).map(|newest| (newest.id, newest.digest));
        let is_as_seen = current == last.map(|last| (last.id, last.digest));
        if !is_as_seen && !is_last_look {
            return Ok(Kept::LookAgain);
        }

        let renewed = last.filter(|last| is_as_seen && last.has_same_password).map(|last| last.id);
        let id = renewed.unwrap_or_else(|| RegistrationId(self.ids.random()));
        let gone = renewed.or_else(|| crowded_out(&pending, &network(input.client_address)));
        if let Some(gone) = gone {
            unit.pending_registrations().remove(gone).await?;
        }
        let recipient = Recipient { account: account.id, uuid: account.details.uuid, email: &input.email };
        let about = About {
            registration: Some(id),
            name: input.display_name.as_deref(),
            client_address: input.client_address,
            created_at: now,
        };
        let written = self.mail.write(recipient, about, input.policy, now)?;
        let registration = PendingRegistration {
            id,
            account: account.id,
            digest: written.digest,
            hashed_password: hash.clone(),
            display_name: input.display_name.clone(),
            client_address: input.client_address,
            created_at: now,
            expires_at: written.expires_at,
        };
        unit.pending_registrations().insert(&registration).await?;
        self.mail.enqueue(&mut *unit, &written, input.language, now).await?;
        let entry = Entry::new(AuditAction::RegistrationRepeated, AuditActor::Anonymous);
        self.audit.record(&mut *unit, &entry.on(account.details.uuid)).await?;
        unit.commit().await?;
        self.mail.wake();
        Ok(Kept::Done)
    }
}

/// The newest pending registration from the same network as this one.
fn newest_of<'a>(
    pending: &'a [PendingRegistration],
    input: &RegisterAccountInput,
) -> Option<&'a PendingRegistration> {
    let own = network(input.client_address);
    pending.iter().rev().find(|registration| network(registration.client_address) == own)
}
