//! `vestibule users erase`.

use serde_json::{Value, json};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::audit::{AuditAction, AuditFilter};
use vestibule_domain::messages::{
    Channel, InstanceId, Language, Lease, MessageId, OutboxMessage, SentMessage,
};
use vestibule_domain::store::Store as _;

use crate::operator::{Operator, THEN, uuid};

async fn is_there(operator: &Operator, account: i64) -> bool {
    operator.store.repositories().accounts().by_id(AccountId(account)).await.unwrap().is_some()
}

/// Keeps that a message was sent, as a server does.
async fn keep_sent(operator: &Operator, number: u128, recipient: &str) {
    let (id, lease) = (MessageId(uuid(900 + number)), Lease(uuid(1)));
    let (channel, language) = (Channel::Mail, Language::En);
    let mut repositories = operator.store.repositories();
    let outbox = repositories.outbox();
    let message = OutboxMessage {
        id,
        sealed_notice: Vec::new(),
        channel,
        language,
        created_at: THEN,
        available_at: THEN,
        attempts: 0,
    };
    outbox.enqueue(&message).await.unwrap();
    outbox.claim(lease, InstanceId(uuid(1)), THEN, THEN, 100).await.unwrap();
    let sent = SentMessage {
        id,
        kind: "password_changed".to_owned(),
        channel,
        language,
        recipient: recipient.to_owned(),
        attempts: 1,
        created_at: THEN,
        sent_at: THEN,
    };
    assert!(outbox.complete(id, lease, Some(&sent)).await.unwrap());
}

/// To whom it is kept that messages were sent.
async fn recipients(operator: &Operator) -> Vec<String> {
    let part = operator.store.repositories().sent_messages().list(None, 100).await.unwrap();
    part.items.into_iter().map(|sent| sent.recipient).collect()
}

/// Gives Bob two contacts and a session.
async fn fill(operator: &Operator) {
    let cards =
        "BEGIN:VCARD\nVERSION:3.0\nFN:Zo\u{eb}\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Eve\nEND:VCARD\n";
    let file = operator.folder().join("book.vcf");
    std::fs::write(&file, cards).unwrap();
    assert_eq!(operator.contacts(&["import", "bob", file.to_str().unwrap()]).code, 0);
    operator.signed_in(2, 7).await;
}

/// The details of the only certificate.
async fn certificate(operator: &Operator) -> Value {
    let filter = AuditFilter { action: Some(AuditAction::AccountErased), ..AuditFilter::default() };
    let events = operator.store.repositories().audit().list(&filter, None, 9).await.unwrap();
    let [event] = &events[..] else { panic!("{events:?}") };
    assert_eq!(event.account.unwrap().0, uuid(2));
    serde_json::from_str(event.details.as_deref().unwrap()).unwrap()
}

#[tokio::test]
async fn an_account_is_erased_from_where_it_is_and_the_trail_certifies_what_went() {
    let operator = Operator::with_two().await;
    fill(&operator).await;
    let told = operator.users(&["erase", "bob", "--yes", "--json"]).json();
    assert_eq!((&told["done"], &told["id"], &told["by"]), (&json!("erased"), &json!(2), &json!("operator")));
    assert_eq!(told["uuid"], json!(uuid(2)));
    assert!(told["erased_at"].is_string() && told["pictures_wait"] == false, "{told}");
    let removed = &told["removed"];
    assert_eq!((&removed["contacts"], &removed["sessions"]), (&json!(2), &json!(1)), "{told}");
    assert!(!is_there(&operator, 2).await);
    let certified = certificate(&operator).await;
    for (kind, count) in removed.as_object().unwrap() {
        assert_eq!(&certified[kind], count, "{kind}");
    }
    for text in ["bob", "Zo\u{eb}", "Eve"] {
        assert!(!certified.to_string().contains(text) && !told.to_string().contains(text), "{text}");
    }
    let actions: Vec<_> = operator.trail().into_iter().map(|event| event.0).collect();
    assert_eq!(actions[..3], ["account_erased", "account_removed", "account_trashed"]);
}

#[tokio::test]
async fn an_account_in_the_trash_and_one_whose_removal_was_cut_off_are_erased() {
    for was_cut_off in [false, true] {
        let operator = Operator::with_two().await;
        fill(&operator).await;
        assert_eq!(operator.users(&["trash", "bob", "--reason", ""]).code, 0);
        if was_cut_off {
            let now = crate::operator::THEN;
            assert!(operator.store.repositories().trash().begin_removal(AccountId(2), now).await.unwrap());
        }
        let ran = operator.users(&["erase", "2", "--yes"]);
        let sentence = "Erased bob (id 2): 2 contacts, 0 pictures, 1 session, 0 entries of the ledger. The audit \
                        trail has the certificate.\n";
        assert_eq!((ran.code, ran.out.as_str()), (0, sentence), "{ran:?}");
        assert_eq!(certificate(&operator).await["contacts"], 2);
        assert!(!is_there(&operator, 2).await);
    }
}

#[tokio::test]
async fn an_erasure_is_refused_without_a_yes_and_for_the_last_administrator() {
    let operator = Operator::with_two().await;
    let refused = operator.refused(&["erase", "bob"]);
    assert!(refused.contains("an erasure cannot be undone, and there is no terminal to ask at"), "{refused}");
    let last = operator.refused(&["erase", "ada", "--yes"]);
    assert!(last.contains("the account is that of the last administrator"), "{last}");
    assert!(operator.refused(&["erase", "eve", "--yes"]).contains("there is no such account"));
    assert!(is_there(&operator, 1).await && is_there(&operator, 2).await);
    assert_eq!(operator.trail(), []);
}

#[tokio::test]
async fn an_erasure_leaves_no_word_of_the_messages_to_the_account_and_a_purge_neither() {
    for erased in [true, false] {
        let operator = Operator::with_two().await;
        for (number, recipient) in (0..).zip(["bob@example.com", "ada@example.com", "bob@example.com"]) {
            keep_sent(&operator, number, recipient).await;
        }
        if erased {
            let told = operator.users(&["erase", "bob", "--yes", "--json"]).json();
            assert_eq!(told["removed"]["sent_messages"], 2, "{told}");
            assert_eq!(certificate(&operator).await["sent_messages"], 2);
        } else {
            assert_eq!(operator.users(&["trash", "bob", "--reason", ""]).code, 0);
            assert_eq!(recipients(&operator).await.len(), 3);
            assert_eq!(operator.users(&["purge", "2", "--yes"]).code, 0);
        }
        assert_eq!(recipients(&operator).await, ["ada@example.com"]);
    }
}
