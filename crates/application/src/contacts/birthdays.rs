//! Birthdays in the days to come.

use std::sync::Arc;

use vestibule_domain::contacts::{BirthdayWindow, Contact};
use vestibule_domain::ports::Clock;
use vestibule_domain::store::Store;

use crate::error::use_case_error;
use crate::{Actor, Deps};

/// Answers the contacts of the one who asks that have birthday soon, the next one first.
pub struct ListBirthdays {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
}

use_case_error! {
    /// Why there are none.
    pub enum ListBirthdaysError {}
}

impl ListBirthdays {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), clock: deps.clock.clone() }
    }

    /// Lists those that have birthday today (UTC) or within so many days after it.
    pub async fn execute(&self, actor: &Actor, days: u16) -> Result<Vec<Contact>, ListBirthdaysError> {
        let window = BirthdayWindow::new(self.clock.now().date(), days);
        Ok(self.store.repositories().contacts().birthdays(actor.account, &window).await?)
    }
}
