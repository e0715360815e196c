//! Closed lists of words that stand in the tables as text and in the code as types.

/// Defines an enum with its word in tables, forms and JSON, and the key of its name in the locales. The crate that uses it
/// has `serde` and `sea-orm`.
#[macro_export]
macro_rules! choice {
    ($(#[$about:meta])* $name:ident, $family:literal, { $($(#[$note:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$note])* #[serde(rename = $code)] $variant),+
        }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word in tables, forms and JSON.
            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }

            /// The choice that a word stands for.
            pub fn parse(code: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|choice| choice.code() == code)
            }

            /// The key of its name in the locales.
            pub fn text_key(self) -> &'static str {
                match self { $($name::$variant => concat!($family, "-", $code)),+ }
            }
        }

        impl From<$name> for sea_orm::Value {
            fn from(choice: $name) -> sea_orm::Value {
                choice.code().into()
            }
        }

        impl sea_orm::TryGetable for $name {
            fn try_get_by<I: sea_orm::ColIdx>(row: &sea_orm::QueryResult, at: I) -> Result<Self, sea_orm::TryGetError> {
                let code: String = sea_orm::TryGetable::try_get_by(row, at)?;
                $name::parse(&code).ok_or_else(|| {
                    sea_orm::DbErr::Type(format!(concat!(stringify!($name), " {}"), code)).into()
                })
            }
        }
    };
}
