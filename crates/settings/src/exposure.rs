//! What must not meet strangers: open doors and captured messages, on a server that a network reaches.

use std::iter;

use crate::mail::MailTransport;
use crate::reader::Reader;
use crate::settings::Settings;
use crate::sms::SmsTransport;

/// Refuses a server that strangers reach while something unsafe is open, unless
/// `doors.allow_on_network` says that it is meant. One problem names every way in and everything that is
/// open.
pub(crate) fn refuse(reader: &mut Reader, settings: &Settings) {
    if settings.doors.allow_on_network || !reader.sound(&["doors.allow_on_network"]) {
        return;
    }
    let ways = settings.server.ways_from_a_network().into_iter();
    let mut ways = ways.filter(|(key, _)| reader.sound(&[key]));
    let Some((key, first)) = ways.next() else {
        return;
    };
    let others = ways.map(|(key, way)| format!("{key} {way}"));
    let ways: Vec<String> = iter::once(first.to_owned()).chain(others).collect();
    let open = open(reader, settings);
    if open.is_empty() {
        return;
    }
    let message = format!(
        "{}, and strangers would find open: {}; close it (a door: = false, or posture = \
         \"hardened\"; mail: mail.transport = \"smtp\"; SMS: sms.transport = \"off\" or \
         \"webhook\"), keep the server on loopback and without a proxy, or \
         say doors.allow_on_network = true",
        ways.join(", "),
        open.join(", "),
    );
    reader.refuse(key, message);
}

/// Everything that is open, and what it lets strangers do.
fn open(reader: &Reader, settings: &Settings) -> Vec<String> {
    let mut open: Vec<String> = settings
        .doors
        .open()
        .map(|door| format!("doors.{} ({})", door.key(), door.lets().trim_end_matches('.')))
        .collect();
    if settings.mail.transport == MailTransport::Capture && reader.sound(&["mail.transport"]) {
        open.push(
            "mail.transport = \"capture\" (Anyone reads everybody's mail, with its reset tokens, at \
             /dev/mailbox)"
                .to_owned(),
        );
    }
    if settings.sms.transport == SmsTransport::Capture && reader.sound(&["sms.transport", "mail.transport"]) {
        open.push(
            "sms.transport = \"capture\" (Anyone reads everybody's SMS, with its codes, at /dev/mailbox)"
                .to_owned(),
        );
    }
    open
}
