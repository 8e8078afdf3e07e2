//! Answers that are kept, while what they show is changed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use vestibule_application::Actor;
use vestibule_application::answers::Question;
use vestibule_application::contacts::{ChangeContactInput, CreateContactInput};
use vestibule_domain::contacts::{Avatar, Contact, ContactFacts, ContactId, Text};
use vestibule_domain::page::{PageLimit, PageRequest};
use vestibule_domain::store::Store;
use vestibule_use_case_tests::UseCases;

const ADA: &str = "ada@example.com";

on_stores!(no_reader_is_answered_the_past_on_this_store);

async fn no_reader_is_answered_the_past_on_this_store(store: Arc<dyn Store>) {
    let app = UseCases::with(|deps| deps.store = store);
    let actor = signed_in(&app).await;
    no_reader_is_answered_the_past(vec![Arc::new(app)], actor, 300).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_reader_is_answered_the_past_in_ten_thousand_changes() {
    let app = UseCases::new();
    let actor = signed_in(&app).await;
    no_reader_is_answered_the_past(vec![Arc::new(app)], actor, 10_000).await;
}

/// Somebody who is signed in at this node.
pub(crate) async fn signed_in(app: &UseCases) -> Actor {
    app.member(ADA).await;
    let session = app.log_in(ADA).await;
    app.actor(&session.access_token).await.unwrap()
}

/// The first node changes one contact again and again, while readers at each node go on. Every reading that begins
/// after a change was answered has to see it.
pub(crate) async fn no_reader_is_answered_the_past(nodes: Vec<Arc<UseCases>>, actor: Actor, changes: u64) {
    let id = create(&nodes[0], actor).await;
    let (answered, is_over) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
    let readers: Vec<_> = nodes
        .iter()
        .flat_map(|node| [node.clone(), node.clone()])
        .map(|node| {
            let (answered, is_over) = (answered.clone(), is_over.clone());
            tokio::spawn(async move {
                while !is_over.load(Ordering::SeqCst) {
                    let least = answered.load(Ordering::SeqCst);
                    let read = read(&node, actor).await;
                    assert!(read >= least, "{read} was read after {least} was answered");
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();
    for change in 1..=changes {
        change_to(&nodes[0], actor, id, change).await;
        answered.store(change, Ordering::SeqCst);
        if change % 64 == 0 {
            // Time for answers to be kept.
            tokio::task::yield_now().await;
        }
    }
    is_over.store(true, Ordering::SeqCst);
    for reader in readers {
        reader.await.unwrap();
    }
    for node in &nodes {
        assert_eq!(read(node, actor).await, changes);
    }
}

/// Which change the address book shows, by the kept answer if there is one.
pub(crate) async fn read(app: &UseCases, actor: Actor) -> u64 {
    match app.services.answers.find(question(actor)).await {
        Ok(kept) => String::from_utf8_lossy(&kept).parse().unwrap(),
        Err(place) => {
            let page = PageRequest { offset: 0, limit: PageLimit::new(10) };
            let contacts = app.services.list_contacts.execute(&actor, page).await.unwrap();
            let name = contacts[0].facts.fullname.as_str().to_owned();
            // Whoever is slow to keep an answer keeps the past.
            tokio::task::yield_now().await;
            if let Some(place) = place {
                place.keep(name.as_bytes());
            }
            name.parse().unwrap()
        }
    }
}

/// Whether an answer is kept that is still good.
pub(crate) async fn is_kept(app: &UseCases, actor: Actor) -> bool {
    app.services.answers.find(question(actor)).await.is_ok()
}

fn question(actor: Actor) -> Question {
    Question::of_contacts(actor.account, "what the first is called")
}

pub(crate) async fn create(app: &UseCases, actor: Actor) -> ContactId {
    let avatar = Avatar { url: Text::parse("https://example.com/a.png").unwrap(), object: None };
    let input = CreateContactInput { actor, facts: facts(0), avatar };
    let Contact { id, .. } = app.services.create_contact.execute(input).await.unwrap();
    id
}

pub(crate) async fn change_to(app: &UseCases, actor: Actor, id: ContactId, number: u64) {
    let input = ChangeContactInput { actor, id, facts: facts(number) };
    app.services.change_contact.execute(input).await.unwrap();
}

fn facts(number: u64) -> ContactFacts {
    ContactFacts {
        fullname: Text::parse(number.to_string()).unwrap(),
        email: None,
        phone_number: None,
        birthday: None,
        additional: None,
    }
}

#[tokio::test]
async fn an_answer_is_kept_until_the_next_change() {
    let app = UseCases::new();
    let actor = signed_in(&app).await;
    let id = create(&app, actor).await;
    assert_eq!(read(&app, actor).await, 0);
    assert!(is_kept(&app, actor).await);
    change_to(&app, actor, id, 1).await;
    assert!(!is_kept(&app, actor).await);
    assert_eq!(read(&app, actor).await, 1);
    app.services.remove_contact.execute(&actor, id).await.unwrap();
    assert!(!is_kept(&app, actor).await);
}

#[tokio::test]
async fn what_another_process_changed_is_seen_after_a_second() {
    let app = UseCases::new();
    let actor = signed_in(&app).await;
    let id = create(&app, actor).await;
    assert_eq!(read(&app, actor).await, 0);
    // Past the use cases of this process.
    app.deps.store.repositories().contacts().change(actor.account, id, &facts(7)).await.unwrap();
    assert_eq!(read(&app, actor).await, 0);
    app.clock.advance(std::time::Duration::from_secs(1));
    assert_eq!(read(&app, actor).await, 7);
}

#[tokio::test]
async fn where_answers_are_not_kept_none_is_given_again() {
    let app = UseCases::with(|deps| deps.answers = None);
    let actor = signed_in(&app).await;
    create(&app, actor).await;
    assert_eq!(read(&app, actor).await, 0);
    assert!(!is_kept(&app, actor).await);
}

#[tokio::test]
async fn a_change_that_was_not_committed_leaves_the_answer() {
    let app = UseCases::new();
    let actor = signed_in(&app).await;
    create(&app, actor).await;
    assert_eq!(read(&app, actor).await, 0);
    let missing = ChangeContactInput { actor, id: ContactId(-1), facts: facts(1) };
    app.services.change_contact.execute(missing).await.unwrap_err();
    assert!(is_kept(&app, actor).await);
}

#[tokio::test]
async fn a_commit_whose_answer_is_lost_ends_the_answer() {
    let app = UseCases::new();
    let actor = signed_in(&app).await;
    let id = create(&app, actor).await;
    assert_eq!(read(&app, actor).await, 0);
    app.faults.fail_commit(vestibule_infrastructure::faulty::Fault::Unavailable);
    let input = ChangeContactInput { actor, id, facts: facts(1) };
    app.services.change_contact.execute(input).await.unwrap_err();
    assert!(!is_kept(&app, actor).await);
}
