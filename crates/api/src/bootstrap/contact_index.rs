//! Rebuilding the index behind the search for contacts.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use vestibule_application::Services;

/// How often the index is checked. The last contacts that were added on SQLite wait for it, and until then searches read
/// them one by one. Somebody may migrate the schema down and up beside a running server too.
const PAUSE: Duration = Duration::from_mins(1);
/// The pause between two batches, which leaves the database to requests.
const BREATH: Duration = Duration::from_millis(250);
/// The pause after a failure. Until the next try a search may miss contacts.
const AGAIN: Duration = Duration::from_secs(10);
/// How long the last contacts may take, while the server stops. A database that is away is not waited for.
const LAST: Duration = Duration::from_secs(5);

/// Covers the contacts that were added last, after the last request. If the database is then copied to PostgreSQL or
/// MySQL, a search finds them there from the start.
pub(super) async fn cover_the_last(services: &Services) {
    match tokio::time::timeout(LAST, services.rebuild_contact_index.execute()).await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => {
            tracing::debug!(error = &error as &dyn Error, "the last contacts wait for the next server");
        }
        Err(_elapsed) => tracing::debug!("the last contacts were not covered in time"),
    }
}

/// Rebuilds the index whenever it is not known to be complete. Runs until it is stopped.
pub(super) async fn rebuild_contact_index(services: Arc<Services>, stop: CancellationToken) {
    let mut contacts = 0;
    loop {
        let pause = match services.rebuild_contact_index.execute().await {
            Ok(rebuilt) if rebuilt.is_whole => {
                // A single batch was never told to be missing.
                if contacts > 0 {
                    contacts += rebuilt.contacts;
                    tracing::info!(contacts, "the index of contacts is whole");
                }
                contacts = 0;
                PAUSE
            }
            Ok(rebuilt) => {
                if contacts == 0 {
                    tracing::warn!(
                        "the index of contacts is not known to be whole: the rest of it is written now, and a \
                         search may miss contacts whose turn has not come"
                    );
                }
                contacts += rebuilt.contacts;
                BREATH
            }
            Err(error) => {
                tracing::error!(error = &error as &dyn Error, "the index of contacts was not made anew");
                AGAIN
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}
