//! Taking over the messages of a server that died.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Once};

use uuid::Uuid;
use vestibule_application::Services;
use vestibule_domain::messages::InstanceId;
use vestibule_infrastructure::system::ServerLock;
use vestibule_settings::{Database, make_private_folder};

use super::Application;

/// The file in the data folder that a server has locked while it lives.
const FILE: &str = "server.lock";

/// Makes this server the one that holds the lock of its data folder, once the one before it is dead, and frees
/// the messages that one had under way: they need not wait for the end of their leases.
///
/// Servers may share a data folder, as an old and a new one do for a moment: the later one frees nothing while
/// the other lives.
pub struct Succession {
    folder: PathBuf,
    services: Arc<Services>,
}

impl Succession {
    /// `None` with a store in memory, in which nothing of a dead server is left.
    pub fn of(application: &Application) -> Option<Self> {
        let Application { settings, services, .. } = application;
        let is_lasting = settings.database.location != Database::Memory;
        is_lasting.then(|| Self { folder: settings.data_folder.clone(), services: services.clone() })
    }

    /// Takes the lock if nobody has it, and frees what those left who had it. Answers itself while another
    /// server lives, to be tried again.
    ///
    /// The first try comes before this server claims a message: its own id has to be in the file by then. A
    /// data folder that cannot be written is no reason not to serve.
    pub async fn attempt(self) -> Option<Self> {
        match self.take_over().await {
            Ok(true) => None,
            Ok(false) => {
                // Said once: this is tried again every few seconds.
                static SAID: Once = Once::new();
                SAID.call_once(|| {
                    tracing::warn!(
                        "another server has this data folder: with SQLite or the cache in memory two servers are one too many"
                    );
                });
                Some(self)
            }
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "the data folder cannot be locked: messages that are under way in a crash will wait for the \
                     end of their leases"
                );
                None
            }
        }
    }

    /// Tries to take the lock. `false` while another server holds it.
    async fn take_over(&self) -> io::Result<bool> {
        let folder = self.folder.clone();
        let taken = tokio::task::spawn_blocking(move || take(&folder));
        let Some((mut lock, dead)) = taken.await.map_err(io::Error::other)?? else { return Ok(false) };
        let own = self.services.deliver_messages.instance().0;
        let ids = if self.free(&dead).await { vec![own] } else { [&[own], &*dead].concat() };
        let kept = tokio::task::spawn_blocking(move || {
            let written = lock.write(&ids);
            lock.keep();
            written
        });
        kept.await.map_err(io::Error::other)?.map(|()| true)
    }

    /// Frees the messages of these processes. `false` if that failed; the next server tries once more.
    async fn free(&self, dead: &[Uuid]) -> bool {
        let dead: Vec<_> = dead.iter().copied().map(InstanceId).collect();
        match self.services.free_dead_leases.execute(&dead).await {
            Ok(messages) => {
                if messages > 0 {
                    tracing::info!(messages, "took over what a server that died had under way");
                }
                true
            }
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "messages of a server that died wait for the end of their leases");
                false
            }
        }
    }
}

/// The lock, and the ids of those that had it before, if nobody has it.
fn take(folder: &Path) -> io::Result<Option<(ServerLock, Vec<Uuid>)>> {
    make_private_folder(folder)?;
    let Some(mut lock) = ServerLock::try_take(&folder.join(FILE))? else { return Ok(None) };
    let ids = lock.ids()?;
    Ok(Some((lock, ids)))
}
