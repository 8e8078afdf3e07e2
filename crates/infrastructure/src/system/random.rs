//! Randomness.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use vestibule_domain::ports::SecureRandom;
use vestibule_domain::secret::SecretToken;

/// The operating system's cryptographically secure generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl SecureRandom for SystemRandom {
    /// # Panics
    ///
    /// If the operating system gives no randomness. A guessable token would be worse, and no caller could do better.
    #[expect(clippy::disallowed_methods, reason = "this is the SecureRandom port's own source")]
    #[expect(clippy::expect_used, reason = "a request without randomness must not go on")]
    fn token(&self) -> SecretToken {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).expect("the operating system gives randomness");
        SecretToken::new(URL_SAFE_NO_PAD.encode(bytes))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_token_is_43_characters_of_url_safe_base64() {
        let token = SystemRandom.token();
        assert_eq!(token.reveal().len(), 43);
        assert!(token.reveal().bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
    }

    #[test]
    fn no_token_comes_twice() {
        let tokens: HashSet<_> = (0..1_000).map(|_| SystemRandom.token().reveal().to_owned()).collect();
        assert_eq!(tokens.len(), 1_000);
    }
}
