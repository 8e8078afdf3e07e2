//! The HTTP server.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpServer, web};
use tokio::task::JoinHandle;
use vestibule_application::Services;
use vestibule_application::policy::Retention;
use vestibule_infrastructure::db::SeaStore;
use vestibule_settings::Database;

use super::contact_index::cover_the_last;
use super::routes::Routes;
use super::statistics::keep_the_last;
use super::workers::{Chores, Workers};
use super::{Adapters, Application, Succession, sweep};
use crate::commands::turns::Turns;
use crate::console::MovieUploads;
use crate::health::{OutboxState, Probes};
use crate::http::extract::UploadLimit;
use crate::http::middleware::{BodyPace, RequestLog, pace_body, security_headers};

/// The clock of actix goes by steps of this length, and would end the time for a head that much early.
const TICK: Duration = Duration::from_millis(500);

/// How long a client that is still sending a body that was refused has to hear the answer.
const HEARING: Duration = Duration::from_secs(5);

/// Rounded up: no time at all would cut every request off.
fn whole_seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

/// A server that answers, and its workers.
pub struct RunningServer {
    address: SocketAddr,
    handle: ServerHandle,
    serving: JoinHandle<std::io::Result<()>>,
    services: Arc<Services>,
    workers: Option<Workers>,
    movie_uploads: MovieUploads,
    chores: Chores,
    adapters: Adapters,
}

impl RunningServer {
    /// Starts to answer on a listener. What is queued waits until [`RunningServer::start_workers`].
    pub fn start(application: Application, listener: TcpListener) -> anyhow::Result<Self> {
        let Application { settings, adapters, services } = application;
        let address = listener.local_addr()?;
        let movie_uploads = MovieUploads::new(
            services.clone(),
            adapters.deps.clock.clone(),
            Turns::of_movies_on(&settings.database.location),
            settings.console.max_upload as u64,
        );
        let routes = Routes {
            services: web::Data::from(services.clone()),
            deps: adapters.deps.clone(),
            mailbox: adapters.mailbox.clone(),
            metrics: adapters.metrics.clone(),
            probes: web::Data::new(Probes::new()),
            outbox: web::Data::new(OutboxState::new(adapters.deps.store.clone())),
            uploads: web::Data::new(UploadLimit::new(settings.media.max_upload)),
            movie_uploads: movie_uploads.clone(),
            brand: web::Data::new(adapters.brand.clone()),
            settings: settings.clone(),
            // A database that lacks one stops the start.
            schema: matches!(settings.database.location, Database::Url(_)).then(migration::newest),
        };
        let ids = adapters.deps.ids.clone();
        let counts = adapters.metrics.is_some();
        let pace = BodyPace {
            idle: settings.server.body_idle_timeout,
            min_rate: settings.server.body_min_rate,
            total: settings.server.body_total_timeout,
        };
        let database = adapters.database.clone();
        let server = HttpServer::new(move || {
            App::new()
                // This is called by each thread that is going to answer.
                .app_data(database.as_ref().map(SeaStore::own_connections))
                .wrap_fn(move |request, service| pace_body(pace, request, service))
                .wrap_fn(security_headers)
                .wrap(RequestLog::new(ids.clone(), counts))
                .configure(|app| routes.configure(app))
        })
        .disable_signals()
        .keep_alive(settings.server.keep_alive)
        .client_request_timeout(settings.server.head_timeout + TICK)
        .client_disconnect_timeout(HEARING)
        .shutdown_timeout(whole_seconds(settings.server.shutdown_timeout))
        .workers(settings.server.threads().get());
        let server = server.listen(listener)?.run();
        let handle = server.handle();
        let chores = Chores {
            retention: Retention {
                unactivated_accounts: settings.retention.unactivated_accounts,
                parked_messages: settings.retention.parked_messages,
                sent_messages: settings.retention.sent_messages,
                audit_events: settings.retention.audit_events,
                trashed_accounts: settings.retention.trashed_accounts,
            },
            sweep: sweep::policy(&settings.media),
        };
        let serving = tokio::spawn(server);
        Ok(Self { address, handle, serving, services, workers: None, movie_uploads, chores, adapters })
    }

    /// Starts what is done besides answering: sending mail, removing what has expired, and waiting for the end
    /// of another server of the data folder, if there is one.
    pub fn start_workers(&mut self, succession: Option<Succession>) {
        let mail_waiting = &self.adapters.deps.mail_waiting;
        let (mailer, metrics) = (&self.adapters.deps.mailer, &self.adapters.metrics);
        let clock = &self.adapters.deps.clock;
        self.workers.get_or_insert_with(|| {
            Workers::start(
                &self.services,
                mail_waiting,
                mailer,
                self.chores,
                metrics.clone(),
                clock,
                succession,
            )
        });
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Ends when the server stops by itself, which it should not.
    pub async fn failed(&mut self) -> anyhow::Error {
        match (&mut self.serving).await {
            Ok(Ok(())) => anyhow::anyhow!("the server stopped by itself"),
            Ok(Err(error)) => anyhow::Error::new(error).context("the server failed"),
            Err(error) => anyhow::Error::new(error).context("the server failed"),
        }
    }

    /// Takes no more requests, answers those under way, stops the workers between two messages and an import of movies
    /// between two batches, and lets go of everything.
    pub async fn stop(self) {
        if let Some(database) = &self.adapters.database {
            // Their threads end before all requests are answered that they hand over.
            database.close_own_connections().await;
        }
        let workers = async {
            if let Some(workers) = self.workers {
                workers.stop().await;
            }
        };
        let threads = async {
            self.handle.stop(true).await;
            if let Some(database) = &self.adapters.database {
                database.threads_ended();
            }
        };
        futures::join!(threads, workers, self.movie_uploads.stop());
        futures::join!(keep_the_last(&self.services), cover_the_last(&self.services));
        self.adapters.close().await;
    }
}
