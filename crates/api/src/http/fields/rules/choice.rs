use super::super::{Fault, Given, Report, Rule};

/// One of the given texts, compared letter for letter.
pub fn choice<T: Clone>(choices: &'static [(&'static str, T)]) -> impl Rule<Output = T> {
    Choice { choices }
}

struct Choice<T: 'static> {
    choices: &'static [(&'static str, T)],
}

impl<T: Clone> Rule for Choice<T> {
    type Output = T;

    fn read(&self, given: Given<'_>, report: &mut Report<'_>) -> Option<T> {
        let chosen = given.as_text().and_then(|text| self.choices.iter().find(|(name, _)| *name == text));
        if chosen.is_none() {
            report.refuse(given, Fault::NotAmong(self.choices.iter().map(|(name, _)| *name).collect()));
        }
        chosen.map(|(_, choice)| choice.clone())
    }
}
