//! Secrets that a development server makes for itself, once.

use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::private_folder::make_private_folder;
use crate::secret::Secret;
use crate::tokens::weakness;

const FILE: &str = "secrets.toml";

/// Both token secrets, kept in `<data_folder>/secrets.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DevelopmentSecrets {
    /// Key of access tokens.
    pub access: Secret,
    /// Key of refresh tokens.
    pub refresh: Secret,
}

/// Why there are no secrets.
#[derive(Debug, thiserror::Error)]
pub enum DevelopmentSecretsError {
    /// The file holds something else. It is left as it is.
    #[error(
        "{path} is damaged: {why}; delete it to have new secrets made, which signs everybody out", path = path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it; never what it holds.
        why: &'static str,
    },
    /// The file can neither be read nor made.
    #[error("{path} cannot be read or made; tokens.access_secret and tokens.refresh_secret can be given instead", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The function that makes secrets gave one that cannot be used.
    #[error("a generated secret {0}")]
    Weak(&'static str),
}

impl DevelopmentSecrets {
    /// The file in this data folder.
    pub fn path(data_folder: &Path) -> PathBuf {
        data_folder.join(FILE)
    }

    /// Reads the secrets, or makes them the first time. Servers that start together agree: the first
    /// file stays, and everybody reads that one. An existing file is never changed.
    ///
    /// `make` gives a new random secret of at least 32 bytes at each call.
    ///
    /// # Errors
    /// When the file is damaged, cannot be read or made, or `make` gives weak secrets.
    pub fn load_or_create(
        data_folder: &Path,
        mut make: impl FnMut() -> String,
    ) -> Result<Self, DevelopmentSecretsError> {
        let path = Self::path(data_folder);
        let io = |source| DevelopmentSecretsError::Io { path: path.clone(), source };
        if let Some(text) = read(&path).map_err(io)? {
            return Self::parse(&text, &path);
        }
        let fresh = Self { access: Secret::new(make()), refresh: Secret::new(make()) };
        fresh.weakness().map_or(Ok(()), |why| Err(DevelopmentSecretsError::Weak(why)))?;
        make_private_folder(data_folder).map_err(io)?;
        if place(&path, &fresh.text()).map_err(io)? {
            return Ok(fresh);
        }
        let text = fs::read_to_string(&path).map_err(io)?;
        Self::parse(&text, &path)
    }

    fn parse(text: &str, path: &Path) -> Result<Self, DevelopmentSecretsError> {
        let damaged = |why| DevelopmentSecretsError::Damaged { path: path.to_owned(), why };
        // The error of the parser quotes the file.
        let table = text.parse::<toml::Table>().ok().ok_or_else(|| damaged("it is not TOML"))?;
        let secret = |key| table.get(key).and_then(toml::Value::as_str).map(Secret::new);
        let access = secret("access_secret").ok_or_else(|| damaged("access_secret is missing"))?;
        let refresh = secret("refresh_secret").ok_or_else(|| damaged("refresh_secret is missing"))?;
        let secrets = Self { access, refresh };
        match secrets.weakness() {
            Some(_) => {
                Err(damaged("its secrets are equal, published, easily guessed, or shorter than 32 bytes"))
            }
            None => Ok(secrets),
        }
    }

    fn weakness(&self) -> Option<&'static str> {
        let equal = (self.access == self.refresh).then_some("is the same as the other");
        equal.or_else(|| weakness(self.access.reveal())).or_else(|| weakness(self.refresh.reveal()))
    }

    fn text(&self) -> String {
        let quoted = |secret: &Secret| toml::Value::from(secret.reveal());
        format!(
            "# Made by vestibule for development. Deleting this file signs everybody out.\n\
             access_secret = {}\nrefresh_secret = {}\n",
            quoted(&self.access),
            quoted(&self.refresh),
        )
    }
}

fn read(path: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Puts a whole file in place, unless there is one already: then the answer is `false`. A reader sees
/// all of it or nothing. It makes a link, because a rename would replace the file of another process.
fn place(path: &Path, text: &str) -> io::Result<bool> {
    // Process ids repeat across containers that share a folder; a random number does not.
    let random = RandomState::new().hash_one(std::process::id());
    let draft = path.with_file_name(format!(".{FILE}.{random:016x}"));
    let placed = write(&draft, text).and_then(|()| fs::hard_link(&draft, path));
    let removed = fs::remove_file(&draft);
    match placed {
        Ok(()) => removed.map(|()| true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.exists() => Ok(false),
        Err(error) => Err(error),
    }
}

/// Writes a new file that only its owner can read.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file: File = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
