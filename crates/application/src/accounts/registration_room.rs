//! The limits of pending registrations of one address.

use std::collections::HashMap;
use std::net::IpAddr;

use vestibule_domain::accounts::{PendingRegistration, RegistrationId};

use crate::policy::{PENDING_PER_ADDRESS, PENDING_PER_CLIENT, client_bucket};

/// The network of the client that registered. All registrations from unknown clients share one network.
pub(super) fn network(client_address: Option<IpAddr>) -> String {
    client_address.map(client_bucket).unwrap_or_default()
}

/// Chooses the pending registration that has to be removed before another one from the network `newcomer` is added.
/// `pending` is in the order in which they came.
///
/// A network may have a few, and its own oldest is removed first. So a stranger's registrations never push out those
/// of others, however many there are. If the address as a whole has too many, the oldest of the network with the most
/// is removed.
pub(super) fn crowded_out(pending: &[PendingRegistration], newcomer: &str) -> Option<RegistrationId> {
    let networks: Vec<_> =
        pending.iter().map(|registration| (registration.id, network(registration.client_address))).collect();
    let mut sizes: HashMap<&str, usize> = HashMap::new();
    for (_, network) in &networks {
        *sizes.entry(network).or_default() += 1;
    }
    let oldest_of = |is_meant: &dyn Fn(&str) -> bool| {
        networks.iter().find(|(_, network)| is_meant(network)).map(|(id, _)| *id)
    };
    if sizes.get(newcomer).is_some_and(|size| *size >= PENDING_PER_CLIENT) {
        oldest_of(&|network| network == newcomer)
    } else if networks.len() >= PENDING_PER_ADDRESS {
        let most = sizes.values().max();
        oldest_of(&|network| sizes.get(network) == most)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use time::OffsetDateTime;
    use uuid::Uuid;
    use vestibule_domain::accounts::{AccountId, PasswordHash};
    use vestibule_domain::secret::SecretDigest;

    use super::*;

    /// Registrations from these addresses, numbered from 0.
    fn pending(clients: &[&str]) -> Vec<PendingRegistration> {
        let registration = |(number, client): (u128, &&str)| PendingRegistration {
            id: RegistrationId(Uuid::from_u128(number)),
            account: AccountId(1),
            digest: SecretDigest::of(&number.to_string()),
            hashed_password: PasswordHash::unset(),
            display_name: None,
            client_address: client.parse().ok(),
            created_at: OffsetDateTime::UNIX_EPOCH,
            expires_at: OffsetDateTime::UNIX_EPOCH,
        };
        (0..).zip(clients).map(registration).collect()
    }

    fn goes(clients: &[&str], newcomer: &str) -> Option<u128> {
        crowded_out(&pending(clients), &network(newcomer.parse().ok())).map(|id| id.0.as_u128())
    }

    #[test]
    fn a_client_crowds_out_its_own_oldest_only() {
        assert_eq!(goes(&["192.0.2.1"], "192.0.2.1"), None);
        assert_eq!(goes(&["192.0.2.1", "192.0.2.2"], "192.0.2.2"), None);
        assert_eq!(goes(&["192.0.2.1", "192.0.2.2", "192.0.2.2"], "192.0.2.2"), Some(1));
        assert_eq!(goes(&["192.0.2.1", "2001:db8::1", "2001:db8::2"], "2001:db8::3"), Some(1));
        assert_eq!(goes(&["192.0.2.1", "", ""], ""), Some(1));
    }

    #[test]
    fn of_too_many_the_oldest_of_those_who_have_the_most_goes() {
        let owner_first = ["192.0.2.1", "a::", "a::", "b::", "b::", "c::", "c::", "d::"];
        assert_eq!(owner_first.len(), PENDING_PER_ADDRESS);
        assert_eq!(goes(&owner_first, "e::"), Some(1));
        assert_eq!(goes(&owner_first, "192.0.2.1"), Some(1));
        let each_one = ["1::", "2::", "3::", "4::", "5::", "6::", "7::", "8::"];
        assert_eq!(goes(&each_one, "9::"), Some(0));
    }
}
