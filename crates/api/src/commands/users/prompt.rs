//! Asking before what cannot be undone.

use std::io::{self, BufRead, Write};

/// How much of an answer is read, in bytes.
const LONGEST: u64 = 64;

/// Asks, and answers whether the reply is "yes". Every other reply, and the end of the input, is a no.
pub(super) fn confirmed(question: &str, input: impl BufRead, output: &mut impl Write) -> io::Result<bool> {
    write!(output, "{question} Type \"yes\" to go on: ")?;
    output.flush()?;
    let mut answer = String::new();
    input.take(LONGEST).read_line(&mut answer)?;
    Ok(answer.trim() == "yes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_yes_is_a_yes() {
        for (answer, is_yes) in [
            ("yes\n", true),
            (" yes \r\n", true),
            ("yes", true),
            ("y\n", false),
            ("no\n", false),
            ("", false),
        ] {
            let mut asked = Vec::new();
            assert_eq!(confirmed("Really?", answer.as_bytes(), &mut asked).unwrap(), is_yes, "{answer:?}");
            assert_eq!(asked, b"Really? Type \"yes\" to go on: ");
        }
        let long = "yes".repeat(1_000);
        assert!(!confirmed("Really?", long.as_bytes(), &mut Vec::new()).unwrap());
    }
}
