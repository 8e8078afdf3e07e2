//! Each command has one entry, and each entry has its command.

use std::fs;

use super::blocks::LISTS;
use super::deployment;
use super::entry::{Entry, How};
use super::spans::SPANS;
use super::walk::fits;
use super::written::{Written, pages, read, root};

/// Whether this test or script is there: `path::name` or `path`.
fn exists(whom: &str) -> bool {
    match whom.split_once("::") {
        Some((path, name)) => {
            let test = format!("fn {name}(");
            fs::read_to_string(root().join(path)).is_ok_and(|source| source.contains(&test))
        }
        None => root().join(whom).is_file(),
    }
}

/// What is wrong with what an entry says.
fn problem(entry: &Entry) -> Option<String> {
    match entry.how {
        How::By(whom) if !exists(whom) => Some(format!("{}: there is no {whom}", entry.command)),
        How::NotRunnable(why) if why.split_whitespace().count() < 4 || !why.ends_with('.') => {
            Some(format!("{}: {why:?} is no reason", entry.command))
        }
        _ => None,
    }
}

/// The first place at which commands and entries differ.
fn difference(page: &str, commands: &[Written], entries: &[Entry]) -> Option<String> {
    let longest = commands.len().max(entries.len());
    (0..longest).find_map(|at| match (commands.get(at), entries.get(at)) {
        (Some(command), Some(entry)) if fits(entry, command) => None,
        (command, entry) => Some(format!(
            "{page}, command {}: the page has {:?}, and its list {:?}",
            at + 1,
            command.map(|command| &command.text),
            entry.map(|entry| entry.command)
        )),
    })
}

#[test]
fn each_command_of_a_block_has_its_entry() {
    let mut problems = Vec::new();
    for page in pages() {
        let commands = read(&page).commands;
        let list = LISTS.iter().find(|list| list.page == page);
        if page != deployment::PAGE {
            problems.extend(difference(&page, &commands, list.map_or(&[], |list| list.entries)));
        }
    }
    for list in LISTS {
        assert!(pages().contains(&list.page.to_owned()), "there is no {}", list.page);
        let is_walked = list.entries.iter().any(|entry| matches!(entry.how, How::Run(_)));
        assert_eq!(list.walked_by.is_some(), is_walked, "{}", list.page);
        assert!(list.walked_by.is_none_or(exists), "{} is run by nothing", list.page);
        problems.extend(list.entries.iter().filter_map(problem));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn each_command_in_a_table_or_a_sentence_has_its_entry() {
    let mut problems: Vec<String> = SPANS.iter().filter_map(problem).collect();
    let mut found = Vec::new();
    for page in pages() {
        for span in read(&page).spans {
            if !SPANS.iter().any(|entry| entry.command == span) {
                problems.push(format!("{page}: nothing is known of {span}"));
            }
            found.push(span);
        }
    }
    for entry in SPANS {
        if !found.iter().any(|span| span == entry.command) {
            problems.push(format!("no page has {}", entry.command));
        }
        if SPANS.iter().filter(|other| other.command == entry.command).count() > 1 {
            problems.push(format!("{} is listed twice", entry.command));
        }
        assert!(!matches!(entry.how, How::Run(_)), "{} is run by nothing", entry.command);
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn what_is_not_listed_or_not_written_any_more_is_found() {
    use super::entry::{by, not_runnable, prints};
    use super::written::Page;
    let commands = Page::of("```sh\nvestibule serve\nmigration up\n```\n").commands;
    let known = || by("vestibule serve", "scripts/test");
    let up = || not_runnable("migration up", "Why it is so.");
    assert_eq!(difference("page", &commands, &[known(), up()]), None);
    assert_eq!(difference("page", &commands, &[prints("vestibule", &[]), up()]), None);
    for entries in
        [vec![known()], vec![up(), known()], vec![known(), up(), up()], vec![by("vestibule", ""), up()]]
    {
        assert!(difference("page", &commands, &entries).is_some());
    }
    for entry in [by("x", "scripts/no-such"), by("x", "scripts/test::no_such"), not_runnable("x", "no")] {
        assert!(problem(&entry).is_some());
    }
    assert!(exists(
        "tests/commands/pages/every_command.rs::what_is_not_listed_or_not_written_any_more_is_found"
    ));
}
