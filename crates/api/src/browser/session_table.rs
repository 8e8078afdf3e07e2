//! The table of an account's sessions.

use vestibule_domain::sessions::{Session, SessionId};

use super::times::Moment;

/// How many sessions a page shows. An account may have thousands, and names of devices are long.
const SHOWN: usize = 40;

/// A part of the sessions.
pub(crate) struct SessionTable {
    pub(crate) rows: Vec<SessionRow>,
    /// Whether there are sessions beside that of the one who looks, on any part.
    pub(crate) has_others: bool,
    /// The number of the next part.
    pub(crate) next: Option<u64>,
}

/// A row of the table.
pub(crate) struct SessionRow {
    pub(crate) id: String,
    pub(crate) device: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) surface: String,
    pub(crate) since: Moment,
    pub(crate) seen: Moment,
    pub(crate) until: Moment,
    pub(crate) is_own: bool,
}

impl SessionTable {
    /// A part by its number, from one: first the session of the one who looks, and then the others in their order.
    pub(crate) fn part(mut sessions: Vec<Session>, own: SessionId, number: u64) -> Self {
        sessions.sort_by_key(|session| session.id != own);
        let has_others = sessions.iter().any(|session| session.id != own);
        // A part past the end is the last one: sessions may have ended since the one before it.
        let last = sessions.len().saturating_sub(1) / SHOWN;
        let part = usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX).min(last);
        let (passed, has_more) = (part * SHOWN, part < last);
        let shown = sessions.into_iter().skip(passed).take(SHOWN);
        Self {
            rows: shown.map(|session| SessionRow::of(session, own)).collect(),
            has_others,
            next: has_more.then(|| number.saturating_add(1)),
        }
    }
}

impl SessionRow {
    fn of(session: Session, own: SessionId) -> Self {
        let seen = session.last_seen();
        Self {
            id: session.id.0.to_string(),
            device: session.user_agent,
            address: session.client_address.map(|address| address.to_string()),
            surface: session.surface,
            since: session.created_at.into(),
            seen: seen.into(),
            until: session.expires_at.into(),
            is_own: session.id == own,
        }
    }
}
