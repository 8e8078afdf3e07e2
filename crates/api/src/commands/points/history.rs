//! `vestibule points history`.

use std::io::{self, Write};

use anyhow::Context as _;
use clap::Args;
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use vestibule_application::Services;
use vestibule_application::accounts::{Administrator, NamedAccount};
use vestibule_domain::points::PointsEntry;

#[derive(Args)]
pub(in crate::commands) struct History {
    /// The account: its integer id, its UUID, its address or its user name.
    account: String,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// An entry as it is printed.
#[derive(Serialize)]
struct Line<'a> {
    id: i64,
    at: String,
    kind: &'static str,
    points: i64,
    balance_after: i64,
    actor: Option<i64>,
    reason: Option<&'a str>,
    idempotency_key_sha256: Option<String>,
}

impl<'a> From<&'a PointsEntry> for Line<'a> {
    fn from(entry: &'a PointsEntry) -> Self {
        Self {
            id: entry.id.0,
            at: at(entry.created_at),
            kind: entry.kind.name(),
            points: entry.points.get(),
            balance_after: entry.balance_after,
            actor: entry.actor.map(|actor| actor.0),
            reason: entry.reason.as_deref(),
            idempotency_key_sha256: entry.idempotency_key.map(|key| key.to_hex()),
        }
    }
}

fn at(time: OffsetDateTime) -> String {
    time.format(&Rfc3339).unwrap_or_else(|_beyond_the_years_of_the_form| time.unix_timestamp().to_string())
}

pub(super) async fn run(services: &Services, arguments: &History) -> anyhow::Result<()> {
    let account = NamedAccount::parse(&arguments.account).context("ACCOUNT names no account")?;
    write_history(services, &account, arguments.json, &mut io::stdout().lock()).await
}

/// Writes the entries of an account, the newest first, as they are read.
pub async fn write_history(
    services: &Services,
    account: &NamedAccount,
    as_json: bool,
    output: &mut impl Write,
) -> anyhow::Result<()> {
    const OUTPUT: &str = "standard output could not be written";
    let mut before = None;
    loop {
        let show = services.show_points_history.execute(Administrator::operator(), account, before);
        let entries = show.await?;
        let Some(last) = entries.last() else { break };
        before = Some(last.id);
        for line in entries.iter().map(Line::from) {
            if as_json {
                serde_json::to_writer(&mut *output, &line).context(OUTPUT)?;
                writeln!(output).context(OUTPUT)?;
            } else {
                let Line { at, kind, points, balance_after, .. } = &line;
                let actor = line.actor.map_or_else(String::new, |actor| format!("  by account {actor}"));
                // A reason is anybody's text: a line of it must not pass for a line of ours.
                let reason = line.reason.map_or_else(String::new, |reason| format!("  {reason:?}"));
                writeln!(output, "{at}  {kind:7} {points:>19}  balance {balance_after}{actor}{reason}")
                    .context(OUTPUT)?;
            }
        }
    }
    output.flush().context(OUTPUT)
}
