//! What makes a new password good, and what is wrong with one, in words.

use vestibule_domain::accounts::{PasswordPolicy, WeakPassword};
use vestibule_domain::messages::Language;

/// That the second password is not the first.
pub(crate) fn passwords_differ(language: Language) -> &'static str {
    match language {
        Language::En => "The two passwords differ.",
        Language::Fr => "Les deux mots de passe diffèrent.",
    }
}

/// That a password is known from a breach.
pub(crate) fn known_from_breach(language: Language) -> &'static str {
    match language {
        Language::En => "This password is known from a breach. Choose another one.",
        Language::Fr => "Ce mot de passe figure dans une fuite de données. Choisissez-en un autre.",
    }
}

/// The rules that are worth saying before the first mistake: the browser asks for a password anyway.
pub(crate) fn rules_in_words(policy: PasswordPolicy, language: Language) -> Vec<String> {
    let told = policy.rules().filter(|rule| !matches!(rule, WeakPassword::TooShort { min: ..=1 }));
    told.map(|rule| words_of(rule, language)).collect()
}

/// The rule that a password breaks.
pub(crate) fn words_of(weakness: WeakPassword, language: Language) -> String {
    match (weakness, language) {
        (WeakPassword::TooShort { min }, Language::En) => format!("Use at least {min} characters."),
        (WeakPassword::TooShort { min }, Language::Fr) => format!("Utilisez au moins {min} caractères."),
        (WeakPassword::TooLong { max }, Language::En) => format!("Use at most {max} characters."),
        (WeakPassword::TooLong { max }, Language::Fr) => format!("Utilisez au plus {max} caractères."),
        (WeakPassword::NoUppercase, Language::En) => "Add a capital letter (A–Z).".to_owned(),
        (WeakPassword::NoUppercase, Language::Fr) => "Ajoutez une majuscule (A–Z).".to_owned(),
        (WeakPassword::NoLowercase, Language::En) => "Add a small letter (a–z).".to_owned(),
        (WeakPassword::NoLowercase, Language::Fr) => "Ajoutez une minuscule (a–z).".to_owned(),
        (WeakPassword::NoDigit, Language::En) => "Add a digit.".to_owned(),
        (WeakPassword::NoDigit, Language::Fr) => "Ajoutez un chiffre.".to_owned(),
        (WeakPassword::NoSpecial { characters }, Language::En) => {
            format!("Add one of these characters: {characters}")
        }
        (WeakPassword::NoSpecial { characters }, Language::Fr) => {
            format!("Ajoutez un de ces caractères : {characters}")
        }
    }
}
