//! `vestibule copy`.

use std::time::Instant;

use anyhow::Context as _;
use clap::{ArgGroup, Args};
use vestibule_settings::Settings;

use super::given_url;
use super::moving_bar::MovingBar;
use super::output::print_done;
use crate::bootstrap::{CopiedDatabase, copy_database, copy_pictures};
use crate::{shutdown, telemetry};

#[derive(Args)]
#[command(
    group(ArgGroup::new("source").args(["from", "from_env"]).requires("target")),
    group(ArgGroup::new("target").args(["to", "to_env"]).requires("source")),
    group(ArgGroup::new("something").args(["from", "from_env", "media_from"]).required(true).multiple(true))
)]
pub(super) struct Copy {
    /// The database that is copied: `sqlite://FILE`, `postgres://…`, `mysql://…`. Its server is stopped.
    #[arg(long, value_name = "URL")]
    from: Option<String>,
    /// The variable that holds the URL of that database, so that its password stands in no list of processes.
    #[arg(long, value_name = "NAME")]
    from_env: Option<String>,
    /// The database that it is copied to, which is empty.
    #[arg(long, value_name = "URL")]
    to: Option<String>,
    /// The variable that holds the URL of that database.
    #[arg(long, value_name = "NAME")]
    to_env: Option<String>,
    /// Where the pictures are: `file://FOLDER` or `s3://BUCKET/PREFIX`.
    #[arg(long, value_name = "PLACE", requires = "media_to")]
    media_from: Option<String>,
    /// Where they are copied to. A bucket is reached as the configuration says under `[media]`.
    #[arg(long, value_name = "PLACE", requires = "media_from")]
    media_to: Option<String>,
}

pub(super) async fn run(command: Copy, settings: Settings) -> anyhow::Result<()> {
    telemetry::init(&settings.log).context("the log did not start")?;
    let Copy { from, from_env, to, to_env, media_from, media_to } = command;
    let bar = MovingBar::new();
    let databases = given_url::url(from, from_env)?.zip(given_url::url(to, to_env)?);
    // Pictures come last: rows that name pictures are worth more than pictures that no row names.
    if let Some((from, to)) = databases {
        let began = Instant::now();
        let copied = copy_database(&from, &to, shutdown::requested(), &bar).await;
        bar.clear();
        print_done(summary(&copied?, began.elapsed().as_secs_f64()))?;
    }
    if let (Some(from), Some(to)) = (media_from, media_to) {
        let copied = copy_pictures(&settings.media, &from, &to, shutdown::requested(), &bar).await;
        bar.clear();
        let copied = copied?;
        print_done(format_args!("pictures       {} added, {} were there", copied.added, copied.here))?;
    }
    Ok(())
}

fn summary(copied: &CopiedDatabase, seconds: f64) -> String {
    let rows: u64 = copied.tables.iter().map(|table| table.rows).sum();
    let mut lines: Vec<String> = copied
        .tables
        .iter()
        .map(|table| format!("{:22} {:>12}  {}", table.table, table.rows, table.checksum))
        .collect();
    if copied.is_resumed {
        lines.push("went on with a copy that was cut off".to_owned());
    }
    lines.push(format!("{rows} rows in {seconds:.2} s; both sides are the same"));
    lines.join("\n")
}
