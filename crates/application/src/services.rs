//! All use cases.

use crate::Deps;
use crate::accounts::{
    ActivateAccount, ChangeRole, CompletePasswordReset, ConfirmEmail, CreateAdmin, DeactivateAccount,
    EditAccount, ListAccounts, RegisterAccount, RequestConfirmation, RequestPasswordReset, ShowAccount,
    ShowPasswordReset, SignUp,
};
use crate::catalogue::{ChangeMovie, CreateMovie, ImportMovies, ListMovies, RemoveMovie, ShowMovie};
use crate::contacts::{
    ChangeContact, CreateContact, FindContact, ListBirthdays, ListContacts, RebuildContactIndex,
    RemoveContact, SetContactAvatar,
};
use crate::maintenance::PurgeExpired;
use crate::media::{CountUpload, RemovePicture, ShowPicture, StorePicture, SweepOrphans};
use crate::messages::{DeliverMessages, FreeDeadLeases};
use crate::sessions::{LogIn, LogOut, RefreshAccess, VerifyAccess};
use crate::trash::{ListTrash, RemoveAccount, RestoreAccount, TrashAccount, TrashAccounts};

/// Every use case, ready to be executed.
pub struct Services {
    /// See [`RegisterAccount`].
    pub register_account: RegisterAccount,
    /// See [`ActivateAccount`].
    pub activate_account: ActivateAccount,
    /// See [`ConfirmEmail`].
    pub confirm_email: ConfirmEmail,
    /// See [`RequestConfirmation`].
    pub request_confirmation: RequestConfirmation,
    /// See [`RequestPasswordReset`].
    pub request_password_reset: RequestPasswordReset,
    /// See [`ShowPasswordReset`].
    pub show_password_reset: ShowPasswordReset,
    /// See [`CompletePasswordReset`].
    pub complete_password_reset: CompletePasswordReset,
    /// See [`CreateAdmin`].
    pub create_admin: CreateAdmin,
    /// See [`DeactivateAccount`].
    pub deactivate_account: DeactivateAccount,
    /// See [`ChangeRole`].
    pub change_role: ChangeRole,
    /// See [`SignUp`].
    pub sign_up: SignUp,
    /// See [`ListAccounts`].
    pub list_accounts: ListAccounts,
    /// See [`ShowAccount`].
    pub show_account: ShowAccount,
    /// See [`EditAccount`].
    pub edit_account: EditAccount,
    /// See [`TrashAccount`].
    pub trash_account: TrashAccount,
    /// See [`TrashAccounts`].
    pub trash_accounts: TrashAccounts,
    /// See [`ListTrash`].
    pub list_trash: ListTrash,
    /// See [`RestoreAccount`].
    pub restore_account: RestoreAccount,
    /// See [`RemoveAccount`].
    pub remove_account: RemoveAccount,
    /// See [`LogIn`].
    pub log_in: LogIn,
    /// See [`RefreshAccess`].
    pub refresh_access: RefreshAccess,
    /// See [`LogOut`].
    pub log_out: LogOut,
    /// See [`VerifyAccess`].
    pub verify_access: VerifyAccess,
    /// See [`DeliverMessages`].
    pub deliver_messages: DeliverMessages,
    /// See [`FreeDeadLeases`].
    pub free_dead_leases: FreeDeadLeases,
    /// See [`PurgeExpired`].
    pub purge_expired: PurgeExpired,
    /// See [`ListMovies`].
    pub list_movies: ListMovies,
    /// See [`ShowMovie`].
    pub show_movie: ShowMovie,
    /// See [`CreateMovie`].
    pub create_movie: CreateMovie,
    /// See [`ChangeMovie`].
    pub change_movie: ChangeMovie,
    /// See [`RemoveMovie`].
    pub remove_movie: RemoveMovie,
    /// See [`ImportMovies`].
    pub import_movies: ImportMovies,
    /// See [`CountUpload`].
    pub count_upload: CountUpload,
    /// See [`StorePicture`].
    pub store_picture: StorePicture,
    /// See [`ShowPicture`].
    pub show_picture: ShowPicture,
    /// See [`RemovePicture`].
    pub remove_picture: RemovePicture,
    /// See [`SweepOrphans`].
    pub sweep_orphans: SweepOrphans,
    /// See [`ListContacts`].
    pub list_contacts: ListContacts,
    /// See [`FindContact`].
    pub find_contact: FindContact,
    /// See [`ListBirthdays`].
    pub list_birthdays: ListBirthdays,
    /// See [`CreateContact`].
    pub create_contact: CreateContact,
    /// See [`ChangeContact`].
    pub change_contact: ChangeContact,
    /// See [`RemoveContact`].
    pub remove_contact: RemoveContact,
    /// See [`SetContactAvatar`].
    pub set_contact_avatar: SetContactAvatar,
    /// See [`RebuildContactIndex`].
    pub rebuild_contact_index: RebuildContactIndex,
}

impl Services {
    /// Builds every use case on the same ports.
    pub fn new(deps: &Deps) -> Self {
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
            sign_up: SignUp::new(deps),
            list_accounts: ListAccounts::new(deps),
            show_account: ShowAccount::new(deps),
            edit_account: EditAccount::new(deps),
            trash_account: TrashAccount::new(deps),
            trash_accounts: TrashAccounts::new(deps),
            list_trash: ListTrash::new(deps),
            restore_account: RestoreAccount::new(deps),
            remove_account: RemoveAccount::new(deps),
            log_in: LogIn::new(deps),
            refresh_access: RefreshAccess::new(deps),
            log_out: LogOut::new(deps),
            verify_access: VerifyAccess::new(deps),
            deliver_messages: DeliverMessages::new(deps),
            free_dead_leases: FreeDeadLeases::new(deps),
            purge_expired: PurgeExpired::new(deps),
            list_movies: ListMovies::new(deps),
            show_movie: ShowMovie::new(deps),
            create_movie: CreateMovie::new(deps),
            change_movie: ChangeMovie::new(deps),
            remove_movie: RemoveMovie::new(deps),
            import_movies: ImportMovies::new(deps),
            count_upload: CountUpload::new(deps),
            store_picture: StorePicture::new(deps),
            show_picture: ShowPicture::new(deps),
            remove_picture: RemovePicture::new(deps),
            sweep_orphans: SweepOrphans::new(deps),
            list_contacts: ListContacts::new(deps),
            find_contact: FindContact::new(deps),
            list_birthdays: ListBirthdays::new(deps),
            create_contact: CreateContact::new(deps),
            change_contact: ChangeContact::new(deps),
            remove_contact: RemoveContact::new(deps),
            set_contact_avatar: SetContactAvatar::new(deps),
            rebuild_contact_index: RebuildContactIndex::new(deps),
        }
    }
}
