//! The closed lists of words (sections 3.2.1 and 3.2.2).

/// An enum whose variants are the words of the standard.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$of])* $variant,)* }

        impl $name {
            /// All of them, in the order of the standard.
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// The word as it stands in the XML.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => stringify!($variant),)* }
            }
        }

        impl Choice for $name {
            fn of(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

/// What is read from one word.
pub(crate) trait Choice: Sized {
    fn of(word: &str) -> Option<Self>;
}

choice! {
    /// `status`: how seriously the message is meant.
    Status {
        /// To be acted upon by all whom it is for.
        Actual,
        /// Only for those who take part in an exercise; `note` should say which.
        Exercise,
        /// For the network that carries alerts, not for people.
        System,
        /// Technical; to be disregarded by everybody.
        Test,
        /// A template, not to be acted upon.
        Draft,
    }
}

choice! {
    /// `msgType`: what the message does.
    Kind {
        /// Something new that needs attention.
        Alert,
        /// Takes the place of the messages in `references`.
        Update,
        /// Takes the messages in `references` back.
        Cancel,
        /// Says that the messages in `references` were received and accepted.
        Ack,
        /// Says that the messages in `references` were refused; `note` says why.
        Error,
    }
}

choice! {
    /// `scope`: for whom the message is.
    Scope {
        /// For everybody.
        Public,
        /// For those who need it for their work, by the rule in `restriction`.
        Restricted,
        /// For those in `addresses` alone.
        Private,
    }
}

choice! {
    /// `category` of the event.
    Category {
        /// Of the earth, landslides too.
        Geo,
        /// Of the weather, floods too.
        Met,
        /// General safety of the public.
        Safety,
        /// Police, military, security.
        Security,
        /// Search and rescue.
        Rescue,
        /// Fire and how it is fought.
        Fire,
        /// Medicine and public health.
        Health,
        /// Pollution and the environment.
        Env,
        /// Traffic.
        Transport,
        /// Power, water, telephone and the like.
        Infra,
        /// Chemical, biological, radiological, nuclear or explosive.
        CBRNE,
        /// Anything else.
        Other,
    }
}

choice! {
    /// `responseType`: what people should do.
    Response {
        /// Take shelter where they are, or as `instruction` says.
        Shelter,
        /// Leave, as `instruction` says.
        Evacuate,
        /// Make ready, as `instruction` says.
        Prepare,
        /// Carry out the activity prepared beforehand that `instruction` names.
        Execute,
        /// Stay away from the event, as `instruction` says.
        Avoid,
        /// Attend to what is told, as `instruction` says.
        Monitor,
        /// Weigh what is told here; not for warnings to the public.
        Assess,
        /// The event is over or no threat any more.
        AllClear,
        /// Nothing.
        None,
    }
}

choice! {
    /// `urgency`: how soon people should act.
    Urgency {
        /// At once.
        Immediate,
        /// Soon, within the next hour.
        Expected,
        /// In the near future.
        Future,
        /// No more.
        Past,
        /// It is not known.
        Unknown,
    }
}

choice! {
    /// `severity`: how bad it may be for life and property.
    Severity {
        /// An extraordinary threat.
        Extreme,
        /// A significant threat.
        Severe,
        /// A possible threat.
        Moderate,
        /// Hardly a threat.
        Minor,
        /// It is not known.
        Unknown,
    }
}

choice! {
    /// `certainty`: how sure it is. `Very Likely` of CAP 1.0 is read as `Likely`, as section 3.2.2 wants.
    Certainty {
        /// It happened or is happening.
        Observed,
        /// More likely than not.
        Likely,
        /// Possible, not likely.
        Possible,
        /// Not expected.
        Unlikely,
        /// It is not known.
        Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_as_they_are_written_and_not_otherwise() {
        assert_eq!(Status::of("Actual"), Some(Status::Actual));
        assert_eq!(Status::of("actual"), None);
        assert_eq!(Category::of("CBRNE"), Some(Category::CBRNE));
        assert_eq!(Response::of("AllClear"), Some(Response::AllClear));
        assert_eq!(Certainty::of("Very Likely"), None, "read.rs knows the older word");
    }
}
