//! Names of hosts, in the form that protocols write.

use url::Host;

/// The longest name, without a dot at its end (RFC 1035 §2.3.4).
const MOST: usize = 253;
/// The longest part of a name.
const MOST_OF_A_LABEL: usize = 63;

/// The name in ASCII and lower case: `bücher.example` is `xn--bcher-kva.example` (RFC 5891). `None` if it is no
/// name of a host (RFC 1123 §2.1); an IP address is none.
pub(crate) fn in_ascii(name: &str) -> Option<String> {
    // The parser of addresses would decode it.
    if name.contains('%') {
        return None;
    }
    match Host::parse(name).ok()? {
        Host::Domain(name) if name.len() <= MOST && name.split('.').all(is_label) => Some(name),
        _ => None,
    }
}

fn is_label(label: &str) -> bool {
    (1..=MOST_OF_A_LABEL).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_in_ascii_and_lower_case() {
        let cases = [
            ("accounts.example.org", "accounts.example.org"),
            ("LOCALHOST", "localhost"),
            ("Bücher.example", "xn--bcher-kva.example"),
            ("1.example", "1.example"),
        ];
        for (name, expected) in cases {
            assert_eq!(in_ascii(name).as_deref(), Some(expected), "{name}");
        }
    }

    #[test]
    fn what_is_no_name_of_a_host_is_refused() {
        let long = "a".repeat(64);
        for name in [
            "",
            ".",
            "a..b",
            "a.",
            "-a.b",
            "a-.b",
            "a_b",
            "a b",
            "a@b",
            "a:25",
            "127.0.0.1",
            "[::1]",
            "%41.b",
            "a\r\nb",
            &long,
        ] {
            assert_eq!(in_ascii(name), None, "{name}");
        }
    }
}
