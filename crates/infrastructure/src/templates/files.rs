//! Templates of the operator, in files.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use vestibule_domain::messages::{Language, Mail, Notice};
use vestibule_domain::ports::TemplateError;

use super::facts::{Facts, SAMPLE_TOKEN, address_of};
use super::kinds::{KINDS, Kind};
use super::link::Links;
use super::mail::one_line;

/// What the first line of a text begins with.
const SUBJECT: &str = "Subject:";

/// The largest file, in bytes.
const MOST_BYTES: u64 = 256 * 1024;

/// How many steps a template may take, so that one which goes round in a circle is an error.
const MOST_STEPS: u64 = 1_000_000;

/// What the names of files begin with that other templates take in.
const SHARED: char = '_';

/// Mail templates of the operator, in the language of Jinja. Each is a pair of files, `reset_password.en.txt`, whose first
/// line is the subject, and `reset_password.en.html`.
#[derive(Default)]
pub struct TemplateFiles {
    environment: Environment<'static>,
    /// The names and languages of the messages that there are templates for.
    known: BTreeSet<(&'static str, &'static str)>,
}

/// Why a folder of templates is not used. Each names the file.
#[derive(Debug, thiserror::Error)]
pub enum TemplateFilesError {
    /// A folder or a file cannot be read.
    #[error("{} cannot be read", .0.display())]
    Unreadable(PathBuf, #[source] io::Error),
    /// A file is none of a message.
    #[error("{} is the template of no message: name it as {}", .0.display(), names())]
    UnknownName(PathBuf),
    /// The other file of the pair is not there.
    #[error("{} is missing: a mail has a text and an HTML part", .0.display())]
    HalfMissing(PathBuf),
    /// A text does not begin with its subject.
    #[error("{} does not begin with a line \"{SUBJECT} …\" and an empty one", .0.display())]
    NoSubject(PathBuf),
    /// It is no template, or uses what its message does not always have.
    #[error("{} cannot be used", .0.display())]
    Faulty(PathBuf, #[source] minijinja::Error),
    /// Nobody could do what the mail is for.
    #[error("{} shows neither {{{{ link }}}} nor {{{{ token }}}}, without which the mail is of no use", .0.display())]
    Useless(PathBuf),
    /// It is empty or has more than one line.
    #[error("the subject of {} is not one line of text", .0.display())]
    UnusableSubject(PathBuf),
}

const LANGUAGES: [Language; 2] = [Language::En, Language::Fr];

fn names() -> String {
    let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    format!("one of {} with .en.txt, .en.html, .fr.txt or .fr.html", names.join(", "))
}

impl TemplateFiles {
    /// Reads a folder, and tries each template with every set of values that its message may have. Hidden files, and those of
    /// other endings than `.txt` and `.html`, are passed over.
    pub fn read(folder: &Path, product: &str) -> Result<Self, TemplateFilesError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(MOST_STEPS));
        environment.set_auto_escape_callback(|name| {
            if has_ending(name, "html") { AutoEscape::Html } else { AutoEscape::None }
        });
        let mut files = Self { environment, known: BTreeSet::new() };
        let (shared, mut found): (BTreeMap<_, _>, BTreeMap<_, _>) =
            texts(folder)?.into_iter().partition(|(name, _)| name.starts_with(SHARED));
        for (name, text) in shared {
            let file = folder.join(&name);
            files
                .environment
                .add_template_owned(name, text)
                .map_err(|error| TemplateFilesError::Faulty(file, error))?;
        }
        for kind in &KINDS {
            for language in LANGUAGES {
                let [text, html] = ["txt", "html"].map(|part| name_of(kind.name, language, part));
                match (found.remove(&text), found.remove(&html)) {
                    (None, None) => {}
                    (Some(_), None) => return Err(TemplateFilesError::HalfMissing(folder.join(html))),
                    (None, Some(_)) => return Err(TemplateFilesError::HalfMissing(folder.join(text))),
                    (Some(text), Some(html)) => files.add(folder, product, kind, language, &text, html)?,
                }
            }
        }
        match found.into_keys().next() {
            Some(other) => Err(TemplateFilesError::UnknownName(folder.join(other))),
            None => Ok(files),
        }
    }

