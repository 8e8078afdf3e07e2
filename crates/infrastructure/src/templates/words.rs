//! The words that each language provides.

/// The words of a mail, in the order in which they are read.
pub(super) struct Words {
    pub(super) subject: &'static str,
    pub(super) greeting: &'static str,
    pub(super) what_happened: String,
    /// The words around the link to the page on which it goes on, if there is such a page.
    pub(super) page: Option<PageWords>,
    /// The words around the token, if there is one.
    pub(super) code: Option<CodeWords>,
    /// What to do if it was somebody else.
    pub(super) not_you: &'static str,
    /// Tells that nobody reads replies.
    pub(super) automatic: &'static str,
}

/// The words around a token.
pub(super) struct CodeWords {
    /// Followed by the token, for clients that ask for it.
    pub(super) give_code: &'static str,
    pub(super) validity: String,
}

/// The words around a link.
pub(super) struct PageWords {
    /// Followed by the link.
    pub(super) open_page: &'static str,
    pub(super) button: &'static str,
    /// Below the button, followed by the link.
    pub(super) copy_link: &'static str,
}

/// A span of time in the unit that people would use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    Minutes(u32),
    Hours(u32),
    Days(u32),
}

impl Span {
    /// The span of `minutes`. A day is given as 24 hours, because "a day" is vague and this is a promise.
    pub(super) fn of_minutes(minutes: u32) -> Self {
        const HOUR: u32 = 60;
        const DAY: u32 = 24 * HOUR;
        if minutes > DAY && minutes.is_multiple_of(DAY) {
            Self::Days(minutes / DAY)
        } else if minutes >= HOUR && minutes.is_multiple_of(HOUR) {
            Self::Hours(minutes / HOUR)
        } else {
            Self::Minutes(minutes)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_said_without_loss_in_the_greatest_unit() {
        let cases = [
            (0, Span::Minutes(0)),
            (59, Span::Minutes(59)),
            (60, Span::Hours(1)),
            (90, Span::Minutes(90)),
            (1_440, Span::Hours(24)),
            (2_880, Span::Days(2)),
            (3_000, Span::Hours(50)),
            (u32::MAX, Span::Minutes(u32::MAX)),
        ];
        for (minutes, expected) in cases {
            assert_eq!(Span::of_minutes(minutes), expected, "{minutes}");
        }
    }
}
