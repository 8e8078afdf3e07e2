//! `vestibule serve`.

use std::time::Duration;

use anyhow::{Context as _, bail};
use vestibule_settings::Settings;

use super::announcement::announce;
use super::movies::fill_empty_catalogue;
use crate::bootstrap::{Adapters, Application, Purpose, RunningServer, Succession, bind};
use crate::{shutdown, telemetry};

/// Serves until it is asked to stop. A second request to stop, or the deadline, ends it at once and
/// is a failure.
pub(super) async fn run(settings: Settings) -> anyhow::Result<()> {
    telemetry::init_with_traces(&settings.log, &settings.traces).context("the log did not start")?;
    shutdown::outlive_hangups().context("SIGHUP cannot be ignored")?;
    let patience = settings.server.shutdown_timeout;
    let listener = bind(&settings.server)?;
    let adapters = Adapters::connect(&settings, Purpose::Serve).await?;
    let application = Application::new(settings, adapters);
    let settings = application.settings.clone();
    if settings.features.sample_data {
        add_sample_movies(&application).await;
    }
    let succession = match Succession::of(&application) {
        Some(succession) => succession.attempt().await,
        None => None,
    };
    let mut server = RunningServer::start(application, listener)?;
    server.start_workers(succession);
    announce(&settings, server.address());

    tokio::select! {
        error = server.failed() => return Err(error),
        () = shutdown::requested() => tracing::info!("stopping; once more to stop at once"),
    }
    tokio::select! {
        () = server.stop() => {
            tracing::info!("stopped");
            Ok(())
        }
        () = shutdown::requested() => bail!("stopped at once, on request"),
        // The server cuts requests off by itself after that time, and then lets go of everything.
        () = tokio::time::sleep(patience + LETTING_GO) => bail!("stopped: requests or workers took longer than {patience:?}"),
    }
}

/// How long closing connections may take, beyond the time for requests.
const LETTING_GO: Duration = Duration::from_secs(5);

/// Adds the sample movies for newcomers. A failure is logged, and the server runs without them.
async fn add_sample_movies(application: &Application) {
    match fill_empty_catalogue(&application.services, &*application.adapters.deps.clock).await {
        Ok(0) => {}
        Ok(added) => tracing::info!(added, "added the sample movies"),
        Err(error) => tracing::error!(error = &*error, "the sample movies were not added"),
    }
}
