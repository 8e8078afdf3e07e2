//! The words of the console in French.

use vestibule_application::accounts::Standing;
use vestibule_domain::accounts::{DirectoryOrder, ListedState, Role};
use vestibule_domain::points::EntryKind;
use vestibule_domain::statistics::CountKind;

use super::{Words, catalogue, previews};
use crate::console::dialect::Refusal;
use crate::console::done::Done;

pub(super) static WORDS: Words = Words {
    lang: "fr",
    skip: "Aller au contenu",
    navigation: "Console",
    overview: "Vue d’ensemble",
    users: "Comptes",
    trash: "Corbeille",
    audit: "Journal",
    messages: "Messages",
    system_page: "Système",
    sign_in: "Se connecter",
    sign_out: "Se déconnecter",
    back_to_overview: "Retour à la vue d’ensemble",
    problem: "Il y a un problème",
    identifier: "Adresse e-mail ou nom d’utilisateur",
    password: "Mot de passe",
    wrong_credentials: "Le nom ou le mot de passe est faux.",
    not_active: "Ce compte n’est pas actif.",
    may_not_use: "Ce compte n’a pas accès à la console.",
    accounts: "Comptes",
    waiting: "Messages en attente",
    parked: "Messages abandonnés",
    sent: "Messages envoyés",
    sent_hint: "Gardés pendant la durée de retention.sent_messages, sans leur contenu.",
    recipient: "Destinataire",
    nobody: "personne",
    channel: "Canal",
    language: "Langue",
    tries: "Essais",
    next_try: "Prochain essai",
    parked_at: "Abandonné",
    sent_at: "Envoyé",
    why: "Pourquoi",
    retry: "Réessayer",
    no_messages: "Aucun message n’est ici.",
    numbers: "Chiffres",
    no_numbers: "La base de données ne répond pas : il n’y a pas de chiffres.",
    statistics: "Les 30 derniers jours",
    statistics_hint: "Par jour en UTC et par surface, jusqu’à il y a quelques secondes.",
    nothing_counted: "Rien durant ces jours.",
    chart: "Graphique",
    as_table: "En tableau",
    day: "Jour",
    total: "En tout",
    state: "État",
    all_up: "Tout répond.",
    down: "Ne répond pas :",
    version: "Version",
    environment: "Environnement",
    schema: "Dernier changement du schéma",
    open_doors: "Portes ouvertes",
    none: "aucune",
    parts: "Éléments",
    answers: "répond",
    answers_not: "ne répond pas",
    settings: "Réglages",
    settings_hint: "Tels qu’ils valent, avec les valeurs par défaut. Les secrets ne sont pas montrés.",
    search: "Rechercher",
    search_label: "Partie d’un nom d’utilisateur ou d’une adresse e-mail, ou identifiant",
    exact: "Ce compte correspond exactement :",
    user_name: "Nom d’utilisateur",
    email: "Adresse e-mail",
    role: "Rôle",
    created: "Création",
    nobody_found: "Aucun compte ne correspond.",
    everybody: "tous",
    in_trash: "dans la corbeille",
    addresses_begin: "Adresses qui commencent ainsi",
    more_addresses: "Autres adresses qui commencent ainsi",
    names_contain: "Noms d’utilisateur qui contiennent ce texte",
    shown: "Comptes affichés :",
    parts_contain: "Adresses qui contiennent ce texte",
    searched_up_to: "Recherché jusqu’à",
    search_on: "Poursuivre la recherche",
    any_role: "tous les rôles",
    any_state: "tous, hors de la corbeille",
    any_surface: "toutes les surfaces",
    unknown_surface: "inconnue",
    order: "Ordre",
    choose: "Choisir",
    none_chosen: "Aucun compte n’a été choisi.",
    trash_chosen: "Mettre les comptes choisis à la corbeille",
    restore_chosen: "Restaurer les comptes choisis",
    trash_these: "Ces comptes vont à la corbeille, et leurs sessions se terminent :",
    restore_these: "Ces comptes reviennent :",
    confirm_trash: "Mettre ce compte à la corbeille ?",
    cancel: "Annuler",
    outcome: "Ce qui s’est passé",
    pages: "Pages",
    page: "Page",
    previous: "Précédente",
    next: "Suivante",
    from_beginning: "Depuis le début",
    identifiers: "Identifiants",
    number: "Numéro",
    id: "Identifiant",
    display_name: "Nom affiché",
    verified: "Adresse prouvée",
    mobile: "Numéro de mobile",
    phone: "Numéro de téléphone",
    changed: "Dernier changement",
    in_trash_since: "Dans la corbeille depuis",
    points: "Points",
    balance: "Solde",
    latest_changes: "Les derniers changements",
    contacts: "Contacts",
    contact: "Contact",
    more_contacts: "Contacts suivants",
    kind: "Type",
    amount: "Points",
    reason: "Raison",
    sessions: "Sessions",
    older_sessions: "Sessions plus anciennes",
    no_sessions: "Il n’y a aucune session ouverte.",
    device: "Appareil",
    address: "Adresse",
    surface: "Surface",
    since: "Depuis",
    last_seen: "Vu",
    until: "Jusqu’à",
    this_session: "cette session",
    end: "Terminer",
    end_all: "Terminer toutes les sessions",
    actions: "Actions",
    send_reset: "Envoyer une réinitialisation",
    send_reset_hint: "Le titulaire reçoit un message avec un lien. Le mot de passe reste valable jusqu’à son usage.",
    change_role: "Changer le rôle",
    new_role: "Nouveau rôle",
    to_trash: "Mettre à la corbeille",
    to_trash_hint: "Toutes les sessions se terminent aussitôt. Le compte peut être restauré.",
    reason_label: "Pourquoi (facultatif)",
    restore: "Restaurer",
    purge: "Supprimer définitivement",
    purge_hint: "Le compte disparaît avec tout ce qui lui appartient. C’est irréversible.",
    purge_name: "Pour confirmer, saisissez",
    name_differs: "Ce n’est pas le bon nom.",
    own_password: "Votre propre mot de passe, car votre connexion date",
    password_wrong: "Le mot de passe est faux.",
    password_needed: "Saisissez votre mot de passe.",
    trashed_at: "Depuis",
    trashed_by: "Par",
    days_left: "Jours restants",
    for_ever: "conservé",
    trash_empty: "La corbeille est vide.",
    no_events: "Aucun événement ne correspond.",
    all_events: "Tous les événements du compte",
    when: "Quand",
    action: "Quoi",
    actor: "Qui",
    account: "Compte",
    client: "Réseau",
    times: "Fois",
    details: "Détails",
    account_label: "Compte : adresse e-mail, nom ou identifiant",
    any_action: "tout",
    since_label: "Depuis le jour",
    filter: "Afficher",
    older: "Événements plus anciens",
    unknown_account: "Ce compte n’existe pas.",
    no_such_day: "Ce n’est pas un jour.",
    operator: "ligne de commande",
    system: "le serveur",
    anonymous: "inconnu",
    audit_csv: "En fichier CSV ; événements au plus :",
    catalogue: catalogue::french::WORDS,
    previews: previews::french::WORDS,
    role_of,
    state_of,
    order_of,
    standing,
    points_kind,
    count_kind,
    counted,
    done,
    refusal,
};

