//! Lengths of time and numbers of bytes, as people write them.

use std::time::Duration;

/// Units of time in milliseconds, smallest first.
const TIMES: [(&str, u64); 5] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];
/// Units of size in bytes, smallest first.
const SIZES: [(&str, u64); 4] = [("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)];
/// Ten years: far beyond any use, and far below what arithmetic on times can hold.
const LONGEST: u64 = 3650 * 86_400_000;

/// Reads "500ms", "15m", "7d".
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let (digits, unit) = split(text);
    let milliseconds = TIMES
        .iter()
        .find(|(name, _)| *name == unit)
        .filter(|_| !digits.is_empty())
        .map(|(_, factor)| digits.parse::<u64>().ok().and_then(|number| number.checked_mul(*factor)));
    match milliseconds {
        None => Err("must be a length of time with a unit (ms, s, m, h, d), such as \"30s\"".to_owned()),
        Some(Some(0)) => Err("must be longer than zero".to_owned()),
        Some(Some(milliseconds)) if milliseconds <= LONGEST => Ok(Duration::from_millis(milliseconds)),
        Some(_) => Err("must not be longer than 3650d".to_owned()),
    }
}

/// Whether this is a length of time of zero, which needs no unit.
pub(crate) fn is_no_time(text: &str) -> bool {
    let (digits, unit) = split(text);
    let is_known = unit.is_empty() || TIMES.iter().any(|(name, _)| *name == unit);
    !digits.is_empty() && digits.bytes().all(|digit| digit == b'0') && is_known
}

/// Reads "256KiB", "5MiB", "1024". `None` for any other text and for more than 64 bits.
pub(crate) fn size(text: &str) -> Option<u64> {
    let (digits, unit) = split(text);
    let known = SIZES.iter().find(|(name, _)| unit.is_empty() || name.eq_ignore_ascii_case(unit))?;
    digits.parse::<u64>().ok()?.checked_mul(known.1)
}

/// Splits the number from the unit behind it.
fn split(text: &str) -> (&str, &str) {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    (digits, unit.trim_start())
}

/// Writes a length of time as `duration` reads it.
pub(crate) fn show_duration(duration: Duration) -> String {
    show(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX), &TIMES)
}

/// Writes a number of bytes as `size` reads it.
pub(crate) fn show_size(bytes: usize) -> String {
    show(u64::try_from(bytes).unwrap_or(u64::MAX), &SIZES)
}

/// The largest unit that leaves no remainder.
fn show(amount: u64, units: &[(&str, u64)]) -> String {
    let fitting = units.iter().rev().find(|(_, factor)| amount >= *factor && amount.is_multiple_of(*factor));
    fitting.map_or_else(|| amount.to_string(), |(name, factor)| format!("{}{name}", amount / factor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_of_time_is_read() {
        let read = |text| duration(text).unwrap().as_millis();
        assert_eq!(
            [500, 30_000, 900_000, 7_200_000, 604_800_000],
            ["500ms", "30s", "15m", "2h", "7d"].map(read)
        );
    }

    #[test]
    fn a_time_without_a_unit_or_with_a_strange_one_is_refused() {
        for text in ["", "30", "s", "-1s", "1.5h", "1w", "30 s s", "1h30m", "30S"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn no_time_at_all_is_refused() {
        assert_eq!(Err("must be longer than zero".to_owned()), duration("0m"));
    }

    #[test]
    fn zero_is_no_time_with_and_without_a_unit() {
        assert!(["0", "0d", " 00 s ", "0ms"].into_iter().all(is_no_time));
        assert!(!["", "d", "1", "10d", "-0", "0w", "0.0", "0 0"].into_iter().any(is_no_time));
    }

    #[test]
    fn a_time_that_overflows_is_too_long() {
        let too_long = Err("must not be longer than 3650d".to_owned());
        for text in ["3651d", "18446744073709551615d", "99999999999999999999999s"] {
            assert_eq!(too_long, duration(text), "{text}");
        }
    }

    #[test]
    fn every_unit_of_size_is_read() {
        let read = |text| size(text).unwrap();
        assert_eq!(
            [1024, 7, 262_144, 5_242_880, 1 << 30],
            ["1024", "7B", "256KiB", "5MiB", "1gib"].map(read)
        );
    }

    #[test]
    fn a_size_that_is_none_or_overflows_is_refused() {
        for text in ["", "KiB", "-1", "1.5MiB", "1KB", "5M", "17179869184GiB", "18446744073709551616"] {
            assert_eq!(None, size(text), "{text}");
        }
    }

    #[test]
    fn what_is_shown_reads_back() {
        for text in ["500ms", "90s", "15m", "36h", "7d"] {
            assert_eq!(text, show_duration(duration(text).unwrap()));
        }
        assert_eq!(["256KiB", "1023B", "3MiB"], [262_144, 1023, 3 << 20].map(show_size));
    }
}
