//! Statements that took long.

use std::collections::HashMap;

/// How often a statement that took long is run elsewhere before it is tried on the caller's thread again. Its time may
/// be another with other values.
const ELSEWHERE: u8 = 15;
/// How many texts are remembered.
const TEXTS: usize = 256;

/// The texts of statements that took long, with how often each is still to be run elsewhere.
#[derive(Default)]
pub(super) struct Long(HashMap<Box<str>, u8>);

impl Long {
    /// Whether a statement is to be run elsewhere this time.
    pub(super) fn has(&mut self, sql: &str) -> bool {
        let Some(left) = self.0.get_mut(sql) else { return false };
        *left -= 1;
        if *left == 0 {
            self.0.remove(sql);
        }
        true
    }

    pub(super) fn remember(&mut self, sql: &str) {
        if let Some(left) = self.0.get_mut(sql) {
            *left = ELSEWHERE;
            return;
        }
        if self.0.len() >= TEXTS {
            self.0.clear();
        }
        self.0.insert(sql.into(), ELSEWHERE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_that_took_long_is_tried_again_after_some_times() {
        let mut long = Long::default();
        long.remember("one");
        assert!(!long.has("other"));
        assert_eq!((0..40).filter(|_| long.has("one")).count(), usize::from(ELSEWHERE));
        long.remember("one");
        assert!(long.has("one"));
        long.remember("one");
        assert_eq!((0..40).filter(|_| long.has("one")).count(), usize::from(ELSEWHERE));
    }

    #[test]
    fn any_number_of_texts_takes_little_memory() {
        let mut long = Long::default();
        for number in 0..1_000 {
            long.remember(&number.to_string());
        }
        assert!(long.0.len() <= TEXTS && long.has("999"));
    }
}
