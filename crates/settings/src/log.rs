//! `[log]`: what the process says about itself.

use crate::choice::choice;
use crate::expect::choice;
use crate::reader::Reader;
use crate::sheet::Sheet;

choice! {
    /// The form of a line of the log.
    pub enum LogFormat {
        /// For people.
        Pretty = "pretty",
        /// For machines: one JSON object a line.
        Json = "json",
    }
}

choice! {
    /// The least important events that are logged.
    pub enum LogLevel {
        /// Ordinary events, such as each request.
        Info = "info",
        /// Nothing.
        Off = "off",
        /// Failures.
        Error = "error",
        /// What an operator should look at.
        Warn = "warn",
        /// Details that help to find a fault.
        Debug = "debug",
        /// Everything.
        Trace = "trace",
    }
}

/// `[log]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogSettings {
    /// The form of a line.
    pub format: LogFormat,
    /// The least important events that are logged.
    pub level: LogLevel,
}

impl LogSettings {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let mut section = reader.section("log");
        Self { format: section.required("format", choice), level: section.required("level", choice) }
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("log");
        sheet.text("format", self.format.as_str());
        sheet.text("level", self.level.as_str());
    }
}
