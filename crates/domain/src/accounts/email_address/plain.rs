//! Addresses by a published pattern.

use super::EmailAddress;

impl EmailAddress {
    /// Reads an address by the pattern of points contract §4, which takes more than [`EmailAddress::parse`] and less:
    /// `[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}`, so `.a@b..com` too, and no letter outside of ASCII. One
    /// line break at the end is dropped, which that pattern lets through. `None` also for an address that is longer
    /// than 254 bytes.
    pub fn parse_plain(text: &str) -> Option<Self> {
        let address = text.strip_suffix('\n').unwrap_or(text);
        let (local, domain) = address.split_once('@')?;
        let (name, top) = domain.rsplit_once('.')?;
        let is_local = |byte: u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte);
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
        let is_address = !local.is_empty()
            && local.bytes().all(is_local)
            && !name.is_empty()
            && name.bytes().all(is_name)
            && top.len() >= 2
            && top.bytes().all(|byte| byte.is_ascii_alphabetic());
        (is_address && address.len() <= Self::MOST_BYTES).then(|| Self(address.to_ascii_lowercase()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        EmailAddress::parse_plain(text).map(|address| address.as_str().to_owned())
    }

    /// Points contract §4, as the original answered.
    #[test]
    fn the_published_pattern_decides() {
        for good in ["ada@example.com", ".a@b.co", "a..b@b.co", "a@b..com", "a@-.aa", "a+b%c_d-e@b.c.museum"]
        {
            assert_eq!(read(good).as_deref(), Some(good));
        }
        for bad in [
            "",
            "@",
            "a",
            "a@",
            "@b.co",
            "a@b",
            "a@.co",
            "a@b.c",
            "a@b.c1",
            "a@b.co.",
            "a@b@b.co",
            " a@b.co",
            "a@b.co ",
            "é@b.co",
            "a@é.co",
            "a@b.cé",
            "o'neill@b.co",
            "a@b.co,c@d.co",
            "\"a\"@b.co",
            "a@b.co\n\n",
            "a@b.co\r\n",
            "a\n@b.co",
            "a@b\n.co",
            "a@b.co\0",
        ] {
            assert_eq!(read(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn letter_case_and_one_line_break_at_the_end_do_not_matter() {
        assert_eq!(read("Ada@Example.COM\n").as_deref(), Some("ada@example.com"));
    }

    #[test]
    fn an_address_has_254_bytes_at_the_most() {
        let address = |length: usize| format!("{}@example.com", "a".repeat(length - "@example.com".len()));
        assert!(read(&address(254)).is_some());
        assert!(read(&address(255)).is_none());
    }
}
