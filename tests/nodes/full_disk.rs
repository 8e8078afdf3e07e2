//! A server on SQLite whose disk fills up, over and over.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::members::{log_in, register, unique};
use super::node::Node;
use super::patience::eventually;

const ROUNDS: u64 = 30;
const EMAIL: &str = "ada@example.com";

/// A file system of its own of six megabytes, which is gone with this.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let mount = ["-t", "tmpfs", "-o", "size=6m,mode=0700", "tmpfs"];
        assert!(Command::new("mount").args(mount).arg(folder.path()).status().unwrap().success());
        Self(folder)
    }

    fn ballast(&self) -> PathBuf {
        self.0.path().join("ballast")
    }

    /// Fills it up, but for this many bytes.
    fn fill_but(&self, room: u64) {
        let mut ballast = File::create(self.ballast()).unwrap();
        while ballast.write_all(&[0; 4096]).is_ok() {}
        let length = ballast.metadata().unwrap().len();
        ballast.set_len(length.saturating_sub(room)).unwrap();
    }

    fn empty(&self) {
        fs::remove_file(self.ballast()).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: the server may be about to let go of it.
        let _done = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

/// What was acknowledged: names of contacts and of movies, and addresses of accounts.
#[derive(Default)]
struct Acknowledged {
    contacts: Vec<String>,
    movies: Vec<String>,
    accounts: Vec<String>,
}

impl Acknowledged {
    /// Writes by every way there is, and notes what was acknowledged. `false` if it was refused.
    async fn write(&mut self, node: &Node, token: &str, turn: u64) -> bool {
        let name = format!("N{}", unique());
        let (status, written) = match turn % 8 {
            0 => (register(node, &format!("{name}@example.com")).await.status, &mut self.accounts),
            1 => {
                let film = json!({
                    "name": name, "date": "1927-01-10", "score": 89, "overview": "Towers.", "status": "Released",
                    "budget": 1, "revenue": 1, "country": "DE", "genres": ["Drama"], "actors": [name],
                    "languages": ["German"],
                });
                (node.post("/api/v1/theater/movies/", &film).await.status, &mut self.movies)
            }
            // A session, which nobody counts.
            2 => (log_in(node, EMAIL, "Engine1843").await.status, &mut Vec::new()),
            _ => (add_contact(node, token, &name).await, &mut self.contacts),
        };
        match status {
            201 => written.push(name),
            503 => return false,
            status => panic!("{status}: {}", node.log()),
        }
        true
    }

    /// What was acknowledged is there, and nothing else but accounts, of which there is no list.
    async fn compare(mut self, node: &Node, token: &str) {
        let contacts = |page| format!("/api/contacts/?skip={}&limit=100", page * 100);
        let found = names(node, token, contacts, "", "fullname").await;
        self.contacts.sort();
        assert_eq!(found, self.contacts);
        let movies = |page| format!("/api/v1/theater/movies/?page={}&per_page=20", page + 1);
        let found = names(node, token, movies, "movies", "name").await;
        self.movies.sort();
        assert_eq!(found, self.movies);
        for name in &self.accounts {
            let again = register(node, &format!("{name}@example.com")).await;
            assert_eq!(again.status, 409, "{name}");
        }
    }
}

async fn add_contact(node: &Node, token: &str, name: &str) -> u16 {
    let contact = json!({
        "fullname": name, "email": "grace@example.com", "phone_number": 380_501_234_567_i64,
        "birthday": "1906-12-09", "additional": "x".repeat(200), "user_id": 0, "avatar": "",
    });
    let request = node.request("POST", "/api/contacts/").bearer_auth(token);
    let request = request.header("content-type", "application/json").body(contact.to_string());
    request.send().await.unwrap().status().as_u16()
}

async fn sign_in(node: &Node) -> String {
    let form = "username=ada%40example.com&password=Engine1843";
    let request = node.request("POST", "/api/auth/login").body(form);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let answer: Value = serde_json::from_str(&request.send().await.unwrap().text().await.unwrap()).unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

/// Somebody with an address book.
async fn member(node: &Node) -> String {
    let sign_up = json!({"username": "ada_l", "password": "Engine1843", "email": EMAIL});
    assert_eq!(node.post("/api/auth/signup", &sign_up).await.status, 201);
    let mails = node.request("GET", "/dev/mailbox/messages?to=ada@example.com").send().await.unwrap();
    let mails: Value = serde_json::from_str(&mails.text().await.unwrap()).unwrap();
    let confirm = format!("/api/email/confirm/{}", mails[0]["code"].as_str().unwrap());
    assert_eq!(node.request("GET", &confirm).send().await.unwrap().status(), 200);
    sign_in(node).await
}

/// The names that a paged list has.
async fn names(
    node: &Node,
    token: &str,
    page: impl Fn(usize) -> String,
    list: &str,
    name: &str,
) -> Vec<String> {
    let mut names = Vec::new();
    for number in 0.. {
        let answer = node.send_as(token, "GET", &page(number)).await;
        if answer.status == 404 {
            break;
        }
        let answer = answer.json();
        let rows = if list.is_empty() { &answer } else { &answer[list] };
        let rows = rows.as_array().unwrap();
        if rows.is_empty() {
            break;
        }
        names.extend(rows.iter().map(|row| row[name].as_str().unwrap().to_owned()));
    }
    names.sort();
    names
}

fn variables(folder: &TempDir, url: &str) -> [(String, String); 8] {
    [
        ("VESTIBULE_ENV", "test".to_owned()),
        ("VESTIBULE__SERVER__PORT", "0".to_owned()),
        ("VESTIBULE__LOG__LEVEL", "info".to_owned()),
        ("VESTIBULE__RATE_LIMIT__ENABLED", "false".to_owned()),
        ("VESTIBULE__PASSWORD__BCRYPT_COST", "4".to_owned()),
        ("VESTIBULE__FEATURES__SAMPLE_DATA", "false".to_owned()),
        ("VESTIBULE__DATA_FOLDER", folder.path().join("data").display().to_string()),
        ("VESTIBULE__DATABASE__URL", url.to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(service_tmpfs), ignore = "no file system of its own: run as root")]
async fn what_a_server_with_a_full_disk_acknowledged_is_there_and_it_goes_on_by_itself() {
    let (disk, folder) = (SmallDisk::new(), TempDir::new().unwrap());
    let variables = variables(&folder, &format!("sqlite://{}/full.db?mode=rwc", disk.0.path().display()));
    let node = Node::start(&variables, folder.path().join("node.log")).await;
    let token = member(&node).await;

    let mut acknowledged = Acknowledged::default();
    for round in 0..ROUNDS {
        disk.fill_but(round * 4096);
        let mut refused = 0;
        for turn in 0..400 {
            refused += u64::from(!acknowledged.write(&node, &token, turn).await);
            if refused == 12 {
                break;
            }
        }
        assert!(refused > 0, "the disk was never full");
        if round == 0 {
            let writes_down = r#""database":"up","writes":"down""#;
            eventually("readiness says that writes fail", async || {
                let answer = node.readiness().await?;
                (answer.status == 503 && answer.body.contains(writes_down)).then_some(())
            })
            .await;
        }
        disk.empty();
        eventually("it takes writes again", async || {
            acknowledged.write(&node, &token, 7).await.then_some(())
        })
        .await;
    }
    eventually("it is ready again", async || (node.readiness().await?.status == 200).then_some(())).await;

    // As a power cut does: what only its own connections saw is gone.
    node.kill();
    drop(node);
    let node = Node::start(&variables, folder.path().join("node-2.log")).await;
    let token = sign_in(&node).await;
    acknowledged.compare(&node, &token).await;
    node.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_server_whose_writes_fail_acknowledged_is_there() {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite://{}/small.db?mode=rwc", folder.path().display());
    let variables = variables(&folder, &url);
    let log = folder.path().join("node.log");
    let node = Node::start_with_small_files(1800, &variables, log).await;
    let token = member(&node).await;
    let mut acknowledged = Acknowledged::default();
    let mut refused = 0;
    for turn in 0..1500 {
        refused += u64::from(!acknowledged.write(&node, &token, turn).await);
        if refused == 60 {
            break;
        }
    }
    assert_eq!(refused, 60, "no write failed");
    node.kill();
    drop(node);
    let node = Node::start(&variables, folder.path().join("node-2.log")).await;
    let token = sign_in(&node).await;
    acknowledged.compare(&node, &token).await;
    node.stop().await;
}
