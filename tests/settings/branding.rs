//! `[brand]` and `[links]`.

use crate::given::{problem, production, settings};
use crate::refusals::refused;

#[test]
fn a_name_that_is_no_line_or_leaves_no_room_in_an_sms() {
    for name in ["a\nb", "\u{7}", &"x".repeat(41)] {
        refused("VESTIBULE__BRAND__NAME", name, "must be on one line, of 40 characters at most");
    }
}

#[test]
fn a_link_that_leads_nowhere() {
    for link in [
        "www.example.org",
        "javascript:alert(1)",
        "https://me@www.example.org",
        "https://a b",
        "https://é.test",
        "https:www.example.org",
        "https:\\\\www.example.org",
    ] {
        for key in ["ACTIVATE", "RESET", "AFTER"] {
            refused(
                &format!("VESTIBULE__LINKS__{key}"),
                link,
                "must be an http or https address without user",
            );
        }
    }
}

#[test]
fn links_to_a_front_end_that_anybody_can_read_are_refused() {
    for key in ["ACTIVATE", "RESET"] {
        let variable = format!("VESTIBULE__LINKS__{key}");
        let problem = problem(&production().with(&variable, "http://www.example.org/go"));
        assert!(problem.contains("must begin with https:// in production"), "{problem}");
    }
    let after = production().with("VESTIBULE__LINKS__AFTER", "http://www.example.org/");
    assert_eq!(settings(&after).links.after.as_deref(), Some("http://www.example.org/"));
}
