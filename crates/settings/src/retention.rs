//! `[retention]`: how long is kept what nobody asks for any more.

use std::time::Duration;

use crate::expect::duration_or_never;
use crate::reader::Reader;
use crate::sheet::Sheet;

/// What was mailed an hour ago may still be on its way.
const SHORTEST: Duration = Duration::from_hours(1);

/// `[retention]`. `None` is for ever (`"never"`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionSettings {
    /// After which time an account is removed that was never activated.
    pub unactivated_accounts: Option<Duration>,
    /// After which time a message is removed that was given up.
    pub parked_messages: Option<Duration>,
    /// After which time an event of the audit trail is removed.
    pub audit_events: Option<Duration>,
    /// After which time in the trash an account is removed for good.
    pub trashed_accounts: Option<Duration>,
}

impl RetentionSettings {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let mut section = reader.section("retention");
        Self {
            unactivated_accounts: section.required("unactivated_accounts", duration_or_never(SHORTEST)),
            parked_messages: section.required("parked_messages", duration_or_never(SHORTEST)),
            audit_events: section.required("audit_events", duration_or_never(SHORTEST)),
            trashed_accounts: section.required("trashed_accounts", duration_or_never(SHORTEST)),
        }
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("retention");
        sheet.duration_or_never("unactivated_accounts", self.unactivated_accounts);
        sheet.duration_or_never("parked_messages", self.parked_messages);
        sheet.duration_or_never("audit_events", self.audit_events);
        sheet.duration_or_never("trashed_accounts", self.trashed_accounts);
    }
}
