//! A mark of what a movie says.

use vestibule_domain::catalogue::MovieFacts;
use vestibule_domain::secret::SecretDigest;

/// A mark of the facts of a movie, by which an edit tells that they changed since they were read. It is the same on every
/// server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MovieMark(SecretDigest);

impl MovieMark {
    /// The mark of these facts.
    pub fn of(facts: &MovieFacts) -> Self {
        let MovieFacts { name, date, score, overview, status, budget, revenue } = facts;
        let name = name.as_str();
        // The only texts of any length come with it, or last.
        let text = format!(
            "{}:{name}:{date}:{:x}:{}:{}:{:x}:{overview}",
            name.len(),
            score.get().to_bits(),
            status.label(),
            budget.cents(),
            revenue.to_bits(),
        );
        Self(SecretDigest::of(&text))
    }

    /// The form in which a page carries it.
    pub fn to_hex(self) -> String {
        self.0.to_hex()
    }

    /// Reads that form; `None` if the text is none.
    pub fn from_hex(text: &str) -> Option<Self> {
        SecretDigest::from_hex(text).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;
    use vestibule_domain::catalogue::{Amount, MovieStatus, Name, Score};

    use super::*;

    fn facts() -> MovieFacts {
        MovieFacts {
            name: Name::parse("Up").unwrap(),
            date: date!(2009 - 05 - 29),
            score: Score::new(80.0).unwrap(),
            overview: "A house.".to_owned(),
            status: MovieStatus::Released,
            budget: Amount::from_cents(100).unwrap(),
            revenue: 1.5,
        }
    }

    #[test]
    fn every_fact_makes_another_mark() {
        let mark = MovieMark::of(&facts());
        assert_eq!(MovieMark::of(&facts()), mark);
        assert_eq!(MovieMark::from_hex(&mark.to_hex()), Some(mark));
        for other in [
            MovieFacts { name: Name::parse("Down").unwrap(), ..facts() },
            MovieFacts { date: date!(2009 - 05 - 30), ..facts() },
            MovieFacts { score: Score::new(80.5).unwrap(), ..facts() },
            MovieFacts { overview: String::new(), ..facts() },
            MovieFacts { status: MovieStatus::InProduction, ..facts() },
            MovieFacts { budget: Amount::from_cents(101).unwrap(), ..facts() },
            MovieFacts { revenue: 1.25, ..facts() },
        ] {
            assert_ne!(MovieMark::of(&other), mark, "{other:?}");
        }
    }
}
