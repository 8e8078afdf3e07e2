//! Restoring a backup.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::archive::{self, digest_of};
use super::error::{BackupError, at, damaged};
use super::journal::{self, Note};
use super::layout::{MARK, Name};
use super::manifest::Manifest;
use super::{durable, pictures, snapshot};

/// Where a backup is restored.
#[derive(Debug, Clone)]
pub struct RestoreTarget {
    /// The SQLite file.
    pub database: PathBuf,
    /// The folder of pictures.
    pub media: PathBuf,
}

/// A backup that was read whole, and unpacked beside its target.
#[derive(Debug)]
pub struct Restoring {
    target: RestoreTarget,
    manifest: Manifest,
    /// Whether no restore was cut off here before: then nothing has its place yet.
    is_fresh: bool,
    note: Note,
}

/// What was restored.
#[derive(Debug, Clone)]
pub struct Restored {
    /// What the backup holds.
    pub manifest: Manifest,
}

impl Restoring {
    /// Reads the whole backup, and refuses it before anything is touched if it is not as it was written, or if there
    /// are data at the target. Then unpacks it beside the target. From here on the target is not served until
    /// [`Restoring::finish`] or [`Restoring::give_up`].
    ///
    /// # Errors
    /// See above. Nothing is left then.
    pub async fn begin(backup: &Path, target: &RestoreTarget) -> Result<Self, BackupError> {
        let (path, to) = (backup.to_owned(), target.clone());
        let unpacked = tokio::task::spawn_blocking(move || unpack(&path, &to)).await;
        let restoring = unpacked.unwrap_or_else(|panicked| Err(damaged(panicked.to_string())))?;
        match snapshot::check(&restoring.database()).await {
            Ok(_) => Ok(restoring),
            Err(error) => {
                restoring.give_up();
                Err(error)
            }
        }
    }

    /// The unpacked database, to be looked at.
    pub fn database(&self) -> PathBuf {
        unpacked_database(&self.target)
    }

    /// Removes what was unpacked; the target is as it was.
    pub fn give_up(self) {
        give_up(&self.target, self.note, self.is_fresh);
    }

    /// Gives everything its place: the pictures, then the database.
    ///
    /// # Errors
    /// [`BackupError::NotEmpty`] if data came to the target since the restore began, which stay. Others if a file cannot
    /// be moved. The same restore goes on then.
    pub fn finish(self) -> Result<Restored, BackupError> {
        if let Err(error) = refuse_strangers(&self.target, &self.manifest) {
            self.give_up();
            return Err(error);
        }
        let Self { target, manifest, note, .. } = self;
        if !is_media_placed(&target, &manifest)? {
            place_media(&target)?;
        }
        let (from, to) = (unpacked_database(&target), &target.database);
        fs::rename(&from, to).and_then(|()| durable::sync_names(to)).map_err(at(to))?;
        clear(&target)?;
        note.remove()?;
        Ok(Restored { manifest })
    }
}

fn give_up(target: &RestoreTarget, note: Note, is_fresh: bool) {
    // Whatever stays makes a server refuse to start, and the next restore removes it.
    let cleared = clear(target);
    if is_fresh {
        drop(cleared.and_then(|()| note.remove()));
    }
}

fn unpacked_database(target: &RestoreTarget) -> PathBuf {
    durable::beside(&target.database, ".restored")
}

fn unpacked_media(target: &RestoreTarget) -> PathBuf {
    durable::beside(&target.media, ".restored")
}

fn unpack(path: &Path, target: &RestoreTarget) -> Result<Restoring, BackupError> {
    let mut backup = File::open(path).map_err(at(path))?;
    let (manifest, digest) = archive::read(&mut backup, |_, _| Ok(()))?;
    let kept = match Note::held(&target.database)? {
        Some((note, same)) if same == digest => {
            refuse_strangers(target, &manifest)?;
            Some(note)
        }
        Some(_other) => return Err(BackupError::AnotherRestore(journal::path(&target.database))),
        None => {
            refuse_data(target)?;
            None
        }
    };
    let folder = durable::folder_of(&target.database);
    durable::create_folder(folder).map_err(at(folder))?;
    let folder = durable::folder_of(&target.media);
    durable::create_folder(folder).map_err(at(folder))?;
    // The note of a restore that goes on stays as it is.
    let is_fresh = kept.is_none();
    let note = match kept {
        Some(note) => note,
        None => Note::make(&target.database, &digest)?,
    };
    if let Err(error) = extract(&mut backup, target, &manifest) {
        give_up(target, note, is_fresh);
        return Err(error);
    }
    Ok(Restoring { target: target.clone(), manifest, is_fresh, note })
}

