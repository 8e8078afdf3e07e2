//! What the state of a session says of its account.

use time::Duration;
use vestibule_domain::accounts::{AccountEdit, AccountUuid, AddressMark, Role};
use vestibule_domain::sessions::SessionState;
use vestibule_tests::contract;
use vestibule_tests::use_cases::address;

use crate::given::{NOW, Stored, add_account, id, signed_in};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    the_state_of_a_session_is_that_of_its_account,
    the_state_follows_the_address,
]);

async fn the_state_of_a_session_is_that_of_its_account(store: Stored) {
    add_account(&store, "bob@example.com").await;
    let (account, session) = signed_in(&store, "ada@example.com").await;
    let expected = SessionState {
        account,
        uuid: AccountUuid(id("ada@example.com")),
        address: Some(AddressMark::of(&address("ada@example.com"))),
        surface: "theater".to_owned(),
        role: Role::User,
        is_open: true,
        created_at: NOW,
        expires_at: NOW + Duration::DAY,
    };
    assert_eq!(store.repositories().sessions().state(session).await.unwrap(), Some(expected));
}

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
