//! The table of tags of a colour profile (ICC.1:2022, 7.3).

/// Where the number of tags stands: behind the header.
const COUNT: usize = 128;
/// A tag: its name, where its data begins, and how many bytes that has.
const TAG: usize = 12;

/// The tags that turn what a device tells into colours.
const OF_COLOURS: [&[u8; 4]; 13] = [
    b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"wtpt", b"chad", b"cicp", b"A2B0",
    b"A2B1", b"A2B2",
];

/// Leaves the tags that colours need in the table, each once, before a library reads it.
///
/// Texts, of which a profile may have any number and all in the same place, would cost many times what the profile has
/// bytes, and show nothing. `None` if the table is longer than the profile.
pub(super) fn colours_alone(mut profile: Vec<u8>) -> Option<Vec<u8>> {
    let (count, behind) = profile.get_mut(COUNT..)?.split_first_chunk_mut::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*count)).ok()?.checked_mul(TAG)?;
    let table = behind.get_mut(..length)?;
    let (tags, _) = table.as_chunks::<TAG>();
    let kept: Vec<[u8; TAG]> = OF_COLOURS
        .iter()
        .filter_map(|name| tags.iter().find(|tag| tag.starts_with(*name)).copied())
        .collect();
    *count = u32::try_from(kept.len()).ok()?.to_be_bytes();
    for (place, tag) in table.as_chunks_mut::<TAG>().0.iter_mut().zip(&kept) {
        *place = *tag;
    }
    Some(profile)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(count: u32, tags: &[(&[u8; 4], u8)]) -> Vec<u8> {
        let tag = |(name, place): &(&[u8; 4], u8)| [&name[..], &[*place; 8]].concat();
        let tags: Vec<u8> = tags.iter().flat_map(tag).collect();
        [&[7; COUNT][..], &count.to_be_bytes(), &tags, b"data"].concat()
    }

    #[test]
    fn texts_and_repeated_tags_are_not_in_the_table_any_more() {
        let many = [(b"desc", 1), (b"A2B0", 2), (b"cprt", 3), (b"rXYZ", 4), (b"A2B0", 5), (b"none", 6)];
        let left = colours_alone(profile(6, &many)).unwrap();
        let expected =
            profile(2, &[(b"rXYZ", 4), (b"A2B0", 2), (b"cprt", 3), (b"rXYZ", 4), (b"A2B0", 5), (b"none", 6)]);
        assert_eq!(left, expected);
        assert_eq!(colours_alone(profile(0, &[])).unwrap(), profile(0, &[]));
    }

    #[test]
    fn a_table_that_is_longer_than_the_profile_is_none() {
        assert_eq!(colours_alone(profile(2, &[(b"rXYZ", 1)])), None);
        assert_eq!(colours_alone(profile(u32::MAX, &[(b"rXYZ", 1)])), None);
        assert_eq!(colours_alone(vec![0; COUNT + 3]), None);
        assert_eq!(colours_alone(Vec::new()), None);
    }
}
