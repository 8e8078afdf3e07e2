use super::super::{Given, Report, Rule};

/// A value of which no text is echoed: `"***"` stands in its place, also inside the whole body. For passwords and
/// tokens.
pub fn secret<R: Rule>(rule: R) -> impl Rule<Output = R::Output> {
    Secret { rule }
}

struct Secret<R> {
    rule: R,
}

impl<R: Rule> Rule for Secret<R> {
    type Output = R::Output;

    fn read(&self, given: Given<'_>, report: &mut Report<'_>) -> Option<R::Output> {
        self.rule.read(given, report)
    }

    fn is_secret(&self) -> bool {
        true
    }
}