fn role_of(role: Role) -> &'static str {
    match role {
        Role::User => "membre",
        Role::Moderator => "modérateur",
        Role::Admin => "administrateur",
    }
}

fn state_of(state: ListedState) -> &'static str {
    match state {
        ListedState::Active => "actifs",
        ListedState::Inactive => "non actifs",
        ListedState::Waiting => "en attente d’activation",
        ListedState::InTrash => "dans la corbeille",
    }
}

fn order_of(order: DirectoryOrder) -> &'static str {
    match order {
        DirectoryOrder::Oldest => "plus anciens d’abord",
        DirectoryOrder::Newest => "plus récents d’abord",
        DirectoryOrder::Name => "par nom d’utilisateur",
        DirectoryOrder::Address => "par adresse e-mail",
    }
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Active => "actif",
        Standing::Waiting => "attend son activation",
        Standing::LockedOut => "bloqué",
        Standing::InTrash => "dans la corbeille",
        Standing::BeingRemoved => "en cours de suppression",
    }
}

fn points_kind(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Opening => "solde initial",
        EntryKind::Add => "ajout",
        EntryKind::Deduct => "retrait",
    }
}

fn count_kind(kind: CountKind) -> &'static str {
    match kind {
        CountKind::SignUps => "Inscriptions",
        CountKind::LogIns => "Connexions",
        CountKind::FailedLogIns => "Connexions échouées",
        CountKind::Mails => "E-mails envoyés",
        CountKind::PointsMoved => "Points déplacés",
    }
}

