//! The snippets of `docs/tokens.md`.

const DOCUMENT: &str = include_str!("../../docs/tokens.md");

/// The code below a heading, to the end of its fence.
pub(crate) fn snippet(heading: &str) -> &'static str {
    let marker = format!("\n## {heading}\n");
    let (_, section) = DOCUMENT.split_once(&marker).unwrap_or_else(|| panic!("no heading {heading}"));
    let (section, _) = section.split_once("\n## ").unwrap_or((section, ""));
    let (_, code) = section.split_once("\n```").unwrap_or_else(|| panic!("no code below {heading}"));
    let (_language, code) = code.split_once('\n').unwrap();
    code.split_once("\n```").unwrap().0
}
