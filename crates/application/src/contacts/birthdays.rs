//! Birthdays in the days to come.

use std::sync::Arc;

use vestibule_domain::contacts::{BirthdayWindow, Contact, TimeZone};
use vestibule_domain::ports::Clock;
use vestibule_domain::store::Store;

use crate::error::use_case_error;
use crate::{Actor, Deps};

/// Answers the caller's contacts that have their birthday soon, the next birthday first.
pub struct ListBirthdays {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
}

use_case_error! {
    /// Why no contacts were answered.
    pub enum ListBirthdaysError {}
}

impl ListBirthdays {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), clock: deps.clock.clone() }
    }

    /// The contacts with a birthday today, which is the day in `zone`, or within `days` days after it.
    pub async fn execute(
        &self,
        actor: &Actor,
        days: u16,
        zone: &TimeZone,
    ) -> Result<Vec<Contact>, ListBirthdaysError> {
        self.within(actor, &self.window(days, zone)).await
    }

    /// Today, which is the day in `zone`, and `days` days after it.
    pub fn window(&self, days: u16, zone: &TimeZone) -> BirthdayWindow {
        BirthdayWindow::new(zone.day_of(self.clock.now()), days)
    }

    /// The contacts with a birthday in the window.
    pub async fn within(
        &self,
        actor: &Actor,
        window: &BirthdayWindow,
    ) -> Result<Vec<Contact>, ListBirthdaysError> {
        Ok(self.store.repositories().contacts().birthdays(actor.account, window).await?)
    }
}
