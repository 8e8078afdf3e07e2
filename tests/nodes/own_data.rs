//! What a node makes of data that is not as it left them.

use migration::{Migrator, MigratorTrait as _};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{ContactFacts, ContactSearch, NewContact, Text};
use vestibule_tests::Answer;

use super::installation::{Installation, Places};
use super::members::{register, somebody};
use super::patience::eventually;

fn registered(answer: &Answer) -> AccountId {
    AccountId(answer.json()["id"].as_i64().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(
    not(all(service_postgres, service_redis, service_smtp)),
    ignore = "no services: ./scripts/services start"
)]
async fn contacts_are_found_again_after_their_index_was_taken_down_and_up_and_a_node_starts() {
    let installation = Installation::new(&Places::shared()).await;
    let node = installation.node().await;
    let email = somebody();
    let owner = registered(&register(&node, &email).await);
    let operator = installation.operator().await;
    for number in 0..120 {
        let facts = ContactFacts {
            fullname: Text::parse(format!("Number {number}.")).unwrap(),
            email: None,
            phone_number: None,
            birthday: None,
            additional: None,
        };
        let contact = NewContact { owner, facts, avatar: None };
        operator.adapters.deps.store.repositories().contacts().insert(&contact).await.unwrap();
    }
    node.stop().await;
    let database = installation.database().await;
    let history = Migrator::migrations();
    let kept = history.iter().position(|step| step.name() == "m20261126_020_contact_trigrams").unwrap();
    migration::down_by(&database, u32::try_from(history.len() - kept).unwrap()).await.unwrap();
    migration::up(&database).await.unwrap();
    database.close().await.unwrap();
    let node = installation.node().await;
    for number in [0, 99, 100, 119] {
        eventually("a contact is found again", async || {
            let mut repositories = operator.adapters.deps.store.repositories();
            let search = ContactSearch::new(&format!("number {number}."));
            repositories.contacts().find(owner, &search).await.unwrap()
        })
        .await;
    }
    assert!(node.log().contains("the index of contacts is not known to be whole"), "{}", node.log());
    node.stop().await;
    operator.adapters.close().await;
    installation.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(
    not(all(service_postgres, service_redis, service_smtp)),
    ignore = "no services: ./scripts/services start"
)]
async fn a_node_says_so_when_its_pictures_are_marked_as_another_installation_s() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("file://{}", folder.path().display());
    let (first, second) =
        (Installation::new(&Places::shared()).await, Installation::new(&Places::shared()).await);
    let one = first.node_with(&[("VESTIBULE__MEDIA__URL", &url)]).await;
    let mark = folder.path().join("vestibule-installation");
    let marked = eventually("the place is marked", async || std::fs::read(&mark).ok()).await;
    let other = second.node_with(&[("VESTIBULE__MEDIA__URL", &url)]).await;
    eventually("it is told", async || {
        other.log().contains("those of media.url are marked as another installation's").then_some(())
    })
    .await;
    assert_eq!(std::fs::read(&mark).unwrap(), marked);
    assert!(!one.log().contains("no picture is swept up"), "{}", one.log());
    for node in [one, other] {
        node.stop().await;
    }
    for installation in [first, second] {
        installation.remove().await;
    }
}
