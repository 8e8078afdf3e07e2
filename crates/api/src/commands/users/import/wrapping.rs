//! Strong hashes out of weak ones.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use tokio::task::JoinSet;
use vestibule_domain::accounts::PasswordHash;
use vestibule_domain::accounts::import::{ImportedAccount, ImportedPassword};
use vestibule_domain::ports::SecureRandom;
use vestibule_hashes::{Cost, ForeignHash};

/// So many accounts with weak hashes are added at once: wrapping them takes some seconds.
pub(super) const AT_ONCE: usize = 32;

/// Wraps weak hashes in bcrypt, on every core.
pub(super) struct Wrapping {
    cost: u32,
    random: Arc<dyn SecureRandom>,
}

impl Wrapping {
    pub(super) fn new(cost: u32, random: Arc<dyn SecureRandom>) -> Self {
        Self { cost, random }
    }

    /// How long so many hashes take, about.
    pub(super) fn time(&self, hashes: u64) -> Duration {
        let all = Cost::bcrypt(self.cost).nanoseconds.saturating_mul(hashes);
        Duration::from_nanos(all / cores().get() as u64)
    }

    /// Makes strong hashes of all weak ones among these accounts. An account whose hash cannot be wrapped stays
    /// without a password.
    pub(super) async fn wrap(&self, accounts: &mut [&mut ImportedAccount]) {
        for some in accounts.chunks_mut(cores().get()) {
            let mut running = JoinSet::new();
            for (place, account) in some.iter().enumerate() {
                if let ImportedPassword::Weak(weak) = &account.password {
                    let (weak, cost, salt) = (weak.clone(), self.cost, self.salt());
                    running.spawn_blocking(move || (place, strong(&weak, cost, salt)));
                }
            }
            while let Some(wrapped) = running.join_next().await {
                if let Ok((place, Some(strong))) = wrapped
                    && let Some(account) = some.get_mut(place)
                {
                    account.password = ImportedPassword::Hash(strong);
                }
            }
        }
    }

    fn salt(&self) -> [u8; 16] {
        let mut salt = [0; 16];
        for (byte, random) in salt.iter_mut().zip(self.random.bytes()) {
            *byte = random;
        }
        salt
    }
}

fn strong(weak: &PasswordHash, cost: u32, salt: [u8; 16]) -> Option<PasswordHash> {
    let wrapped = ForeignHash::from_text(weak.as_str()).and_then(|weak| weak.wrap(cost, salt));
    wrapped.map(|wrapped| PasswordHash::new(wrapped.to_text())).ok()
}

fn cores() -> NonZeroUsize {
    available_parallelism().unwrap_or(NonZeroUsize::MIN)
}
