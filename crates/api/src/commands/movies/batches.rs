//! Reading a file beside the work that is done with it.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use vestibule_domain::catalogue::NewMovie;

use super::csv_file::{CsvFile, CsvFileError};
use super::row::Rules;
use super::row_fault::BadRow;

/// Rows that are worked on at once. A batch is one transaction of about a second, for which a server on
/// the same database waits; the fewer there are, the fewer times an index page is written.
pub const BATCH_ROWS: u64 = 20_000;

/// Rows that are handed over at once: what is read ahead while a batch is worked on is not worth its memory.
const PART_ROWS: u64 = 1_000;

/// Some rows of a file.
#[derive(Default)]
pub(super) struct Batch {
    /// The good ones.
    pub movies: Vec<NewMovie>,
    /// The others.
    pub bad: Vec<BadRow>,
    /// How many there are.
    pub rows: u64,
    /// How much of the file was read by now, in bytes.
    pub bytes: u64,
}

impl Batch {
    fn extend(&mut self, part: Self) {
        self.movies.extend(part.movies);
        self.bad.extend(part.bad);
        self.rows += part.rows;
        self.bytes = part.bytes;
    }
}

/// Batches of a file, read in a thread of their own; when this is dropped, the thread ends.
pub(super) struct Batches {
    parts: mpsc::Receiver<Batch>,
    /// Until its end was waited for.
    reader: Option<JoinHandle<Result<(), CsvFileError>>>,
}

impl Batches {
    /// Begins to read. For a look at the file only, its movies need not be kept.
    pub(super) fn of(path: &Path, rules: Rules, keep_movies: bool) -> Self {
        let (sender, parts) = mpsc::channel(1);
        let path = path.to_owned();
        let reader = tokio::task::spawn_blocking(move || read(&path, rules, keep_movies, &sender));
        Self { parts, reader: Some(reader) }
    }

    /// The next batch. When the file cannot be read to its end, what was read before comes first.
    pub(super) async fn next(&mut self) -> Result<Option<Batch>, CsvFileError> {
        let mut batch = Batch::default();
        while batch.rows < BATCH_ROWS
            && let Some(part) = self.parts.recv().await
        {
            batch.extend(part);
        }
        if batch.rows > 0 {
            return Ok(Some(batch));
        }
        match self.reader.take() {
            // A reader that died did not read to the end.
            Some(reader) => reader.await.map_err(io::Error::other)?.map(|()| None),
            None => Ok(None),
        }
    }
}

fn read(
    path: &Path,
    rules: Rules,
    keep_movies: bool,
    sender: &mpsc::Sender<Batch>,
) -> Result<(), CsvFileError> {
    let mut file = CsvFile::open(BufReader::new(File::open(path)?), rules)?;
    loop {
        let mut part = Batch::default();
        let filled = fill(&mut part, &mut file, keep_movies);
        part.bytes = file.bytes();
        // Nobody waits for more when the work was given up.
        let given_up = part.rows > 0 && sender.blocking_send(part).is_err();
        if !filled? || given_up {
            return Ok(());
        }
    }
}

/// Reads rows into a part. `false` at the end of the file.
fn fill(part: &mut Batch, file: &mut CsvFile<impl BufRead>, keep_movies: bool) -> Result<bool, CsvFileError> {
    while part.rows < PART_ROWS {
        match file.next_row()? {
            None => return Ok(false),
            Some(Ok(movie)) if keep_movies => part.movies.push(movie),
            Some(Ok(_)) => {}
            Some(Err(bad)) => part.bad.push(bad),
        }
        part.rows += 1;
    }
    Ok(true)
}
