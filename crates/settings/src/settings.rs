//! The configuration as a whole.

use std::path::PathBuf;

use crate::account_pages::AccountPageSettings;
use crate::brand::BrandSettings;
use crate::cache::CacheSettings;
use crate::console::ConsoleSettings;
use crate::database::DatabaseSettings;
use crate::doors::DoorSettings;
use crate::doubtful::doubtful;
use crate::environment::Environment;
use crate::expect::{choice, parsed};
use crate::exposure;
use crate::features::FeatureSettings;
use crate::layers::Layers;
use crate::links::LinkSettings;
use crate::log::LogSettings;
use crate::mail::{Language, MailSettings};
use crate::media::MediaSettings;
use crate::metrics::MetricsSettings;
use crate::password::PasswordSettings;
use crate::posture::Posture;
use crate::problems::Problems;
use crate::rate_limit::RateLimitSettings;
use crate::reader::Reader;
use crate::retention::RetentionSettings;
use crate::server::ServerSettings;
use crate::sessions::SessionSettings;
use crate::sheet::Sheet;
use crate::sms::SmsSettings;
use crate::source::Source;
use crate::surfaces::{SurfaceSection, Surfaces};
use crate::tokens::TokenSettings;
use crate::traces::TraceSettings;
use crate::{unknown, variables};

/// Every setting, valid and coherent.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `VESTIBULE_ENV`.
    pub environment: Environment,
    /// The state of every door that has no setting of its own.
    pub posture: Posture,
    /// Folder for files that the server writes, relative to the working directory. It need not exist.
    pub data_folder: PathBuf,
    /// `[server]`
    pub server: ServerSettings,
    /// `[database]`
    pub database: DatabaseSettings,
    /// `[cache]`
    pub cache: CacheSettings,
    /// `[mail]`
    pub mail: MailSettings,
    /// `[brand]`
    pub brand: BrandSettings,
    /// `[links]`
    pub links: LinkSettings,
    /// `[sms]`
    pub sms: SmsSettings,
    /// `[media]`
    pub media: MediaSettings,
    /// `[tokens]`
    pub tokens: TokenSettings,
    /// `[sessions]`
    pub sessions: SessionSettings,
    /// `[password]`
    pub password: PasswordSettings,
    /// `[rate_limit]`
    pub rate_limit: RateLimitSettings,
    /// `[retention]`
    pub retention: RetentionSettings,
    /// `[surfaces.<name>]`
    pub surfaces: Surfaces,
    /// `[console]`
    pub console: ConsoleSettings,
    /// `[account_pages]`
    pub account_pages: AccountPageSettings,
    /// `[doors]`
    pub doors: DoorSettings,
    /// `[features]`
    pub features: FeatureSettings,
    /// `[metrics]`
    pub metrics: MetricsSettings,
    /// `[traces]`
    pub traces: TraceSettings,
    /// `[log]`
    pub log: LogSettings,
    /// See [`Settings::warnings`].
    warnings: Vec<String>,
}

/// The settings that a migration needs. They hold no secret of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationSettings {
    /// `VESTIBULE_ENV`.
    pub environment: Environment,
    /// Folder for files that the server writes. It need not exist.
    pub data_folder: PathBuf,
    /// `[database]`
    pub database: DatabaseSettings,
}

impl Settings {
    /// The language of messages at a surface, for clients that ask for no language that is served.
    pub fn language_of(&self, surface: &str) -> Language {
        self.surfaces.of(surface).language.unwrap_or(self.mail.default_language)
    }

    /// Reads the configuration of a server with these surfaces.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once.
    pub fn load_from(source: &Source, surfaces: &[SurfaceSection]) -> Result<Self, Problems> {
        let (mut settings, mut reader) = Self::read(source, surfaces);
        exposure::refuse(&mut reader, &settings);
        unknown::report(&mut reader);
        variables::unread(&mut reader, source);
        let (environment, unread) = (settings.environment, reader.warnings);
        settings.warnings = doubtful(&settings);
        settings.warnings.extend(unread.iter().cloned());
        reader.problems.beside(environment, &settings.database.location, unread).or(settings)
    }

