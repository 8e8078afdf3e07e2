//! What the state of a session says of the address of its account.

use vestibule_domain::accounts::{AccountEdit, AddressMark};
use vestibule_tests::contract;
use vestibule_tests::use_cases::address;

use crate::given::{NOW, Stored, signed_in};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    the_state_follows_the_address,
]);

async fn the_state_follows_the_address(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    for new in [Some(address("countess@example.com")), None] {
        let edit = AccountEdit {
            email: new.clone(),
            clears_email: new.is_none(),
            username: None,
            mobile: None,
            updated_by: None,
            updated_at: NOW,
        };
        assert!(store.repositories().accounts().edit(account, &edit).await.unwrap());
        let state = store.repositories().sessions().state(session).await.unwrap();
        assert_eq!(state.unwrap().address, new.as_ref().map(AddressMark::of));
    }
}
