//! Looking at accounts, and changing what identifies them.

use vestibule_application::accounts::{
    EditAccountError, EditAccountInput, ListDirectoryInput, OwnerOrAdministrator, ShowDirectoryEntryError,
};
use vestibule_application::trash::TrashAccountInput;
use vestibule_application::{Actor, CodedError as _, codes};
use vestibule_domain::accounts::{AccountTokenKind, AccountUuid, DirectoryEntry, NamePart, Username};
use vestibule_domain::page::{PageLimit, PageRequest};
use vestibule_domain::ports::Clock as _;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::address;

use super::people::{admin, by, email, over, user};

#[tokio::test]
async fn an_administrator_lists_accounts_and_finds_them_by_a_part_of_the_name() {
    let app = UseCases::new();
    let root = admin(&app, "root").await;
    user(&app, "Ada").await;
    let list = async |part| {
        let page = PageRequest::numbered(1, PageLimit::new(10));
        let input = ListDirectoryInput { administrator: by(&root), part: NamePart::new(part), page };
        let page = app.services.list_directory.execute(input).await.unwrap();
        let names = page.accounts.iter().filter_map(|account| account.username.clone());
        (names.map(|name| name.to_string()).collect::<Vec<_>>(), page.total)
    };
    assert_eq!(list("").await, (vec!["root".to_owned(), "ada".to_owned()], 2));
    assert_eq!(list("AD").await, (vec!["ada".to_owned()], 1));
}

#[tokio::test]
async fn an_account_is_shown_to_its_owner_and_to_administrators_alone() {
    let app = UseCases::new();
    let (root, ada, eva) = (admin(&app, "root").await, user(&app, "ada").await, user(&app, "eva").await);
    for actor in [&root, &ada] {
        let shown = app.services.show_directory_entry.execute(over(actor, ada.uuid)).await.unwrap();
        assert_eq!(shown.email, Some(address(&email("ada"))));
    }
    for target in [ada.uuid, AccountUuid::NOBODY] {
        let refused = OwnerOrAdministrator::of(&eva, target).unwrap_err();
        assert_eq!(refused.code(), codes::ADMINISTRATORS_ONLY);
    }
    let unknown = app.services.show_directory_entry.execute(over(&root, AccountUuid::NOBODY)).await;
    assert!(matches!(unknown, Err(ShowDirectoryEntryError::NotFound)));
    // As if the account had been erased, and its id given to another one.
    let erased = Actor { account: eva.account, ..ada };
    let of_another = app.services.show_directory_entry.execute(over(&erased, ada.uuid)).await;
    assert!(matches!(of_another, Err(ShowDirectoryEntryError::NotFound)));
    trash(&app, &root, ada.uuid).await;
    let trashed = app.services.show_directory_entry.execute(over(&root, ada.uuid)).await;
    assert!(matches!(trashed, Err(ShowDirectoryEntryError::NotFound)));
}

async fn trash(app: &UseCases, actor: &Actor, target: AccountUuid) {
    let input = TrashAccountInput { who: over(actor, target), reason: String::new() };
    app.services.trash_account.execute(input).await.unwrap();
}

async fn edit(
    app: &UseCases,
    who: OwnerOrAdministrator,
    new: (Option<&str>, Option<&str>),
) -> Result<DirectoryEntry, EditAccountError> {
    let input = EditAccountInput {
        who,
        email: new.0.map(|name| address(&email(name))),
        username: new.1.map(|name| Username::parse_lowercase(name).unwrap()),
    };
    app.services.edit_account.execute(input).await
}

#[tokio::test]
async fn owners_and_administrators_edit_an_account_and_it_says_who_did() {
    let app = UseCases::new();
    let (root, ada) = (admin(&app, "root").await, user(&app, "ada").await);
    app.clock.advance(std::time::Duration::from_secs(1));
    let edited = edit(&app, over(&ada, ada.uuid), (None, Some("Countess"))).await.unwrap();
    assert_eq!(edited.username.unwrap().as_str(), "countess");
    assert_eq!((edited.updated_by, edited.updated_at), (Some(ada.uuid), app.clock.now()));
    let edited = edit(&app, over(&root, ada.uuid), (Some("countess"), None)).await.unwrap();
    assert_eq!(edited.email, Some(address(&email("countess"))));
    assert_eq!(edited.updated_by, Some(root.uuid));
    app.log_in(&email("countess")).await;
}

#[tokio::test]
async fn an_edit_conflicts_with_others_and_not_with_oneself() {
    let app = UseCases::new();
    let (root, ada) = (admin(&app, "root").await, user(&app, "ada").await);
    let own = over(&ada, ada.uuid);
    edit(&app, own, (Some("ada"), Some("ADA"))).await.unwrap();
    for (new, code) in [
        ((Some("root"), None), codes::NEW_EMAIL_TAKEN),
        ((None, Some("Root")), codes::NEW_USERNAME_TAKEN),
        ((Some("root"), Some("root")), codes::NEW_EMAIL_TAKEN),
        ((Some("ada"), Some("root")), codes::NEW_USERNAME_TAKEN),
    ] {
        assert_eq!(edit(&app, own, new).await.unwrap_err().code(), code, "{new:?}");
    }
    let unknown = edit(&app, over(&root, AccountUuid::NOBODY), (None, Some("x"))).await;
    assert!(matches!(unknown, Err(EditAccountError::NotFound)));
}

#[tokio::test]
async fn an_account_in_the_trash_is_not_edited_and_edits_nothing() {
    let app = UseCases::new();
    let (root, ada) = (admin(&app, "root").await, user(&app, "ada").await);
    let own = over(&ada, ada.uuid);
    trash(&app, &root, ada.uuid).await;
    assert!(matches!(edit(&app, own, (None, Some("x"))).await, Err(EditAccountError::Forbidden)));
    let by_root = edit(&app, over(&root, ada.uuid), (None, Some("x"))).await;
    assert!(matches!(by_root, Err(EditAccountError::NotFound)));
}

#[tokio::test]
async fn a_reset_that_was_mailed_to_the_old_address_is_void() {
    use vestibule_application::accounts::RequestPasswordResetInput;
    use vestibule_use_case_tests::use_cases::RESET;
    let app = UseCases::new();
    let ada = user(&app, "ada").await;
    let input = RequestPasswordResetInput { email: address(&email("ada")), language: None, policy: RESET };
    app.services.request_password_reset.execute(input).await.unwrap();
    let token = async || {
        let mut repositories = app.deps.store.repositories();
        let tokens = repositories.account_tokens();
        tokens.of_account(AccountTokenKind::PasswordReset, ada.account).await.unwrap()
    };
    assert!(token().await.is_some());
    edit(&app, over(&ada, ada.uuid), (None, Some("countess"))).await.unwrap();
    assert!(token().await.is_some());
    edit(&app, over(&ada, ada.uuid), (Some("countess"), None)).await.unwrap();
    assert!(token().await.is_none());
}
