//! What a column holds, told by the type that its database gives it.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Int,
    Bool,
    Float,
    /// With so many digits behind the point.
    Decimal(u8),
    Text,
    Bytes,
    Uuid,
    Time,
    Date,
}

/// The digits behind the point of `numeric(15,2)`.
fn scale(parameters: &str) -> Option<u8> {
    parameters.trim_end_matches(')').split_once(',')?.1.trim().parse().ok()
}

/// Of a type as the migrations declare it on SQLite.
pub(super) fn of_sqlite(declared: &str) -> Option<Kind> {
    let declared = declared.to_ascii_lowercase();
    let (name, parameters) = declared.split_once('(').unwrap_or((&declared, ""));
    Some(match name {
        "integer" | "smallint" | "bigint" => Kind::Int,
        "boolean" => Kind::Bool,
        "double" => Kind::Float,
        "real" => Kind::Decimal(scale(parameters)?),
        "varchar" | "text" => Kind::Text,
        "blob" => Kind::Bytes,
        "uuid_text" => Kind::Uuid,
        "timestamp_with_timezone_text" => Kind::Time,
        "date_text" => Kind::Date,
        _ => return None,
    })
}

/// Of a type as `format_type` of PostgreSQL writes it.
pub(super) fn of_postgres(written: &str) -> Option<Kind> {
    let (name, parameters) = written.split_once('(').unwrap_or((written, ""));
    Some(match name {
        "smallint" | "integer" | "bigint" => Kind::Int,
        "boolean" => Kind::Bool,
        "double precision" => Kind::Float,
        "numeric" => Kind::Decimal(scale(parameters)?),
        "character varying" | "text" => Kind::Text,
        "bytea" => Kind::Bytes,
        "uuid" => Kind::Uuid,
        "timestamp with time zone" => Kind::Time,
        "date" => Kind::Date,
        _ => return None,
    })
}

/// Of a type as `information_schema` of MySQL and MariaDB has it.
pub(super) fn of_mysql(written: &str) -> Option<Kind> {
    let (name, parameters) = written.split_once('(').unwrap_or((written, ""));
    Some(match name {
        "tinyint" if parameters == "1)" => Kind::Bool,
        "smallint" | "int" | "bigint" => Kind::Int,
        "double" => Kind::Float,
        "decimal" => Kind::Decimal(scale(parameters)?),
        "varchar" | "text" | "mediumtext" | "longtext" => Kind::Text,
        // Our schema has no other value of 16 bytes.
        "binary" if parameters == "16)" => Kind::Uuid,
        "blob" | "mediumblob" | "longblob" => Kind::Bytes,
        "datetime" => Kind::Time,
        "date" => Kind::Date,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_told_by_its_parameters_too() {
        assert_eq!(of_sqlite("real(15, 2)"), Some(Kind::Decimal(2)));
        assert_eq!(of_postgres("numeric(15,2)"), Some(Kind::Decimal(2)));
        assert_eq!(of_mysql("tinyint(1)"), Some(Kind::Bool));
        assert_eq!(of_mysql("binary(16)"), Some(Kind::Uuid));
    }

    #[test]
    fn a_type_that_is_not_known_is_none() {
        assert_eq!(of_sqlite("json_text"), None);
        assert_eq!(of_postgres("numeric"), None);
        assert_eq!(of_mysql("tinyint(4)"), None);
    }
}
