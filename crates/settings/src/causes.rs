//! Errors and their causes, each told once.

use std::error::Error;

/// The greatest number of causes that are told. The limit is for an error that names itself as its cause.
const DEEPEST: usize = 16;

/// The causes of an error, outermost first. A cause whose text is part of the text before it is left out.
pub fn causes(error: &(dyn Error + 'static)) -> Vec<String> {
    let mut told = error.to_string();
    let mut causes = Vec::new();
    let sources = std::iter::successors(error.source(), |cause: &&(dyn Error + 'static)| (*cause).source());
    for cause in sources.take(DEEPEST).map(ToString::to_string) {
        if !told.contains(&cause) {
            causes.push(cause.clone());
            told = cause;
        }
    }
    causes
}

/// An error and its causes in one line, as a command prints them when it fails.
pub fn told(error: &(dyn Error + 'static)) -> String {
    std::iter::once(error.to_string()).chain(causes(error)).collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{text}")]
    struct Told {
        text: &'static str,
        source: Option<Box<Told>>,
    }

    fn chain(texts: &[&'static str]) -> Told {
        let (first, rest) = texts.split_first().unwrap();
        let source = (!rest.is_empty()).then(|| Box::new(chain(rest)));
        Told { text: first, source }
    }

    #[test]
    fn a_cause_that_was_told_is_not_told_again() {
        let error =
            chain(&["the store cannot be reached", "Connection Error: refused", "refused", "errno 111"]);
        assert_eq!(told(&error), "the store cannot be reached: Connection Error: refused: errno 111");
        assert_eq!(told(&chain(&["a", "a", "a"])), "a");
    }
}
