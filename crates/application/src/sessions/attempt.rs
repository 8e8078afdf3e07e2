//! Attempts of a client to log in.

use std::net::IpAddr;
use std::sync::Arc;

use tokio::runtime::Handle;
use tracing::Instrument as _;
use vestibule_domain::ports::RateLimiter;

use crate::Failure;
use crate::policy::{FAILED_LOGINS_PER_CLIENT, client_bucket};

/// An attempt that counts as failed until it is known that it did not fail.
///
/// Were it counted after the comparison, a client could drop the connection while the password is compared and never be
/// counted, or send many at once of which none is counted yet. An attempt that is dropped before the comparison tells
/// the client nothing, so it does not count: a store that stalls would refuse everybody behind one address otherwise.
///
/// The right password gives back its own attempt alone and does not set the counter back, because a guesser could use an
/// account of his own for that.
pub(super) struct Attempt {
    limiter: Arc<dyn RateLimiter>,
    /// The client's counter, until the attempt has ended. `None` also where the client is not known.
    failures: Option<String>,
    is_compared: bool,
}

impl Attempt {
    /// Counts an attempt, unless the client failed too often.
    pub(super) async fn begin(
        limiter: &Arc<dyn RateLimiter>,
        client: Option<IpAddr>,
    ) -> Result<Self, Failure> {
        let failures = client.map(|address| format!("login-failed:{}", client_bucket(address)));
        if let Some(failures) = &failures {
            let decision = limiter.hit(failures, FAILED_LOGINS_PER_CLIENT).await?;
            if let Err(refused) = Failure::unless_allowed(decision) {
                give_back(&**limiter, failures).await;
                return Err(refused);
            }
        }
        Ok(Self { limiter: limiter.clone(), failures, is_compared: false })
    }

    /// The password is compared from here on.
    pub(super) fn is_compared(&mut self) {
        self.is_compared = true;
    }

    /// Ends the attempt.
    pub(super) async fn end(mut self, has_failed: bool) {
        if let Some(failures) = self.failures.take()
            && !has_failed
        {
            give_back(&*self.limiter, &failures).await;
        }
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        let Some(failures) = self.failures.take().filter(|_| !self.is_compared) else { return };
        // Without a runtime the process is about to end.
        let Ok(runtime) = Handle::try_current() else { return };
        let limiter = self.limiter.clone();
        runtime.spawn(async move { give_back(&*limiter, &failures).await }.in_current_span());
    }
}

/// A count that stays too high is no reason to refuse anybody.
async fn give_back(limiter: &dyn RateLimiter, failures: &str) {
    if let Err(error) = limiter.give_back(failures).await {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "an attempt to log in still counts as failed"
        );
    }
}
