//! The mails that are kept.

use std::collections::VecDeque;
use std::io;

use time::OffsetDateTime;
use vestibule_domain::messages::{Channel, Mail};

use super::CapturedMessage;
use super::journal::Journal;

/// How many mails are kept.
const CAPACITY: usize = 1000;

#[derive(Default)]
pub(super) struct Mailbox {
    /// Oldest first.
    messages: VecDeque<CapturedMessage>,
    last_id: u64,
    journal: Option<Journal>,
}

impl Mailbox {
    pub(super) fn of(messages: Vec<CapturedMessage>, journal: Journal) -> Self {
        let last_id = messages.iter().map(|message| message.id).max().unwrap_or(0);
        let excess = messages.len().saturating_sub(CAPACITY);
        Self { messages: messages.into_iter().skip(excess).collect(), last_id, journal: Some(journal) }
    }

    pub(super) fn has_journal(&self) -> bool {
        self.journal.is_some()
    }

    pub(super) fn newest_first(&self) -> impl Iterator<Item = &CapturedMessage> {
        self.messages.iter().rev()
    }

    pub(super) fn keep(
        &mut self,
        captured_at: OffsetDateTime,
        channel: Channel,
        mail: Mail,
    ) -> io::Result<()> {
        let message = CapturedMessage { id: self.last_id + 1, captured_at, channel, mail };
        if let Some(journal) = &mut self.journal {
            // The file is rewritten now and then, so that its size is bounded too.
            if journal.lines() >= 2 * CAPACITY {
                journal.rewrite(self.messages.iter())?;
            }
            journal.append(&message)?;
        }
        self.last_id = message.id;
        self.messages.push_back(message);
        if self.messages.len() > CAPACITY {
            self.messages.pop_front();
        }
        Ok(())
    }

    pub(super) fn clear(&mut self) -> io::Result<()> {
        self.messages.clear();
        self.journal.as_mut().map_or(Ok(()), |journal| journal.rewrite(std::iter::empty()))
    }
}
