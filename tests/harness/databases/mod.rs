//! Databases on the servers that `scripts/services` starts.

mod mariadb;
mod postgres;
mod sweep;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::{process, thread};

use tokio::sync::OnceCell;

use crate::service;

/// A server that has databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Server {
    /// `PostgreSQL`.
    Postgres,
    /// `MariaDB`.
    MariaDb,
}

impl Server {
    /// The URL of a database on this server. `scripts/services` gives it without the name.
    fn url(self, database: &str) -> String {
        match self {
            Self::Postgres => {
                let url = service("postgres");
                let (server, _) = url.rsplit_once('/').expect("an address with a path");
                format!("{server}/{database}")
            }
            Self::MariaDb => format!("{}/{database}", service("mariadb").trim_end_matches('/')),
        }
    }
}

/// A database that no other test uses at the same time.
pub struct OwnDatabase {
    /// The URL, with the password.
    pub url: String,
    server: Server,
    name: String,
    /// Whether it has our schema, so that the next test that wants that can use it.
    is_migrated: bool,
}

/// Databases with the schema that wait for the next test, because making one takes far longer than emptying one. The
/// databases that are left when the process ends are removed by the next process.
static FREE: Mutex<Vec<(Server, String)>> = Mutex::new(Vec::new());

impl OwnDatabase {
    /// A database without tables, which is removed when this is dropped.
    pub async fn empty(server: Server) -> Self {
        static SWEPT: [OnceCell<()>; 2] = [OnceCell::const_new(), OnceCell::const_new()];
        let database = Self::named(server, new_name(), false);
        match server {
            Server::Postgres => {
                SWEPT[0].get_or_init(postgres::sweep_up).await;
                postgres::create(&database.name).await;
            }
            Server::MariaDb => {
                SWEPT[1].get_or_init(mariadb::sweep_up).await;
                mariadb::create(&database.name).await;
            }
        }
        database
    }

    /// A database with the schema of our migrations, and without data.
    pub async fn migrated(server: Server) -> Self {
        let free = take_free(server);
        if let Some(name) = free {
            match server {
                Server::Postgres => postgres::clear(&name).await,
                Server::MariaDb => mariadb::clear(&name).await,
            }
            return Self::named(server, name, true);
        }
        let mut database = Self::empty(server).await;
        let db = migration::connect::connect(&database.url).await.unwrap();
        migration::up(&db).await.unwrap();
        db.close().await.unwrap();
        database.is_migrated = true;
        database
    }

    fn named(server: Server, name: String, is_migrated: bool) -> Self {
        Self { url: server.url(&name), server, name, is_migrated }
    }
}

impl Drop for OwnDatabase {
    fn drop(&mut self) {
        let (server, name) = (self.server, self.name.clone());
        if self.is_migrated && !thread::panicking() {
            FREE.lock().unwrap().push((server, name));
            return;
        }
        // The test's own runtime cannot wait inside a drop.
        let removal = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                match server {
                    Server::Postgres => postgres::remove(&name).await,
                    Server::MariaDb => mariadb::remove(&name).await,
                }
            });
        });
        let removed = removal.join();
        assert!(removed.is_ok() || thread::panicking(), "the test's database was not dropped");
    }
}

fn take_free(server: Server) -> Option<String> {
    let mut free = FREE.lock().unwrap();
    let at = free.iter().position(|(other, _)| *other == server)?;
    Some(free.swap_remove(at).1)
}

/// A name with the number of this process, so that databases of dead processes can be recognised.
fn new_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("{}{}_{}", sweep::PREFIX, process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}
