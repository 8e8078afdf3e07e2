//! The base64 of crypt(3): `./0-9A-Za-z`, the lowest six bits first.

/// The six bits of one character.
pub(crate) fn h64_number(character: u8) -> Option<u32> {
    match character {
        b'.' => Some(0),
        b'/' => Some(1),
        b'0'..=b'9' => Some(u32::from(character - b'0') + 2),
        b'A'..=b'Z' => Some(u32::from(character - b'A') + 12),
        b'a'..=b'z' => Some(u32::from(character - b'a') + 38),
        _ => None,
    }
}

/// The bytes that a text stands for; bits that fill no byte are left out.
pub(crate) fn h64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    for group in text.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for (place, character) in group.iter().enumerate() {
            bits |= h64_number(*character)? << (6 * place);
        }
        let whole = group.len() * 6 / 8;
        bytes.extend(bits.to_le_bytes().into_iter().take(whole));
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_bits_come_first() {
        assert_eq!(h64("/..."), Some(vec![1, 0, 0]));
        assert_eq!(h64("zzzz"), Some(vec![255; 3]));
        assert_eq!(h64("./"), Some(vec![64]));
        assert_eq!(h64("a!"), None);
    }
}
