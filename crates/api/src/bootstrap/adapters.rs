//! Adapters by configuration.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread::available_parallelism;

use anyhow::Context as _;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::Notify;
use vestibule_application::accounts::KeptImportKeys;
use vestibule_application::{Deps, policy};
use vestibule_domain::ports::{Clock, Sealer};
use vestibule_infrastructure::crypto::{
    AeadSealer, BcryptHasher, BcryptSettings, HmacCodeHasher, JwtAlgorithm, JwtSettings, JwtSigner,
};
use vestibule_infrastructure::db::SeaStore;
use vestibule_infrastructure::memory::CapturedMail;
use vestibule_infrastructure::metered::MeteredHasher;
use vestibule_infrastructure::system::{SystemClock, SystemIds, SystemRandom};
use vestibule_settings::{PasswordSettings, Secret, Settings, TokenAlgorithm};

use super::brand::{brand, brand_without_logo};
use super::messages::Messages;
use super::{breached, cache, database, media, messages, secrets};
use crate::browser::brand::Brand;
use crate::http::spoken;
use crate::{account, console, monitoring, surfaces};

/// What the adapters are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To serve: the files of the server are this process's.
    Serve,
    /// A command, perhaps beside a server whose files are not to be touched. It is about what is there, so that it makes
    /// no database.
    Command,
    /// A command that may be the first to add something.
    Add,
    /// A command that adds accounts by the batch.
    ImportAccounts,
    /// A command that adds movies by the batch.
    ImportMovies,
}

/// Every adapter that the configuration asks for.
pub struct Adapters {
    /// The ports.
    pub deps: Deps,
    /// The captured mail and SMS, if either is captured.
    pub mailbox: Option<CapturedMail>,
    /// What was counted, if it is.
    pub(crate) metrics: Option<PrometheusHandle>,
    /// Whose server it is.
    pub(super) brand: Brand,
    pub(super) database: Option<SeaStore>,
}

impl Adapters {
    /// Connects to everything. Fails with a sentence for the operator.
    pub async fn connect(settings: &Settings, purpose: Purpose) -> anyhow::Result<Self> {
        database::refuse_file(&settings.database, purpose)?;
        // Before the adapters, which ask for their counters when they are made.
        let counts = settings.metrics.enabled && purpose == Purpose::Serve;
        let metrics = counts.then(monitoring::recorder).transpose()?;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let random = SystemRandom;
        let secrets = secrets::token_secrets(settings, &random)?;
        // Before the database, which a start brings up to date. Commands put nothing into words: they work while a template
        // is mended.
        let (brand, templates) = match purpose {
            Purpose::Serve => (brand(settings)?, messages::templates(settings)?),
            Purpose::Command | Purpose::Add | Purpose::ImportAccounts | Purpose::ImportMovies => {
                (brand_without_logo(settings), messages::own_templates(settings))
            }
        };
        // On the heap: what waits for a connection is nested so deep that the compiler would look no deeper.
        let threads = if purpose == Purpose::Serve { settings.server.threads().get() } else { 0 };
        let store = Box::pin(database::connect(&settings.database, threads, purpose)).await?;
        let Messages { mailer, sms, mailbox } = messages::connect(settings, purpose, &clock)?;
        let (cache, limiter) = cache::connect(settings, purpose, &clock).await?;
        let answers = cache::answers(&settings.cache);
        let former_refresh = settings.tokens.former_refresh_secret.as_ref().map(Secret::reveal);
        let sealer: Arc<dyn Sealer> = Arc::new(
            AeadSealer::new(secrets.refresh.reveal(), former_refresh).context("the sealer did not start")?,
        );
        let hashing = bcrypt(&settings.password);
        let hasher = BcryptHasher::new(hashing).context("the password hasher did not start")?;
        let keys = KeptImportKeys::new(store.store.clone(), sealer.clone());
        let hasher = hasher.with_import_keys(Arc::new(keys));
        let deps = Deps {
            store: store.store,
            cache,
            answers,
            limiter,
            ids: Arc::new(SystemIds),
            random: Arc::new(random),
            hasher: Arc::new(MeteredHasher::new(Arc::new(hasher), hashing.threads)),
            breached: breached::passwords(&settings.password)?,
            signer: Arc::new(JwtSigner::new(JwtSettings {
                algorithm: match settings.tokens.algorithm {
                    TokenAlgorithm::Hs256 => JwtAlgorithm::Hs256,
                    TokenAlgorithm::Hs384 => JwtAlgorithm::Hs384,
                    TokenAlgorithm::Hs512 => JwtAlgorithm::Hs512,
                },
                access_secret: secrets.access.reveal(),
                refresh_secret: secrets.refresh.reveal(),
                former_access_secret: settings.tokens.former_access_secret.as_ref().map(Secret::reveal),
                former_refresh_secret: former_refresh,
                issuer: &settings.tokens.issuer,
                audience: settings.tokens.audience.as_deref(),
                former_audience: settings.tokens.former_audience.as_deref(),
                leeway: settings.tokens.leeway,
            })),
            sealer,
            codes: Arc::new(
                HmacCodeHasher::new(secrets.refresh.reveal(), former_refresh)
                    .context("the hasher of codes did not start")?,
            ),
            templates: Arc::new(templates),
            mailer,
            sms,
            objects: media::objects(&settings.media, clock.clone())?,
            pictures: media::pictures(&settings.media)?,
            leeway: settings.tokens.leeway,
            mail_waiting: Arc::new(Notify::new()),
            // Tokens in cookies are good at their own pages alone: elsewhere nothing asks for the mark of a form, and none
            // is idle.
            subject_at: |name| {
                (![console::NAME, account::NAME].contains(&name)).then(|| surfaces::subject_at(name))
            },
            sessions_per_account: settings.sessions.max_per_account,
            uploads_per_account: policy::uploads_per_hour(settings.media.uploads_per_hour),
            breached_policy: breached::policy(&settings.password),
            default_language: spoken(settings.mail.default_language),
            keeps_sent_messages: settings.retention.keeps_sent_messages(),
            clock,
        };
        Ok(Self { deps, mailbox, metrics, brand, database: store.database })
    }

    /// Lets go of everything, after the last use.
    pub async fn close(self) {
        if let Some(database) = self.database {
            database.close().await;
        }
    }
}

fn bcrypt(settings: &PasswordSettings) -> BcryptSettings {
    let cores = available_parallelism().unwrap_or(NonZeroUsize::MIN);
    BcryptSettings {
        cost: settings.bcrypt_cost,
        threads: NonZeroUsize::new(settings.threads).unwrap_or(cores),
        queue: settings.queue,
    }
}
