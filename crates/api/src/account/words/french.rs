//! The words of the account pages in French.

use super::Words;
use crate::account::dialect::Refusal;
use crate::account::done::Done;

pub(super) static WORDS: Words = Words {
    lang: "fr",
    skip: "Aller au contenu",
    navigation: "Votre compte",
    sessions: "Sessions",
    older_sessions: "Sessions plus anciennes",
    password_page: "Mot de passe",
    data: "Vos données",
    delete: "Supprimer le compte",
    sign_in: "Se connecter",
    sign_out: "Se déconnecter",
    back: "Vers votre compte",
    problem: "Il y a un problème",
    identifier: "Adresse e-mail ou nom d’utilisateur",
    password: "Mot de passe",
    wrong_credentials: "Le nom ou le mot de passe est faux.",
    not_active: "Ce compte n’est pas actif.",
    deleted_hint: "Vous avez supprimé votre compte récemment ? Connectez-vous pour le récupérer.",
    forgot_password: "Mot de passe oublié ?",
    forgot_password_hint: "Un e-mail vous apporte un lien, derrière lequel vous choisissez un nouveau mot de passe.",
    send_link: "Envoyer le lien",
    not_an_address: "Ce n’est pas une adresse e-mail.",
    days_left,
    come_back: "Récupérer votre compte",
    come_back_hint: "Vous avez supprimé ce compte. Il peut revenir avec tout ce qui lui appartient.",
    come_back_until: "Il sera supprimé définitivement le",
    come_back_button: "Récupérer mon compte",
    account: "Compte",
    user_name: "Nom d’utilisateur",
    email: "Adresse e-mail",
    display_name: "Nom affiché",
    sessions_hint: "Là où vous êtes connecté. Terminez ce que vous ne connaissez pas, puis changez de mot de passe.",
    device: "Appareil",
    unknown_device: "appareil inconnu",
    address: "Adresse",
    surface: "Surface",
    since: "Depuis",
    last_seen: "Vu",
    until: "Jusqu’à",
    this_session: "cette session",
    end: "Terminer",
    end_others: "Terminer toutes les autres sessions",
    old_password: "Votre mot de passe actuel",
    new_password: "Nouveau mot de passe",
    repeated: "Le nouveau encore une fois",
    change_password: "Modifier le mot de passe",
    password_hint: "Toutes vos autres sessions se terminent.",
    password_again: "Votre mot de passe, car votre connexion date",
    password_wrong: "Le mot de passe est faux.",
    password_needed: "Saisissez votre mot de passe.",
    data_hint: "Un fichier zip avec tout ce qui est conservé à votre sujet : votre compte, votre carnet d’adresses, vos \
                images, vos sessions, vos points et ce qui a été fait à votre compte.",
    download: "Télécharger",
    go_on: "Continuer",
    delete_hint: "Toutes vos sessions se terminent aussitôt. Votre nom et votre adresse restent à vous tant que vous \
                  pouvez revenir.",
    delete_until: "Avec tout ce qui lui appartient, le compte est supprimé définitivement le",
    delete_come_back: "D’ici là, connectez-vous ici pour le récupérer.",
    delete_kept: "Vous pouvez récupérer le compte à tout moment : connectez-vous ici.",
    delete_staff_come_back: "D’ici là, un administrateur peut le récupérer ; vous ne le pouvez pas, car vous faites \
                             partie de l’équipe.",
    delete_staff_kept: "Un administrateur peut récupérer le compte à tout moment ; vous ne le pouvez pas, car vous \
                        faites partie de l’équipe.",
    delete_button: "Supprimer mon compte",
    done,
    refusal,
};

fn days_left(days: u64) -> String {
    match days {
        1 => "Vous pouvez le récupérer pendant un jour : connectez-vous ici.".to_owned(),
        days => format!("Vous pouvez le récupérer pendant {days} jours : connectez-vous ici."),
    }
}

fn done(done: Done) -> &'static str {
    match done {
        Done::SessionEnded => "La session est terminée.",
        Done::SessionsEnded => "Toutes les autres sessions sont terminées.",
        Done::PasswordChanged => "Votre mot de passe est modifié. Toutes les autres sessions sont terminées.",
        Done::Proved => "Merci. Vous pouvez continuer.",
        Done::Deleted => "Votre compte est supprimé.",
        Done::StaffDeleted => "Votre compte est supprimé. Un administrateur peut le récupérer.",
        Done::Restored => "Votre compte est de retour.",
        Done::SignedOut => "Vous êtes déconnecté.",
        Done::ResetRequested => {
            "Si un compte actif a cette adresse, un e-mail avec un lien est en route. Regardez aussi parmi les \
             indésirables."
        }
    }
}

fn refusal(refusal: Refusal) -> [&'static str; 2] {
    match refusal {
        Refusal::SignIn => ["Se connecter", "Vous n’êtes pas connecté."],
        Refusal::StaleForm => [
            "Rien n’a été fait",
            "Le formulaire date d’une connexion antérieure. Rouvrez la page et recommencez.",
        ],
        Refusal::ForeignPage => ["Rien n’a été fait", "La demande vient de la page d’un autre site."],
        Refusal::NoSuchPage => ["Introuvable", "Cette page n’existe pas."],
        Refusal::NoSuchSession => ["Introuvable", "La session est déjà terminée."],
        Refusal::LastAdmin => {
            ["Rien n’a été fait", "Le compte est celui du dernier administrateur, qui doit rester."]
        }
        Refusal::Unreadable => ["Rien n’a été fait", "La demande n’a pas pu être lue."],
        Refusal::TooLarge => ["Rien n’a été fait", "La demande est trop grande."],
        Refusal::OtherMethod => ["Rien n’a été fait", "La page n’accepte pas une telle demande."],
        Refusal::Limited => ["Veuillez réessayer dans un instant", "Il y a eu trop de tentatives."],
        Refusal::Busy => {
            ["Veuillez réessayer dans un instant", "Une partie du système ne répond pas en ce moment."]
        }
        Refusal::Failed => ["Une erreur s’est produite", "Veuillez réessayer plus tard."],
    }
}
