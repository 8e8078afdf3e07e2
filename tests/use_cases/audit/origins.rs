//! Events say from where they came.

use std::time::Duration;

use uuid::Uuid;
use vestibule_application::accounts::{Administrator, ChangeRoleInput};
use vestibule_application::audit::Origin;
use vestibule_domain::accounts::Role;
use vestibule_domain::audit::AuditAction;
use vestibule_use_case_tests::UseCases;

use super::{ADA, of_action};

#[tokio::test]
async fn a_request_is_known_by_its_surface_its_id_and_the_network_of_its_client() {
    let app = UseCases::new();
    app.member(ADA).await;
    let request = Origin::request(Uuid::max(), "2001:db8:1:2::9".parse().ok()).at_surface("theater");
    request.scope(app.log_in(ADA)).await;
    let [event] = &of_action(&app, AuditAction::LoggedIn).await[..] else { panic!("not one event") };
    assert_eq!((event.surface.as_str(), event.request), ("theater", Some(Uuid::max())));
    assert_eq!(event.client.as_deref(), Some("2001:db8:1:2::/64"));
}

#[tokio::test]
async fn a_command_and_a_worker_have_neither_client_nor_request() {
    let app = UseCases::new();
    app.member(ADA).await;
    Origin::COMMAND.scope(app.log_in(ADA)).await;
    app.clock.advance(Duration::from_secs(1));
    app.log_in(ADA).await;
    let events = of_action(&app, AuditAction::LoggedIn).await;
    let surfaces: Vec<_> = events.iter().map(|event| event.surface.as_str()).collect();
    assert_eq!(surfaces, ["command", "worker"]);
    assert!(events.iter().all(|event| event.client.is_none() && event.request.is_none()));
}

#[tokio::test]
async fn a_changed_role_is_told_with_the_one_before() {
    let app = UseCases::new();
    let account = app.member(ADA).await;
    let administrator = Administrator::operator();
    let input = ChangeRoleInput { administrator, account, role: Role::Moderator };
    app.services.change_role.execute(input).await.unwrap();
    let [event] = &of_action(&app, AuditAction::RoleChanged).await[..] else { panic!("not one event") };
    assert_eq!(event.details.as_deref(), Some(r#"{"old_role":"USER","new_role":"MODERATOR"}"#));
}

#[tokio::test]
async fn a_role_that_the_account_has_already_is_no_event() {
    let app = UseCases::new();
    let account = app.member(ADA).await;
    let administrator = Administrator::operator();
    for (role, before) in
        [(Role::User, Role::User), (Role::Moderator, Role::User), (Role::Moderator, Role::Moderator)]
    {
        let input = ChangeRoleInput { administrator, account, role };
        assert_eq!(app.services.change_role.execute(input).await.unwrap(), before);
    }
    assert_eq!(of_action(&app, AuditAction::RoleChanged).await.len(), 1);
}
