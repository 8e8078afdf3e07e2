//! What is known of a command of a page.

/// A command and who runs it.
pub(super) struct Entry {
    /// The command as it is written, with blanks for line breaks; of one that is run here its beginning is enough.
    pub(super) command: &'static str,
    pub(super) how: How,
}

pub(super) enum How {
    /// It is run here, and this has to come of it.
    Run(Outcome),
    /// It is run by a test, as `path::name`, or by a script, as `path`.
    By(&'static str),
    /// It cannot be run by a test: why.
    NotRunnable(&'static str),
}

/// What comes of a command that is run here.
pub(super) enum Outcome {
    /// It starts a server, which says all of these when it serves.
    Serves(&'static [&'static str]),
    /// It sends one request, which is answered with this status; all of these are printed.
    Answers(u16, &'static [&'static str]),
    /// It ends well, and prints all of these.
    Prints(&'static [&'static str]),
    /// It reads this line, and ends well.
    Reads(&'static str),
    /// It ends well, and this file has this in it.
    Writes(&'static str, &'static str),
}

/// The commands of the blocks of a page, in its order.
pub(super) struct List {
    pub(super) page: &'static str,
    /// The test that runs those that are run here, as `path::name`.
    pub(super) walked_by: Option<&'static str>,
    pub(super) entries: &'static [Entry],
}

pub(super) const fn serves(command: &'static str, said: &'static [&'static str]) -> Entry {
    Entry { command, how: How::Run(Outcome::Serves(said)) }
}

pub(super) const fn answers(command: &'static str, status: u16, printed: &'static [&'static str]) -> Entry {
    Entry { command, how: How::Run(Outcome::Answers(status, printed)) }
}

pub(super) const fn prints(command: &'static str, printed: &'static [&'static str]) -> Entry {
    Entry { command, how: How::Run(Outcome::Prints(printed)) }
}

pub(super) const fn reads(command: &'static str, line: &'static str) -> Entry {
    Entry { command, how: How::Run(Outcome::Reads(line)) }
}

pub(super) const fn writes(command: &'static str, file: &'static str, content: &'static str) -> Entry {
    Entry { command, how: How::Run(Outcome::Writes(file, content)) }
}

pub(super) const fn by(command: &'static str, whom: &'static str) -> Entry {
    Entry { command, how: How::By(whom) }
}

pub(super) const fn not_runnable(command: &'static str, why: &'static str) -> Entry {
    Entry { command, how: How::NotRunnable(why) }
}
