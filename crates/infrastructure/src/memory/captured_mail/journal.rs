//! The file in which captured mails survive a restart: one JSON object a line, oldest first.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use vestibule_domain::messages::{Channel, Mail};

use super::CapturedMessage;

pub(super) struct Journal {
    path: PathBuf,
    file: File,
    lines: usize,
}

#[derive(Serialize, Deserialize)]
struct Line {
    id: u64,
    #[serde(with = "time::serde::rfc3339")]
    captured_at: OffsetDateTime,
    /// Lines of releases without SMS do not have this field.
    #[serde(default)]
    is_sms: bool,
    to: String,
    subject: String,
    text: String,
    html: String,
    links: Vec<String>,
    code: Option<String>,
}

impl From<&CapturedMessage> for Line {
    fn from(message: &CapturedMessage) -> Self {
        let Mail { to, subject, text, html, links, code } = message.mail.clone();
        let is_sms = message.channel == Channel::Sms;
        let (id, captured_at) = (message.id, message.captured_at);
        Self { id, captured_at, is_sms, to, subject, text, html, links, code }
    }
}

impl From<Line> for CapturedMessage {
    fn from(line: Line) -> Self {
        let Line { id, captured_at, is_sms, to, subject, text, html, links, code } = line;
        let channel = if is_sms { Channel::Sms } else { Channel::Mail };
        Self { id, captured_at, channel, mail: Mail { to, subject, text, html, links, code } }
    }
}

impl Journal {
    /// Opens a journal and reads what is in it.
    pub(super) fn open(path: PathBuf) -> io::Result<(Self, Vec<CapturedMessage>)> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let content = match fs::read(&path) {
            Ok(content) => content,
            Err(error) if error.kind() == io::ErrorKind::NotFound => vec![],
            Err(error) => return Err(error),
        };
        let mut messages = Vec::new();
        for (index, line) in content.split(|byte| *byte == b'\n').enumerate() {
            if line.is_empty() {
                continue;
            }
            match serde_json::from_slice::<Line>(line) {
                Ok(line) => messages.push(line.into()),
                // The error names the place and not the content, because lines hold secrets.
                Err(error) => tracing::warn!(
                    path = %path.display(),
                    line = index + 1,
                    column = error.column(),
                    "skipped a damaged line of the journal of captured mail"
                ),
            }
        }
        // The file is rewritten, so that a damaged end does not run into the next line.
        Ok((Self::write(path, messages.iter())?, messages))
    }

    /// How many lines the file has.
    pub(super) fn lines(&self) -> usize {
        self.lines
    }

    /// Adds a message.
    pub(super) fn append(&mut self, message: &CapturedMessage) -> io::Result<()> {
        self.file.write_all(&encode(message)?)?;
        self.lines += 1;
        Ok(())
    }

    /// Replaces the whole content.
    pub(super) fn rewrite<'a>(
        &mut self,
        messages: impl Iterator<Item = &'a CapturedMessage>,
    ) -> io::Result<()> {
        *self = Self::write(self.path.clone(), messages)?;
        Ok(())
    }

    /// Writes a new file and then moves it over the old one, so that a crash in between loses nothing.
    fn write<'a>(path: PathBuf, messages: impl Iterator<Item = &'a CapturedMessage>) -> io::Result<Self> {
        let mut content = Vec::new();
        let mut lines = 0;
        for message in messages {
            content.extend(encode(message)?);
            lines += 1;
        }
        let beside = path.with_added_extension("new");
        match fs::remove_file(&beside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = create_private(&beside)?;
        file.write_all(&content)?;
        fs::rename(&beside, &path)?;
        Ok(Self { path, file, lines })
    }
}

fn encode(message: &CapturedMessage) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(&Line::from(message))?;
    line.push(b'\n');
    Ok(line)
}

/// Opens a file for appending that only its owner can read.
fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create_new(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
