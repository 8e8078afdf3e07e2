use serde_json::Value;

use super::super::{Fault, Given, Report, Rule};

/// A JSON list whose items all follow one rule; an item's place is part of its `loc`.
pub fn list<R: Rule>(rule: R) -> ListRule<R> {
    ListRule { rule, most: None }
}

/// See [`list`].
pub struct ListRule<R> {
    rule: R,
    most: Option<usize>,
}

impl<R> ListRule<R> {
    /// At most this many items.
    #[must_use]
    pub fn max_items(self, most: usize) -> Self {
        Self { most: Some(most), ..self }
    }
}

impl<R: Rule> Rule for ListRule<R> {
    type Output = Vec<R::Output>;

    fn read(&self, given: Given<'_>, report: &mut Report<'_>) -> Option<Self::Output> {
        let Given::Json(Value::Array(values)) = given else {
            report.refuse(given, Fault::NotAList);
            return None;
        };
        if let Some(most) = self.most.filter(|most| values.len() > *most) {
            report.refuse(given, Fault::TooMany { most, given: values.len() });
            return None;
        }
        let read = |(index, value)| report.at(index, |report| self.rule.read(Given::Json(value), report));
        // Collected in two steps: an item in error must not keep the later ones from being read.
        let read: Vec<_> = values.iter().enumerate().map(read).collect();
        read.into_iter().collect()
    }

    fn is_secret(&self) -> bool {
        self.rule.is_secret()
    }
}
