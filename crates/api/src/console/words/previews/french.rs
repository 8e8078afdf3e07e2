//! The words about what messages look like in French.

use super::PreviewWords;

pub(in crate::console::words) const WORDS: PreviewWords = PreviewWords {
    title: "Aspect des messages",
    hint: "Le contenu est inventé : les liens et les codes n’ouvrent rien.",
    show: "Afficher",
    subject: "Objet",
    text: "En texte",
    html: "En HTML",
    test: "Envoyer un message d’essai",
    test_hint: "Il part comme tous les e-mails. Tant qu’il attend, ou s’il est abandonné, il figure dans les listes.",
    address: "Adresse e-mail",
    send: "Envoyer",
    bad_address: "Ce n’est pas une adresse e-mail.",
};
