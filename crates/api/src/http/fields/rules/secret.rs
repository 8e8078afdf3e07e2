use super::super::{Given, Report, Rule};

/// A value that is never echoed: its `input` is `"***"`, also inside the whole body.
pub fn secret<R: Rule>(rule: R) -> impl Rule<Output = R::Output> {
    Secret(rule)
}

struct Secret<R>(R);

impl<R: Rule> Rule for Secret<R> {
    type Output = R::Output;

    fn read(&self, given: Given<'_>, report: &mut Report<'_>) -> Option<R::Output> {
        self.0.read(given, report)
    }

    fn is_secret(&self) -> bool {
        true
    }
}