fn counted(days: usize, total: u64, most: u64, day: &str) -> String {
    format!("{total} en {days} jours. Le plus en un jour : {most}, le {day}.")
}

fn done(done: Done) -> &'static str {
    match done {
        Done::ResetSent => "Le message de réinitialisation est en route.",
        Done::RoleChanged => "Le rôle est changé.",
        Done::RoleKept => "Le compte a déjà ce rôle : rien n’a été changé.",
        Done::Trashed => "Le compte est dans la corbeille.",
        Done::Restored => "Le compte est restauré.",
        Done::Purged => "Le compte est supprimé définitivement.",
        Done::SessionEnded => "La session est terminée.",
        Done::SessionsEnded => "Les sessions sont terminées.",
        Done::MessageRetried => "Le message attend d’être envoyé de nouveau.",
        Done::TestSent => "Le message d’essai est en route.",
        Done::MovieChanged => "Le film est modifié.",
        Done::SignedOut => "Vous êtes déconnecté.",
    }
}

fn refusal(refusal: Refusal) -> [&'static str; 2] {
    match refusal {
        Refusal::SignIn => ["Se connecter", "Vous n’êtes pas connecté."],
        Refusal::MayNotUse => ["Accès refusé", "Ce compte n’a pas accès à la console."],
        Refusal::AdministratorsOnly => ["Accès refusé", "Cette page est réservée aux administrateurs."],
        Refusal::StaleForm => [
            "Rien n’a été fait",
            "Le formulaire date d’une connexion antérieure. Rouvrez la page et recommencez.",
        ],
        Refusal::ForeignPage => ["Rien n’a été fait", "La demande vient de la page d’un autre site."],
        Refusal::NoSuchPage => ["Introuvable", "Cette page n’existe pas."],
        Refusal::NoSuchAccount => ["Introuvable", "Ce compte n’existe pas."],
        Refusal::NoSuchSession => ["Introuvable", "La session est déjà terminée."],
        Refusal::NoSuchMessage => ["Introuvable", "Il n’y a pas de tel message abandonné."],
        Refusal::NoSuchMovie => ["Introuvable", "Ce film n’existe pas."],
        Refusal::UploadUnderWay => {
            ["Rien n’a été fait", "Un autre fichier est en cours d’importation. Envoyez celui-ci ensuite."]
        }
        Refusal::UploadTooLarge => {
            ["Rien n’a été fait", "Le fichier est plus grand que ce serveur n’accepte."]
        }
        Refusal::LastAdmin => {
            ["Rien n’a été fait", "C’est le compte du dernier administrateur, qui doit rester."]
        }
        Refusal::AlreadyInTrash => ["Rien n’a été fait", "Le compte est déjà dans la corbeille."],
        Refusal::NotInTrash => ["Rien n’a été fait", "Le compte n’est pas dans la corbeille."],
        Refusal::BeingRemoved => ["Rien n’a été fait", "Le compte est en cours de suppression."],
        Refusal::NotActive => ["Rien n’a été fait", "Le compte n’est pas actif."],
        Refusal::NoAddress => ["Rien n’a été fait", "Le compte n’a pas d’adresse e-mail."],
        Refusal::Unreadable => ["Rien n’a été fait", "La demande n’a pas pu être lue."],
        Refusal::TooLarge => ["Rien n’a été fait", "La demande est trop grande."],
        Refusal::OtherMethod => ["Rien n’a été fait", "La page n’accepte pas cette demande."],
        Refusal::Limited => ["Veuillez réessayer dans un instant", "Il y a eu trop de tentatives."],
        Refusal::Busy => {
            ["Veuillez réessayer dans un instant", "Une partie du système ne répond pas en ce moment."]
        }
        Refusal::Failed => ["Une erreur s’est produite", "Veuillez réessayer plus tard."],
    }
}
