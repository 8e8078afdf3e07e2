//! Signers of tokens.

use std::sync::Arc;
use std::time::Duration;

use vestibule_domain::ports::TokenSigner;
use vestibule_infrastructure::crypto::{JwtAlgorithm, JwtSettings, JwtSigner};
use vestibule_use_case_tests::PlainSigner;

use super::Backend;

/// Makes a signer with a secret.
pub type Signers = Arc<dyn Fn(&str) -> Arc<dyn TokenSigner> + Send + Sync>;

/// That of the server.
pub async fn jwt() -> Backend<Signers> {
    Backend::alone(Arc::new(|secret| {
        Arc::new(JwtSigner::new(JwtSettings {
            algorithm: JwtAlgorithm::Hs256,
            access_secret: &format!("{secret}, which signs access tokens"),
            refresh_secret: &format!("{secret}, which signs refresh tokens"),
            issuer: "vestibule",
            former_access_secret: None,
            former_refresh_secret: None,
            audience: None,
            former_audience: None,
            leeway: Duration::from_mins(1),
        }))
    }))
}

/// That of the tests of use cases.
pub async fn plain() -> Backend<Signers> {
    Backend::alone(Arc::new(|secret| Arc::new(PlainSigner::new(secret))))
}
