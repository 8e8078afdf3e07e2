//! Werkzeug 3.1.9 and older: Flask, Superset, Airflow. Run. Salts are used as text.

use super::pattern::{How, Pattern};
use crate::engines::Algorithm;
use crate::format::Format;

const SYSTEM: &str = "Werkzeug: Flask, Superset, Airflow";

pub(super) const FORMATS: &[Format] = &[
    Format::pattern(
        "werkzeug-scrypt",
        SYSTEM,
        Pattern { template: "scrypt:<n>:<r>:<p>$<salt:text>$<hash:hex>", how: How::Scrypt(0, 0, 0) },
    ),
    Format::pattern(
        "werkzeug-pbkdf2-sha256",
        SYSTEM,
        Pattern { template: "pbkdf2:sha256:<n>$<salt:text>$<hash:hex>", how: How::Pbkdf2(Algorithm::Sha256) },
    ),
    Format::pattern(
        "werkzeug-pbkdf2-sha512",
        SYSTEM,
        Pattern { template: "pbkdf2:sha512:<n>$<salt:text>$<hash:hex>", how: How::Pbkdf2(Algorithm::Sha512) },
    ),
    Format::pattern(
        "werkzeug-pbkdf2-sha1",
        SYSTEM,
        Pattern { template: "pbkdf2:sha1:<n>$<salt:text>$<hash:hex>", how: How::Pbkdf2(Algorithm::Sha1) },
    ),
];
