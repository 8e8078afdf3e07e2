//! The account that a command is about.

use clap::Args;
use vestibule_application::Services;
use vestibule_application::accounts::{Administrator, InspectAccountError, InspectedAccount, NamedAccount};

#[derive(Args)]
pub(in crate::commands) struct Target {
    /// The account: its integer id, its UUID, its address or its user name.
    #[arg(value_name = "ACCOUNT", value_parser = parse_account)]
    account: NamedAccount,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

/// Reads how operators name an account.
pub(in crate::commands) fn parse_account(text: &str) -> Result<NamedAccount, &'static str> {
    NamedAccount::parse(text).ok_or("must be an integer id, a UUID, an e-mail address or a user name")
}

impl Target {
    /// Finds the account, in the trash or not. Commands then use its ids, which never change.
    pub(super) async fn find(&self, services: &Services) -> Result<InspectedAccount, InspectAccountError> {
        services.inspect_account.execute(Administrator::operator(), &self.account).await
    }
}
