//! `PgBouncer`, as the page about deployment sets it up.

use std::fs::{self, Permissions};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;
use tokio::net::TcpStream;
use vestibule_tests::{OwnDatabase, service};

use super::patience::eventually;

const PAGE: &str = include_str!("../../docs/deployment.md");

/// A `PgBouncer` of one test in front of one database. It ends with it.
pub(crate) struct Pooler {
    child: Child,
    /// What `database.url` is behind it.
    pub(crate) url: String,
    _folder: TempDir,
}

impl Pooler {
    /// Starts it as the page says, with these changes: what stands there, and what takes its place.
    pub(crate) async fn start(database: &OwnDatabase, changes: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        // It leaves root's rights, and reads its files without them.
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let (place, name) = database.url.rsplit_once('/').unwrap();
        let (_, server_port) = place.rsplit_once(':').unwrap();
        let mut text = page().to_owned();
        let places = [
            ("host=db.example.org port=5432", format!("host=127.0.0.1 port={server_port}")),
            ("dbname=vestibule", format!("dbname={name}")),
            ("listen_port = 6432", format!("listen_port = {port}\nunix_socket_dir =")),
            ("/etc/pgbouncer/userlist.txt", path("userlist.txt")),
        ];
        let changes = changes.iter().map(|(from, to)| (*from, (*to).to_owned()));
        for (from, to) in places.into_iter().chain(changes) {
            assert_eq!(text.matches(from).count(), 1, "the page says {from} once");
            text = text.replace(from, &to);
        }
        fs::write(path("pgbouncer.ini"), text).unwrap();
        fs::write(path("userlist.txt"), "\"vestibule\" \"secret\"\n").unwrap();
        let mut command = Command::new(service("pgbouncer"));
        if fs::metadata(folder.path()).unwrap().uid() == 0 {
            command.args(["-u", "nobody"]);
        }
        command.args(["-q", &path("pgbouncer.ini")]).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().unwrap();
        eventually("PgBouncer listens", async || TcpStream::connect(("127.0.0.1", port)).await.ok()).await;
        let page = "postgres://vestibule:…@127.0.0.1:6432/vestibule";
        assert!(PAGE.contains(page), "the page says {page}");
        let url = page.replace('…', "secret").replace("6432", &port.to_string());
        Self { child, url, _folder: folder }
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}

/// The page's file for it.
fn page() -> &'static str {
    let (_, rest) = PAGE.split_once("#### PgBouncer\n").expect("the page has the section");
    let (_, rest) = rest.split_once("```ini\n").expect("the section has the file");
    rest.split_once("```").expect("the file ends").0
}
