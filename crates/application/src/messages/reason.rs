//! Why a message was not sent, as operators are told.

use std::error::Error;
use std::iter::successors;

use vestibule_domain::ports::SendError;

/// How many characters of a reason are kept.
const REASON: usize = 500;
/// A longer run of letters and digits may be a token that a server quotes. Tokens are longer, and no word of a reply is.
const LONGEST_WORD: usize = 30;

/// What is stored for operators: what became of the message, and the words of the server.
pub(super) fn reason(verdict: &'static str, error: &SendError) -> String {
    let causes = successors(error.source(), |cause: &&(dyn Error + 'static)| (*cause).source());
    let told = causes.take(8).map(ToString::to_string).fold(verdict.to_owned(), |told, cause| {
        if told.contains(&cause) { told } else { told + ": " + &cause }
    });
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
    let shown = told.split_inclusive(|letter| !is_word(letter)).map(|word| {
        let rest = word.trim_start_matches(is_word);
        if word.chars().count() - rest.chars().count() > LONGEST_WORD {
            "…".to_owned() + rest
        } else {
            word.to_owned()
        }
    });
    let line = shown.collect::<String>().replace(char::is_control, " ");
    line.chars().take(REASON).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_has_the_words_of_the_server_in_a_line_and_no_token() {
        let token = "k".repeat(43);
        let said =
            format!("550 5.7.1 <ada@example.com>\r\nspam: https://a.example/reset?token={token}&x=1\0");
        let reason = reason("refused", &SendError::Permanent(said.into()));
        assert_eq!(
            reason,
            "refused: 550 5.7.1 <ada@example.com>  spam: https://a.example/reset?token=…&x=1 "
        );
        let long = SendError::Temporary("word ".repeat(1000).into());
        assert_eq!(super::reason("temporary failure", &long).chars().count(), REASON);
    }
}
