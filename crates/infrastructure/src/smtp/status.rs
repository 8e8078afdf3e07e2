//! Whom a refusal concerns, by its code (RFC 5321 §4.2.3) and its enhanced code (RFC 3463).

use super::conversation::Step;

/// Whose fault a refusal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The client's, the sender's or the session's: every mail would be refused, until somebody changes the settings,
    /// here or there.
    Ours,
    /// The recipient's or the message's.
    OfTheMail,
}

/// Judges a refusal (5yz). `said` is its text, which may begin with an enhanced code.
///
/// Servers like to delay refusals of the client until they know the recipient (Postfix: `smtpd_delay_reject`), so that
/// the step alone does not tell.
pub(super) fn fault(step: Step, code: u16, said: &str) -> Fault {
    let is_of_the_mail = match (step, enhanced(said)) {
        (Step::LetIn, _) => false,
        // Before the recipient is known: the message is too large, or in a form that the server does not take.
        (Step::Mail, Some((subject, detail))) => matches!((subject, detail), (2 | 3, 3 | 4) | (6, _)),
        (Step::Mail, None) => code == 552,
        (_, Some((subject, detail))) => match subject {
            // Addresses, but for the sender's own.
            1 => !matches!(detail, 7 | 8),
            // Mailboxes, and the way to them.
            2 | 4 | 6 => true,
            // The server, but for the size of messages.
            3 => detail == 4,
            // Protocol: after the text, servers mean the text.
            5 => step == Step::Text,
            // Policy: the login (RFC 4954), the sender's domain and the client's name (RFC 7372) are ours; of what else a
            // server does not like, it knows the text only after DATA.
            7 => step == Step::Text && !matches!(detail, 8..=12 | 20..=27),
            _ => by_code(step, code),
        },
        (_, None) => by_code(step, code),
    };
    if is_of_the_mail { Fault::OfTheMail } else { Fault::Ours }
}

/// Without an enhanced code that says more.
fn by_code(step: Step, code: u16) -> bool {
    match step {
        Step::LetIn | Step::Mail => false,
        Step::Recipient => matches!(code, 550..=553 | 556),
        // Syntax and order of commands, a server that takes no mail, and logins (RFC 4954, RFC 7504).
        Step::Data | Step::Text => !matches!(code, 500..=504 | 521 | 523..=538),
    }
}

/// Subject and detail of `5.subject.detail` at the beginning of a text.
fn enhanced(said: &str) -> Option<(u16, u16)> {
    let mut parts = said.split_whitespace().next()?.split('.');
    let (class, subject, detail) = (parts.next()?, parts.next()?, parts.next()?);
    if class != "5" || parts.next().is_some() {
        return None;
    }
    Some((subject.parse().ok()?, detail.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_of_the_client_or_the_session_is_no_fault_of_the_mail() {
        let cases = [
            // Postfix: reject_non_fqdn_helo_hostname, reject_unknown_client_hostname, reject_unknown_sender_domain,
            // reject_unauth_destination.
            (Step::Recipient, 504, "5.5.2 <box>: Helo command rejected: need fully-qualified hostname"),
            (Step::Recipient, 550, "5.7.1 <box>: Helo command rejected: Host not found"),
            (Step::Recipient, 554, "5.7.1 Client host rejected: Access denied"),
            (Step::Recipient, 554, "5.7.1 <bob@example.org>: Relay access denied"),
            (Step::Recipient, 550, "5.1.8 <a@b.example>: Sender address rejected: Domain not found"),
            (Step::Recipient, 550, "5.7.25 no reverse name"),
            (Step::Recipient, 504, "need a full name"),
            (Step::Recipient, 530, "log in first"),
            (Step::Recipient, 554, "no"),
            (Step::Mail, 550, "5.7.1 not from you"),
            (Step::Mail, 553, "5.7.1 Sender address rejected: not owned by user"),
            (Step::Mail, 553, "bad sender"),
            (Step::Mail, 501, "5.1.7 bad sender"),
            (Step::Data, 503, "5.5.1 wrong order"),
            (Step::Text, 550, "5.7.26 unauthenticated mail is not accepted"),
            (Step::Text, 530, "log in first"),
            (Step::LetIn, 554, "go away"),
        ];
        for (step, code, said) in cases {
            assert_eq!(fault(step, code, said), Fault::Ours, "{step:?} {code} {said}");
        }
    }

    #[test]
    fn a_refusal_of_the_recipient_or_the_message_is_the_mails() {
        let cases = [
            (Step::Recipient, 550, "5.1.1 no such user"),
            (Step::Recipient, 501, "5.1.3 Bad recipient address syntax"),
            (Step::Recipient, 550, "no such user"),
            (Step::Recipient, 552, "5.2.2 mailbox full"),
            (Step::Recipient, 556, "no mail there"),
            (Step::Recipient, 553, "5.6.7 no SMTPUTF8 further on"),
            (Step::Mail, 552, "5.3.4 too large"),
            (Step::Mail, 552, "too large"),
            (Step::Data, 554, "no valid recipients"),
            (Step::Text, 554, "5.7.1 spam"),
            (Step::Text, 550, "5.6.0 broken"),
            (Step::Text, 554, "spam"),
        ];
        for (step, code, said) in cases {
            assert_eq!(fault(step, code, said), Fault::OfTheMail, "{step:?} {code} {said}");
        }
    }

    #[test]
    fn what_only_looks_like_an_enhanced_code_is_none() {
        for said in ["", "5", "5.7", "5.7.x", "4.7.1 later", "5.7.1.1", "<5.7.1>", "no 5.7.1"] {
            assert_eq!(enhanced(said), None, "{said}");
        }
        assert_eq!(enhanced("5.7.26 no\n5.7.1 no"), Some((7, 26)));
    }
}
