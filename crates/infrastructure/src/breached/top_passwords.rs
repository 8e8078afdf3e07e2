//! The most frequent passwords.

use std::sync::LazyLock;

use async_trait::async_trait;
use vestibule_domain::accounts::Password;
use vestibule_domain::ports::{BreachedPasswords, BreachedPasswordsError};

/// A password a line, in small letters and in the order of their bytes. `README.md` beside it says where they come from.
static LIST: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("top_passwords.txt").lines().collect());

/// Knows the passwords that are most frequent in breaches, in any letter case. It needs no service.
#[derive(Debug, Clone, Copy, Default)]
pub struct TopPasswords;

/// Whether a text is on the list.
pub(super) fn is_listed(text: &str) -> bool {
    let folded = text.to_lowercase();
    LIST.binary_search_by(|known| (*known).cmp(folded.as_str())).is_ok()
}

#[async_trait]
impl BreachedPasswords for TopPasswords {
    async fn knows(&self, password: &Password) -> Result<bool, BreachedPasswordsError> {
        Ok(is_listed(password.reveal()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_the_order_in_which_it_is_searched() {
        assert!(LIST.len() > 10_000, "{}", LIST.len());
        assert!(LIST.is_sorted_by(|one, next| one < next));
    }

    /// A shorter one is refused for its length wherever passwords are set, and another letter case would never be found.
    #[test]
    fn the_list_has_what_could_be_chosen_and_found() {
        for known in LIST.iter() {
            assert!(known.chars().count() >= 6, "{known}");
            assert_eq!(*known, known.to_lowercase());
            assert_eq!(*known, known.trim());
        }
    }

    #[test]
    fn a_password_is_known_in_any_letter_case_and_as_a_whole() {
        for known in ["password", "Password1", "P@ssw0rd", "QWERTYUIOP"] {
            assert!(is_listed(known), "{known}");
        }
        for unknown in ["", "passw", "password password", " password", "Analytical#1843", "mot de passe"] {
            assert!(!is_listed(unknown), "{unknown}");
        }
    }
}
