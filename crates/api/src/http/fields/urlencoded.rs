/// Reads `a=1&b=2` as Python's `parse_qsl(keep_blank_values=True)`: a plus sign is a blank, a broken `%`
/// escape stays as it is, bytes that are no UTF-8 become U+FFFD, a name without `=` has an empty value.
pub fn parse_urlencoded(text: &[u8]) -> Vec<(String, String)> {
    text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(pair).collect()
}

fn pair(pair: &[u8]) -> (String, String) {
    let mut parts = pair.splitn(2, |byte| *byte == b'=');
    let mut next = || decode(parts.next().unwrap_or_default());
    (next(), next())
}

fn decode(text: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match (first, after) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, after @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high << 4 | low);
                    rest = after;
                }
                _ => bytes.push(b'%'),
            },
            (other, _) => bytes.push(*other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
