//! Running the commands of a page as they stand there.

use std::fs;

use super::entry::{Entry, How, List, Outcome};
use super::shell::Shell;
use super::written::{Stated, Written, one_line, read};

/// Whether this is the entry of this command.
pub(super) fn fits(entry: &Entry, written: &Written) -> bool {
    let text = one_line(&written.text);
    match entry.how {
        How::Run(_) => text.starts_with(entry.command),
        How::By(_) | How::NotRunnable(_) => text == entry.command,
    }
}

/// Runs the commands of a page in its order. The first server that they start runs on, and every other one is stopped.
pub(super) fn walk(list: &List, shell: &mut Shell) {
    let mut is_served = false;
    let commands = read(list.page).commands;
    assert_eq!(commands.len(), list.entries.len(), "{} has other commands than its list", list.page);
    for (written, entry) in commands.iter().zip(list.entries) {
        assert!(fits(entry, written), "{}: {} is not {}", list.page, written.text, entry.command);
        let How::Run(outcome) = &entry.how else { continue };
        if let Outcome::Serves(parts) = outcome {
            let server = shell.serve(&written.text);
            for part in *parts {
                assert!(server.line.contains(part), "{}: no {part:?} in {}", written.text, server.line);
            }
            if is_served {
                shell.stop(&server);
            } else {
                shell.replace("http://127.0.0.1:8000", &server.url);
            }
            is_served = true;
        } else {
            check(written, outcome, shell);
        }
    }
}

fn check(written: &Written, outcome: &Outcome, shell: &mut Shell) {
    let typed = if let Outcome::Reads(line) = outcome { line } else { "" };
    let ran = shell.run_with(typed, &written.text);
    let whole = || format!("{}\n{ran:?}", written.text);
    assert_eq!(ran.code, 0, "{}", whole());
    let status = if let Outcome::Answers(status, _) = outcome { vec![*status] } else { Vec::new() };
    assert_eq!(ran.statuses(), status, "{}", whole());
    match outcome {
        Outcome::Answers(_, printed) | Outcome::Prints(printed) => {
            for text in *printed {
                assert!(ran.out.contains(text), "no {text:?}: {}", whole());
            }
            assert!(!printed.is_empty() || ran.out.is_empty(), "more than nothing: {}", whole());
        }
        Outcome::Writes(file, content) => {
            // A picture is no text.
            let bytes = fs::read(shell.path(file)).unwrap();
            let written = String::from_utf8_lossy(&bytes);
            assert!(written.contains(content), "no {content:?} in {file}: {}", whole());
        }
        Outcome::Reads(_) | Outcome::Serves(_) => {}
    }
    match &written.stated {
        Some(Stated::Is(answer)) => assert_eq!(ran.out.trim_end(), answer, "{}", whole()),
        Some(Stated::Has(part)) => assert!(ran.out.contains(part), "the page says {part}: {}", whole()),
        None => {}
    }
}
