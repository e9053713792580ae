//! The texts that visitors must be shown unchanged, from a vendor list or from one of its translations.

use super::{FlagSet, MAX_LIST_LENGTH, Reader};
use crate::Error;

/// The standard texts in one language: `vendor-list.json` has the English ones, `purposes-xx.json` a translation
/// (TCF 2.3, "Translations for Purposes, Special Purposes, Features, and Special Features").
///
/// They are texts: a page shows them as such, never as markup.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// What data is used for.
    pub purposes: Vec<Described>,
    /// What it is used for without asking.
    pub special_purposes: Vec<Described>,
    /// How it is used.
    pub features: Vec<Described>,
    /// How it is used when the visitor opts in.
    pub special_features: Vec<Described>,
    /// Purposes and special features under one heading.
    pub stacks: Vec<Stack>,
    /// Kinds of data.
    pub data_categories: Vec<Described>,
    /// Further texts by name, since TCF 2.4.
    pub standard_texts: Vec<(String, String)>,
}

/// A name and what it means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Described {
    /// Its number.
    pub id: u16,
    /// Its name.
    pub name: String,
    /// What it means.
    pub description: String,
    /// Examples.
    pub illustrations: Vec<String>,
}

/// Purposes and special features that may be asked for under one heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stack {
    /// Number, name and meaning.
    pub text: Described,
    /// The purposes in it.
    pub purposes: FlagSet,
    /// The special features in it.
    pub special_features: FlagSet,
}

impl Texts {
    /// Reads the texts of a list or of a translation.
    ///
    /// # Errors
    ///
    /// `vendor-list.too-long` beyond 4 MiB, `vendor-list.invalid` with the place.
    pub fn parse(json: &str) -> Result<Self, Error> {
        let mut texts = Self::default();
        let mut reader = Reader::new(json, MAX_LIST_LENGTH)?;
        reader.members(&mut |reader, name| {
            match name {
                "purposes" => texts.purposes = described(reader)?,
                "specialPurposes" => texts.special_purposes = described(reader)?,
                "features" => texts.features = described(reader)?,
                "specialFeatures" => texts.special_features = described(reader)?,
                "dataCategories" => texts.data_categories = described(reader)?,
                "stacks" => texts.stacks = stacks(reader)?,
                "standardTexts" => reader.members(&mut |reader, name| {
                    texts.standard_texts.push((name.to_owned(), reader.string()?.into_owned()));
                    Ok(())
                })?,
                _ => reader.skip()?,
            }
            Ok(())
        })?;
        reader.end()?;
        Ok(texts)
    }

    /// The stacks to show for these purposes and special features: the largest that says nothing else, then the largest for
    /// what is left. What no stack covers comes back too, to be shown under its own name.
    pub fn stacks_for(
        &self,
        purposes: FlagSet,
        special_features: FlagSet,
    ) -> (Vec<&Stack>, FlagSet, FlagSet) {
        let (mut purposes, mut features) = (purposes, special_features);
        let mut chosen = Vec::new();
        loop {
            let fits = |stack: &&Stack| {
                stack.purposes.without(purposes).is_empty()
                    && stack.special_features.without(features).is_empty()
            };
            let size = |stack: &&Stack| stack.purposes.iter().count() + stack.special_features.iter().count();
            let Some(stack) = self.stacks.iter().rev().filter(fits).max_by_key(size) else { break };
            if size(&stack) == 0 {
                break;
            }
            purposes = purposes.without(stack.purposes);
            features = features.without(stack.special_features);
            chosen.push(stack);
        }
        (chosen, purposes, features)
    }
}

fn described(reader: &mut Reader<'_>) -> Result<Vec<Described>, Error> {
    Ok(stacks(reader)?.into_iter().map(|stack| stack.text).collect())
}

fn stacks(reader: &mut Reader<'_>) -> Result<Vec<Stack>, Error> {
    let mut all = Vec::new();
    reader.members(&mut |reader, key| {
        let mut stack = Stack::default();
        reader.members(&mut |reader, name| {
            let text = &mut stack.text;
            match name {
                "id" => text.id = u16::try_from(reader.number(65_535)?).unwrap_or(0),
                "name" => text.name = reader.string()?.into_owned(),
                "description" => text.description = reader.string()?.into_owned(),
                "illustrations" => reader.elements(&mut |reader| {
                    text.illustrations.push(reader.string()?.into_owned());
                    Ok(())
                })?,
                "purposes" => stack.purposes = reader.ids(24)?,
                "specialFeatures" => stack.special_features = reader.ids(12)?,
                _ => reader.skip()?,
            }
            Ok(())
        })?;
        if key != stack.text.id.to_string() {
            return Err(reader.refuse("expected each text under its own id"));
        }
        all.push(stack);
        Ok(())
    })?;
    Ok(all)
}
