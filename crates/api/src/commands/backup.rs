//! `vestibule backup` and `vestibule restore`.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;
use vestibule_settings::Settings;

use super::moving_bar::MovingBar;
use super::output::{counted, print_done};
use crate::bootstrap::{Backup, make_backup, restore_backup};
use crate::{shutdown, telemetry};

#[derive(Args)]
pub(super) struct BackUp {
    /// The file that is written. It does not exist, or is not overwritten.
    file: PathBuf,
}

#[derive(Args)]
pub(super) struct Restore {
    /// A file that `vestibule backup` wrote.
    file: PathBuf,
}

pub(super) async fn back_up(command: BackUp, settings: Settings) -> anyhow::Result<()> {
    telemetry::init(&settings.log).context("the log did not start")?;
    let bar = Arc::new(MovingBar::new());
    let made = make_backup(&settings, &command.file, shutdown::requested(), bar.clone()).await;
    bar.clear();
    let Backup { pictures, is_without_pictures, lost, digest, .. } = made?;
    let mut lines = vec![format!(
        "{} holds the database and {}",
        command.file.display(),
        counted(pictures, "picture", "pictures")
    )];
    if is_without_pictures {
        lines.push(format!("pictures are kept in {}, and are not in it", settings.media.location));
    }
    lines.extend(lost.iter().map(|key| format!("the picture {key} is named by a row and is nowhere")));
    lines.push(format!("sha256 {digest}"));
    print_done(lines.join("\n"))
}

pub(super) async fn restore(command: Restore, settings: Settings) -> anyhow::Result<()> {
    telemetry::init(&settings.log).context("the log did not start")?;
    let Backup { made_at, pictures, .. } = restore_backup(&settings, &command.file).await?;
    print_done(format_args!(
        "restored the database and {} of {made_at}",
        counted(pictures, "picture", "pictures")
    ))
}
