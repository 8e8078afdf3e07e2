//! The words of the pages of movies in French.

use vestibule_domain::catalogue::MovieStatus;

use super::CatalogueWords;
use super::french_faults::{file_fault, row_fault};
use crate::console::catalogue::{Step, UploadEnd};

pub(in crate::console::words) const WORDS: CatalogueWords = CatalogueWords {
    title: "Catalogue",
    no_movies: "Aucun film n’est ici.",
    name: "Nom",
    date: "Sortie",
    score: "Note",
    overview: "Résumé",
    status: "État",
    budget: "Budget",
    revenue: "Recettes",
    country: "Pays",
    genres: "Genres",
    actors: "Acteurs",
    languages: "Langues",
    edit: "Modifier",
    save: "Enregistrer",
    back: "Retour au catalogue",
    bad_name: "Un nom a au plus 255 caractères.",
    bad_date: "Ce n’est pas un jour tel que 2026-11-20, ou l’année est trop lointaine.",
    bad_score: "Une note est un nombre de 0 à 100.",
    bad_status: "Cet état n’existe pas.",
    bad_amount: "Un montant n’est pas négatif et a au plus 13 chiffres avant la virgule.",
    bad_revenue: "Les recettes sont un nombre qui n’est pas négatif.",
    exists: "Un autre film a ce nom et cette sortie.",
    changed_meanwhile: "Quelqu’un a modifié le film depuis l’ouverture de ce formulaire. Rien n’a été enregistré.",
    open_again: "Ouvrir le film tel qu’il est maintenant",
    upload_title: "Envoyer des films",
    upload_hint: "Un fichier CSV dont la première ligne nomme les colonnes. Les films déjà au catalogue sont passés : \
                  le même fichier, envoyé encore une fois, n’ajoute que ce qui manque.",
    place_hint: "L’importation continue quand vous quittez cette page. Seul ce serveur sait où elle en est : s’il y en \
                 a plusieurs, les autres n’en montrent rien. Un serveur qui s’arrête la termine après les lignes en \
                 cours et oublie où elle en était ; envoyez alors le fichier de nouveau.",
    file: "Fichier",
    largest: "Au plus, en Kio :",
    dates: "Comment lire les dates telles que 03/02/2001",
    dates_unsaid: "mois d’abord, et pas du tout si l’une commence par le jour",
    dates_day_first: "jour d’abord",
    dates_month_first: "mois d’abord",
    encoding: "Encodage, tel que windows-1250 (déterminé si vide)",
    skip_bad: "Laisser de côté les lignes fautives. Sinon une seule suffit pour que rien ne soit importé.",
    upload: "Envoyer",
    choose_file: "Choisissez un fichier.",
    bad_encoding: "Aucun encodage de ce nom n’est connu.",
    last_upload: "Le dernier envoi",
    receiving: "Un fichier est en cours de réception.",
    waiting: "en attente",
    by: "Par",
    read: "Lu",
    rows: "Lignes",
    added: "Ajoutés",
    known: "Déjà connus",
    bad: "Refusées",
    bad_rows: "Lignes refusées",
    line: "Ligne",
    fault: "Pourquoi",
    more_bad: "Autres lignes refusées, non listées :",
    reload: "La page se recharge d’elle-même.",
    reload_off: "Arrêter cela",
    reload_on: "Recharger automatiquement",
    status_of,
    step,
    upload_end,
    row_fault,
    file_fault,
};

fn status_of(status: MovieStatus) -> &'static str {
    match status {
        MovieStatus::Released => "sorti",
        MovieStatus::PostProduction => "en postproduction",
        MovieStatus::InProduction => "en production",
    }
}

fn step(step: Step) -> &'static str {
    match step {
        Step::Check => "vérification des lignes",
        Step::Import => "ajout des films",
    }
}

fn upload_end(end: &UploadEnd) -> &'static str {
    match end {
        UploadEnd::Done => "Le fichier est importé.",
        UploadEnd::BadRows => "Des lignes sont fautives : rien n’a été importé.",
        UploadEnd::NothingGood => "Toutes les lignes sont fautives : rien n’a été importé.",
        UploadEnd::AmbiguousDates { .. } => {
            "Une date commence par le jour : on ne sait pas comment lire les autres, et rien n’a été importé. Dites \
             comment les lire. Elle est à la ligne"
        }
        UploadEnd::Encoding => {
            "L’encodage du fichier n’est pas certain, et rien n’a été importé. Indiquez-le, ou convertissez le fichier \
             en UTF-8."
        }
        UploadEnd::File(_) => "Le fichier ne se lit pas comme un tableau de films :",
        UploadEnd::Stopped => {
            "Le serveur s’est arrêté avant la fin. Envoyez le fichier de nouveau : ce qui manque est ajouté."
        }
        UploadEnd::Broken => {
            "Quelque chose a échoué avant la fin. Envoyez le fichier de nouveau : ce qui manque est ajouté. Le journal \
             du serveur en dit plus."
        }
    }
}
