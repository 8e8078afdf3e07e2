//! Every command and option of `vestibule` that a page names is one that the program knows.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where commands stand: pages for users and operators, units, containers and scripts.
const PAGES: [&str; 6] = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "docs", "deploy", "docker"];
/// What a command stands behind in a line, besides the beginning of it and assignments of variables.
const BEFORE: [&str; 8] = ["--", "&&", "|", ";", "exec", "sudo", "node1", "/usr/local/bin/vestibule"];
/// What ends a command in a line.
const ENDS: [&str; 7] = ["|", "||", "&&", ";", ">", "<", "#"];

fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut pages = Vec::new();
    for place in PAGES {
        let place = root.join(place);
        match fs::read_dir(&place) {
            Ok(entries) => {
                pages.extend(entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()));
            }
            Err(_) => pages.push(place),
        }
    }
    pages
}

/// The words behind the name of the program, for each command of a line of a code block or of a code span.
fn of_line(line: &str) -> Vec<Vec<&str>> {
    // Behind two blanks a synopsis says what the command does.
    let words = line.split("  ").map(str::trim).find(|part| !part.is_empty()).unwrap_or_default();
    let words: Vec<&str> = words.split_whitespace().collect();
    let begins = |at: usize| match at.checked_sub(1).map(|before| words[before]) {
        None => true,
        Some(before) => BEFORE.contains(&before) || before.contains('=') || before.ends_with(';'),
    };
    let mut commands = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let runs = words.get(..2) == Some(&["cargo", "run"]) && !words[..at].contains(&"migration");
        let is_cargo = *word == "--" && runs;
        if is_cargo || (*word == "vestibule" || *word == "/usr/local/bin/vestibule") && begins(at) {
            let command = words[at + 1..].iter().take_while(|word| !ENDS.contains(word));
            commands.push(command.copied().collect());
        }
    }
    commands
}

/// The commands of a text: in code spans, and in lines of blocks.
fn commands(text: &str) -> Vec<Vec<&str>> {
    let spans = text.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
    spans.chain(text.lines()).flat_map(of_line).filter(|command| !command.is_empty()).collect()
}

/// What the program says of itself and of its subcommands.
#[derive(Default)]
struct Helps(HashMap<Vec<String>, String>);

impl Helps {
    fn of(&mut self, path: &[String]) -> &str {
        self.0.entry(path.to_vec()).or_insert_with(|| {
            let output = Command::new(env!("CARGO_BIN_EXE_node"))
                .args(path)
                .arg("--help")
                .env_clear()
                .output()
                .unwrap();
            assert!(output.status.success(), "vestibule {path:?} --help: {output:?}");
            String::from_utf8(output.stdout).unwrap()
        })
    }

    /// The names below `Commands:`.
    fn subcommands(&mut self, path: &[String]) -> Vec<String> {
        let listed = self.of(path).lines().skip_while(|line| *line != "Commands:").skip(1);
        let listed = listed.take_while(|line| !line.is_empty());
        listed.filter_map(|line| line.split_whitespace().next()).map(ToOwned::to_owned).collect()
    }

    fn has_option(&mut self, path: &[String], option: &str) -> bool {
        let is_of_a_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        let mut words = self.of(path).split(|letter| !is_of_a_word(letter));
        words.any(|word| word == option)
    }
}

/// What of a command the program does not know.
fn unknown(helps: &mut Helps, command: &[&str]) -> Option<String> {
    let mut path: Vec<String> = Vec::new();
    let mut goes_down = true;
    for word in command {
        let word = word.trim_matches(['[', ']', ',', '.', '(', ')', '"', '\'', '`']);
        if word.starts_with("--") && word.len() > 2 {
            let option = word.split(['=', ']', '|', '…']).next().unwrap();
            if !helps.has_option(&path, option) {
                return Some(option.to_owned());
            }
        } else if goes_down && word.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-') {
            let subcommands = helps.subcommands(&path);
            goes_down = !subcommands.is_empty();
            if goes_down && !subcommands.iter().any(|each| each == word) {
                return Some(word.to_owned());
            }
            if goes_down {
                path.push(word.to_owned());
            }
        } else {
            goes_down = false;
        }
    }
    None
}

#[test]
fn each_command_and_option_of_the_pages_is_one_of_the_program() {
    let mut helps = Helps::default();
    let (mut problems, mut seen) = (Vec::new(), 0);
    for page in pages() {
        // Pictures are no text.
        let Ok(text) = fs::read_to_string(&page) else { continue };
        for command in commands(&text) {
            seen += 1;
            if let Some(word) = unknown(&mut helps, &command) {
                problems.push(format!("{}: {word} in vestibule {}", page.display(), command.join(" ")));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(seen > 100, "only {seen} commands were found");
}

#[test]
fn what_the_program_does_not_know_is_found() {
    let mut helps = Helps::default();
    for (line, word) in [
        ("    runuser -u vestibule -- vestibule users create-amin --email you@example.org", "create-amin"),
        ("VESTIBULE__X=1 vestibule users list --per-pages 3 | sort --unique", "--per-pages"),
        ("see `vestibule usrs`", "usrs"),
        ("cargo run --release -- movies imports movies.csv", "imports"),
    ] {
        let found = commands(line);
        let problem = found.iter().find_map(|command| unknown(&mut helps, command));
        assert_eq!(problem.as_deref(), Some(word), "{line}: {found:?}");
    }
    for line in
        ["vestibule users list --per-page 3  --no-such", "install -m 755 vestibule migration /usr/local/bin/"]
    {
        let found = commands(line);
        assert!(found.iter().all(|command| unknown(&mut helps, command).is_none()), "{line}: {found:?}");
    }
}
