//! What SQLite's `.dump` writes texts with that have line ends, and numbers in hex and bits.

use serde_json::Value;

use crate::row::plain;

/// Calls `replace`, `char` or `unistr`.
pub(super) fn call(name: &str, arguments: &[Value]) -> Result<Value, String> {
    let texts: Vec<String> = arguments.iter().filter_map(plain).collect();
    let text = match (name, texts.as_slice()) {
        ("replace", [text, from, to]) if !from.is_empty() => text.replace(from.as_str(), to),
        ("char", codes) => codes
            .iter()
            .map(|code| code.parse().ok().and_then(char::from_u32))
            .collect::<Option<String>>()
            .ok_or("it has a character code that is none")?,
        ("unistr", [text]) => unistr(text).ok_or("it has a character code that is none")?,
        _ => return Err("it has a call of a form that is not known".to_owned()),
    };
    Ok(Value::String(text))
}

/// `\XXXX`, `\+XXXXXX`, `\uXXXX`, `\UXXXXXXXX` and `\\`.
fn unistr(text: &str) -> Option<String> {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        made.push_str(rest.get(..at)?);
        rest = rest.get(at + 1..)?;
        if let Some(after) = rest.strip_prefix('\\') {
            made.push('\\');
            rest = after;
            continue;
        }
        let (start, digits) = match rest.as_bytes().first()? {
            b'u' => (1, 4),
            b'U' => (1, 8),
            b'+' => (1, 6),
            _ => (0, 4),
        };
        made.push(char::from_u32(u32::from_str_radix(rest.get(start..start + digits)?, 16).ok()?)?);
        rest = rest.get(start + digits..)?;
    }
    made.push_str(rest);
    Some(made)
}

/// The text whose bytes are written in hex.
pub(super) fn from_hex(hex: &Value) -> Result<Value, String> {
    let wrong = || "it has bytes that are no text".to_owned();
    let digits = hex.as_str().map(str::as_bytes).ok_or_else(wrong)?;
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let byte = |pair: &[u8]| match pair {
        [high, low] => Some(digit(high)? * 16 + digit(low)?),
        _ => None,
    };
    let bytes = digits.chunks(2).map(byte).collect::<Option<Vec<u8>>>().ok_or_else(wrong)?;
    String::from_utf8(bytes).map(Value::String).map_err(|_error| wrong())
}

/// The number whose bits are written.
pub(super) fn from_bits(bits: &Value) -> Result<Value, String> {
    let number = bits.as_str().and_then(|bits| i64::from_str_radix(bits, 2).ok());
    number.map(Value::from).ok_or_else(|| "it has bits that are no number".to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn texts_with_line_ends_are_put_together_again() {
        assert_eq!(call("replace", &[json!("a\\nb"), json!("\\n"), json!("\n")]).unwrap(), json!("a\nb"));
        assert_eq!(call("char", &[json!(10)]).unwrap(), json!("\n"));
        assert_eq!(call("unistr", &[json!("a\\u000ab\\\\c")]).unwrap(), json!("a\nb\\c"));
        assert_eq!(from_hex(&json!("41c3a9")).unwrap(), json!("Aé"));
        assert_eq!(from_bits(&json!("101")).unwrap(), json!(5));
        assert!(call("unistr", &[json!("\\u00")]).is_err());
        assert!(from_hex(&json!("4")).is_err());
    }
}
