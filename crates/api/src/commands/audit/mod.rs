//! `vestibule audit`.

mod line;
mod since;

use std::io::{self, BufWriter, ErrorKind, Write};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use time::OffsetDateTime;
use vestibule_application::Services;
use vestibule_application::accounts::{Administrator, InspectAccountError, NamedAccount};
use vestibule_application::audit::ListAuditEventsInput;
use vestibule_domain::accounts::AccountUuid;
use vestibule_domain::audit::{AuditAction, AuditEvent, AuditFilter};
use vestibule_settings::{Database, Settings};

use self::line::{json_line, text_line};
use self::since::Since;
use crate::bootstrap::{Adapters, Application, Purpose};
use crate::commands::users::parse_account;
use crate::telemetry;

/// How many events are read at once.
const PART: u64 = 500;

#[derive(Subcommand)]
pub(super) enum AuditCommand {
    /// List what was done to accounts, newest first.
    List(List),
}

#[derive(Args)]
pub(super) struct List {
    /// What was done to this account: its integer id, its UUID, its address or its user name. A removed account is found
    /// by its UUID alone.
    #[arg(long, value_name = "ACCOUNT", value_parser = parse_account)]
    account: Option<NamedAccount>,
    /// This action alone: `role_changed`.
    #[arg(long, value_name = "NAME", value_parser = parse_action)]
    action: Option<AuditAction>,
    /// From then on: `24h`, `7d`, `2026-11-20` or `2026-11-20T12:00:00Z`; a day begins at midnight, UTC.
    #[arg(long, value_name = "WHEN")]
    since: Option<Since>,
    /// So many at the most.
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: u64,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

fn parse_action(name: &str) -> Result<AuditAction, String> {
    name.parse().map_err(|_unknown| {
        let names: Vec<_> = AuditAction::ALL.iter().map(|action| action.as_str()).collect();
        format!("must be one of {}", names.join(", "))
    })
}

pub(super) async fn run(command: AuditCommand, settings: Settings) -> anyhow::Result<()> {
    let AuditCommand::List(arguments) = command;
    if settings.database.location == Database::Memory {
        bail!("with database.url = \"memory\" there are no events but those of a running server");
    }
    telemetry::init(&settings.log).context("the log did not start")?;
    let adapters = Adapters::connect(&settings, Purpose::Command).await?;
    let now = adapters.deps.clock.now();
    let application = Application::new(settings, adapters);
    let listed = list(&application.services, &arguments, now).await;
    application.adapters.close().await;
    listed
}

async fn list(services: &Services, arguments: &List, now: OffsetDateTime) -> anyhow::Result<()> {
    let filter = AuditFilter {
        account: match &arguments.account {
            Some(account) => Some(account_of(services, account).await?),
            None => None,
        },
        action: arguments.action,
        since: arguments.since.map(|since| since.at(now)),
    };
    let mut left = arguments.limit;
    let mut after = None;
    while left > 0 {
        let limit = left.min(PART);
        let input = ListAuditEventsInput { administrator: Administrator::operator(), filter, after, limit };
        let part = services.list_audit_events.execute(input).await?;
        if !still_read(print(&part, arguments.json))? {
            return Ok(());
        }
        left -= part.len() as u64;
        after = part.last().map(AuditEvent::position);
        if (part.len() as u64) < limit {
            break;
        }
    }
    Ok(())
}

fn print(events: &[AuditEvent], as_json: bool) -> io::Result<()> {
    let mut output = BufWriter::new(io::stdout().lock());
    for event in events {
        let line = if as_json { json_line(event) } else { text_line(event) };
        writeln!(output, "{line}")?;
    }
    output.flush()
}

/// Whether the output is still read. A closed pipe, as of `| head`, is not a failure.
fn still_read(written: io::Result<()>) -> anyhow::Result<bool> {
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error).context("standard output could not be written"),
    }
}

/// The UUID of the account. A given UUID is not looked up, because events outlive their account.
async fn account_of(services: &Services, account: &NamedAccount) -> anyhow::Result<AccountUuid> {
    if let NamedAccount::Uuid(uuid) = account {
        return Ok(*uuid);
    }
    match services.inspect_account.execute(Administrator::operator(), account).await {
        Ok(found) => Ok(found.account.uuid),
        Err(InspectAccountError::NotFound) => bail!(
            "--account: no account has this id, address or user name; one that was removed is found by its UUID"
        ),
        Err(failure) => Err(failure.into()),
    }
}
