//! What a PNG tells of its colours without a profile.

use super::icc::Profile;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The colours that the chunk `cICP` tells (PNG, third edition, 11.3.2.6). It comes before a profile in rank, and is
/// passed over where it makes no sense.
pub(super) fn of(png: &[u8]) -> Option<Profile> {
    let mut rest = png.strip_prefix(SIGNATURE)?;
    loop {
        let (length, behind) = rest.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (name, behind) = behind.split_first_chunk::<4>()?;
        let data = behind.get(..length)?;
        match (name, data) {
            (b"cICP", [primaries, transfer, _, 1]) => return Profile::of_code_points(*primaries, *transfer),
            (b"cICP" | b"IDAT", _) => return None,
            // A check sum of four bytes follows.
            _ => rest = behind.get(length.checked_add(4)?..)?,
        }
    }
}
