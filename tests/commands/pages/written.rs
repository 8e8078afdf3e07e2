//! The commands that are written on a page.

use std::fs;
use std::path::{Path, PathBuf};

use super::splitting::split;

/// What a command begins with, where a line or a span need not be one.
const PROGRAMS: [&str; 33] = [
    "apt-get",
    "cargo",
    "certbot",
    "createdb",
    "curl",
    "docker",
    "dropdb",
    "firebase",
    "git",
    "install",
    "journalctl",
    "kubectl",
    "man",
    "mariadb-dump",
    "migration",
    "mongoexport",
    "mysqldump",
    "nginx",
    "npx",
    "openssl",
    "pg_dump",
    "promtool",
    "psql",
    "python3",
    "redis-cli",
    "rm",
    "runuser",
    "sqlite3",
    "ssh",
    "systemctl",
    "systemd-analyze",
    "vestibule",
    "wp",
];

/// A command of a block.
#[derive(Debug)]
pub(super) struct Written {
    /// With all its lines.
    pub(super) text: String,
    /// What the page says of its answer, in the paragraph behind the block.
    pub(super) stated: Option<Stated>,
}

/// `The last answer is …` or `The last answer has …`.
#[derive(Debug, PartialEq)]
pub(super) enum Stated {
    Is(String),
    Has(String),
}

/// What stands on a page.
pub(super) struct Page {
    /// Every fenced block, whatever it has, as `<heading> #<n>`; the first under a heading is 1.
    pub(super) blocks: Vec<String>,
    /// Those of blocks.
    pub(super) commands: Vec<Written>,
    /// Code spans that are commands, each once.
    pub(super) spans: Vec<String>,
}

pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The pages, by their paths from the root of the repository.
pub(super) fn pages() -> Vec<String> {
    let docs = fs::read_dir(root().join("docs")).unwrap();
    let docs = docs.map(|entry| entry.unwrap().path()).filter(|path| path.extension() == Some("md".as_ref()));
    let mut pages: Vec<PathBuf> = ["README.md", "CONTRIBUTING.md", "SECURITY.md"].map(PathBuf::from).into();
    pages.extend(docs.map(|path| path.strip_prefix(root()).unwrap().to_owned()));
    pages.sort();
    pages.iter().map(|path| path.display().to_string()).collect()
}

pub(super) fn read(page: &str) -> Page {
    Page::of(&fs::read_to_string(root().join(page)).unwrap_or_else(|error| panic!("{page}: {error}")))
}

impl Page {
    pub(super) fn of(text: &str) -> Self {
        let mut page = Self { blocks: Vec::new(), commands: Vec::new(), spans: Vec::new() };
        let (mut heading, mut number) = (String::new(), 0);
        let mut lines = text.lines().peekable();
        let mut paragraph = String::new();
        while let Some(line) = lines.next() {
            let is_code = paragraph.is_empty() && line.starts_with("    ");
            if let Some(language) = line.trim_start().strip_prefix("```") {
                page.take_spans(&mut paragraph);
                let block: Vec<&str> = lines.by_ref().take_while(|line| line.trim_start() != "```").collect();
                number += 1;
                page.blocks.push(format!("{heading} #{number}"));
                page.take_block(language, &block);
            } else if let Some(name) = line.strip_prefix('#') {
                page.take_spans(&mut paragraph);
                (heading, number) = (name.trim_start_matches('#').trim().to_owned(), 0);
            } else if is_code {
                let mut block = vec![line.trim_start()];
                while let Some(line) = lines.next_if(|line| line.starts_with("    ")) {
                    block.push(line.trim_start());
                }
                page.take_block("text", &block);
            } else if line.is_empty() || line.starts_with('|') {
                page.take_spans(&mut paragraph);
                paragraph.push_str(line);
            } else {
                paragraph.push_str(line);
                paragraph.push('\n');
            }
        }
        page.take_spans(&mut paragraph);
        page
    }

