//! French. A colon is preceded by a no-break space.

use super::moment::Moment;
use super::origin::Origin;
use super::words::{CodeWords, PageWords, Span, Words};

const GREETING: &str = "Bonjour,";
const AUTOMATIC: &str = "Ce message est automatique. Les réponses ne sont pas lues.";
const COPY_LINK: &str = "Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur\u{a0}:";
const GIVE_CODE: &str = "Si une application vous demande un code, donnez-lui celui-ci\u{a0}:";

/// The sentence that tells which registration the mail is about, and what to do only if it is the reader's own.
struct Registration {
    origin: String,
    caution: &'static str,
}

impl Registration {
    /// Without an origin there is no such sentence.
    fn new(origin: Option<Origin>) -> Self {
        const CAUTION: &str = " Ne continuez que si elle vient de vous\u{a0}: le compte aura le mot de passe \
                               choisi à ce moment-là.";
        match origin {
            None => Self { origin: String::new(), caution: "" },
            Some(origin) => Self { origin: came(origin), caution: CAUTION },
        }
    }
}

fn came(Origin { at, client_address }: Origin) -> String {
    let from = client_address
        .map_or_else(|| "une adresse inconnue".to_owned(), |address| format!("l’adresse {address}"));
    format!(" La demande a été faite le {} depuis {from}.", written(at))
}

fn written(at: Moment) -> String {
    const MONTHS: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let Moment { day, month, year, hour, minute } = at;
    let day = if day == 1 { "1er".to_owned() } else { day.to_string() };
    let month = MONTHS.get(month).copied().unwrap_or_default();
    format!("{day} {month} {year} à {hour:02}:{minute:02} UTC")
}

pub(super) fn activate_account(product: &str, email: &str, origin: Option<Origin>, valid: Span) -> Words {
    let Registration { origin, caution } = Registration::new(origin);
    Words {
        subject: "Activez votre compte",
        greeting: GREETING,
        what_happened: format!(
            "Un compte {product} a été demandé pour l’adresse {email}.{origin} Il ne reste plus qu’à \
             l’activer.{caution}"
        ),
        page: Some(PageWords {
            open_page: "Pour l’activer, ouvrez cette page\u{a0}:",
            button: "Activer mon compte",
            copy_link: COPY_LINK,
        }),
        code: Some(CodeWords { give_code: GIVE_CODE, validity: validity(valid) }),
        not_you: "Si vous n’avez pas demandé de compte, ignorez ce message\u{a0}: sans activation, il reste \
                  inutilisable.",
        automatic: AUTOMATIC,
    }
}

pub(super) fn confirm_email(
    product: &str,
    email: &str,
    name: Option<&str>,
    origin: Option<Origin>,
    valid: Span,
) -> Words {
    let Registration { origin, caution } = Registration::new(origin);
    let account = name.map_or_else(|| "Un compte".to_owned(), |name| format!("Le compte « {name} »"));
    Words {
        subject: "Confirmez votre adresse e-mail",
        greeting: GREETING,
        what_happened: format!(
            "{account} a été demandé chez {product} pour l’adresse {email}.{origin} Confirmez l’adresse, et il \
             pourra servir.{caution}"
        ),
        page: Some(PageWords {
            open_page: "Pour la confirmer, ouvrez cette page\u{a0}:",
            button: "Confirmer mon adresse",
            copy_link: COPY_LINK,
        }),
        code: Some(CodeWords {
            give_code: GIVE_CODE,
            validity: format!("Le lien est valable {}.", spelled(valid)),
        }),
        not_you: "Si vous n’avez pas demandé de compte, ignorez ce message\u{a0}: tant que l’adresse n’est pas \
                  confirmée, il reste inutilisable.",
        automatic: AUTOMATIC,
    }
}

pub(super) fn reset_password(product: &str, email: &str, valid: Span) -> Words {
    Words {
        subject: "Réinitialisez votre mot de passe",
        greeting: GREETING,
        what_happened: format!("Un nouveau mot de passe a été demandé pour le compte {product} de {email}."),
        page: Some(PageWords {
            open_page: "Pour en choisir un, ouvrez cette page\u{a0}:",
            button: "Choisir un nouveau mot de passe",
            copy_link: COPY_LINK,
        }),
        code: Some(CodeWords { give_code: GIVE_CODE, validity: validity(valid) }),
        not_you: "Si cette demande ne vient pas de vous, ignorez ce message\u{a0}: votre mot de passe ne change \
                  pas. Ne donnez jamais le lien ni le code à personne.",
        automatic: AUTOMATIC,
    }
}

pub(super) fn password_changed(product: &str, email: &str) -> Words {
    Words {
        subject: "Votre mot de passe a été modifié",
        greeting: GREETING,
        what_happened: format!(
            "Le mot de passe du compte {product} de {email} vient d’être modifié. Si c’est vous qui l’avez \
             changé, vous n’avez rien d’autre à faire."
        ),
        page: None,
        code: None,
        not_you: "Si ce n’est pas vous, demandez tout de suite un nouveau mot de passe depuis la page de \
                  connexion, et vérifiez que personne d’autre ne peut lire vos e-mails.",
        automatic: AUTOMATIC,
    }
}

