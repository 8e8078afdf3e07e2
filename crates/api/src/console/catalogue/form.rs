//! The form in which a movie is edited.

use time::Date;
use time::macros::format_description;
use vestibule_domain::catalogue::{Amount, MovieChange, MovieFacts, MovieStatus, Name, Score};

use crate::console::values::Values;
use crate::console::words::CatalogueWords;

/// What stands in the fields.
pub(super) struct MovieForm {
    pub(super) name: String,
    pub(super) date: String,
    pub(super) score: String,
    pub(super) overview: String,
    pub(super) status: String,
    pub(super) budget: String,
    pub(super) revenue: String,
}

/// What is wrong with the fields.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct MovieFaults {
    pub(super) name: Option<&'static str>,
    pub(super) date: Option<&'static str>,
    pub(super) score: Option<&'static str>,
    pub(super) status: Option<&'static str>,
    pub(super) budget: Option<&'static str>,
    pub(super) revenue: Option<&'static str>,
}

impl MovieFaults {
    pub(super) fn is_any(&self) -> bool {
        *self != Self::default()
    }
}

impl MovieForm {
    /// The form of a movie as it is.
    pub(super) fn of(facts: &MovieFacts) -> Self {
        Self {
            name: facts.name.as_str().to_owned(),
            date: facts.date.to_string(),
            score: facts.score.get().to_string(),
            overview: facts.overview.clone(),
            status: facts.status.as_str().to_owned(),
            budget: facts.budget.to_number().to_string(),
            revenue: facts.revenue.to_string(),
        }
    }

    /// The form as it was sent. No store keeps NUL.
    pub(super) fn typed(values: &Values) -> Self {
        Self {
            name: values.as_typed("name").replace('\0', ""),
            date: values.text("date"),
            score: values.text("score"),
            overview: values.as_typed("overview").replace('\0', ""),
            status: values.text("status"),
            budget: values.text("budget"),
            revenue: values.text("revenue"),
        }
    }

    /// What the form changes of a movie, by the rules of the catalogue: a field that says what the page said changes
    /// nothing, also where a browser cannot send it back as it was. `latest_year` is the last year that a movie may be
    /// of.
    pub(super) fn change(
        &self,
        facts: &MovieFacts,
        latest_year: i32,
        words: &CatalogueWords,
    ) -> Result<MovieChange, MovieFaults> {
        let shown = Self::of(facts);
        let mut faults = MovieFaults::default();
        let name =
            changed(one_line(&self.name) != one_line(&shown.name), words.bad_name, &mut faults.name, || {
                Name::parse(self.name.as_str()).ok()
            });
        let date = changed(self.date != shown.date, words.bad_date, &mut faults.date, || {
            let date = Date::parse(&self.date, format_description!("[year]-[month]-[day]")).ok()?;
            // No database keeps a day before the year 1.
            (1..=latest_year).contains(&date.year()).then_some(date)
        });
        let score = changed(self.score != shown.score, words.bad_score, &mut faults.score, || {
            Score::new(number(&self.score)?).ok()
        });
        let status = changed(self.status != shown.status, words.bad_status, &mut faults.status, || {
            self.status.parse::<MovieStatus>().ok()
        });
        let budget = changed(self.budget != shown.budget, words.bad_amount, &mut faults.budget, || {
            Amount::from_number(number(&self.budget)?).ok()
        });
        let revenue = changed(self.revenue != shown.revenue, words.bad_revenue, &mut faults.revenue, || {
            number(&self.revenue).filter(|revenue| revenue.is_finite() && *revenue >= 0.0)
        });
        let overview = lines(&self.overview);
        let overview = (overview != lines(&shown.overview)).then_some(overview);
        if faults.is_any() {
            return Err(faults);
        }
        Ok(MovieChange { name, date, score, overview, status, budget, revenue })
    }
}

/// The value of a field that says something else than before; notes what is wrong with it.
fn changed<T>(
    is_changed: bool,
    words: &'static str,
    fault: &mut Option<&'static str>,
    value: impl FnOnce() -> Option<T>,
) -> Option<T> {
    if !is_changed {
        return None;
    }
    let value = value();
    if value.is_none() {
        *fault = Some(words);
    }
    value
}

/// A number, also with a comma before its fraction.
fn number(text: &str) -> Option<f64> {
    text.replace(',', ".").parse().ok()
}

/// A text as a field of one line sends it back.
fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], "")
}

/// A text as a field of several lines holds it: browsers send both characters for each end of a line.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use time::macros::date;
    use vestibule_domain::messages::Language;

    use super::*;
    use crate::console::words;

    fn facts() -> MovieFacts {
        MovieFacts {
            name: Name::parse("Up\nand away").unwrap(),
            date: date!(2009 - 05 - 29),
            score: Score::new(80.5).unwrap(),
            overview: "A house.\nBalloons.".to_owned(),
            status: MovieStatus::Released,
            budget: Amount::from_cents(12_345).unwrap(),
            revenue: 0.1 + 0.2,
        }
    }

    fn change(form: &MovieForm) -> Result<MovieChange, MovieFaults> {
        form.change(&facts(), 2027, &words::of(Language::En).catalogue)
    }

    #[test]
    fn what_a_browser_sends_back_of_a_page_that_nobody_touched_changes_nothing() {
        let shown = MovieForm::of(&facts());
        let sent = MovieForm {
            name: "Upand away".to_owned(),
            overview: shown.overview.replace('\n', "\r\n"),
            ..MovieForm::of(&facts())
        };
        for form in [shown, sent] {
            assert_eq!(change(&form).ok(), Some(MovieChange::NOTHING));
        }
    }

    #[test]
    fn each_field_that_is_typed_anew_is_changed_alone() {
        let form = MovieForm { score: "81,5".to_owned(), ..MovieForm::of(&facts()) };
        let expected = MovieChange { score: Some(Score::new(81.5).unwrap()), ..MovieChange::NOTHING };
        assert_eq!(change(&form).ok(), Some(expected));
        let form = MovieForm { overview: "One.\r\nTwo.".to_owned(), ..MovieForm::of(&facts()) };
        let expected = MovieChange { overview: Some("One.\nTwo.".to_owned()), ..MovieChange::NOTHING };
        assert_eq!(change(&form).ok(), Some(expected));
    }

    #[test]
    fn every_fault_is_told_beside_its_field() {
        let form = MovieForm {
            name: "x".repeat(256),
            date: "2028-01-01".to_owned(),
            score: "101".to_owned(),
            status: "released".to_owned(),
            budget: "-1".to_owned(),
            revenue: "inf".to_owned(),
            ..MovieForm::of(&facts())
        };
        let faults = change(&form).err().unwrap();
        let MovieFaults { name, date, score, status, budget, revenue } = faults;
        for fault in [name, date, score, status, budget, revenue] {
            assert!(fault.is_some());
        }
        for date in ["", "2009-02-30", "0000-01-01", "-5000-01-01", "yesterday"] {
            let form = MovieForm { date: date.to_owned(), ..MovieForm::of(&facts()) };
            assert!(change(&form).err().is_some_and(|faults| faults.date.is_some()), "{date}");
        }
    }
}
