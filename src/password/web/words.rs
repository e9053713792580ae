//! Puts a word list back that `xtask/scripts/words.mjs` coded: sorted by the alphabet, what each word shares with the
//! one before left out, its block of ranks beside it.

/// What the first byte of a word is above: the letters that it shares with the one before. Letters are below.
const SHARED: u8 = 128;

/// Words are no longer than this.
const LONGEST: usize = 127;

/// What no list of zxcvbn's comes near: blocks, and bytes.
const MOST: (usize, usize) = (256, 1 << 20);

/// The list as zxcvbn has it, in the order of the blocks, and in each by the alphabet, with commas between: `length` bytes in
/// `blocks` blocks. Nothing when `coded` or `ranks` is not what the script wrote.
pub(super) fn unpack(coded: &[u8], ranks: &[u8], blocks: usize, length: usize) -> Option<Vec<u8>> {
    let mut places = starts(coded, ranks, blocks, length)?;
    let mut text = vec![0; length];
    let mut letters = [0; LONGEST];
    let mut coded = coded.iter().copied().peekable();
    for rank in ranks {
        let mut end = usize::from(coded.next()?.checked_sub(SHARED)?);
        while let Some(letter) = coded.next_if(|byte| *byte < SHARED) {
            *letters.get_mut(end)? = letter;
            end += 1;
        }
        let place = places.get_mut(blocks.checked_sub(1 + usize::from(*rank))?)?;
        text.get_mut(*place..*place + end)?.copy_from_slice(letters.get(..end)?);
        // After the last word of all there is no comma, and no room.
        if let Some(comma) = text.get_mut(*place + end) {
            *comma = b',';
        }
        *place += end + 1;
    }
    coded.next().is_none().then_some(text)
}

/// Where each block begins: after the words of those before it, each with its comma.
fn starts(coded: &[u8], ranks: &[u8], blocks: usize, length: usize) -> Option<Vec<usize>> {
    if blocks > MOST.0 || length > MOST.1 {
        return None;
    }
    let mut lengths = vec![0_usize; blocks];
    let mut ranks = ranks.iter();
    let mut block: &mut usize = &mut 0;
    for byte in coded {
        if let Some(shared) = byte.checked_sub(SHARED) {
            block = lengths.get_mut(blocks.checked_sub(1 + usize::from(*ranks.next()?))?)?;
            *block += usize::from(shared) + 1;
        } else {
            *block += 1;
        }
    }
    let mut all = 0;
    for length in &mut lengths {
        all += std::mem::replace(length, all);
    }
    (all == length + 1).then_some(lengths)
}
