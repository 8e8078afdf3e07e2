//! Where the columns of a file are.

use csv::ByteRecord;

/// The place of each column that is read. Any other column of the file is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Columns {
    /// How many columns the file has.
    pub width: usize,
    pub name: usize,
    pub date: usize,
    pub score: usize,
    pub genre: usize,
    pub overview: usize,
    pub crew: usize,
    pub status: usize,
    pub language: usize,
    pub budget: usize,
    pub revenue: usize,
    pub country: usize,
    /// Of the column with the name of the country, which only exports have.
    pub country_name: Option<usize>,
}

/// What is wrong with the first line of a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// Columns that must be there.
    #[error("the first line names the columns, and lacks {}", listed(.0, "or", "and"))]
    Missing(Vec<&'static str>),
    /// Columns that are there more than once, under one or both of their names.
    #[error("the first line names the columns, and has more than one for {}", listed(.0, "or", "and"))]
    Doubled(Vec<&'static str>),
}

/// The published names of each column that is read; some have two (theater contract, decision 11).
const NAMES: [[&str; 2]; 11] = [
    ["name", "names"],
    ["date", "date_x"],
    ["score", "score"],
    ["genre", "genre"],
    ["overview", "overview"],
    ["crew", "crew"],
    ["status", "status"],
    ["orig_lang", "orig_lang"],
    ["budget", "budget_x"],
    ["revenue", "revenue"],
    ["country", "country"],
];

/// Whether a cell of the first line is one of the names.
fn is_named(cell: &[u8], names: [&str; 2]) -> bool {
    let cell = cell.trim_ascii();
    names.iter().any(|name| cell.eq_ignore_ascii_case(name.as_bytes()))
}

impl Columns {
    /// How many of the columns a first line names.
    pub(super) fn known_in(header: &ByteRecord) -> usize {
        NAMES.into_iter().filter(|names| header.iter().any(|cell| is_named(cell, *names))).count()
    }

    /// Finds the columns by their names. The order does not count, nor does letter case.
    pub(super) fn find(header: &ByteRecord) -> Result<Self, HeaderError> {
        let (mut missing, mut doubled) = (Vec::new(), Vec::new());
        let mut place = |[wanted, other]: [&'static str; 2]| {
            let mut found = header.iter().enumerate().filter(|(_, cell)| is_named(cell, [wanted, other]));
            let first = found.next();
            if found.next().is_some() {
                doubled.push(wanted);
            }
            let Some((place, _)) = first else {
                missing.push(wanted);
                return usize::MAX;
            };
            place
        };
        let [name, date, score, genre, overview, crew, status, language, budget, revenue, country] =
            NAMES.map(&mut place);
        let columns = Self {
            width: header.len(),
            name,
            date,
            score,
            genre,
            overview,
            crew,
            status,
            language,
            budget,
            revenue,
            country,
            country_name: header.iter().position(|cell| is_named(cell, ["country_name"; 2])),
        };
        match (missing.is_empty(), doubled.is_empty()) {
            (false, _) => Err(HeaderError::Missing(missing)),
            (true, false) => Err(HeaderError::Doubled(doubled)),
            (true, true) => Ok(columns),
        }
    }
}

/// The published names of columns, in a sentence of a language that has these words for "or" and "and".
pub(crate) fn listed(columns: &[&str], or: &str, and: &str) -> String {
    let other_name = |column| NAMES.iter().find(|[name, other]| *name == column && name != other);
    let named: Vec<_> = columns
        .iter()
        .map(|column| match other_name(*column) {
            Some([name, other]) => format!("{name} ({or} {other})"),
            None => (*column).to_owned(),
        })
        .collect();
    match named.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {and} {last}", rest.join(", ")),
        _ => named.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(header: &str) -> Result<Columns, HeaderError> {
        Columns::find(&header.split(',').collect())
    }

    #[test]
    fn both_published_forms_name_the_same_columns() {
        let full = find(
            "names,date_x,score,genre,overview,crew,orig_title,status,orig_lang,budget_x,revenue,country",
        );
        let sample =
            find("name,date,score,genre,overview,crew,orig_title,status,orig_lang,budget,revenue,country");
        assert_eq!(full, sample);
        assert_eq!(full.unwrap().country, 11);
    }

    #[test]
    fn neither_order_nor_letter_case_nor_further_columns_count() {
        let columns = find(
            "id,COUNTRY, Revenue ,budget_x,orig_lang,status,crew,overview,genre,score,date,names,poster",
        )
        .unwrap();
        assert_eq!((columns.country, columns.revenue, columns.name, columns.width), (1, 2, 11, 13));
    }

    #[test]
    fn missing_columns_are_named_in_one_sentence() {
        let error = find("score,genre,overview,crew,status,orig_lang,budget,revenue").unwrap_err();
        assert_eq!(
            error.to_string(),
            "the first line names the columns, and lacks name (or names), date (or date_x) and country"
        );
    }

    #[test]
    fn a_column_under_both_of_its_names_is_refused() {
        let error = find("name,names,date,score,genre,overview,crew,status,orig_lang,budget,revenue,country")
            .unwrap_err();
        assert_eq!(error, HeaderError::Doubled(vec!["name"]));
    }
}
