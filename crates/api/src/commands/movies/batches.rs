//! Reading a file beside the work that is done with it.

use std::io::{self, BufRead, BufReader};

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use vestibule_domain::catalogue::NewMovie;

use super::csv_file::{CsvFile, CsvFileError};
use super::movie_file::MovieFile;
use super::row::Rules;
use super::row_fault::BadRow;

/// Rows that are handed over at once: what is read ahead while a batch is worked on is not worth its memory.
const PART_ROWS: u64 = 250;

/// The same in bytes of the file: an overview may be long.
const PART_BYTES: u64 = 512 * 1024;

/// How large a batch may be, in bytes of the file. What is made of a batch takes several times its memory.
const BATCH_BYTES: u64 = 8 * 1024 * 1024;

/// Some rows of a file.
#[derive(Default)]
pub(super) struct Batch {
    /// The good ones.
    pub movies: Vec<NewMovie>,
    /// The others.
    pub bad: Vec<BadRow>,
    /// How many there are.
    pub rows: u64,
    /// How large they are, in bytes.
    size: u64,
    /// How much of the file was read by now, in bytes.
    pub bytes: u64,
}

impl Batch {
    fn extend(&mut self, part: Self) {
        self.movies.extend(part.movies);
        self.bad.extend(part.bad);
        self.rows += part.rows;
        self.size += part.size;
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
    pub(super) fn of(file: &MovieFile, rules: Rules, keep_movies: bool) -> Self {
        let (sender, parts) = mpsc::channel(1);
        let file = file.clone();
        let reader = tokio::task::spawn_blocking(move || read(&file, rules, keep_movies, &sender));
        Self { parts, reader: Some(reader) }
    }

    /// The next batch, of about so many rows. When the file cannot be read to its end, what was read before comes first.
    pub(super) async fn next(&mut self, rows: u64) -> Result<Option<Batch>, CsvFileError> {
        let mut batch = Batch::default();
        while batch.rows < rows
            && batch.size < BATCH_BYTES
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
    file: &MovieFile,
    rules: Rules,
    keep_movies: bool,
    sender: &mpsc::Sender<Batch>,
) -> Result<(), CsvFileError> {
    let mut file = CsvFile::open(BufReader::new(file.reader()?), rules)?;
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
    let began = file.bytes();
    while part.rows < PART_ROWS && part.size < PART_BYTES {
        match file.next_row()? {
            None => return Ok(false),
            Some(Ok(movie)) if keep_movies => part.movies.push(movie),
            Some(Ok(_)) => {}
            Some(Err(bad)) => part.bad.push(bad),
        }
        part.rows += 1;
        part.size = file.bytes() - began;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::Write as _;

    use super::super::form::Form;
    use super::*;

    /// Reads a file of so many rows with overviews of so many bytes, and answers the rows of its batches.
    async fn batches(rows: u64, overview: usize, at_once: u64) -> Vec<u64> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("movies.csv");
        let mut file = File::create(&path).unwrap();
        writeln!(file, "name,date,score,genre,overview,crew,status,orig_lang,budget,revenue,country")
            .unwrap();
        let overview = "x".repeat(overview);
        for number in 0..rows {
            writeln!(file, "Film {number},2001-01-01,85,Horror,{overview},Ada,Released,English,11,106,US")
                .unwrap();
        }
        let rules = Rules { form: Form::default(), latest_year: 2027 };
        let mut reading = Batches::of(&MovieFile::At(path), rules, true);
        let mut batches = Vec::new();
        while let Some(batch) = reading.next(at_once).await.unwrap() {
            assert_eq!(batch.movies.len() as u64, batch.rows);
            batches.push(batch.rows);
        }
        batches
    }

    #[tokio::test]
    async fn a_batch_has_as_many_rows_as_are_asked_for() {
        assert_eq!(batches(1_300, 10, 500).await, [500, 500, 300]);
    }

    #[tokio::test]
    async fn a_batch_of_long_rows_ends_by_its_bytes() {
        let batches = batches(150, 200_000, 10_000).await;
        assert_eq!(batches.iter().sum::<u64>(), 150);
        // 8 MiB and a part more at the most.
        assert!(batches.iter().all(|rows| *rows <= 46), "{batches:?}");
    }
}
