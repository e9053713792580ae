macro_rules! advice {
    ($(#[$about:meta])* $name:ident { $($(#[$documentation:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$about])*
        ///
        /// # Example
        ///
        /// ```
        #[doc = concat!("use storefront_privacy::password::", stringify!($name), ";")]
        ///
        #[doc = concat!("assert!(", stringify!($name), "::ALL.iter().all(|one| one.as_str().len() > 10));")]
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$documentation])* $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable code, which locales have texts for.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }

        impl From<zxcvbn::feedback::$name> for $name {
            fn from(found: zxcvbn::feedback::$name) -> Self {
                match found {
                    $(zxcvbn::feedback::$name::$variant => Self::$variant,)*
                }
            }
        }
    };
}

advice! {
    /// Why a password is weak: the one thing to tell first.
    Warning {
        /// Straight rows of keys, such as `qwertz`.
        StraightRowsOfKeysAreEasyToGuess = "straight-rows-of-keys-are-easy-to-guess",
        /// Short patterns on the keyboard, such as `qazwsx`.
        ShortKeyboardPatternsAreEasyToGuess = "short-keyboard-patterns-are-easy-to-guess",
        /// One character again and again.
        RepeatsLikeAaaAreEasyToGuess = "repeats-like-aaa-are-easy-to-guess",
        /// A few characters again and again.
        RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess = "repeats-like-abc-abc-are-only-slightly-harder-to-guess",
        /// One of the ten most common passwords.
        ThisIsATop10Password = "this-is-a-top-10-password",
        /// One of the hundred most common passwords.
        ThisIsATop100Password = "this-is-a-top-100-password",
        /// A common password.
        ThisIsACommonPassword = "this-is-a-common-password",
        /// Close to a common password.
        ThisIsSimilarToACommonlyUsedPassword = "this-is-similar-to-a-commonly-used-password",
        /// A sequence such as `abc` or `6543`.
        SequencesLikeAbcAreEasyToGuess = "sequences-like-abc-are-easy-to-guess",
        /// A recent year.
        RecentYearsAreEasyToGuess = "recent-years-are-easy-to-guess",
        /// A single word.
        AWordByItselfIsEasyToGuess = "a-word-by-itself-is-easy-to-guess",
        /// A date.
        DatesAreOftenEasyToGuess = "dates-are-often-easy-to-guess",
        /// A single name.
        NamesAndSurnamesByThemselvesAreEasyToGuess = "names-and-surnames-by-themselves-are-easy-to-guess",
        /// A common name.
        CommonNamesAndSurnamesAreEasyToGuess = "common-names-and-surnames-are-easy-to-guess",
    }
}

advice! {
    /// What would make a password stronger.
    Suggestion {
        /// A few words, no common phrase.
        UseAFewWordsAvoidCommonPhrases = "use-a-few-words-avoid-common-phrases",
        /// Symbols, digits and capitals are not needed.
        NoNeedForSymbolsDigitsOrUppercaseLetters = "no-need-for-symbols-digits-or-uppercase-letters",
        /// Another word or two.
        AddAnotherWordOrTwo = "add-another-word-or-two",
        /// A capital at the start does not help much.
        CapitalizationDoesntHelpVeryMuch = "capitalization-doesnt-help-very-much",
        /// All in capitals does not help much.
        AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase = "all-uppercase-is-almost-as-easy-to-guess-as-all-lowercase",
        /// Words written backwards do not help much.
        ReversedWordsArentMuchHarderToGuess = "reversed-words-arent-much-harder-to-guess",
        /// `@` for `a` and the like do not help much.
        PredictableSubstitutionsDontHelpVeryMuch = "predictable-substitutions-dont-help-very-much",
        /// A longer pattern on the keyboard, with more turns.
        UseALongerKeyboardPatternWithMoreTurns = "use-a-longer-keyboard-pattern-with-more-turns",
        /// No repeated words and characters.
        AvoidRepeatedWordsAndCharacters = "avoid-repeated-words-and-characters",
        /// No sequences.
        AvoidSequences = "avoid-sequences",
        /// No recent years.
        AvoidRecentYears = "avoid-recent-years",
        /// No years that have to do with you.
        AvoidYearsThatAreAssociatedWithYou = "avoid-years-that-are-associated-with-you",
        /// No dates and years that have to do with you.
        AvoidDatesAndYearsThatAreAssociatedWithYou = "avoid-dates-and-years-that-are-associated-with-you",
    }
}
