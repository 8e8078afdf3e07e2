//! The text of a recipe.
//!
//! `{foreign}<format>;<spelling>;<step>,<argument>,<argument>;<step>!<digest in base64url>`, for example
//! `{foreign}django-pbkdf2_sha1;pbkdf2,sha1,1000,20,'5waJKan8CX2e7ecrLfbWv9!CYqGGVv6…`. All of it is ASCII.

use super::password::{Characters, FORMS, Spelling};
use super::{Recipe, SHORTEST_DIGEST, Step};
use crate::coding;
use crate::engines::Algorithm;
use crate::refusal::Refusal;

/// What every such text begins with. No hash of our own and no other text of a password column does.
pub(crate) const MARK: &str = "{foreign}";
/// The most characters of such a text: what the column takes.
pub(crate) const TEXT_LIMIT: usize = 255;
/// The most steps.
const MOST_STEPS: usize = 16;
const UTF16: &str = "utf16";
const LOW_BYTES: &str = "lowbytes";
const OPTIONAL_LOW_BYTES: &str = "lowbytes?";

pub(crate) fn write_recipe(format: &str, recipe: &Recipe) -> String {
    let mut writer = Writer(format!("{MARK}{format}"));
    for (form, is_optional) in &recipe.spelling.forms {
        if let Some((name, _)) = FORMS.iter().find(|(_, known)| known == form) {
            writer.name(name);
            writer.0.push_str(if *is_optional { "?" } else { "" });
        }
    }
    match (recipe.spelling.characters, recipe.spelling.or_utf8) {
        (Characters::Utf8, _) => {}
        (Characters::Utf16, _) => writer.name(UTF16),
        (Characters::LowBytes, false) => writer.name(LOW_BYTES),
        (Characters::LowBytes, true) => writer.name(OPTIONAL_LOW_BYTES),
    }
    for step in &recipe.steps {
        step.write(&mut writer);
    }
    writer.0.push('!');
    writer.0.push_str(&coding::to_base64_url(&recipe.digest));
    writer.0
}

/// The name of the format, and the recipe.
pub(crate) fn read_recipe(text: &str) -> Result<(&str, Recipe), Refusal> {
    let body = text.strip_prefix(MARK).filter(|_| text.len() <= TEXT_LIMIT).ok_or(Refusal::NotForeign)?;
    let (body, digest) = body.split_once('!').ok_or(Refusal::NotForeign)?;
    let digest = coding::base64_url(digest).ok_or(Refusal::NotForeign)?;
    let mut pieces = body.split(';');
    let format = pieces.next().filter(|name| !name.is_empty()).ok_or(Refusal::NotForeign)?;
    let (mut spelling, mut steps) = (Spelling::default(), Vec::new());
    for piece in pieces {
        if !steps.is_empty() || !read_spelling(piece, &mut spelling) {
            let mut args = Args { pieces: piece.split(',') };
            steps.push(Step::read(&mut args)?);
            args.end()?;
        }
    }
    let is_sound = digest.len() >= SHORTEST_DIGEST
        && (1..=MOST_STEPS).contains(&steps.len())
        && spelling.forms.len() <= FORMS.len();
    is_sound.then_some((format, Recipe { spelling, steps, digest })).ok_or(Refusal::NotForeign)
}

/// Whether a piece is of the spelling, and not a step.
fn read_spelling(piece: &str, spelling: &mut Spelling) -> bool {
    let name = piece.strip_suffix('?');
    if let Some((_, form)) = FORMS.iter().find(|(known, _)| *known == name.unwrap_or(piece)) {
        spelling.forms.push((*form, name.is_some()));
        return true;
    }
    let (characters, or_utf8) = match piece {
        UTF16 => (Characters::Utf16, false),
        LOW_BYTES => (Characters::LowBytes, false),
        OPTIONAL_LOW_BYTES => (Characters::LowBytes, true),
        _ => return false,
    };
    spelling.characters = characters;
    spelling.or_utf8 = or_utf8;
    true
}

/// Writes the name of a step and its arguments.
pub(crate) struct Writer(String);

impl Writer {
    pub(super) fn name(&mut self, name: &str) {
        self.0.push(';');
        self.0.push_str(name);
    }

    /// `text` has neither a comma, a semicolon nor an exclamation mark.
    pub(crate) fn text(&mut self, text: &str) {
        self.0.push(',');
        self.0.push_str(text);
    }

    pub(crate) fn number(&mut self, number: impl Into<u64>) {
        self.text(&number.into().to_string());
    }
}

/// Reads the name of a step and its arguments.
pub(crate) struct Args<'a> {
    pieces: std::str::Split<'a, char>,
}

impl<'a> Args<'a> {
    pub(super) fn name(&mut self) -> Result<&'a str, Refusal> {
        self.text()
    }

    pub(crate) fn text(&mut self) -> Result<&'a str, Refusal> {
        self.pieces.next().ok_or(Refusal::NotForeign)
    }

    pub(crate) fn number<N: std::str::FromStr>(&mut self) -> Result<N, Refusal> {
        coding::number(self.text()?).ok_or(Refusal::NotForeign)
    }

    pub(crate) fn algorithm(&mut self) -> Result<Algorithm, Refusal> {
        Algorithm::by_name(self.text()?).ok_or(Refusal::NotForeign)
    }

    fn end(mut self) -> Result<(), Refusal> {
        if self.pieces.next().is_none() { Ok(()) } else { Err(Refusal::NotForeign) }
    }
}
