//! The one door of values that are held as text: every conversion, serde's too, goes through `parse`.

/// What both kinds of text values have in common.
macro_rules! conversions {
    ($name:ident) => {
        impl TryFrom<String> for $name {
            type Error = &'static $crate::problem::ProblemType;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl std::str::FromStr for $name {
            type Err = &'static $crate::problem::ProblemType;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}

/// Declares a value that anybody may read.
macro_rules! public_value {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        conversions!($name);
    };
}

/// Declares a personal value: no `Display`, a mute `Debug`, and reading it is explicit.
macro_rules! personal_value {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The value itself, for those who may see it.
            pub fn reveal(&self) -> &str {
                &self.0
            }
        }

        mute_debug!($name);
        conversions!($name);
    };
}

/// `Debug` of a personal value.
macro_rules! mute_debug {
    ($name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("…")
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use crate::values::{Npwz, PersonName};

    #[test]
    fn json_cannot_walk_around_parse_and_names_the_fault() {
        let read = |json| serde_json::from_str::<Npwz>(json).map_err(|error| error.to_string());
        assert_eq!(read("\"5425740\"").map(String::from).as_deref(), Ok("5425740"));
        assert_eq!(read("\"5425741\""), Err("value.npwz".to_owned()));
    }

    #[test]
    fn json_of_a_personal_value_holds_the_value() {
        let json = serde_json::to_string(&PersonName::parse("Testowa").ok());
        assert_eq!(json.ok().as_deref(), Some("\"Testowa\""));
    }
}
