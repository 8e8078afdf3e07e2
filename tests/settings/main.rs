//! The configuration, read the way the server reads it. Nothing here touches the process environment.

#[cfg(test)]
mod branding;
#[cfg(test)]
mod database;
#[cfg(test)]
mod development_secrets;
#[cfg(test)]
mod doors;
#[cfg(test)]
mod environment_file;
#[cfg(test)]
mod exposure;
#[cfg(test)]
mod layers;
#[cfg(test)]
mod media;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod passwords;
#[cfg(test)]
mod private_folder;
#[cfg(test)]
mod problems;
#[cfg(test)]
mod production;
#[cfg(test)]
mod ranges;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod secret_files;
#[cfg(test)]
mod show;
#[cfg(test)]
mod traces;
#[cfg(test)]
mod values;
mod variables;

#[cfg(test)]
mod given {
    use vestibule_settings::{Settings, Source};

    /// Random once, worthless since.
    pub(crate) const ACCESS: &str = "q8Jx2rVnT5kLw0ZbYc7HsEa3MdGf9UpK";
    pub(crate) const REFRESH: &str = "m1Ro6WtXz4NvBe8QyJi5CgDh2SlAu7Fk";

    /// Only what is given, on top of what is compiled in.
    pub(crate) fn variables(variables: &[(&str, &str)]) -> Source {
        variables.iter().fold(Source::default(), |source, (name, value)| source.with(name, *value))
    }

    /// The least that production needs.
    pub(crate) fn production() -> Source {
        variables(&[
            ("VESTIBULE_ENV", "production"),
            ("VESTIBULE__SERVER__PUBLIC_URL", "https://accounts.example.org"),
            ("VESTIBULE__MAIL__URL", "smtps://me:hunter2-mail@mail.example.org"),
            ("VESTIBULE__MAIL__FROM", "no-reply@example.org"),
            ("VESTIBULE__TOKENS__ACCESS_SECRET", ACCESS),
            ("VESTIBULE__TOKENS__REFRESH_SECRET", REFRESH),
        ])
    }

    /// One line per problem.
    pub(crate) fn problems(source: &Source) -> Vec<String> {
        match vestibule::surfaces::settings(source) {
            Ok(_) => Vec::new(),
            Err(problems) => problems.to_string().lines().map(str::to_owned).collect(),
        }
    }

    /// The one problem that there is.
    pub(crate) fn problem(source: &Source) -> String {
        let problems = problems(source);
        assert_eq!(1, problems.len(), "{problems:#?}");
        problems.concat()
    }

    pub(crate) fn settings(source: &Source) -> Settings {
        vestibule::surfaces::settings(source).unwrap()
    }
}
