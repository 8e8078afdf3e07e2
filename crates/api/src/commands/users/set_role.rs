//! `vestibule users set-role`.

use clap::{Args, ValueEnum};
use vestibule_application::Services;
use vestibule_application::accounts::{Administrator, ChangeRoleInput};
use vestibule_domain::accounts::Role;
use vestibule_settings::Settings;

use super::done::{name_of, note_other_memory, tell};
use super::target::Target;

#[derive(Args)]
pub(in crate::commands) struct SetRole {
    #[command(flatten)]
    target: Target,
    /// The new role.
    #[arg(value_name = "ROLE")]
    role: Word,
}

/// A role on the command line.
#[derive(Clone, Copy, ValueEnum)]
enum Word {
    User,
    Moderator,
    Admin,
}

impl From<Word> for Role {
    fn from(word: Word) -> Self {
        match word {
            Word::User => Self::User,
            Word::Moderator => Self::Moderator,
            Word::Admin => Self::Admin,
        }
    }
}

/// The word for a role, as the command takes it.
pub(super) fn word_of(role: Role) -> &'static str {
    match role {
        Role::User => "user",
        Role::Moderator => "moderator",
        Role::Admin => "admin",
    }
}

pub(super) async fn run(services: &Services, settings: &Settings, arguments: &SetRole) -> anyhow::Result<()> {
    let SetRole { target, role } = arguments;
    let role = Role::from(*role);
    let account = target.find(services).await?;
    let input =
        ChangeRoleInput { administrator: Administrator::operator(), account: account.account.id, role };
    let before = services.change_role.execute(input).await?;
    let (name, old, new) = (name_of(&account), word_of(before), word_of(role));
    // Also where nothing was changed: a call before may have been cut off after its change.
    note_other_memory(settings);
    let sentence = if before == role {
        format!("{name} is {new} already: nothing was changed.")
    } else {
        format!("{name} is {new} now, and was {old}.")
    };
    tell(target, &account, "role_set", [("old_role", old.into()), ("role", new.into())], &sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_has_the_word_that_the_command_takes() {
        for role in Role::ALL {
            let word = Word::from_str(word_of(role), false).unwrap();
            assert_eq!(Role::from(word), role);
        }
        assert_eq!(Word::value_variants().len(), Role::ALL.len());
    }
}
