//! `vestibule contacts reindex`.

use std::future::Future;
use std::time::Duration;

use anyhow::bail;
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use vestibule_application::Services;
use vestibule_application::contacts::RebuildContactIndexError;

use crate::commands::output::print_done;
use crate::shutdown;

/// The pause between two batches, which leaves the database to a running server.
const BREATH: Duration = Duration::from_millis(50);

#[derive(Args)]
pub(in crate::commands) struct Reindex {
    /// Go on where one that was stopped ended, in place of beginning with the first contact.
    #[arg(long)]
    resume: bool,
}

pub(super) async fn run(services: &Services, Reindex { resume }: &Reindex) -> anyhow::Result<()> {
    // It stays hidden where standard error is no terminal.
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} contacts, {per_sec}") {
        bar.set_style(style);
    }
    let reindexed =
        reindex(services, *resume, shutdown::requested(), |contacts| bar.set_position(contacts)).await;
    bar.finish_and_clear();
    let reindexed = reindexed?;
    if !reindexed.is_whole {
        bail!(
            "stopped after {} contacts; `vestibule contacts reindex --resume` goes on, as does a server",
            reindexed.contacts
        );
    }
    print_done(format_args!("Went through {} contacts; all can be searched.", reindexed.contacts))
}

/// What the command did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reindexed {
    /// Contacts that it went through. A server beside it may have gone through others.
    pub contacts: u64,
    /// Whether the index is whole.
    pub is_whole: bool,
}

/// Makes the index anew, batch by batch. When asked to stop it does so after the batch under way.
pub async fn reindex(
    services: &Services,
    resume: bool,
    stop: impl Future<Output = ()>,
    mut report: impl FnMut(u64),
) -> Result<Reindexed, RebuildContactIndexError> {
    let mut stop = std::pin::pin!(stop);
    if !resume {
        services.rebuild_contact_index.begin_anew().await?;
    }
    let mut contacts = 0;
    loop {
        let rebuilt = services.rebuild_contact_index.execute().await?;
        contacts += rebuilt.contacts;
        report(contacts);
        if rebuilt.is_whole {
            return Ok(Reindexed { contacts, is_whole: true });
        }
        tokio::select! {
            biased;
            () = &mut stop => return Ok(Reindexed { contacts, is_whole: false }),
            () = tokio::time::sleep(BREATH) => {}
        }
    }
}
