//! The ways in which a message reaches a person.

/// Whether a message is sent by mail or by SMS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Channel {
    Mail,
    Sms,
}

impl Channel {
    /// Every channel, each once.
    pub const ALL: [Self; 2] = [Self::Mail, Self::Sms];

    /// Its name, in tables and answers: `mail`, `sms`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Sms => "sms",
        }
    }

    /// Reads a name that [`Channel::name`] gave.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_is_found_by_its_name() {
        for channel in Channel::ALL {
            assert_eq!(Channel::from_name(channel.name()), Some(channel));
        }
        assert_eq!(Channel::from_name("Mail"), None);
    }
}
