//! Three characters in a row, as a number.

/// What a code point takes.
const BITS: u32 = 21;
/// The greatest number of a character, and more.
pub(super) const MOST: i64 = (1 << BITS) - 1;

/// Three characters as a number that sorts as they do.
pub(super) fn pack([first, second, third]: [i64; 3]) -> i64 {
    first << (2 * BITS) | second << BITS | third
}