/// Refuses a target where there is anything.
fn refuse_data(target: &RestoreTarget) -> Result<(), BackupError> {
    for end in ["", "-wal", "-shm", "-journal"] {
        let file = durable::beside(&target.database, end);
        match fs::metadata(&file) {
            Ok(metadata) if metadata.is_file() && metadata.len() == 0 => {}
            Ok(_) => return Err(BackupError::NotEmpty(file)),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(at(&file)(error)),
        }
    }
    match pictures::files(&target.media)?.first() {
        Some(_) => Err(BackupError::NotEmpty(target.media.clone())),
        None => Ok(()),
    }
}

/// When a restore goes on, and before it ends: refuses what that restore did not put there.
fn refuse_strangers(target: &RestoreTarget, manifest: &Manifest) -> Result<(), BackupError> {
    if fs::metadata(&target.database).is_ok_and(|file| file.len() > 0)
        && !is(manifest, &Name::Database, &target.database)?
    {
        return Err(BackupError::NotEmpty(target.database.clone()));
    }
    for end in ["-wal", "-shm", "-journal"] {
        let file = durable::beside(&target.database, end);
        if fs::metadata(&file).is_ok_and(|file| file.len() > 0) {
            return Err(BackupError::NotEmpty(file));
        }
    }
    is_media_placed(target, manifest).map(drop)
}

/// Whether a file is this entry.
fn is(manifest: &Manifest, name: &Name, path: &Path) -> Result<bool, BackupError> {
    let Some(entry) = manifest.entry(&name.to_string()) else { return Ok(false) };
    let (length, sha256) = digest_of(path).map_err(at(path))?;
    Ok((entry.length, &entry.sha256) == (length, &sha256))
}

/// Whether the pictures have their place. Refuses a folder with others.
fn is_media_placed(target: &RestoreTarget, manifest: &Manifest) -> Result<bool, BackupError> {
    let found = pictures::files(&target.media)?;
    if found.is_empty() {
        return Ok(false);
    }
    let expected: std::collections::HashMap<_, _> =
        manifest.entries.iter().map(|entry| (entry.name.as_str(), entry)).collect();
    for path in &found {
        let inner = path.strip_prefix(&target.media).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let is_ours = match expected.get(format!("media/{inner}").as_str()) {
            Some(entry) => digest_of(path).map_err(at(path))? == (entry.length, entry.sha256.clone()),
            None => false,
        };
        if !is_ours {
            return Err(BackupError::NotEmpty(target.media.clone()));
        }
    }
    // The folder was moved as a whole.
    Ok(found.len() == manifest.entries.len() - 1)
}

fn extract(backup: &mut File, target: &RestoreTarget, manifest: &Manifest) -> Result<(), BackupError> {
    clear(target)?;
    let (database, media) = (unpacked_database(target), unpacked_media(target));
    let has_media = manifest.entries.len() > 1;
    if has_media {
        for folder in vestibule_domain::media::MediaFolder::ALL {
            let folder = media.join(folder.as_str());
            durable::create_folder(&folder).map_err(at(&folder))?;
        }
    }
    let (again, _) = archive::read(backup, |name, content| {
        let path = match name {
            Name::Database => database.clone(),
            Name::Mark => media.join(MARK),
            Name::Picture(key) => media.join(key.to_string()),
            Name::Manifest => return Ok(()),
        };
        store(&path, content).map_err(at(&path))
    })?;
    if again != *manifest {
        return Err(damaged("it changed while it was read"));
    }
    if has_media {
        for folder in vestibule_domain::media::MediaFolder::ALL {
            let inner = media.join(folder.as_str()).join(".");
            durable::sync_names(&inner).map_err(at(&inner))?;
        }
        durable::sync_names(&media.join(MARK)).map_err(at(&media))?;
    }
    durable::sync_names(&database).map_err(at(&database))
}

fn store(path: &Path, content: &mut dyn Read) -> io::Result<()> {
    let mut file = durable::create(path)?;
    io::copy(content, &mut file)?;
    file.sync_all()
}

fn place_media(target: &RestoreTarget) -> Result<(), BackupError> {
    let (from, to) = (unpacked_media(target), &target.media);
    if !from.is_dir() {
        return Ok(());
    }
    // It holds no file; folders that hold something are never removed by this.
    for folder in vestibule_domain::media::MediaFolder::ALL {
        remove_empty(&to.join(folder.as_str()))?;
    }
    remove_empty(to)?;
    fs::rename(&from, to).and_then(|()| durable::sync_names(to)).map_err(at(to))
}

fn remove_empty(folder: &Path) -> Result<(), BackupError> {
    match fs::remove_dir(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(at(folder)(error)),
        _ => Ok(()),
    }
}

/// Removes what was unpacked and has no place.
fn clear(target: &RestoreTarget) -> Result<(), BackupError> {
    let database = unpacked_database(target);
    durable::remove_database(&database).map_err(at(&database))?;
    let media = unpacked_media(target);
    match fs::remove_dir_all(&media) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(at(&media)(error)),
        _ => Ok(()),
    }
}
