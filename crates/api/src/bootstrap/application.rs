//! The application: settings, adapters and use cases, put together.

use std::sync::Arc;

use vestibule_application::Services;
use vestibule_settings::Settings;

use super::Adapters;

/// The settings, adapters and use cases that serve requests. Tests build the same with other adapters.
pub struct Application {
    /// The settings.
    pub settings: Arc<Settings>,
    /// The adapters.
    pub adapters: Adapters,
    /// The use cases.
    pub services: Arc<Services>,
}

impl Application {
    /// Builds the use cases on the adapters.
    pub fn new(settings: Settings, adapters: Adapters) -> Self {
        let services = Arc::new(Services::new(&adapters.deps));
        Self { settings: Arc::new(settings), adapters, services }
    }

    /// Ends a command, after its last use of anything. Servers beside it then show what it changed.
    pub async fn close(self) {
        self.services.answers.over_elsewhere().await;
        self.adapters.close().await;
    }
}
