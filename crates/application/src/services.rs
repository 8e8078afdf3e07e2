//! All use cases.

use vestibule_domain::messages::InstanceId;

use crate::Deps;
use crate::accounts::{
    ActivateAccount, ActivateMobile, ArchiveAccount, ChangePassword, ChangeRole, CompletePasswordReset,
    ConfirmEmail, CreateAdmin, DeactivateAccount, EditAccount, EditMobile, ExportAccounts, ImportAccounts,
    InspectAccount, IssueRecovery, KeepImportKeys, ListAccounts, ListDirectory, RecoverPassword,
    RegisterAccount, RegisterAtOnce, RegisterMobile, RequestConfirmation, RequestPasswordReset,
    SendPasswordReset, SetOwnPassword, SetProfilePicture, ShowAccount, ShowDirectoryEntry, ShowPasswordReset,
    SignUp,
};
use crate::answers::{Answers, Generations, WatchedStore};
use crate::audit::ListAuditEvents;
use crate::catalogue::{
    ChangeMovie, CreateMovie, ExportMovies, ImportMovies, ListMovies, RemoveMovie, ShowMovie,
};
use crate::contacts::{
    ChangeContact, CreateContact, ExportContacts, FindContact, ImportContacts, ListBirthdays, ListContacts,
    RebuildContactIndex, RemoveContact, SetContactAvatar,
};
use crate::maintenance::PurgeExpired;
use crate::media::{CountUpload, RemovePicture, ShowPicture, StorePicture, SweepOrphans};
use crate::messages::{DeliverMessages, FreeDeadLeases};
use crate::points::{ChangePoints, ReconcilePoints, ShowPointsHistory};
use crate::sessions::{EndSessions, ListSessions, LogIn, LogOut, RefreshAccess, VerifyAccess};
use crate::trash::{
    EraseAccount, ListTrash, RemoveAccount, RemoveOwnAccount, RestoreAccount, TrashAccount, TrashAccounts,
};
use crate::verification::{SendCode, VerifyCode};

/// Every use case, ready to be executed.
#[expect(missing_docs, reason = "the names say it")]
pub struct Services {
    /// Answers that are given again.
    pub answers: Answers,
    pub register_account: RegisterAccount,
    pub activate_account: ActivateAccount,
    pub confirm_email: ConfirmEmail,
    pub request_confirmation: RequestConfirmation,
    pub request_password_reset: RequestPasswordReset,
    pub show_password_reset: ShowPasswordReset,
    pub complete_password_reset: CompletePasswordReset,
    pub create_admin: CreateAdmin,
    pub deactivate_account: DeactivateAccount,
    pub change_role: ChangeRole,
    pub list_audit_events: ListAuditEvents,
    pub sign_up: SignUp,
    pub list_directory: ListDirectory,
    pub show_directory_entry: ShowDirectoryEntry,
    pub edit_account: EditAccount,
    /// See [`EditMobile`].
    pub edit_mobile: EditMobile,
    pub trash_account: TrashAccount,
    pub trash_accounts: TrashAccounts,
    pub list_trash: ListTrash,
    pub restore_account: RestoreAccount,
    pub remove_account: RemoveAccount,
    /// See [`RemoveOwnAccount`].
    pub remove_own_account: RemoveOwnAccount,
    pub import_accounts: ImportAccounts,
    pub keep_import_keys: KeepImportKeys,
    pub export_accounts: ExportAccounts,
    pub archive_account: ArchiveAccount,
    pub erase_account: EraseAccount,
    pub inspect_account: InspectAccount,
    pub send_password_reset: SendPasswordReset,
    pub list_sessions: ListSessions,
    pub end_sessions: EndSessions,
    pub log_in: LogIn,
    pub refresh_access: RefreshAccess,
    pub log_out: LogOut,
    pub verify_access: VerifyAccess,
    pub deliver_messages: DeliverMessages,
    pub free_dead_leases: FreeDeadLeases,
    pub purge_expired: PurgeExpired,
    pub list_movies: ListMovies,
    pub show_movie: ShowMovie,
    pub create_movie: CreateMovie,
    pub change_movie: ChangeMovie,
    pub remove_movie: RemoveMovie,
    pub import_movies: ImportMovies,
    pub export_movies: ExportMovies,
    pub count_upload: CountUpload,
    pub store_picture: StorePicture,
    pub show_picture: ShowPicture,
    pub remove_picture: RemovePicture,
    pub sweep_orphans: SweepOrphans,
    pub list_contacts: ListContacts,
    pub find_contact: FindContact,
    pub list_birthdays: ListBirthdays,
    pub create_contact: CreateContact,
    pub change_contact: ChangeContact,
    pub remove_contact: RemoveContact,
    pub set_contact_avatar: SetContactAvatar,
    pub rebuild_contact_index: RebuildContactIndex,
    pub import_contacts: ImportContacts,
    pub export_contacts: ExportContacts,
    pub activate_mobile: ActivateMobile,
    pub change_password: ChangePassword,
    pub issue_recovery: IssueRecovery,
    pub list_accounts: ListAccounts,
    pub recover_password: RecoverPassword,
    pub register_at_once: RegisterAtOnce,
    pub register_mobile: RegisterMobile,
    pub set_own_password: SetOwnPassword,
    pub set_profile_picture: SetProfilePicture,
    pub show_account: ShowAccount,
    pub send_code: SendCode,
    pub verify_code: VerifyCode,
    pub change_points: ChangePoints,
    pub show_points_history: ShowPointsHistory,
    pub reconcile_points: ReconcilePoints,
}

