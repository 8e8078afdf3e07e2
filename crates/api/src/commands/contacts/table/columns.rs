//! What the columns of a table are for.

use super::row_of_contact::HEADER;

/// What a column of another program says of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    /// The whole name.
    Name,
    /// A part of the name, in the order in which it is written.
    NamePart(u8),
    Organisation,
    /// An address; the least number is preferred.
    Email(u8),
    /// A phone number; the least number is preferred.
    Phone(u8),
    /// What kind of address or number the next column has.
    Label,
    Birthday,
    Notes,
    Picture,
    /// Says nothing of a person, or only `normal` things.
    Silent,
    /// Anything else, by its name.
    Other(String),
}

/// The columns of a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Columns {
    /// Those of our own form, by their places in the file, and those that nobody knows.
    Ours([Option<usize>; 7], Vec<(usize, String)>),
    /// Those of Google, Outlook and others.
    Others(Vec<Column>),
}

/// Outlook's columns of phone numbers, the preferred first.
const PHONES: [&str; 18] = [
    "primary phone",
    "mobile phone",
    "home phone",
    "home phone 2",
    "business phone",
    "business phone 2",
    "other phone",
    "car phone",
    "radio phone",
    "callback",
    "company main phone",
    "assistant's phone",
    "isdn",
    "tty/tdd phone",
    "home fax",
    "business fax",
    "other fax",
    "pager",
];

impl Columns {
    /// The columns of a first line. `None` if it names nobody.
    pub(super) fn of<'c>(names: impl Iterator<Item = &'c str>) -> Option<Self> {
        let names: Vec<&str> = names.map(str::trim).collect();
        let lower: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
        if lower.iter().any(|name| name == "fullname") {
            let places = HEADER.map(|column| lower.iter().position(|name| name == column));
            let is_known = |place: &usize| places.contains(&Some(*place));
            let others = (0..names.len()).filter(|place| !is_known(place));
            let with_its_name = |place: usize| Some((place, (*names.get(place)?).to_owned()));
            return Some(Self::Ours(places, others.filter_map(with_its_name).collect()));
        }
        let columns: Vec<Column> =
            lower.iter().zip(&names).map(|(lower, name)| column(lower, name)).collect();
        let is_of_a_person = |column: &Column| {
            matches!(column, Column::Name | Column::NamePart(_) | Column::Email(_) | Column::Phone(_))
        };
        columns.iter().any(is_of_a_person).then_some(Self::Others(columns))
    }

    /// How many columns are known.
    pub(super) fn known(&self) -> usize {
        match self {
            Self::Ours(places, _) => places.iter().flatten().count(),
            Self::Others(columns) => {
                columns.iter().filter(|column| !matches!(column, Column::Other(_))).count()
            }
        }
    }
}

fn column(lower: &str, name: &str) -> Column {
    if let Some(rank) = PHONES.iter().zip(0..).find_map(|(phone, rank)| (*phone == lower).then_some(rank)) {
        return Column::Phone(rank);
    }
    match lower {
        "name" | "display name" | "full name" => Column::Name,
        "name prefix" | "title" => Column::NamePart(0),
        "given name" | "first name" => Column::NamePart(1),
        "additional name" | "middle name" => Column::NamePart(2),
        "family name" | "last name" => Column::NamePart(3),
        "name suffix" | "suffix" => Column::NamePart(4),
        "organization name" | "organization 1 - name" | "company" => Column::Organisation,
        "email" | "e-mail" | "email address" | "e-mail address" => Column::Email(1),
        "phone" | "phone number" => Column::Phone(1),
        "birthday" | "birth date" => Column::Birthday,
        "notes" | "note" => Column::Notes,
        "photo" => Column::Picture,
        "e-mail type"
        | "e-mail display name"
        | "e-mail 2 type"
        | "e-mail 2 display name"
        | "e-mail 3 type"
        | "e-mail 3 display name"
        | "file as"
        | "labels"
        | "group membership"
        | "initials" => Column::Silent,
        _ => numbered(lower).unwrap_or_else(|| Column::Other(name.to_owned())),
    }
}

/// Google's `E-mail 1 - Value` and Outlook's `E-mail 2 Address`.
fn numbered(lower: &str) -> Option<Column> {
    let (is_email, rest) = match (lower.strip_prefix("e-mail "), lower.strip_prefix("phone ")) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest),
        _ => return None,
    };
    let (number, what) = rest.split_once(' ')?;
    let number: u8 = number.parse().ok()?;
    match (what.trim_start_matches("- "), is_email) {
        ("value" | "address", true) => Some(Column::Email(number)),
        ("value", false) => Some(Column::Phone(number)),
        ("label" | "type", _) => Some(Column::Label),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_columns_are_found_in_any_order() {
        let columns = Columns::of(["Birthday", "shoe size", "FullName"].into_iter()).unwrap();
        let places = [Some(2), None, None, Some(0), None, None, None];
        assert_eq!(columns, Columns::Ours(places, vec![(1, "shoe size".to_owned())]));
    }

    #[test]
    fn the_columns_of_other_programs_are_known() {
        for (name, column) in [
            ("Given Name", Column::NamePart(1)),
            ("E-mail 3 - Value", Column::Email(3)),
            ("E-mail 2 Address", Column::Email(2)),
            ("E-mail Address", Column::Email(1)),
            ("Phone 1 - Value", Column::Phone(1)),
            ("Phone 1 - Label", Column::Label),
            ("Mobile Phone", Column::Phone(1)),
            ("Business Fax", Column::Phone(15)),
            ("Web Page", Column::Other("Web Page".to_owned())),
        ] {
            let columns = Columns::of(["First Name", name].into_iter()).unwrap();
            assert_eq!(columns, Columns::Others(vec![Column::NamePart(1), column]), "{name}");
        }
        assert_eq!(Columns::of(["movie", "date"].into_iter()), None);
    }
}
