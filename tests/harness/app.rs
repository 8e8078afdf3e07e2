//! The whole server as in production, on adapters that the test chooses.

use std::path::Path;
use std::sync::Arc;
use std::thread;

use serde_json::Value;
use tempfile::TempDir;
use vestibule::bootstrap::{Adapters, Application, Purpose, RunningServer, bind};
use vestibule_application::{Deps, Services};
use vestibule_domain::ports::Mailer;
use vestibule_domain::store::Store;
use vestibule_infrastructure::faulty::FaultyStore;
use vestibule_infrastructure::memory::{CapturedMail, MemoryCache, MemoryRateLimiter};
use vestibule_infrastructure::metered::{MeteredCache, MeteredLimiter};
use vestibule_settings::{Cache, Environment, Source};

use crate::{Answer, FixedClock, OwnDatabase, Server, redaction};

/// A running server. Its clock stands still until the test moves it.
pub struct TestApp {
    /// The clock of the server.
    pub clock: FixedClock,
    /// The ports on which the server runs.
    pub deps: Deps,
    /// The use cases, for what no surface offers.
    pub services: Arc<Services>,
    /// Plans faults of the store.
    pub faults: FaultyStore,
    /// The captured mail and SMS.
    pub mailbox: CapturedMail,
    base: String,
    client: reqwest::Client,
    _server: RunningServer,
    _folder: TempDir,
    _database: Option<OwnDatabase>,
}

/// The server of a test before it starts.
pub struct TestAppBuilder {
    source: Source,
    folder: TempDir,
    database: Option<OwnDatabase>,
    mailer: Option<Arc<dyn Mailer>>,
    is_production: bool,
}

impl TestApp {
    /// A server on the memory adapters.
    pub async fn start() -> Self {
        Self::on_memory().start().await
    }

    /// A server on the memory adapters, to be changed before it starts.
    pub fn on_memory() -> TestAppBuilder {
        TestAppBuilder::new(None, |_| "memory".to_owned())
    }

    /// A server on a SQLite file of its own, to be changed before it starts.
    pub fn on_sqlite() -> TestAppBuilder {
        let url = |folder: &Path| format!("sqlite://{}?mode=rwc", folder.join("test.db").display());
        TestAppBuilder::new(None, url)
    }

    /// A server on a `PostgreSQL` database of its own, to be changed before it starts. A test that uses it has to be
    /// ignored where there is no such server: see [`on_servers!`](crate::on_servers).
    pub async fn on_postgres() -> TestAppBuilder {
        TestAppBuilder::on(Server::Postgres).await
    }

    /// A server on a `MariaDB` database of its own, to be changed before it starts. See [`TestApp::on_postgres`].
    pub async fn on_mariadb() -> TestAppBuilder {
        TestAppBuilder::on(Server::MariaDb).await
    }

    /// Sends a `POST` with a JSON body.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(
            self.request("POST", path).header("content-type", "application/json").body(body.to_string()),
        )
        .await
    }

    /// Sends a `GET`.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path)).await
    }

    /// A request to this server, to be sent by [`TestApp::send`].
    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method.parse().unwrap(), format!("{}{path}", self.base))
    }

    /// Host and port, for requests that no library would send.
    pub fn address(&self) -> String {
        self.base.trim_start_matches("http://").to_owned()
    }

    /// Sends a request.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let request = request.build().expect("a request");
        redaction::plant_request(&request);
        let answer = self.client.execute(request).await.expect("the server answers");
        let answer = Answer::of(answer).await.expect("a whole answer");
        redaction::plant_answer(&answer);
        answer
    }

    /// Delivers waiting messages, and answers the code in the newest mail to an address.
    pub async fn mailed_code(&self, address: &str) -> String {
        self.deliver().await;
        let mails = self.mailbox.to(address);
        mails.first().and_then(|newest| newest.mail.code.clone()).expect("a mail with a code")
    }

    /// How many mails an address received.
    pub async fn mails_to(&self, address: &str) -> usize {
        self.deliver().await;
        self.mailbox.to(address).len()
    }

    async fn deliver(&self) {
        while self.services.deliver_messages.execute().await.unwrap().total() > 0 {}
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if !thread::panicking() {
            redaction::assert_none_was_found();
        }
    }
}

impl TestAppBuilder {
    async fn on(server: Server) -> Self {
        let database = OwnDatabase::migrated(server).await;
        let url = database.url.clone();
        Self::new(Some(database), |_| url).with("database.max_connections", "4")
    }

    fn new(database: Option<OwnDatabase>, url: impl FnOnce(&Path) -> String) -> Self {
        let folder = TempDir::new().unwrap();
        let url = url(folder.path());
        let source = Source::default()
            .with("VESTIBULE_ENV", "test")
            .with("VESTIBULE__SERVER__PORT", "0")
            .with("VESTIBULE__SERVER__WORKERS", "2")
            .with("VESTIBULE__DATA_FOLDER", folder.path().join("data").display().to_string())
            .with("VESTIBULE__DATABASE__URL", url)
            .with("VESTIBULE__MEDIA__URL", "memory")
            .with("VESTIBULE__LOG__LEVEL", "off");
        Self { source, folder, database, mailer: None, is_production: false }
    }

    /// Changes a setting, named by its key: `password.queue`.
    #[must_use]
    pub fn with(mut self, key: &str, value: &str) -> Self {
        let variable = format!("VESTIBULE__{}", key.replace('.', "__").to_uppercase());
        self.source = self.source.with(&variable, value);
        self
    }

    /// Replaces the mailbox by another mailer.
    #[must_use]
    pub fn with_mailer(mut self, mailer: Arc<dyn Mailer>) -> Self {
        self.mailer = Some(mailer);
        self
    }

    /// Serves what production serves, on the settings and adapters of a test.
    #[must_use]
    pub fn in_production(mut self) -> Self {
        self.is_production = true;
        self
    }

    /// Starts the server.
    pub async fn start(self) -> TestApp {
        redaction::watch();
        let mut settings =
            vestibule::surfaces::settings(&self.source).unwrap_or_else(|problems| panic!("{problems}"));
        let listener = bind(&settings.server).unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let has_limits = settings.rate_limit.enabled;
        let in_process = settings.cache.location == Cache::Memory;
        let mut adapters = Adapters::connect(&settings, Purpose::Serve).await.unwrap();

        let clock = FixedClock::new();
        let faults = FaultyStore::new(adapters.deps.store.clone());
        let store: Arc<dyn Store> = Arc::new(faults.clone());
        adapters.deps.store = store;
        adapters.deps.clock = Arc::new(clock.clone());
        if let Some(mailer) = self.mailer {
            adapters.deps.mailer = mailer;
        }
        // A Redis has its own clock.
        if in_process {
            let cache = MemoryCache::new(Arc::new(clock.clone()));
            adapters.deps.cache = Arc::new(MeteredCache::new(Arc::new(cache)));
            if has_limits {
                let limiter = MemoryRateLimiter::new(Arc::new(clock.clone()));
                adapters.deps.limiter = Arc::new(MeteredLimiter::new(Arc::new(limiter)));
            }
        }

        let (deps, mailbox) = (adapters.deps.clone(), adapters.mailbox.clone().unwrap());
        if self.is_production {
            settings.environment = Environment::Production;
        }
        let application = Application::new(settings, adapters);
        let services = application.services.clone();
        let server = RunningServer::start(application, listener).unwrap();
        TestApp {
            clock,
            deps,
            services,
            faults,
            mailbox,
            base,
            client: reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap(),
            _server: server,
            _folder: self.folder,
            _database: self.database,
        }
    }
}
