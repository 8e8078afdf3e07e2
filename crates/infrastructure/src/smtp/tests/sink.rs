//! A server that speaks just enough SMTP (RFC 5321) to be sent mail, and remembers it.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the server says instead of the usual, by verb. `GREETING` and `.` (the end of the message) count
/// as verbs; an empty answer hangs up.
pub(super) type Script = &'static [(&'static str, &'static str)];

/// An answer that never comes, though the connection stays open.
pub(super) const SILENCE: &str = "…";

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
        let server = tokio::spawn({
            let memory = Arc::clone(&memory);
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    memory.lock().unwrap().connections += 1;
                    // A client that hangs up ends its conversation, and no test.
                    drop(tokio::spawn(converse(stream, script, Arc::clone(&memory))));
                }
            }
        });
        Self { port, memory, server }
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

async fn converse(stream: TcpStream, script: Script, memory: Arc<Mutex<Memory>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut saying = answer("GREETING", script);
    let mut message: Option<String> = None;
    while !saying.is_empty() || message.is_some() {
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
                saying = answer(".", script);
            }
            Some(text) => text.push_str(&line),
            None => {
                let command = line.trim_end_matches("\r\n");
                memory.lock().unwrap().commands.push(command.to_owned());
                saying = answer(verb(command), script);
                if saying.starts_with("354") {
                    message = Some(String::new());
                }
            }
        }
    }
    Ok(())
}

fn answer(verb: &str, script: Script) -> String {
    let scripted = script.iter().find(|(scripted, _)| *scripted == verb).map(|(_, answer)| *answer);
    match scripted.unwrap_or(match verb {
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