    /// The variables of the settings that somebody may mean who writes `word`: `port` or `server-port`. Those of
    /// `[server]` alone, if there are some; none if there is no such setting.
    pub fn variables_named(word: &str, surfaces: &[SurfaceSection]) -> Vec<String> {
        let (_, reader) = Self::read(&Source::default(), surfaces);
        variables::named(&reader.asked, word)
    }

    fn read(source: &Source, surfaces: &[SurfaceSection]) -> (Self, Reader) {
        let mut reader = Reader::new(Layers::read(source));
        let posture = reader.top().required("posture", choice);
        let data_folder = data_folder(&mut reader);
        let server = ServerSettings::read(&mut reader);
        let surfaces = Surfaces::read(&mut reader, surfaces);
        let database = DatabaseSettings::read(&mut reader, &data_folder);
        let mail = MailSettings::read(&mut reader, &server.public_url);
        let settings = Self {
            environment: reader.environment,
            posture,
            media: MediaSettings::read(&mut reader, &data_folder, &database.location, &server.public_url),
            database,
            data_folder,
            cache: CacheSettings::read(&mut reader),
            sms: SmsSettings::read(&mut reader, mail.transport),
            mail,
            brand: BrandSettings::read(&mut reader),
            links: LinkSettings::read(&mut reader),
            tokens: TokenSettings::read(&mut reader),
            sessions: SessionSettings::read(&mut reader),
            password: PasswordSettings::read(&mut reader),
            rate_limit: RateLimitSettings::read(&mut reader),
            retention: RetentionSettings::read(&mut reader),
            console: ConsoleSettings::read(&mut reader),
            account_pages: AccountPageSettings::read(&mut reader, &surfaces),
            doors: DoorSettings::read(&mut reader, posture, &surfaces),
            server,
            surfaces,
            features: FeatureSettings::read(&mut reader),
            metrics: MetricsSettings::read(&mut reader),
            traces: TraceSettings::read(&mut reader),
            log: LogSettings::read(&mut reader),
            warnings: Vec::new(),
        };
        (settings, reader)
    }

    /// Reads what the `migration` binary needs from the process.
    ///
    /// # Errors
    /// What is wrong with `[database]`, `data_folder`, the environment's name and the files.
    pub fn load_database() -> Result<MigrationSettings, Problems> {
        Self::load_database_from(&Source::process())
    }

    /// Reads what the `migration` binary needs from what is given.
    ///
    /// # Errors
    /// As [`Settings::load_database`].
    pub fn load_database_from(source: &Source) -> Result<MigrationSettings, Problems> {
        let mut reader = Reader::new(Layers::read(source));
        let data_folder = data_folder(&mut reader);
        let database = DatabaseSettings::read(&mut reader, &data_folder);
        let settings = MigrationSettings { environment: reader.environment, data_folder, database };
        unknown::report(&mut reader);
        variables::unread(&mut reader, source);
        let problems = reader.problems.about(&["data_folder", "database"]);
        problems.beside(settings.environment, &settings.database.location, reader.warnings).or(settings)
    }

    /// Warnings about settings that are allowed and seldom meant, as sentences.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The effective settings as TOML. Secrets are `***`.
    pub fn show(&self) -> String {
        let mut sheet = Sheet::default();
        sheet.comment(&format!("environment: {}", self.environment));
        sheet.text("posture", self.posture.as_str());
        sheet.text("data_folder", self.data_folder.to_string_lossy());
        self.server.show(&mut sheet);
        self.database.show(&mut sheet);
        self.cache.show(&mut sheet);
        self.mail.show(&mut sheet);
        self.brand.show(&mut sheet);
        self.links.show(&mut sheet);
        self.sms.show(&mut sheet);
        self.media.show(&mut sheet);
        self.tokens.show(&mut sheet);
        self.sessions.show(&mut sheet);
        self.password.show(&mut sheet);
        self.rate_limit.show(&mut sheet);
        self.retention.show(&mut sheet);
        self.surfaces.show(&mut sheet);
        self.console.show(&mut sheet);
        self.account_pages.show(&mut sheet);
        self.doors.show(&mut sheet);
        self.features.show(&mut sheet);
        self.metrics.show(&mut sheet);
        self.traces.show(&mut sheet);
        self.log.show(&mut sheet);
        sheet.finish()
    }
}

fn data_folder(reader: &mut Reader) -> PathBuf {
    reader.top().required("data_folder", parsed(|text| Ok(PathBuf::from(text))))
}
