//! Sealers.

use std::sync::Arc;

use vestibule_domain::ports::Sealer;
use vestibule_infrastructure::crypto::AeadSealer;
use vestibule_use_case_tests::PlainSealer;

use super::Backend;

/// Makes a sealer under a secret.
pub type Sealers = Arc<dyn Fn(&str) -> Arc<dyn Sealer> + Send + Sync>;

/// That of the server.
pub async fn aead() -> Backend<Sealers> {
    Backend::alone(Arc::new(|secret| Arc::new(AeadSealer::new(secret, None).unwrap())))
}

/// That of the tests of use cases.
pub async fn plain() -> Backend<Sealers> {
    Backend::alone(Arc::new(|secret| Arc::new(PlainSealer::new(secret))))
}
