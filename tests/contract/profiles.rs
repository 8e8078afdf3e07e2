//! The contract of `ProfileRepository`.

use std::collections::HashSet;

use vestibule_domain::accounts::{Gender, Profile};
use vestibule_domain::media::{MediaFolder, ObjectKey, PictureFormat};
use vestibule_domain::store::Constraint;
use vestibule_tests::{at_once, contract};

use crate::given::{NOBODY, NOW, Stored, add_account, conflict, id};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    a_profile_that_was_never_written_is_empty,
    a_picture_is_set_and_replaced,
    a_gender_is_set_replaced_and_cleared,
    one_part_leaves_the_other_as_it_is,
    profiles_are_kept_apart,
    nobody_has_a_profile,
    each_part_that_is_first_written_at_once_is_kept,
    a_unit_that_is_dropped_leaves_the_profile_as_it_was,
    a_picture_is_in_use_as_long_as_a_profile_shows_it,
    a_profile_goes_with_its_account,
]);

fn picture(name: &str) -> ObjectKey {
    ObjectKey::new(MediaFolder::Profiles, id(name), PictureFormat::Jpeg)
}

async fn a_profile_that_was_never_written_is_empty(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    for account in [ada, NOBODY] {
        assert_eq!(store.repositories().profiles().of(account).await.unwrap(), Profile::default());
    }
}

async fn a_picture_is_set_and_replaced(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let mut repositories = store.repositories();
    for name in ["one", "other", "other"] {
        repositories.profiles().set_picture(ada, picture(name)).await.unwrap();
        let expected = Profile { picture: Some(picture(name)), gender: None };
        assert_eq!(repositories.profiles().of(ada).await.unwrap(), expected);
    }
}

async fn a_gender_is_set_replaced_and_cleared(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let mut repositories = store.repositories();
    for gender in [None, Some(Gender::Woman), Some(Gender::Man), Some(Gender::Man), None] {
        repositories.profiles().set_gender(ada, gender).await.unwrap();
        let expected = Profile { picture: None, gender };
        assert_eq!(repositories.profiles().of(ada).await.unwrap(), expected);
    }
}

async fn one_part_leaves_the_other_as_it_is(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let mut repositories = store.repositories();
    repositories.profiles().set_picture(ada, picture("one")).await.unwrap();
    repositories.profiles().set_gender(ada, Some(Gender::Woman)).await.unwrap();
    let both = Profile { picture: Some(picture("one")), gender: Some(Gender::Woman) };
    assert_eq!(repositories.profiles().of(ada).await.unwrap(), both);
    repositories.profiles().set_picture(ada, picture("other")).await.unwrap();
    let both = Profile { picture: Some(picture("other")), ..both };
    assert_eq!(repositories.profiles().of(ada).await.unwrap(), both);
    repositories.profiles().set_gender(ada, None).await.unwrap();
    assert_eq!(repositories.profiles().of(ada).await.unwrap(), Profile { gender: None, ..both });
}

async fn profiles_are_kept_apart(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let eva = add_account(&store, "eva@example.com").await;
    let mut repositories = store.repositories();
    repositories.profiles().set_picture(ada, picture("one")).await.unwrap();
    repositories.profiles().set_gender(eva, Some(Gender::Woman)).await.unwrap();
    let of_ada = Profile { picture: Some(picture("one")), gender: None };
    assert_eq!(repositories.profiles().of(ada).await.unwrap(), of_ada);
    let of_eva = Profile { picture: None, gender: Some(Gender::Woman) };
    assert_eq!(repositories.profiles().of(eva).await.unwrap(), of_eva);
}

async fn nobody_has_a_profile(store: Stored) {
    let mut repositories = store.repositories();
    let answer = repositories.profiles().set_picture(NOBODY, picture("one")).await;
    assert_eq!(conflict(answer), Constraint::ForeignKey);
    for gender in [Some(Gender::Man), None] {
        let answer = repositories.profiles().set_gender(NOBODY, gender).await;
        assert_eq!(conflict(answer), Constraint::ForeignKey);
    }
    assert_eq!(repositories.profiles().of(NOBODY).await.unwrap(), Profile::default());
}

async fn each_part_that_is_first_written_at_once_is_kept(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    at_once(8, |number| {
        let store = store.clone();
        async move {
            let mut repositories = store.repositories();
            if number % 2 == 0 {
                repositories.profiles().set_picture(ada, picture("one")).await.unwrap();
            } else {
                repositories.profiles().set_gender(ada, Some(Gender::Woman)).await.unwrap();
            }
        }
    })
    .await;
    let both = Profile { picture: Some(picture("one")), gender: Some(Gender::Woman) };
    assert_eq!(store.repositories().profiles().of(ada).await.unwrap(), both);
}

async fn a_unit_that_is_dropped_leaves_the_profile_as_it_was(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let mut unit = store.begin().await.unwrap();
    unit.profiles().set_picture(ada, picture("one")).await.unwrap();
    unit.profiles().set_gender(ada, Some(Gender::Man)).await.unwrap();
    let both = Profile { picture: Some(picture("one")), gender: Some(Gender::Man) };
    assert_eq!(unit.profiles().of(ada).await.unwrap(), both);
    drop(unit);
    assert_eq!(store.repositories().profiles().of(ada).await.unwrap(), Profile::default());
}

async fn a_picture_is_in_use_as_long_as_a_profile_shows_it(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let (one, other) = (picture("one"), picture("other"));
    let mut repositories = store.repositories();
    repositories.profiles().set_picture(ada, one).await.unwrap();
    assert_eq!(repositories.pictures().in_use(&[one, other]).await.unwrap(), HashSet::from([one]));
    repositories.profiles().set_picture(ada, other).await.unwrap();
    assert_eq!(repositories.pictures().in_use(&[one, other]).await.unwrap(), HashSet::from([other]));
}

async fn a_profile_goes_with_its_account(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let mut repositories = store.repositories();
    repositories.profiles().set_picture(ada, picture("one")).await.unwrap();
    repositories.profiles().set_gender(ada, Some(Gender::Woman)).await.unwrap();
    repositories.trash().put(&[ada], None, NOW, "").await.unwrap();
    repositories.trash().begin_removal(ada, NOW).await.unwrap();
    let mut pictures = Vec::new();
    loop {
        let removed = repositories.trash().remove_some(ada, 10).await.unwrap();
        pictures.extend(removed.pictures);
        if removed.rows == 0 {
            break;
        }
    }
    assert_eq!(pictures, [picture("one")]);
    assert!(repositories.trash().remove(ada).await.unwrap().is_some());
    assert_eq!(repositories.profiles().of(ada).await.unwrap(), Profile::default());
}
