//! `[brand]`: whose server this is, to people who read its pages and mails.

use std::path::PathBuf;

use crate::expect::parsed;
use crate::reader::Reader;
use crate::sheet::Sheet;

/// The longest name, in characters: an SMS has room for 160, of which a code and a warning take most.
const LONGEST_NAME: usize = 40;

/// `[brand]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrandSettings {
    /// What people call the service. One line.
    pub name: String,
    /// The picture at the head of pages, a file.
    pub logo: Option<PathBuf>,
}

impl BrandSettings {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let mut section = reader.section("brand");
        Self {
            name: section.required("name", parsed(parse_name)),
            logo: section.optional("logo", parsed(|path| Ok(PathBuf::from(path)))),
        }
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("brand");
        sheet.text("name", &self.name);
        match &self.logo {
            Some(path) => sheet.text("logo", path.to_string_lossy()),
            None => sheet.absent("logo"),
        }
    }
}

fn parse_name(text: &str) -> Result<String, String> {
    let name = text.trim();
    let is_good = name.chars().count() <= LONGEST_NAME && !name.chars().any(char::is_control);
    is_good
        .then(|| name.to_owned())
        .ok_or_else(|| format!("must be on one line, of {LONGEST_NAME} characters at most"))
}
