//! The error of a use case.

/// Declares the error of one use case: its refusals, each with its code, and [`Failure`](crate::Failure), which `?`
/// makes of the errors of ports.
///
/// ```ignore
/// use_case_error! {
///     /// Why there is no new account.
///     pub enum RegisterAccountError {
///         /// The address has an account.
///         #[error("the address is taken")]
///         EmailTaken {
///             /// The address, as stored.
///             email: EmailAddress,
///         } => EMAIL_TAKEN,
///     } else REGISTRATION_FAILED
/// }
/// ```
///
/// - The values of a refusal that have names are its parameters: a text may name them.
/// - `..Picture(StorePictureError),` after the refusals: the error of a part of the use case, whose codes are its own.
/// - `else` names the code of a defect; without it the code is [`INTERNAL`](crate::codes::INTERNAL).
macro_rules! use_case_error {
    (
        $(#[$about:meta])*
        pub enum $error:ident {
            $(
                $(#[$refusal:meta])*
                $variant:ident
                $(($value:ty))?
                $({ $($(#[$about_field:meta])* $field:ident: $type:ty,)+ })?
                => $code:ident,
            )*
            $(..$part:ident($inner:ty),)*
        } $(else $failed:ident)?
    ) => {
        $(#[$about])*
        #[derive(Debug, thiserror::Error)]
        pub enum $error {
            $(
                $(#[$refusal])*
                $variant $(($value))? $({ $($(#[$about_field])* $field: $type,)+ })?,
            )*
            $(
                #[doc = concat!("As [`", stringify!($inner), "`] says.")]
                #[error(transparent)]
                $part(#[from] $inner),
            )*
            /// A failure that every use case may have.
            #[error(transparent)]
            Failure($crate::Failure),
        }

        impl<E> From<E> for $error
        where
            $crate::Failure: From<E>,
        {
            fn from(error: E) -> Self {
                Self::Failure(error.into())
            }
        }

        impl $crate::CodedError for $error {
            fn code(&self) -> $crate::Code {
                match self {
                    $(Self::$variant { .. } => $crate::codes::$code,)*
                    $(Self::$part(part) => $crate::CodedError::code(part),)*
                    $(Self::Failure($crate::Failure::Internal(_)) => $crate::codes::$failed,)?
                    Self::Failure(failure) => $crate::CodedError::code(failure),
                }
            }

            fn retry_after(&self) -> Option<std::time::Duration> {
                match self {
                    $(Self::$variant { .. } => None,)*
                    $(Self::$part(part) => $crate::CodedError::retry_after(part),)*
                    Self::Failure(failure) => $crate::CodedError::retry_after(failure),
                }
            }

            fn parameters(&self) -> Vec<(&'static str, String)> {
                match self {
                    $(
                        Self::$variant { $($($field,)+)? .. } => {
                            vec![$($((stringify!($field), $field.to_string()),)+)?]
                        }
                    )*
                    $(Self::$part(part) => $crate::CodedError::parameters(part),)*
                    Self::Failure(_) => Vec::new(),
                }
            }
        }
    };
}
pub(crate) use use_case_error;
