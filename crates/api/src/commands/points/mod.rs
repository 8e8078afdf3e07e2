//! `vestibule points`.

mod history;
mod reconcile;

use anyhow::{Context as _, bail};
use clap::Subcommand;
use vestibule_settings::{Database, Settings};

pub use history::write_history;
pub use reconcile::{LedgerReport, reconcile};

use crate::bootstrap::{Adapters, Application, Purpose};
use crate::telemetry;

#[derive(Subcommand)]
pub(super) enum PointsCommand {
    /// Prove that each balance is the sum of its entries, also beside a running server. The exit code is 1 if one is not.
    Reconcile,
    /// Show what changed the balance of an account, the newest change first.
    History(history::History),
}

pub(super) async fn run(command: PointsCommand, settings: Settings) -> anyhow::Result<()> {
    if settings.database.location == Database::Memory {
        bail!("with database.url = \"memory\" there are no points but those of a running server");
    }
    telemetry::init(&settings.log).context("the log did not start")?;
    let adapters = Adapters::connect(&settings, Purpose::Command).await?;
    let application = Application::new(settings, adapters);
    let done = match &command {
        PointsCommand::Reconcile => reconcile::run(&application.services).await,
        PointsCommand::History(arguments) => history::run(&application.services, arguments).await,
    };
    application.close().await;
    done
}
