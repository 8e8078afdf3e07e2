//! Zope and Plone: AuthEncoding 6.1. Run.

use super::ldap;
use super::pattern::{How, Pattern};
use crate::engines::Algorithm;
use crate::format::Format;

pub(super) const FORMATS: &[Format] = &[
    Format::code("zope-sha", "Zope, Plone", |source| ldap::unsalted(source, "SHA", Algorithm::Sha1)),
    Format::code("zope-ssha", "Zope, Plone", |source| ldap::salted(source, "SSHA", Algorithm::Sha1)),
    // Hex digits, where LDAP has base64.
    Format::pattern(
        "zope-sha256",
        "Zope, Plone",
        Pattern { template: "{SHA256}<hash:hex>", how: How::Plain(Algorithm::Sha256) },
    ),
];
