//! The other forms in which the data of the originals may come.

use super::House;

/// Each form gives the same accounts as the first one.
pub(super) async fn are_alike(name: &str, keys: &[(&str, &str)], forms: &[&[&str]]) {
    let mut first = None;
    for form in forms {
        let house = House::with(keys).await;
        let (summary, _) = house.import(name, form, false).await;
        let came = (summary.rows, summary.added, summary.bad, house.exported().await);
        assert_eq!(came.3.len() as u64, summary.added);
        match &first {
            None => first = Some(came),
            Some(first) => assert_eq!(&came, first, "{name} {form:?}"),
        }
    }
}
