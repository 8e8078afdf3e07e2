//! `[retention]`: how long records are kept that nobody uses any more.

use std::time::Duration;

use crate::expect::{duration_or_never, duration_zero_or_never};
use crate::reader::Reader;
use crate::sheet::Sheet;

/// The shortest retention. A mail that was sent an hour ago may still be on its way.
const SHORTEST: Duration = Duration::from_hours(1);

/// `[retention]`. `None` means that records are kept for ever (`"never"`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionSettings {
    /// How long an account that was never activated is kept.
    pub unactivated_accounts: Option<Duration>,
    /// How long a message that was given up is kept.
    pub parked_messages: Option<Duration>,
    /// How long the record of a message that was sent is kept. Zero means that none is.
    pub sent_messages: Option<Duration>,
    /// How long an event of the audit trail is kept.
    pub audit_events: Option<Duration>,
    /// How long an account stays in the trash before it is removed for good.
    pub trashed_accounts: Option<Duration>,
}

impl RetentionSettings {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let mut section = reader.section("retention");
        Self {
            unactivated_accounts: section.required("unactivated_accounts", duration_or_never(SHORTEST)),
            parked_messages: section.required("parked_messages", duration_or_never(SHORTEST)),
            sent_messages: section.required("sent_messages", duration_zero_or_never(SHORTEST)),
            audit_events: section.required("audit_events", duration_or_never(SHORTEST)),
            trashed_accounts: section.required("trashed_accounts", duration_or_never(SHORTEST)),
        }
    }

    /// Whether it is kept to whom messages were sent.
    pub fn keeps_sent_messages(&self) -> bool {
        self.sent_messages != Some(Duration::ZERO)
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("retention");
        sheet.duration_or_never("unactivated_accounts", self.unactivated_accounts);
        sheet.duration_or_never("parked_messages", self.parked_messages);
        sheet.duration_or_never("sent_messages", self.sent_messages);
        sheet.duration_or_never("audit_events", self.audit_events);
        sheet.duration_or_never("trashed_accounts", self.trashed_accounts);
    }
}
