//! The uploaded file that this server imports.

use std::fs::File;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::runtime::Handle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use vestibule_application::Services;
use vestibule_domain::ports::Clock;

use super::progress::{Step, UploadEnd, UploadProgress};
use crate::commands::movies::{BadRow, ImportSummary, MovieFile, MovieImport, Report, Told, latest_year};
use crate::commands::turns::Turns;

/// The import of an uploaded file in the background of this server: one at a time, so that uploads take one file of the
/// disk and one turn of the database. How far it is stays in memory, until another one begins or the server ends.
///
/// We rejected rows for progress: an import is in batches, and the same file once more adds what is missing, so that
/// nothing needs to be known of an import whose server is gone.
#[derive(Clone)]
pub(crate) struct MovieUploads(Arc<Inner>);

struct Inner {
    services: Arc<Services>,
    clock: Arc<dyn Clock>,
    turns: Turns,
    /// Bytes of a file.
    largest: u64,
    /// Where imports run. A request is answered by a thread that ends with the server's last answer.
    runtime: Handle,
    tracker: TaskTracker,
    stop: CancellationToken,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    stage: Stage,
    /// The import that began last.
    last: Option<UploadProgress>,
}

/// What the place is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Stage {
    /// Nothing.
    #[default]
    Free,
    /// A file is received.
    Receiving,
    /// A file is imported.
    Importing,
}

/// The place of the one upload, given back when this is dropped.
pub(super) struct UploadPlace(Arc<Inner>);

/// What to do with a file.
pub(super) struct Received {
    pub(super) file: File,
    pub(super) told: Told,
    /// Whether bad rows are left out.
    pub(super) skip_bad: bool,
}

impl MovieUploads {
    /// Imports by these use cases, of files of so many bytes at the most. Has to be called where the server's own work
    /// runs.
    pub(crate) fn new(services: Arc<Services>, clock: Arc<dyn Clock>, turns: Turns, largest: u64) -> Self {
        Self(Arc::new(Inner {
            services,
            clock,
            turns,
            largest,
            runtime: Handle::current(),
            tracker: TaskTracker::new(),
            stop: CancellationToken::new(),
            state: Mutex::default(),
        }))
    }

    /// How large a file may be, in bytes.
    pub(super) fn largest(&self) -> u64 {
        self.0.largest
    }

    /// Takes the place; `None` while somebody else has it.
    pub(super) fn take(&self) -> Option<UploadPlace> {
        let mut state = self.0.state();
        if state.stage != Stage::Free {
            return None;
        }
        state.stage = Stage::Receiving;
        drop(state);
        Some(UploadPlace(self.0.clone()))
    }

    /// What is done just now, and how far the last import is: none while the file of another one is received.
    pub(super) fn progress(&self) -> (Stage, Option<UploadProgress>) {
        let state = self.0.state();
        (state.stage, state.last.clone().filter(|_| state.stage != Stage::Receiving))
    }

    /// Imports a file in the background. The place is given back at its end.
    pub(super) fn begin(&self, place: UploadPlace, received: Received, progress: UploadProgress) {
        let inner = &self.0;
        let mut state = inner.state();
        (state.stage, state.last) = (Stage::Importing, Some(progress));
        drop(state);
        // It reads a file and reports as it goes, so it has a thread of its own.
        let import = move || place.import(received);
        inner.tracker.spawn_blocking_on(import, &inner.runtime);
    }

    /// Stops the import after the batch under way, and waits for that.
    pub(crate) async fn stop(&self) {
        self.0.stop.cancel();
        self.0.tracker.close();
        self.0.tracker.wait().await;
    }
}

impl Inner {
    /// Nothing that runs under the lock panics half-way, so a poisoned lock guards a sound state.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut UploadProgress)) {
        if let Some(progress) = &mut self.state().last {
            change(progress);
        }
    }
}

impl UploadPlace {
    fn import(self, received: Received) {
        let inner = &self.0;
        let import = MovieImport {
            services: &inner.services,
            latest_year: latest_year(&*inner.clock),
            skip_bad: received.skip_bad,
            told: received.told,
            turns: inner.turns,
        };
        let file = MovieFile::open(received.file);
        let mut report = Reported(inner);
        let work = import.execute(&file, inner.stop.cancelled(), &mut report);
        let outcome = inner.runtime.block_on(work);
        tracing::info!(is_whole = outcome.is_ok(), "an uploaded file of movies was gone through");
        inner.change(|progress| progress.ends(outcome));
    }
}

