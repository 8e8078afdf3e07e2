//! The shapes of recipes.

/// The spellings and steps of all recipes that readers make.
///
/// An import takes texts of recipes from a file. What no reader would have written is refused: steps of anybody's
/// choice could end in the same digest for all passwords, or grow without end.
const SHAPES: &[&str] = &[
    "argon2",
    "around;bcrypt",
    "around;chain",
    "around;digest",
    "bcrypt",
    "chain;take",
    "digest",
    "digest;code;argon2",
    "digest;code;around;digest",
    "digest;code;bcrypt",
    "digest;code;chain;take",
    "gostyescrypt",
    "hmac",
    "hmac;code;bcrypt",
    "longsha512;bcrypt",
    "lowbytes?;md5crypt",
    "md5crypt",
    "nfc;scrypt",
    "nfkc;around;bcrypt",
    "nfkc;scrypt",
    "nfkd?;hmac;code;argon2",
    "nfkd?;hmac;code;bcrypt",
    "nfkd?;hmac;code;pbkdf2",
    "pbkdf2",
    "saslprep;pbkdf2",
    "saslprep;pbkdf2;sign;digest",
    "scrypt",
    "scrypt;aesctr",
    "scryptfile",
    "sha1crypt",
    "shacrypt",
    "trim;slashes?;hmac;code;bcrypt",
    "trim?;slashes?;chain",
    "utf16;around;digest",
    "utf16;digest",
    "yescrypt",
];

/// What wrapping adds, behind the beginning of a longer digest or behind the whole of it.
const WRAPPED: &str = ";code;bcrypt";
const CUT: &str = ";take";
/// How often a hash may be wrapped: a server with a low cost may have wrapped it before.
const MOST_WRAPS: usize = 2;

/// Whether a reader makes such recipes, or wrapping does of one of theirs. `shape` has the names of the spellings and
/// of the steps, with a semicolon between them.
pub(super) fn is_known(shape: &str) -> bool {
    let mut shape = shape;
    for _ in 0..MOST_WRAPS {
        if SHAPES.contains(&shape) {
            return true;
        }
        let Some(inner) = shape.strip_suffix(WRAPPED) else { return false };
        shape = if SHAPES.contains(&inner) { inner } else { inner.strip_suffix(CUT).unwrap_or(inner) };
    }
    SHAPES.contains(&shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_readers_make_is_known_and_so_is_that_wrapped() {
        for shape in SHAPES {
            let wrapped = format!("{shape}{WRAPPED}");
            let of_a_long_digest = format!("{shape}{CUT}{WRAPPED}");
            for shape in [*shape, &wrapped, &of_a_long_digest, &format!("{of_a_long_digest}{WRAPPED}")] {
                assert!(is_known(shape), "{shape}");
            }
        }
    }

    #[test]
    fn anything_else_is_not() {
        for shape in [
            "",
            "take",
            "code;bcrypt",
            "take;digest",
            "digest;digest",
            "code;code;digest",
            "nfkd?;digest",
            "digest;take",
        ] {
            assert!(!is_known(shape), "{shape}");
        }
        assert!(!is_known(&format!("pbkdf2{}", WRAPPED.repeat(3))));
    }
}
