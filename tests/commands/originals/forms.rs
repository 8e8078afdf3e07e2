//! The other forms in which the data of the originals may come.

use super::House;

/// Each form gives the same accounts as the first one, in any order: a dump has rows as the database keeps them.
pub(super) async fn are_alike(name: &str, keys: &[(&str, &str)], forms: &[&[&str]]) {
    let mut first = None;
    for form in forms {
        let house = House::with(keys).await;
        let (summary, _) = house.import(name, form, false).await;
        let mut accounts = house.exported().await;
        assert_eq!(accounts.len() as u64, summary.added, "{name} {form:?}");
        accounts.sort_by_key(ToString::to_string);
        let came = (summary.rows, summary.added, summary.bad, accounts);
        match &first {
            None => first = Some(came),
            Some(first) => assert_eq!(&came, first, "{name} {form:?}"),
        }
    }
}
