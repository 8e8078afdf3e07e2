//! The words about what messages look like in English.

use super::PreviewWords;

pub(in crate::console::words) const WORDS: PreviewWords = PreviewWords {
    title: "What messages look like",
    hint: "The content is invented: the links and codes open nothing.",
    show: "Show",
    subject: "Subject",
    text: "As text",
    html: "As HTML",
    test: "Send a test message",
    test_hint: "It leaves as all mail does. While it waits, or if it is given up, it stands in the lists above.",
    address: "E-mail address",
    send: "Send",
    bad_address: "This is no e-mail address.",
};
