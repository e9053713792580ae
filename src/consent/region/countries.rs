//! Codes of ISO 3166, two letters each.

/// The member states of the Union, the outermost regions of France and Åland, where its law applies (TFEU Article 355),
/// the other EEA states, and `EU` itself, which content networks send.
pub(super) const EUROPE: &[u8] =
    b"ATBEBGCYCZDEDKEEESFIFRGRHRHUIEITLTLULVMTNLPLPTROSESISKGFGPMQREYTMFAXISLINOSJEU";

/// The United Kingdom, Guernsey, Jersey, the Isle of Man and Gibraltar.
pub(super) const UNITED_KINGDOM: &[u8] = b"GBGGJEIMGI";

/// The territories of the United States that have a country's code of their own.
pub(super) const UNITED_STATES: &[u8] = b"ASGUMPPRUMVI";

/// The provinces and territories of Canada without Québec.
pub(super) const PROVINCES: &[u8] = b"ABBCMBNBNLNSNTNUONPESKYT";

/// Every other code that is assigned.
pub(super) const REST: &[u8] = b"\
ADAEAFAGAIALAMAOAQARAUAWAZBABBBDBFBHBIBJBLBMBNBOBQBSBTBVBWBYBZCCCDCFCGCICKCLCMCNCOCRCUCVCWCXDJDMDODZECEGEHERET\
FJFKFMFOGAGDGEGHGLGMGNGQGSGTGWGYHKHMHNHTIDILINIOIQIRJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLKLRLSLYMAMCMDMEMGMHMKML\
MMMNMOMRMSMUMVMWMXMYMZNANCNENFNGNINPNRNUNZOMPAPEPFPGPHPKPMPNPSPWPYQARSRURWSASBSCSDSGSHSLSMSNSOSRSSSTSVSXSYSZTC\
TDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUYUZVAVCVEVGVNVUWFWSYEZAZMZW";

pub(super) fn is_in(codes: &[u8], code: [u8; 2]) -> bool {
    codes.chunks_exact(2).any(|known| known == code)
}