    /// The mail about a notice, if there is a template for it.
    pub(super) fn mail(
        &self,
        notice: &Notice,
        language: Language,
        product: &str,
        links: &Links,
    ) -> Result<Option<Mail>, TemplateError> {
        let kind = notice.name();
        let (Some(to), true) = (address_of(notice), self.known.contains(&(kind, language.tag()))) else {
            return Ok(None);
        };
        let link = links.of(notice, language);
        let facts = Facts::of(product, notice, language, link.as_deref());
        let token = facts.token.map(str::to_owned);
        let [subject, text, html] =
            self.render(kind, language, &facts).map_err(|(_file, error)| TemplateError(Box::new(error)))?;
        let subject = one_line(subject.trim());
        Ok(Some(Mail {
            to: to.to_owned(),
            subject,
            text,
            html,
            code: token,
            links: link.into_iter().collect(),
        }))
    }

    fn add(
        &mut self,
        folder: &Path,
        product: &str,
        kind: &Kind,
        language: Language,
        text: &str,
        html: String,
    ) -> Result<(), TemplateFilesError> {
        let name = |part| name_of(kind.name, language, part);
        let no_subject = || TemplateFilesError::NoSubject(folder.join(name("txt")));
        let (subject, text) = text.trim_start_matches('\u{feff}').split_once('\n').ok_or_else(no_subject)?;
        let subject = subject.strip_prefix(SUBJECT).ok_or_else(no_subject)?.trim().to_owned();
        let text = text.trim_start_matches('\r').strip_prefix('\n').ok_or_else(no_subject)?;
        // With as many lines as the file, so that an error names its line.
        let text = format!("\n\n{text}");
        for (part, template, file) in
            [("subject", subject, "txt"), ("txt", text, "txt"), ("html", html, "html")]
        {
            let faulty = |error| TemplateFilesError::Faulty(folder.join(name(file)), error);
            self.environment.add_template_owned(name(part), template).map_err(faulty)?;
        }
        self.known.insert((kind.name, language.tag()));
        for facts in Facts::samples(product, kind, language) {
            let rendered = self.render(kind.name, language, &facts);
            let [subject, text, html] =
                rendered.map_err(|(file, error)| TemplateFilesError::Faulty(folder.join(file), error))?;
            if subject.trim().is_empty() || subject.trim().contains(char::is_control) {
                return Err(TemplateFilesError::UnusableSubject(folder.join(name("txt"))));
            }
            for (part, shown) in [("txt", text), ("html", html)] {
                if kind.step.is_some() && !shown.contains(SAMPLE_TOKEN) {
                    return Err(TemplateFilesError::Useless(folder.join(name(part))));
                }
            }
        }
        Ok(())
    }

    /// The subject, the text and the HTML part, or the file that cannot be rendered.
    fn render(
        &self,
        kind: &str,
        language: Language,
        facts: &Facts<'_>,
    ) -> Result<[String; 3], (String, minijinja::Error)> {
        let render = |part, file| {
            let template = self.environment.get_template(&name_of(kind, language, part));
            let rendered = template.and_then(|template| template.render(Serde(facts)));
            rendered.map_err(|error| (name_of(kind, language, file), error))
        };
        let text = render("txt", "txt")?.trim_start_matches('\n').to_owned();
        Ok([render("subject", "txt")?, text, render("html", "html")?])
    }
}

fn name_of(kind: &str, language: Language, part: &str) -> String {
    let tag = language.tag();
    match part {
        "subject" => format!("subject of {kind}.{tag}.txt"),
        part => format!("{kind}.{tag}.{part}"),
    }
}

fn has_ending(name: &str, ending: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found == ending)
}

/// The texts of the files of a folder, by their names.
fn texts(folder: &Path) -> Result<BTreeMap<String, String>, TemplateFilesError> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |error| TemplateFilesError::Unreadable(path, error)
    };
    let mut texts = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable(folder))? {
        let path = entry.map_err(unreadable(folder))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let is_template =
            !name.starts_with('.') && ["txt", "html"].iter().any(|ending| has_ending(name, ending));
        if !is_template {
            continue;
        }
        let text = std::fs::metadata(&path).and_then(|file| {
            if file.len() > MOST_BYTES {
                return Err(io::Error::other(format!("it is larger than {} KiB", MOST_BYTES / 1024)));
            }
            std::fs::read_to_string(&path)
        });
        texts.insert(name.to_owned(), text.map_err(unreadable(&path))?);
    }
    Ok(texts)
}
