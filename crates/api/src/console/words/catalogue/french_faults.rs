//! What can be wrong with an uploaded file of movies, in French.

use vestibule_domain::catalogue::{InvalidCountryCode, InvalidName};

use crate::commands::movies::{
    CellRule, HeaderError, OtherForm, OtherKind, QuotingError, RowFault, SeparatorError, Workbook, listed,
};
use crate::console::catalogue::FileFault;

pub(super) fn row_fault(fault: &RowFault) -> String {
    match fault {
        RowFault::Width { found, expected } => {
            format!("la ligne n’a pas autant de colonnes ({found}) que l’en-tête ({expected})")
        }
        RowFault::Encoding { column, encoding } => format!("{column} n’est pas en {encoding}"),
        RowFault::DayFirst { value } => {
            format!("date {value:?} : elle commence par le jour et n’a pas la forme MM/DD/YYYY")
        }
        RowFault::Missing { column } => format!("{column} manque"),
        RowFault::Cell { column, value, rule } => format!("{column} {value:?} : {}", broken(*rule)),
    }
}

fn broken(rule: CellRule) -> String {
    let words = match rule {
        CellRule::Date { day_first: true } => "ce n’est pas une date de la forme YYYY-MM-DD ou DD/MM/YYYY",
        CellRule::Date { day_first: false } => "ce n’est pas une date de la forme YYYY-MM-DD ou MM/DD/YYYY",
        CellRule::TwoDigitYear => "l’année a deux chiffres, qui ne disent pas le siècle",
        CellRule::TimeOfDay => "c’est une date avec une heure ; écrivez la date seule",
        CellRule::DayNumber => "c’est le nombre qu’un tableur a pour une date ; écrivez-la YYYY-MM-DD",
        CellRule::Year { latest } => return format!("l’année est au plus {latest}"),
        CellRule::Number => "ce n’est pas un nombre",
        CellRule::Percent => "ce n’est pas un nombre ; écrivez-le sans le signe pour cent",
        CellRule::Currency => "ce n’est pas un nombre ; écrivez-le sans monnaie",
        CellRule::Marks => {
            "ce n’est pas un nombre ; écrivez-le avec un point avant la fraction et sans séparateurs de milliers"
        }
        CellRule::ThousandsOrFraction => {
            "ce sont peut-être des milliers ou une fraction ; écrivez le nombre sans séparateurs de milliers, et avec \
             deux chiffres après la virgule ou sans aucun"
        }
        CellRule::Revenue => "les recettes sont un nombre fini qui n’est pas négatif",
        CellRule::NulInOverview => "un résumé n’a pas de caractère NUL",
        CellRule::Name(InvalidName::TooLong) => "un nom a au plus 255 caractères",
        CellRule::Name(InvalidName::Nul) => "un nom n’a pas de caractère NUL",
        CellRule::Score(_) => "une note est un nombre de 0 à 100",
        CellRule::Status(_) => "un état est Released, Post Production ou In Production",
        CellRule::Amount(_) => "un montant n’est pas négatif et a au plus 13 chiffres avant la virgule",
        CellRule::Country(InvalidCountryCode::TooLong) => "un code de pays a au plus 3 caractères",
        CellRule::Country(InvalidCountryCode::Nul) => "un code de pays n’a pas de caractère NUL",
    };
    words.to_owned()
}

pub(super) fn file_fault(fault: &FileFault) -> String {
    match fault {
        FileFault::Empty => "le fichier est vide ; sa première ligne doit nommer les colonnes".to_owned(),
        FileFault::Kind(kind) => other_kind(*kind),
        FileFault::Separator(SeparatorError::Unknown) => {
            "la première ligne nomme des colonnes, mais ce qui les sépare n’est ni une virgule, ni un point-virgule, \
             ni une tabulation, ni une barre verticale"
                .to_owned()
        }
        FileFault::Separator(SeparatorError::Unfit(mark)) => {
            format!("la première ligne est sep={mark}, et cela ne peut pas séparer des colonnes")
        }
        FileFault::Quoting(QuotingError::Backslashes) => {
            "une barre oblique inverse précède des guillemets ou des séparateurs dans des cellules ; mettez les \
             cellules entre guillemets, et doublez les guillemets qu’elles contiennent"
                .to_owned()
        }
        FileFault::Quoting(QuotingError::Apostrophes) => {
            "des cellules sont entre apostrophes (\') ; mettez-les entre guillemets (\")".to_owned()
        }
        FileFault::Header(HeaderError::Missing(columns)) => {
            format!("la première ligne nomme les colonnes, et il y manque {}", listed(columns, "ou", "et"))
        }
        FileFault::Header(HeaderError::Doubled(columns)) => {
            format!("la première ligne nomme les colonnes, et en a plus d’une pour {}", listed(columns, "ou", "et"))
        }
    }
}

fn other_kind(kind: OtherKind) -> String {
    match kind {
        OtherKind::Workbook(workbook) => {
            let workbook = match workbook {
                Workbook::OldExcel => "un ancien classeur Excel (.xls)",
                Workbook::Excel => "un classeur Excel (.xlsx)",
                Workbook::OpenDocument => "un classeur OpenDocument",
            };
            format!("c’est {workbook} ; ouvrez-le dans un tableur et exportez-le en CSV")
        }
        OtherKind::Compressed(program) => {
            format!("ce fichier est compressé ({program}) ; décompressez-le d’abord")
        }
        OtherKind::Other(form) => {
            let form = match form {
                OtherForm::Pdf => "un document PDF",
                OtherForm::Sqlite => "une base de données SQLite",
                OtherForm::Parquet => "un fichier Parquet",
                OtherForm::Rtf => "un document de traitement de texte (RTF)",
                OtherForm::Utf32 => "du texte en UTF-32",
                OtherForm::Html => "une page HTML",
                OtherForm::Xml => "un document XML",
                OtherForm::Json => "un document JSON",
            };
            format!("c’est {form}, pas du CSV")
        }
    }
}
