//! Lines of a COPY block (PostgreSQL's text format).

use serde_json::Value;

/// The values of a line. `\N` is NULL, `\\N` is a text.
pub(super) fn values(line: &[u8]) -> Result<Vec<Value>, String> {
    let mut values = Vec::new();
    // Tabs within a value are written `\t`, so a tab is always between two.
    for field in line.split(|byte| *byte == b'\t') {
        values.push(value(field)?);
    }
    Ok(values)
}

fn value(field: &[u8]) -> Result<Value, String> {
    if field == b"\\N" {
        return Ok(Value::Null);
    }
    let mut text = Vec::with_capacity(field.len());
    let mut bytes = field.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            text.push(byte);
            continue;
        }
        match bytes.next() {
            None => text.push(b'\\'),
            Some(b'b') => text.push(8),
            Some(b'f') => text.push(12),
            Some(b'n') => text.push(b'\n'),
            Some(b'r') => text.push(b'\r'),
            Some(b't') => text.push(b'\t'),
            Some(b'v') => text.push(11),
            Some(b'x') => match coded(&mut bytes, 16, 2) {
                Some(byte) => text.push(byte),
                None => text.push(b'x'),
            },
            Some(digit @ b'0'..=b'7') => {
                let more = coded_after(digit - b'0', &mut bytes);
                text.push(more);
            }
            Some(other) => text.push(other),
        }
    }
    String::from_utf8(text).map(Value::String).map_err(|_error| "it is not UTF-8".to_owned())
}

/// Up to `most` digits as one byte.
fn coded(bytes: &mut std::iter::Peekable<impl Iterator<Item = u8>>, base: u32, most: usize) -> Option<u8> {
    let mut sum: Option<u8> = None;
    for _ in 0..most {
        let Some(digit) = bytes.peek().and_then(|byte| char::from(*byte).to_digit(base)) else { break };
        bytes.next();
        let digit = u8::try_from(digit).ok()?;
        sum = Some(sum.unwrap_or(0).wrapping_mul(16).wrapping_add(digit));
    }
    sum
}

/// The byte of an octal number whose first digit is known.
fn coded_after(first: u8, bytes: &mut std::iter::Peekable<impl Iterator<Item = u8>>) -> u8 {
    let mut sum = first;
    for _ in 0..2 {
        let Some(digit @ b'0'..=b'7') = bytes.peek().copied() else { break };
        bytes.next();
        sum = sum.wrapping_mul(8).wrapping_add(digit - b'0');
    }
    sum
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn escapes_are_read_and_null_is_no_text() {
        let line = b"1\t\\N\t\\\\N\ta\\nb\\tc\\\\\t\t\\x41\\101\t\\.";
        let expected =
            [json!("1"), json!(null), json!("\\N"), json!("a\nb\tc\\"), json!(""), json!("AA"), json!(".")];
        assert_eq!(values(line).unwrap(), expected);
    }
}