impl Services {
    /// Builds every use case on these ports.
    pub fn new(deps: &Deps) -> Self {
        let instance = InstanceId(deps.ids.random());
        let generations = Generations::new(deps);
        let deps = &WatchedStore::watch(deps, &generations);
        let answers = Answers::new(deps, generations);
        Self {
            register_account: RegisterAccount::new(deps),
            activate_account: ActivateAccount::new(deps),
            confirm_email: ConfirmEmail::new(deps),
            request_confirmation: RequestConfirmation::new(deps),
            request_password_reset: RequestPasswordReset::new(deps),
            show_password_reset: ShowPasswordReset::new(deps),
            complete_password_reset: CompletePasswordReset::new(deps),
            create_admin: CreateAdmin::new(deps),
            deactivate_account: DeactivateAccount::new(deps),
            change_role: ChangeRole::new(deps),
            list_audit_events: ListAuditEvents::new(deps),
            sign_up: SignUp::new(deps),
            list_directory: ListDirectory::new(deps),
            show_directory_entry: ShowDirectoryEntry::new(deps),
            edit_account: EditAccount::new(deps),
            edit_mobile: EditMobile::new(deps, answers.clone()),
            trash_account: TrashAccount::new(deps),
            trash_accounts: TrashAccounts::new(deps),
            list_trash: ListTrash::new(deps),
            restore_account: RestoreAccount::new(deps),
            remove_account: RemoveAccount::new(deps),
            remove_own_account: RemoveOwnAccount::new(deps),
            import_accounts: ImportAccounts::new(deps),
            keep_import_keys: KeepImportKeys::new(deps),
            export_accounts: ExportAccounts::new(deps),
            archive_account: ArchiveAccount::new(deps),
            erase_account: EraseAccount::new(deps),
            inspect_account: InspectAccount::new(deps),
            send_password_reset: SendPasswordReset::new(deps),
            list_sessions: ListSessions::new(deps),
            end_sessions: EndSessions::new(deps),
            log_in: LogIn::new(deps),
            refresh_access: RefreshAccess::new(deps),
            log_out: LogOut::new(deps),
            verify_access: VerifyAccess::new(deps),
            deliver_messages: DeliverMessages::new(deps, instance),
            free_dead_leases: FreeDeadLeases::new(deps),
            purge_expired: PurgeExpired::new(deps, instance),
            list_movies: ListMovies::new(deps, answers.clone()),
            show_movie: ShowMovie::new(deps),
            create_movie: CreateMovie::new(deps),
            change_movie: ChangeMovie::new(deps),
            remove_movie: RemoveMovie::new(deps),
            import_movies: ImportMovies::new(deps),
            export_movies: ExportMovies::new(deps),
            count_upload: CountUpload::new(deps),
            store_picture: StorePicture::new(deps),
            show_picture: ShowPicture::new(deps),
            remove_picture: RemovePicture::new(deps),
            sweep_orphans: SweepOrphans::new(deps, instance),
            list_contacts: ListContacts::new(deps),
            find_contact: FindContact::new(deps),
            list_birthdays: ListBirthdays::new(deps),
            create_contact: CreateContact::new(deps),
            change_contact: ChangeContact::new(deps),
            remove_contact: RemoveContact::new(deps),
            set_contact_avatar: SetContactAvatar::new(deps),
            rebuild_contact_index: RebuildContactIndex::new(deps),
            import_contacts: ImportContacts::new(deps),
            export_contacts: ExportContacts::new(deps),
            activate_mobile: ActivateMobile::new(deps),
            change_password: ChangePassword::new(deps),
            issue_recovery: IssueRecovery::new(deps),
            list_accounts: ListAccounts::new(deps),
            recover_password: RecoverPassword::new(deps),
            register_at_once: RegisterAtOnce::new(deps),
            register_mobile: RegisterMobile::new(deps),
            set_own_password: SetOwnPassword::new(deps),
            set_profile_picture: SetProfilePicture::new(deps),
            show_account: ShowAccount::new(deps),
            send_code: SendCode::new(deps),
            verify_code: VerifyCode::new(deps),
            change_points: ChangePoints::new(deps, answers.clone()),
            show_points_history: ShowPointsHistory::new(deps),
            reconcile_points: ReconcilePoints::new(deps),
            answers,
        }
    }
}
