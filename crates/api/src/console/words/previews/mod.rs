//! The words about what messages look like, and about test messages.

pub(super) mod english;
pub(super) mod french;

/// What the pages say of them in one language.
pub(in crate::console) struct PreviewWords {
    pub(in crate::console) title: &'static str,
    pub(in crate::console) hint: &'static str,
    pub(in crate::console) show: &'static str,
    pub(in crate::console) subject: &'static str,
    pub(in crate::console) text: &'static str,
    /// Leads to the HTML part.
    pub(in crate::console) html: &'static str,
    pub(in crate::console) test: &'static str,
    pub(in crate::console) test_hint: &'static str,
    pub(in crate::console) address: &'static str,
    pub(in crate::console) send: &'static str,
    pub(in crate::console) bad_address: &'static str,
}
