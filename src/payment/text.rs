//! Characters as shoppers type them.

/// The value of a decimal digit, also of the full-width ones that Japanese and Chinese input methods produce and
/// of the Arabic-Indic and Persian ones.
pub(super) fn digit(character: char) -> Option<u8> {
    let zero = match character {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    u8::try_from(u32::from(character) - u32::from(zero)).ok()
}

/// Whether this may stand between the digits of a card number: any space, or any dash.
pub(super) fn is_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{200e}' | '\u{200f}')
}