    fn take_block(&mut self, language: &str, lines: &[&str]) {
        let commands: Vec<String> = match language {
            "sh" => split(lines),
            "console" => lines.iter().filter_map(|line| line.strip_prefix("$ ")).map(bare).collect(),
            // Commands beside what they do, or no commands.
            "text" => lines.iter().filter(|line| is_command(line)).map(|line| bare(line)).collect(),
            "toml" | "sql" | "ini" | "python" | "js" | "rust" => Vec::new(),
            _ => panic!("are there commands in a block of {language:?}?"),
        };
        self.commands.extend(commands.into_iter().map(|text| Written { text, stated: None }));
    }

    /// Takes the spans of a paragraph, and what it says of the command before.
    fn take_spans(&mut self, paragraph: &mut String) {
        let text = std::mem::take(paragraph);
        if let Some(last) = self.commands.last_mut()
            && let Some(stated) = stated(&text)
        {
            last.stated = Some(stated);
        }
        // In a table a vertical bar is written so.
        let spans = text.split('`').skip(1).step_by(2);
        for span in spans.map(|span| one_line(&span.replace("\\|", "|"))) {
            let is_whole = span.contains(' ') || span.contains('/');
            if is_whole && is_command(&span) && !self.spans.contains(&span) {
                self.spans.push(span);
            }
        }
    }
}

fn stated(paragraph: &str) -> Option<Stated> {
    let (verb, rest) = paragraph.strip_prefix("The last answer ")?.split_once(" `")?;
    let (text, _) = rest.split_once('`')?;
    match verb {
        "is" => Some(Stated::Is(text.to_owned())),
        "has" => Some(Stated::Has(text.to_owned())),
        _ => None,
    }
}

/// Whether the first word that sets no variable is a program, or a file of the repository that is one.
fn is_command(line: &str) -> bool {
    let is_setting = |word: &&str| word.split_once('=').is_some_and(|(name, _)| is_variable(name));
    let first = line.split_whitespace().find(|word| !is_setting(word));
    first.is_some_and(|word| {
        let is_script = word.starts_with("./") && word != "./config";
        PROGRAMS.contains(&word) || is_script || [".ci/run", "bench/users.py"].contains(&word)
    })
}

fn is_variable(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|letter| letter.is_ascii_uppercase() || "_0123456789".contains(letter))
}

/// The command alone: behind two blanks stands what it does.
fn bare(line: &str) -> String {
    line.trim().split("  ").next().unwrap_or_default().trim_end().to_owned()
}

/// Text whose line breaks are blanks.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn commands_are_found_wherever_they_stand() {
    let page = Page::of(
        "# Page\n\nSee `vestibule config\ncheck`, `vestibule` and `./scripts/test`.\n\n```sh\ncat > a <<END\nb # c\nEND\n\
         echo 'd\ne'   # f\n# g\nfor h in 1 2; do\n  echo $h\ndone\n```\n\nThe last answer has `2`.\n\n## Part\n\n\
         ```text\nvestibule serve   runs it\nno command\n```\n\n    vestibule backup FILE\n    name,date\n\n\
         | command | what |\n|---|---|\n| `A=1 cargo run -- audit list \\| cat` | – |\n\n```console\n$ npx x  # y\nout\n```\n\n\
         ```toml\nvestibule = 1\n```\n",
    );
    let commands: Vec<&str> = page.commands.iter().map(|each| each.text.as_str()).collect();
    assert_eq!(
        commands,
        [
            "cat > a <<END\nb # c\nEND",
            "echo 'd\ne'   # f",
            "for h in 1 2; do\n  echo $h\ndone",
            "vestibule serve",
            "vestibule backup FILE",
            "npx x",
        ]
    );
    assert_eq!(page.blocks, ["Page #1", "Part #1", "Part #2", "Part #3"]);
    assert_eq!(page.commands[2].stated, Some(Stated::Has("2".to_owned())));
    assert_eq!(page.spans, ["vestibule config check", "./scripts/test", "A=1 cargo run -- audit list | cat"]);
}
