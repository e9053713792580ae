//! How many passwords meet rules, exactly, and which is the n-th of them.
//!
//! A password is a row of runs of one character each. Let `D(n, S)` be in how many ways it goes on for `n` characters after
//! a run, where the sets `S` of those required have been met: the sum over each other character `c` and each length `l` of
//! its run, up to the longest allowed, of `D(n − l, S ∪ sets of c)`; `D(0, S)` is 1 where `S` is all of them. Characters that
//! are in the same sets count alike. A number below the count picks a password by passing over those before it: each number
//! one password, each password one number.

use zeroize::Zeroizing;

use super::natural::{Drawn, Natural};
use crate::password::{Rules, rules::Characters};

/// The passwords that meet rules, but for their length: counted up to a length, which can grow.
pub(super) struct Count {
    /// Characters by which of the sets they are in, a bit each.
    groups: Vec<(usize, Characters)>,
    sets: usize,
    run: usize,
    /// `D(n, S)`, by `n` and `S`.
    ways: Vec<Vec<Natural>>,
    /// The sum of `D(n − l, S)` over each length `l` of a run.
    runs: Vec<Vec<Natural>>,
}

impl Count {
    pub(super) fn new(rules: &Rules) -> Self {
        let mut groups: Vec<(usize, Characters)> = Vec::new();
        for character in rules.allowed().iter() {
            let one: Characters = [character].into_iter().collect();
            let sets =
                rules.required().iter().rev().fold(0, |sets, set| sets * 2 + usize::from(set.has(character)));
            match groups.iter_mut().find(|(own, _)| *own == sets) {
                Some((_, group)) => *group = group.with(&one),
                None => groups.push((sets, one)),
            }
        }
        let sets = 1 << rules.required().len();
        let mut end = vec![Natural::default(); sets];
        if let Some(all) = end.last_mut() {
            *all = Natural::from_small(1);
        }
        Self {
            groups,
            sets,
            run: rules.max_consecutive().unwrap_or(usize::MAX),
            ways: vec![end],
            runs: vec![vec![Natural::default(); sets]],
        }
    }

    /// How many there are of this length, which is not 0.
    pub(super) fn of(&mut self, length: usize) -> Natural {
        while self.runs.len() <= length {
            self.grow();
        }
        self.sum(length, 0)
    }

    /// Counts for one character more.
    fn grow(&mut self) {
        let length = self.runs.len();
        let mut row = self.runs.last().cloned().unwrap_or_default();
        let too_long = length.checked_sub(1).and_then(|last| last.checked_sub(self.run));
        for (sets, sum) in row.iter_mut().enumerate() {
            sum.add(way(&self.ways, length - 1, sets));
            if let Some(too_long) = too_long {
                sum.subtract(way(&self.ways, too_long, sets));
            }
        }
        self.runs.push(row);
        let ways = (0..self.sets).map(|sets| {
            let mut ways = self.sum(length, sets);
            // The last character cannot begin the next run; its sets are met already.
            ways.subtract(way(&self.runs, length, sets));
            ways
        });
        let ways = ways.collect();
        self.ways.push(ways);
    }

    /// The ways to go on with any character.
    fn sum(&self, length: usize, sets: usize) -> Natural {
        let mut sum = Natural::default();
        for (own, group) in &self.groups {
            // At most 95 characters are printable ASCII.
            let count = u16::try_from(group.len()).unwrap_or(u16::MAX);
            sum.add_times(way(&self.runs, length, sets | own), count);
        }
        sum
    }

    /// The password of this length with the drawn number, which is below [`Count::of`] it.
    pub(super) fn pick(&self, length: usize, mut number: Drawn) -> Zeroizing<String> {
        let mut password = Zeroizing::new(String::with_capacity(length));
        let (mut left, mut sets) = (length, 0);
        while left > 0 {
            let last = password.chars().next_back();
            let others = self.groups.iter().flat_map(|(own, group)| group.iter().map(move |one| (own, one)));
            let next = others
                .filter(|(_, character)| Some(*character) != last)
                .find(|(own, _)| number.is_below_else_subtract(way(&self.runs, left, sets | **own)));
            let Some((own, character)) = next else { break };
            sets |= own;
            let lengths = 1..=self.run.min(left);
            let run =
                lengths.clone().find(|run| number.is_below_else_subtract(way(&self.ways, left - run, sets)));
            let Some(run) = run else { break };
            password.extend(std::iter::repeat_n(character, run));
            left -= run;
        }
        password
    }
}

fn way(table: &[Vec<Natural>], length: usize, sets: usize) -> &Natural {
    static NONE: Natural = Natural::ZERO;
    table.get(length).and_then(|row| row.get(sets)).unwrap_or(&NONE)
}