impl Drop for UploadPlace {
    fn drop(&mut self) {
        let mut state = self.0.state();
        let was = std::mem::take(&mut state.stage);
        // An import that panicked has no end of its own.
        if let Some(progress) = &mut state.last
            && was == Stage::Importing
            && progress.end.is_none()
        {
            progress.end = Some(UploadEnd::Broken);
        }
    }
}

/// Tells the state how the import goes on.
struct Reported<'i>(&'i Inner);

impl Report for Reported<'_> {
    fn begins(&mut self, step: Step, _bytes: u64) {
        self.0.change(|progress| progress.begins(step));
    }

    fn advances(&mut self, bytes: u64) {
        self.0.change(|progress| progress.read = bytes);
    }

    fn counts(&mut self, so_far: &ImportSummary) {
        self.0.change(|progress| progress.counts(so_far));
    }

    fn bad_row(&mut self, row: &BadRow) {
        self.0.change(|progress| progress.notes(row));
    }

    fn ends(&mut self) {}
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use tempfile::{NamedTempFile, TempDir};
    use uuid::Uuid;
    use vestibule_domain::accounts::AccountUuid;
    use vestibule_settings::Source;

    use super::*;
    use crate::bootstrap::{Adapters, Purpose};

    const FILE: &str = "name,date,score,genre,overview,crew,status,orig_lang,budget,revenue,country\n\
                        Alien,1979-05-25,85,Horror,In space.,Sigourney Weaver,Released,English,11,106,US\n";

    /// What is kept in the folder goes with it.
    async fn uploads() -> (MovieUploads, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let source = Source::default()
            .with("VESTIBULE_ENV", "test")
            .with("VESTIBULE__DATA_FOLDER", folder.path().display().to_string())
            .with("VESTIBULE__DATABASE__URL", "memory")
            .with("VESTIBULE__MEDIA__URL", "memory");
        let settings = crate::surfaces::settings(&source).unwrap();
        let adapters = Adapters::connect(&settings, Purpose::Serve).await.unwrap();
        let services = Arc::new(Services::new(&adapters.deps));
        let turns = Turns::of_movies_on(&settings.database.location);
        (MovieUploads::new(services, adapters.deps.clock.clone(), turns, 1 << 20), folder)
    }

    /// Imports the file, and answers how that ended and whether the temporary file is closed, with which it goes.
    async fn imported(uploads: &MovieUploads) -> (UploadProgress, bool) {
        let mut file = NamedTempFile::new().unwrap();
        file.write_all(FILE.as_bytes()).unwrap();
        let (file, path) = file.into_parts();
        // The lock lasts as long as the file is open.
        file.lock().unwrap();
        let place = uploads.take().unwrap();
        assert!(uploads.take().is_none() && uploads.progress().0 == Stage::Receiving);
        let progress = UploadProgress::of(AccountUuid(Uuid::nil()), "movies.csv".to_owned(), 150);
        let received = Received { file, told: Told::default(), skip_bad: false };
        uploads.begin(place, received, progress);
        uploads.0.tracker.close();
        uploads.0.tracker.wait().await;
        let (stage, progress) = uploads.progress();
        assert_eq!(stage, Stage::Free);
        (progress.unwrap(), File::open(&path).unwrap().try_lock().is_ok())
    }

    #[tokio::test]
    async fn an_import_ends_with_its_file_and_leaves_the_place_to_the_next() {
        let (uploads, _folder) = uploads().await;
        for added in [1, 0] {
            let (progress, is_closed) = imported(&uploads).await;
            assert_eq!((progress.end, progress.added), (Some(UploadEnd::Done), added));
            assert!(is_closed);
        }
    }

    #[tokio::test]
    async fn a_server_that_stops_imports_no_more_and_says_so() {
        let (uploads, _folder) = uploads().await;
        uploads.stop().await;
        let (progress, is_closed) = imported(&uploads).await;
        assert_eq!((progress.end, progress.added), (Some(UploadEnd::Stopped), 0));
        assert!(is_closed);
        // Nothing waits for ever for what is over.
        uploads.stop().await;
    }

    #[tokio::test]
    async fn who_gives_up_makes_room() {
        let (uploads, _folder) = uploads().await;
        drop(uploads.take().unwrap());
        assert_eq!(uploads.progress().0, Stage::Free);
        assert!(uploads.progress().1.is_none() && uploads.take().is_some());
    }
}
