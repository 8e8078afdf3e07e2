//! A server that speaks just enough SMTP (RFC 5321) to be sent mail, and remembers it.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// What the server says instead of the usual, by verb; `MAIL#2` is the second MAIL of a connection. `GREETING` and `.`
/// (the end of the message) count as verbs; an empty answer hangs up.
pub(super) type Script = &'static [(&'static str, &'static str)];

/// An answer that never comes, though the connection stays open.
pub(super) const SILENCE: &str = "…";

/// Begins an answer that comes when the test says so.
pub(super) const HELD: &str = "⌛";

#[derive(Default)]
pub(super) struct Memory {
    pub(super) connections: usize,
    /// Every command as it came, without its line end.
    pub(super) commands: Vec<String>,
    /// Every message as it came, with the dots that its transport added.
    pub(super) messages: Vec<String>,
}

/// Stops when it is dropped.
pub(super) struct Sink {
    pub(super) port: u16,
    pub(super) memory: Arc<Mutex<Memory>>,
    /// Lets an answer go that is held.
    pub(super) release: Arc<Notify>,
    server: JoinHandle<()>,
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Sink {
    pub(super) async fn start(script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let memory = Arc::<Mutex<Memory>>::default();
        let release = Arc::<Notify>::default();
        let server = tokio::spawn({
            let (memory, release) = (Arc::clone(&memory), Arc::clone(&release));
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    memory.lock().unwrap().connections += 1;
                    // A client that hangs up ends its conversation, and no test.
                    let (memory, release) = (Arc::clone(&memory), Arc::clone(&release));
                    drop(tokio::spawn(converse(stream, script, memory, release)));
                }
            }
        });
        Self { port, memory, release, server }
    }

    /// The verbs of the commands so far.
    pub(super) fn verbs(&self) -> Vec<String> {
        let memory = self.memory.lock().unwrap();
        memory.commands.iter().map(|command| verb(command).to_owned()).collect()
    }

    /// The only message that came.
    pub(super) fn message(&self) -> String {
        let memory = self.memory.lock().unwrap();
        assert_eq!(memory.messages.len(), 1);
        memory.messages[0].clone()
    }
}

fn verb(command: &str) -> &str {
    command.split([' ', ':']).next().unwrap_or_default()
}

async fn converse(
    stream: TcpStream,
    script: Script,
    memory: Arc<Mutex<Memory>>,
    release: Arc<Notify>,
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut heard: Vec<String> = Vec::new();
    let mut saying = answer("GREETING", &mut heard, script);
    let mut message: Option<String> = None;
    while !saying.is_empty() || message.is_some() {
        if let Some(held) = saying.strip_prefix(HELD) {
            release.notified().await;
            saying = held.to_owned();
        }
        if !saying.starts_with(SILENCE) {
            stream.get_mut().write_all(saying.as_bytes()).await?;
        }
        saying.clear();
        let mut line = Vec::new();
        // The end of a line is CR LF and nothing less, and the end of a message a dot between two.
        while !line.ends_with(b"\r\n") {
            if stream.read_until(b'\n', &mut line).await? == 0 {
                return Ok(());
            }
        }
        let line = String::from_utf8(line).unwrap();
        match &mut message {
            Some(text) if line == ".\r\n" => {
                memory.lock().unwrap().messages.push(std::mem::take(text));
                message = None;
                saying = answer(".", &mut heard, script);
            }
            Some(text) => text.push_str(&line),
            None => {
                let command = line.trim_end_matches("\r\n");
                memory.lock().unwrap().commands.push(command.to_owned());
                saying = answer(verb(command), &mut heard, script);
                if saying.starts_with("354") {
                    message = Some(String::new());
                }
            }
        }
    }
    Ok(())
}

fn answer(verb: &str, heard: &mut Vec<String>, script: Script) -> String {
    heard.push(verb.to_owned());
    let numbered = format!("{verb}#{}", heard.iter().filter(|earlier| *earlier == verb).count());
    let scripted = |wanted: &str| script.iter().find(|(verb, _)| *verb == wanted).map(|(_, answer)| *answer);
    match scripted(&numbered).or_else(|| scripted(verb)).unwrap_or(match verb {
        "GREETING" => "220 sink",
        "EHLO" => "250-sink\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME",
        "AUTH" => "235 welcome",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 ok",
    }) {
        "" => String::new(),
        answer => format!("{answer}\r\n"),
    }
}
