//! `a@[127.0.0.1]`: never accepted, but refused with the same reasons as email-validator gives.

use std::net::Ipv6Addr;

use super::InvalidEmail;
use super::characters::not_allowed;

/// The reason for refusing what stands in brackets after the `@`.
pub(super) fn refuse(literal: &str) -> InvalidEmail {
    if !literal.is_empty() && literal.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return match ipv4_problem(literal) {
            None => InvalidEmail::DomainLiteral,
            Some(problem) => broken(format!(
                "address in brackets after the @-sign is not valid: It is not an IPv4 address ({problem}) \
                 or is missing an address literal tag"
            )),
        };
    }
    if let Some(address) = literal.strip_prefix("IPv6:") {
        // Python tells more precisely what is wrong with the address.
        return match address.parse::<Ipv6Addr>() {
            Ok(_) => InvalidEmail::DomainLiteral,
            Err(problem) => {
                broken(format!("IPv6 address in brackets after the @-sign is not valid ({problem})"))
            }
        };
    }
    if !literal.contains(':') {
        return broken(
            "part after the @-sign in brackets is not an IPv4 address and has no address literal tag"
                .to_owned(),
        );
    }
    if let Some(characters) = not_allowed(literal, |c| matches!(c, '!'..='\u{FA}')) {
        return broken(format!(
            "part after the @-sign contains invalid characters in brackets: {characters}"
        ));
    }
    broken("part after the @-sign contains an invalid address literal tag in brackets".to_owned())
}

fn broken(reason: String) -> InvalidEmail {
    InvalidEmail::BrokenDomainLiteral { reason }
}

/// What Python's `ipaddress` says about digits and periods.
fn ipv4_problem(text: &str) -> Option<String> {
    let octets: Vec<_> = text.split('.').collect();
    if octets.len() != 4 {
        return Some(format!("Expected 4 octets in '{text}'"));
    }
    octets.into_iter().find_map(octet_problem).map(|problem| format!("{problem} in '{text}'"))
}

fn octet_problem(octet: &str) -> Option<String> {
    if octet.is_empty() {
        return Some("Empty octet not permitted".to_owned());
    }
    if octet.len() > 3 {
        return Some(format!("At most 3 characters permitted in '{octet}'"));
    }
    if octet != "0" && octet.starts_with('0') {
        return Some(format!("Leading zeros are not permitted in '{octet}'"));
    }
    octet.parse::<u8>().is_err().then(|| format!("Octet {octet} (> 255) not permitted"))
}
