//! Stands for the crate `fancy-regex` in the password module: the three patterns of repetition that zxcvbn 3.1.1 has,
//! and no others. The core's native tests compare both over random text.

/// No pattern that is known here.
#[derive(Debug)]
pub struct Error;

/// One of the patterns.
#[derive(Debug)]
pub struct Regex(Pattern);

#[derive(Debug, Clone, Copy)]
enum Pattern {
    /// `(.+)\1+`
    Longest,
    /// `(.+?)\1+`
    Shortest,
    /// `^(.+?)\1+$`
    Whole,
}

impl Regex {
    /// The pattern with this source.
    ///
    /// # Errors
    ///
    /// For any other than the three.
    pub fn new(source: &str) -> Result<Self, Error> {
        match source {
            r"(.+)\1+" => Ok(Self(Pattern::Longest)),
            r"(.+?)\1+" => Ok(Self(Pattern::Shortest)),
            r"^(.+?)\1+$" => Ok(Self(Pattern::Whole)),
            _ => Err(Error),
        }
    }

    /// The first match, with its group.
    ///
    /// # Errors
    ///
    /// Never: there is no limit on going back to run into.
    #[allow(clippy::unnecessary_wraps, reason = "what the real crate's signature says")]
    pub fn captures<'t>(&self, text: &'t str) -> Result<Option<Captures<'t>>, Error> {
        Ok(match self.0 {
            Pattern::Whole => at(text, 0, |rest| lengths(rest).find_map(|length| tiles(rest, length))),
            Pattern::Longest => search(text, |rest| {
                // Twice the text must fit into what is left.
                lengths(rest)
                    .take_while(|length| length * 2 <= rest.len())
                    .filter_map(|length| repeats(rest, length))
                    .last()
            }),
            Pattern::Shortest => search(text, |rest| lengths(rest).find_map(|length| repeats(rest, length))),
        })
    }
}

/// A match and its group.
#[derive(Debug)]
pub struct Captures<'t> {
    whole: Match<'t>,
    group: Match<'t>,
}

impl<'t> Captures<'t> {
    /// The whole match is 0, what is repeated is 1.
    pub fn get(&self, group: usize) -> Option<Match<'t>> {
        match group {
            0 => Some(self.whole),
            1 => Some(self.group),
            _ => None,
        }
    }
}

/// What was found, and where.
#[derive(Debug, Clone, Copy)]
pub struct Match<'t> {
    text: &'t str,
    start: usize,
}

impl<'t> Match<'t> {
    /// The text.
    pub fn as_str(&self) -> &'t str {
        self.text
    }

    /// The byte that it begins at.
    pub fn start(&self) -> usize {
        self.start
    }

    /// The byte after its last.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// Bytes of what is repeated, and of the whole match.
type Found = (usize, usize);

fn search(text: &str, look: impl Fn(&str) -> Option<Found>) -> Option<Captures<'_>> {
    text.char_indices().find_map(|(start, _)| at(text, start, &look))
}

fn at(text: &str, start: usize, look: impl Fn(&str) -> Option<Found>) -> Option<Captures<'_>> {
    let (group, whole) = look(text.get(start..)?)?;
    let part = |length: usize| Some(Match { text: text.get(start..start + length)?, start });
    Some(Captures { whole: part(whole)?, group: part(group)? })
}

/// The lengths in bytes that `.+` can take from the start: `.` is any character but the line feed.
fn lengths(text: &str) -> impl Iterator<Item = usize> + '_ {
    let line = text.split('\n').next().unwrap_or_default();
    line.char_indices().map(|(start, character)| start + character.len_utf8())
}

/// The first `length` bytes, and all that follows of the same, once at least.
fn repeats(text: &str, length: usize) -> Option<Found> {
    let (first, rest) = text.as_bytes().split_at_checked(length)?;
    let times = rest.chunks_exact(length).take_while(|next| *next == first).count();
    (times > 0).then_some((length, length * (times + 1)))
}

/// The same, where nothing else follows. Fewer repetitions would end earlier, so that going back never helps.
fn tiles(text: &str, length: usize) -> Option<Found> {
    repeats(text, length).filter(|(_, whole)| *whole == text.len())
}
