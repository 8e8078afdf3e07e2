//! Backups of the embedded default: a SQLite file, with pictures in a folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, anyhow, bail};
use time::OffsetDateTime;
use vestibule_domain::ports::Clock as _;
use vestibule_infrastructure::backup::{
    BackupError, BackupReport, BackupSource, Manifest, RestoreTarget, Restoring, back_up, sqlite_file,
};
use vestibule_infrastructure::system::SystemClock;
use vestibule_settings::{Database, Media, Settings};

use super::super::database::refuse_cut_off_restore;
use super::Progress;

/// What a backup holds.
#[derive(Debug, Clone)]
pub struct Backup {
    /// When it was made.
    pub made_at: String,
    /// Its pictures.
    pub pictures: u64,
    /// Whether pictures are elsewhere: in a bucket, of which there is no backup here.
    pub is_without_pictures: bool,
    /// Pictures that rows name and that were nowhere.
    pub lost: Vec<String>,
    /// The SHA-256 that its last block tells.
    pub digest: String,
}

/// Writes a backup of what the settings name to a new file, beside a running server.
pub async fn make_backup(
    settings: &Settings,
    to: &Path,
    stop: impl Future<Output = ()>,
    progress: Arc<dyn Progress>,
) -> anyhow::Result<Backup> {
    if let Database::Url(url) = &settings.database.location {
        refuse_cut_off_restore(url).context("no backup was made")?;
    }
    let database = file_of(&settings.database.location, "backed up")?;
    let media = match &settings.media.location {
        Media::Folder(folder) => Some(folder.clone()),
        Media::Memory | Media::Bucket { .. } => None,
    };
    let is_without_pictures = media.is_none();
    let now: OffsetDateTime = SystemClock.now();
    let told = Arc::new(Told { progress, is_stopped: AtomicBool::new(false) });
    let source = BackupSource { database, media };
    let mut making = std::pin::pin!(back_up(&source, to, now, told.clone()));
    let made = tokio::select! {
        made = &mut making => made,
        () = stop => {
            told.is_stopped.store(true, Ordering::Relaxed);
            making.await
        }
    };
    let made = made.context("no backup was made")?;
    Ok(Backup {
        made_at: made.manifest.made_at.clone(),
        pictures: made.manifest.pictures(),
        is_without_pictures,
        lost: made.manifest.lost,
        digest: made.digest,
    })
}

/// Restores a backup to where the settings name the database and the pictures, where there are none.
pub async fn restore_backup(settings: &Settings, from: &Path) -> anyhow::Result<Backup> {
    let database = file_of(&settings.database.location, "restored")?;
    let media = match &settings.media.location {
        Media::Folder(folder) => folder.clone(),
        Media::Memory | Media::Bucket { .. } => settings.data_folder.join("media"),
    };
    let target = RestoreTarget { database, media };
    let restoring = Restoring::begin(from, &target).await.context("nothing was restored")?;
    if let Err(error) = knows_schema(&restoring.database()).await {
        restoring.give_up();
        return Err(error.context("nothing was restored"));
    }
    let finished = tokio::task::spawn_blocking(move || restoring.finish()).await;
    let manifest: Manifest = match finished {
        Ok(Err(error @ BackupError::NotEmpty(_))) => Err(error).context("nothing was restored"),
        Ok(restored) => restored.context("the restore was cut off; the same command goes on"),
        Err(panicked) => Err(panicked).context("the restore was cut off; the same command goes on"),
    }?
    .manifest;
    Ok(Backup {
        made_at: manifest.made_at.clone(),
        pictures: manifest.pictures(),
        is_without_pictures: false,
        lost: manifest.lost,
        digest: String::new(),
    })
}

/// Fails if a newer release wrote the database, beside which this one cannot run.
async fn knows_schema(database: &Path) -> anyhow::Result<()> {
    let path = database.to_string_lossy().replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    let connection = migration::connect::connect(&format!("sqlite://{path}?mode=rw")).await?;
    let known = migration::status(&connection).await.context("a newer release wrote this backup");
    connection.close().await?;
    known.map(drop)
}

fn file_of(location: &Database, done: &str) -> anyhow::Result<PathBuf> {
    let url = match location {
        Database::Memory => bail!("a database in memory cannot be {done}"),
        Database::Url(url) => url,
    };
    match url.split(':').next().unwrap_or_default() {
        "postgres" | "postgresql" => bail!(
            "PostgreSQL is {done} by its own tools: pg_dump and pg_restore; pictures by those of their folder or \
             bucket (docs/moving-house.md)"
        ),
        "mysql" | "mariadb" => bail!(
            "MySQL and MariaDB are {done} by their own tools: mysqldump or mariadb-dump with --single-transaction, and \
             mysql or mariadb; pictures by those of their folder or bucket (docs/moving-house.md)"
        ),
        _ => sqlite_file(url).ok_or_else(|| anyhow!("a database in memory cannot be {done}")),
    }
}

struct Told {
    progress: Arc<dyn Progress>,
    is_stopped: AtomicBool,
}

impl BackupReport for Told {
    fn begins(&self, what: &'static str, parts: u64) {
        self.progress.begins(what, parts);
    }

    fn advances(&self, parts: u64) {
        self.progress.advances(parts);
    }

    fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }
}