pub(super) fn account_deleted(
    product: &str,
    email: &str,
    until: Option<Moment>,
    owner_may_restore: bool,
) -> Words {
    let who = if owner_may_restore { "vous pouvez" } else { "un administrateur peut" };
    let how = if owner_may_restore {
        "\u{a0}: connectez-vous aux pages du compte avec votre mot de passe"
    } else {
        ""
    };
    let way_back = match until.map(written) {
        Some(until) => format!(
            "Jusqu’au {until}, {who} le récupérer avec tout ce qui lui appartient{how}. Ensuite il sera supprimé \
             définitivement."
        ),
        None => format!("À tout moment, {who} le récupérer avec tout ce qui lui appartient{how}."),
    };
    Words {
        subject: "Votre compte a été supprimé",
        greeting: GREETING,
        what_happened: format!(
            "Le compte {product} de {email} vient d’être supprimé depuis les pages du compte, et toutes ses sessions \
             sont closes. Si c’est vous qui l’avez fait, vous n’avez rien d’autre à faire. {way_back}"
        ),
        page: owner_may_restore.then_some(PageWords {
            open_page: "Pour le récupérer, connectez-vous sur cette page\u{a0}:",
            button: "Récupérer mon compte",
            copy_link: COPY_LINK,
        }),
        code: None,
        not_you: if owner_may_restore {
            "Si ce n’est pas vous, récupérez tout de suite le compte et changez son mot de passe, et vérifiez que \
             personne d’autre ne peut lire vos e-mails. Si votre mot de passe ne fonctionne plus, adressez-vous à un \
             administrateur."
        } else {
            "Si ce n’est pas vous, prévenez tout de suite un administrateur, et vérifiez que personne d’autre ne peut \
             lire vos e-mails."
        },
        automatic: AUTOMATIC,
    }
}

pub(super) fn account_restored(product: &str, email: &str) -> Words {
    Words {
        subject: "Votre compte est de retour",
        greeting: GREETING,
        what_happened: format!(
            "Le compte {product} de {email}, qui était supprimé, vient d’être récupéré depuis les pages du compte, avec \
             son mot de passe. Si c’est vous qui l’avez fait, vous n’avez rien d’autre à faire."
        ),
        page: None,
        code: None,
        not_you: "Si ce n’est pas vous, quelqu’un connaît votre mot de passe\u{a0}: demandez-en tout de suite un \
                  nouveau depuis la page de connexion, et vérifiez que personne d’autre ne peut lire vos e-mails.",
        automatic: AUTOMATIC,
    }
}

pub(super) fn verification_code(product: &str, email: &str, valid: Span) -> Words {
    Words {
        subject: "Votre code de vérification",
        greeting: GREETING,
        what_happened: format!(
            "Un code a été demandé chez {product}, pour prouver que l’adresse {email} est la vôtre."
        ),
        page: None,
        code: Some(CodeWords {
            give_code: "Voici ce code\u{a0}:",
            validity: format!("Il ne sert qu’une fois et est valable {}.", spelled(valid)),
        }),
        not_you: "Si vous ne l’avez pas demandé, ignorez ce message. Ne donnez jamais le code à personne.",
        automatic: AUTOMATIC,
    }
}

pub(super) fn test(product: &str, email: &str) -> Words {
    Words {
        subject: "Message d’essai",
        greeting: GREETING,
        what_happened: format!(
            "Un administrateur de {product} a envoyé ce message à {email}, pour voir si les e-mails arrivent. \
             C’est le cas."
        ),
        page: None,
        code: None,
        not_you: "Il n’y a rien à faire.",
        automatic: AUTOMATIC,
    }
}

/// In the letters of GSM 03.38, of which 160 fit into one SMS: no “ê” or “’”, and no no-break space.
pub(super) fn verification_sms(product: &str, code: &str, valid: Span) -> String {
    let valid = spelled(valid).replace('\u{a0}', " ");
    format!("{product} : votre code est {code}. Il est valable {valid}. Ne le donnez à personne.")
}

fn validity(span: Span) -> String {
    format!("Le lien et le code ne servent qu’une fois et sont valables {}.", spelled(span))
}

pub(super) fn spelled(span: Span) -> String {
    match span {
        Span::Minutes(minutes @ 0..=1) => format!("{minutes}\u{a0}minute"),
        Span::Minutes(minutes) => format!("{minutes}\u{a0}minutes"),
        Span::Hours(1) => "1\u{a0}heure".to_owned(),
        Span::Hours(hours) => format!("{hours}\u{a0}heures"),
        Span::Days(days) => format!("{days}\u{a0}jours"),
    }
}
