//! `vestibule users sessions`.

use anyhow::Context as _;
use serde_json::{Value, json};
use std::io::{self, BufWriter, Write as _};
use vestibule_application::Services;
use vestibule_application::accounts::Administrator;
use vestibule_domain::sessions::Session;

use super::target::Target;
use super::text::{at, on_one_line, or_dash};

pub(super) async fn run(services: &Services, target: &Target) -> anyhow::Result<()> {
    let account = target.find(services).await?;
    let sessions = services.list_sessions.execute(Administrator::operator(), account.account.id).await?;
    print(&sessions, target.json).context("standard output could not be written")
}

fn print(sessions: &[Session], as_json: bool) -> io::Result<()> {
    let mut output = BufWriter::new(io::stdout().lock());
    for session in sessions {
        if as_json {
            writeln!(output, "{}", json_line(session))?;
        } else {
            writeln!(output, "{}", text_line(session))?;
        }
    }
    output.flush()
}

fn text_line(session: &Session) -> String {
    let client = session.client_address.map(|address| address.to_string());
    format!(
        "{}  seen {}  until {}  {}  {}  {}",
        at(session.created_at),
        at(session.last_seen()),
        at(session.expires_at),
        on_one_line(&session.surface),
        or_dash(client.as_deref()),
        or_dash(session.user_agent.as_deref())
    )
}

pub(super) fn json_line(session: &Session) -> Value {
    json!({
        "id": session.id.0,
        "surface": session.surface,
        "client": session.client_address,
        "user_agent": session.user_agent,
        "created_at": at(session.created_at),
        "last_seen_at": at(session.last_seen()),
        "expires_at": at(session.expires_at),
    })
}
