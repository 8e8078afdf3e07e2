//! Accounts that move in.

use vestibule_application::accounts::{
    Administrator, Collision, ExpectedAccounts, ImportedAccounts, Judged, Presence,
};
use vestibule_domain::accounts::import::{Identifier, ImportedAccount, ImportedPassword};
use vestibule_domain::accounts::{Account, AccountId, Profile, Role, Username};
use vestibule_infrastructure::faulty::Fault;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::address;

pub(super) fn row(email: &str) -> ImportedAccount {
    ImportedAccount {
        uuid: None,
        email: Some(address(email)),
        username: None,
        mobile: None,
        display_name: None,
        phone_number: None,
        password: ImportedPassword::Unset,
        role: Role::User,
        is_active: true,
        email_verified_at: None,
        activated_at: None,
        points: 0,
        surface: None,
        created_at: None,
        updated_at: None,
        trash: None,
        profile: Profile::default(),
        contacts: Vec::new(),
    }
}

fn named(email: &str, name: &str) -> ImportedAccount {
    ImportedAccount { username: Some(Username::parse(name).unwrap()), ..row(email) }
}

async fn import(
    cases: &UseCases,
    batch: &[ImportedAccount],
    expected: &mut ExpectedAccounts,
) -> ImportedAccounts {
    let imports = &cases.services.import_accounts;
    imports.execute(Administrator::operator(), batch, &[], expected).await.unwrap()
}

async fn account(cases: &UseCases, email: &str) -> Account {
    let found = cases.deps.store.repositories().accounts().by_email(&address(email)).await.unwrap();
    found.unwrap()
}

#[tokio::test]
async fn accounts_are_added_once_and_a_batch_that_meets_others_says_which() {
    let cases = UseCases::new();
    let mut expected = ExpectedAccounts::default();
    let first = [named("ada@example.com", "Ada"), row("bob@example.com")];
    let imported = import(&cases, &first, &mut expected).await;
    assert_eq!((imported.added, imported.without_password, imported.here), (2, 2, 0));
    // It expects new ones, and finds out.
    let second = [
        row("ada@example.com"),
        named("eve@example.com", "ADA"),
        named("zoe@example.com", "Zoe"),
        named("max@example.com", "zoe"),
    ];
    let imported = import(&cases, &second, &mut expected).await;
    let ada = account(&cases, "ada@example.com").await.id;
    let refused = vec![
        (1, Collision::WithAccount { account: ada, identifier: Identifier::Username }),
        (3, Collision::WithEarlier { place: 2, identifier: Identifier::Username }),
    ];
    assert_eq!(imported, ImportedAccounts { added: 1, without_password: 1, here: 1, refused });
}

#[tokio::test]
async fn an_account_comes_without_what_it_can_spare_and_others_have() {
    let cases = UseCases::new();
    let nameless = |name: &str| ImportedAccount { email: None, ..named("x@example.com", name) };
    let before = [row("ada@example.com"), named("bob@example.com", "Bob"), nameless("Eve")];
    import(&cases, &before, &mut ExpectedAccounts::default()).await;
    let ada = account(&cases, "ada@example.com").await.id;
    let batch = [
        named("ada@example.com", "New"),
        // Added without its address, when that was taken.
        named("ada@example.com", "Eve"),
        // Bob has another address: this is somebody else.
        named("ada@example.com", "Bob"),
        named("bob@example.com", "Bob"),
        named("ada@example.com", "Newer"),
        named("new@example.com", "Newer"),
    ];
    let is_address = |_, kind| kind == Identifier::Email;
    let imports = &cases.services.import_accounts;
    let judged = imports.look(Administrator::operator(), &batch, is_address).await.unwrap();
    let without = |presence| {
        let taken = Collision::WithAccount { account: ada, identifier: Identifier::Email };
        Judged { presence, without: vec![(Identifier::Email, taken)] }
    };
    let whole = |presence| Judged { presence, without: Vec::new() };
    let collision = Presence::Taken(Collision::WithAccount { account: ada, identifier: Identifier::Email });
    let earlier = Presence::Taken(Collision::WithEarlier { place: 4, identifier: Identifier::Username });
    assert_eq!(
        judged,
        [
            without(Presence::New),
            without(Presence::Here),
            whole(collision),
            whole(Presence::Here),
            without(Presence::New),
            whole(earlier),
        ]
    );
}

#[tokio::test]
async fn a_look_writes_nothing() {
    let cases = UseCases::new();
    let imports = &cases.services.import_accounts;
    let ada = [row("ada@example.com")];
    let judged = imports.look(Administrator::operator(), &ada, |_, _| false).await.unwrap();
    assert_eq!(judged, [Judged { presence: Presence::New, without: Vec::new() }]);
    let (accounts, _) = cases.deps.store.repositories().transfer().after(AccountId(0), 10).await.unwrap();
    assert_eq!(accounts, []);
}

#[tokio::test]
async fn a_batch_that_the_store_gave_up_is_added_by_another_try() {
    let cases = UseCases::new();
    let mut expected = ExpectedAccounts::default();
    for email in ["ada@example.com", "bob@example.com"] {
        cases.faults.fail_commit(Fault::Retryable);
        assert_eq!(import(&cases, &[row(email)], &mut expected).await.added, 1);
    }
}

#[tokio::test]
async fn who_was_active_is_not_taken_for_one_who_waits_and_who_was_not_is_not_purged() {
    let cases = UseCases::new();
    let inactive = ImportedAccount { is_active: false, ..row("bob@example.com") };
    import(&cases, &[row("ada@example.com"), inactive], &mut ExpectedAccounts::default()).await;
    let ada = account(&cases, "ada@example.com").await;
    assert_eq!(ada.details.activated_at, Some(ada.details.created_at));
    let bob = account(&cases, "bob@example.com").await;
    assert!(bob.waits_for_activation() && bob.details.updated_at > bob.details.created_at);
}
