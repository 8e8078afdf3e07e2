use super::super::{Given, Report, Rule, Secrecy};

/// A value that is never echoed, of whatever type: its `input` is `"***"`, also inside the whole body. For
/// passwords.
pub fn secret<R: Rule>(rule: R) -> impl Rule<Output = R::Output> {
    Secret { rule, secrecy: Secrecy::Everything }
}

/// A value of which no text is echoed; a number in the place of a token is none. For tokens.
pub fn token<R: Rule>(rule: R) -> impl Rule<Output = R::Output> {
    Secret { rule, secrecy: Secrecy::Text }
}

struct Secret<R> {
    rule: R,
    secrecy: Secrecy,
}

impl<R: Rule> Rule for Secret<R> {
    type Output = R::Output;

    fn read(&self, given: Given<'_>, report: &mut Report<'_>) -> Option<R::Output> {
        self.rule.read(given, report)
    }

    fn secrecy(&self) -> Secrecy {
        self.secrecy
    }
}
