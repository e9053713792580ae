//! Checking a file of receipts, as a shopper downloads it.

use super::entry::{Entry, Head, bytes};
use super::log::{self, Hash};
use super::receipt::Receipt;
use super::{PublicKey, Signed, invalid, kantara};
use crate::Error;
use crate::codec::json::{self, Limits, Object, Value};
use crate::codec::time;

/// What a file says that it is.
const FORMAT: &str = "storefront-privacy receipts 1";

const LIMITS: Limits = Limits { bytes: 8 * 1024 * 1024, depth: 24, members: 1024 };

/// What the verifier is to believe, beside the file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Trust<'a> {
    /// Thumbprints ([`PublicKey::thumbprint`]) of the shop's keys; without any, the key in the file is taken for the shop's.
    pub shop: &'a [&'a str],
    /// Thumbprints of the witnesses' keys.
    pub witness: &'a [&'a str],
    /// What the log answers today, each as `{"consistency","from","head"}`: whether it still begins as the receipts say.
    pub today: &'a [&'a str],
}

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It holds.
    Holds,
    /// It does not hold.
    Fails,
    /// There is nothing to check it by.
    Absent,
}

impl Outcome {
    /// The word for programs: `holds`, `fails` or `absent`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Fails => "fails",
            Self::Absent => "absent",
        }
    }
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Check {
    /// Of which receipt in the file, counted from 0.
    pub receipt: usize,
    /// What is checked: `signature`, `form`, `kantara`, `chain`, `countersignature`, `inclusion`, `witness` or `consistency`.
    pub name: &'static str,
    /// How it came out.
    pub outcome: Outcome,
    /// Why, in words.
    pub because: String,
}

/// What a file of receipts is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The receipts that could be read.
    pub receipts: Vec<Receipt>,
    /// Every check, in order.
    pub checks: Vec<Check>,
}

impl Report {
    /// Whether nothing failed, and every receipt has at least the shopper's signature.
    pub fn holds(&self) -> bool {
        !self.receipts.is_empty() && self.checks.iter().all(|check| check.outcome != Outcome::Fails)
    }

    /// The report as JSON: `{"checks":[…],"holds":…,"receipts":[…]}`.
    ///
    /// # Errors
    ///
    /// None that a report can cause.
    pub fn to_json(&self) -> Result<String, Error> {
        let check = |check: &Check| -> Value {
            Object::new()
                .with("receipt", i64::try_from(check.receipt).unwrap_or(i64::MAX))
                .with("check", check.name)
                .with("outcome", check.outcome.as_str())
                .with("because", &*check.because)
                .into()
        };
        let receipt = |receipt: &Receipt| -> Value {
            let standing = |standing: &super::Standing| -> Value {
                let object = Object::new().with("purpose", &*standing.purpose).with("name", &*standing.name);
                object.with("status", standing.status.as_str()).into()
            };
            Object::new()
                .with("id", &*receipt.id)
                .with("at", receipt.at)
                .with("origin", &*receipt.origin)
                .with("policy", &*receipt.policy)
                .with("language", &*receipt.language)
                .with("surface", receipt.surface.as_str())
                .with("purposes", receipt.standings.iter().map(standing).collect::<Vec<_>>())
                .into()
        };
        let report: Value = Object::new()
            .with("holds", self.holds())
            .with("receipts", self.receipts.iter().map(receipt).collect::<Vec<_>>())
            .with("checks", self.checks.iter().map(check).collect::<Vec<_>>())
            .into();
        report.to_canonical()
    }
}

/// Checks a file of receipts: `{"format":"storefront-privacy receipts 1","receipts":[{"evidence":…,"kantara":…,"receipt":…},…]}`,
/// where `evidence` is what the shop answered, `{"entry","head","proof","witness"}`.
///
/// # Errors
///
/// `consent.receipt-invalid` when it is no such file; whatever is wrong within one is in the report.
pub fn verify(file: &str, trust: &Trust) -> Result<Report, Error> {
    let form = || invalid("expected a file with the format `storefront-privacy receipts 1` and its receipts");
    let file = json::parse_within(file, LIMITS).map_err(|_| form())?;
    if file.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(form());
    }
    let items =
        file.get("receipts").and_then(Value::as_array).filter(|items| !items.is_empty()).ok_or_else(form)?;
    let today = trust
        .today
        .iter()
        .map(|text| json::parse_within(text, LIMITS).map_err(|_| invalid("expected JSON of the log")));
    let today = today.collect::<Result<Vec<_>, _>>()?;
    let mut checking =
        Checking { trust, today, report: Report { receipts: Vec::new(), checks: Vec::new() }, receipt: 0 };
    let mut before: Option<(Signed, Receipt)> = None;
    for (position, item) in items.iter().enumerate() {
        checking.receipt = position;
        before = checking.item(item, before.as_ref());
    }
    Ok(checking.report)
}

/// The sizes of the log that a file's receipts know, each once: what to ask today's log about.
///
/// # Errors
///
/// As [`verify`].
pub fn sizes(file: &str) -> Result<Vec<u64>, Error> {
    let file = json::parse_within(file, LIMITS).map_err(|_| invalid("expected a file of receipts"))?;
    let items = file.get("receipts").and_then(Value::as_array).unwrap_or_default();
    let heads = items.iter().filter_map(|item| item.get("evidence")?.get("head"));
    let sizes =
        heads.filter_map(|head| Signed::parse(head, Head::SHOP).and_then(|head| Head::read(&head)).ok());
    let mut sizes: Vec<u64> = sizes.map(|head| head.size).collect();
    sizes.sort_unstable();
    sizes.dedup();
    Ok(sizes)
}

struct Checking<'a> {
    trust: &'a Trust<'a>,
    today: Vec<Value>,
    report: Report,
    receipt: usize,
}

type Because = Result<String, String>;

impl Checking<'_> {
    fn say(&mut self, name: &'static str, outcome: Outcome, because: impl Into<String>) {
        self.report.checks.push(Check { receipt: self.receipt, name, outcome, because: because.into() });
    }

    fn note(&mut self, name: &'static str, because: Because) -> bool {
        let (outcome, because) = match because {
            Ok(because) => (Outcome::Holds, because),
            Err(because) => (Outcome::Fails, because),
        };
        self.say(name, outcome, because);
        outcome == Outcome::Holds
    }

    fn item(&mut self, item: &Value, before: Option<&(Signed, Receipt)>) -> Option<(Signed, Receipt)> {
        let signed = match Signed::parse(item.get("receipt").unwrap_or(&Value::Null), "receipt") {
            Ok(signed) => signed,
            Err(error) => {
                self.say("signature", Outcome::Fails, error.message());
                return None;
            }
        };
        self.say("signature", Outcome::Holds, format!("signed with the key {}", signed.key().thumbprint()));
        let receipt = match Receipt::read(&signed) {
            Ok(receipt) => receipt,
            Err(error) => {
                self.say("form", Outcome::Fails, error.message());
                return None;
            }
        };
        self.say("form", Outcome::Holds, "has the fields that ISO/IEC TS 27560 asks for");
        self.kantara(item, &receipt, &signed);
        self.chain(&receipt, &signed, before);
        match item.get("evidence").filter(|evidence| **evidence != Value::Null) {
            Some(evidence) => self.evidence(evidence, &receipt, &signed),
            None => self.say("countersignature", Outcome::Absent, "the shop has not answered yet"),
        }
        self.report.receipts.push(receipt.clone());
        Some((signed, receipt))
    }

    fn kantara(&mut self, item: &Value, receipt: &Receipt, signed: &Signed) {
        let Some(given) = item.get("kantara").filter(|given| **given != Value::Null) else {
            return self.say("kantara", Outcome::Absent, "no Kantara receipt beside it");
        };
        let made = kantara(receipt, signed.key()).ok().flatten();
        let same = made.and_then(|made| made.to_canonical().ok()) == given.to_canonical().ok();
        self.note(
            "kantara",
            if same { Ok("says the same".into()) } else { Err("says something else".into()) },
        );
    }

    fn chain(&mut self, receipt: &Receipt, signed: &Signed, before: Option<&(Signed, Receipt)>) {
        match (&receipt.previous, before) {
            (None, None) => self.say("chain", Outcome::Holds, "the first of its chain"),
            (None, Some((earlier, _))) => {
                let fresh = earlier.key() != signed.key();
                self.note(
                    "chain",
                    if fresh {
                        Ok("the first of a new chain, under a new key".into())
                    } else {
                        Err("names no receipt before it, under the key of one".into())
                    },
                );
            }
            (Some(_), None) => self.say("chain", Outcome::Absent, "the receipt before it is not in the file"),
            (Some(link), Some((earlier, known))) => {
                let same = link.digest == earlier.digest() && link.id == known.id;
                let because = if !same {
                    Err("the receipt before it is another one, or was changed".into())
                } else if earlier.key() != signed.key() {
                    Err("the receipt before it was signed with another key".into())
                } else {
                    Ok("follows the receipt before it".into())
                };
                self.note("chain", because);
            }
        }
    }

    fn evidence(&mut self, evidence: &Value, receipt: &Receipt, signed: &Signed) {
        let entry = match self.entry(evidence, receipt, signed) {
            Ok((entry, because)) => {
                self.say("countersignature", Outcome::Holds, because);
                entry
            }
            Err(because) => return self.say("countersignature", Outcome::Fails, because),
        };
        let head = match self.inclusion(evidence, &entry) {
            Ok((head, because)) => {
                self.say("inclusion", Outcome::Holds, because);
                head
            }
            Err(because) => return self.say("inclusion", Outcome::Fails, because),
        };
        match evidence.get("witness").filter(|witness| **witness != Value::Null) {
            None => self.say("witness", Outcome::Absent, "nobody else has signed the log"),
            Some(witness) => {
                let because = self.witness(witness, &head);
                self.note("witness", because);
            }
        }
        let size = i64::try_from(head.size).ok();
        let answer = self.today.iter().find(|answer| answer.get("from").and_then(Value::as_integer) == size);
        match answer.cloned() {
            None => self.say("consistency", Outcome::Absent, "the log was not asked today"),
            Some(answer) => {
                let because = self.consistency(&answer, &head);
                self.note("consistency", because);
            }
        }
    }

    fn by_shop(&self, key: &PublicKey) -> Result<(), String> {
        let known = self.trust.shop.is_empty() || self.trust.shop.contains(&&*key.thumbprint());
        if known { Ok(()) } else { Err("signed with a key that is not the shop's".into()) }
    }

    fn entry(&self, evidence: &Value, receipt: &Receipt, signed: &Signed) -> Result<(Entry, String), String> {
        let countersigned = Signed::parse(evidence.get("entry").unwrap_or(&Value::Null), "receipt-entry")
            .map_err(|error| words(&error))?;
        self.by_shop(countersigned.key())?;
        let entry = Entry::read(&countersigned).map_err(|error| words(&error))?;
        if entry.digest != signed.digest() {
            return Err("the shop has signed another receipt, or this one was changed".into());
        }
        if entry.origin != receipt.origin {
            return Err("countersigned by another shop".into());
        }
        let by = if self.trust.shop.is_empty() { "the key in the file" } else { "the shop's key" };
        let when = time::format(entry.received).map_err(|error| words(&error))?;
        Ok((entry, format!("received at {when}, signed with {by}")))
    }

    fn inclusion(&self, evidence: &Value, entry: &Entry) -> Result<(Head, String), String> {
        let head = self.head(evidence.get("head"), &entry.origin)?;
        let proof = hashes(evidence.get("proof"))?;
        let leaf = log::leaf(&entry.commitment());
        if !log::includes(&leaf, entry.position, head.size, &proof, &head.root) {
            return Err("it is not where the shop says that it is in the log".into());
        }
        let because = format!("entry {} of {} in the shop's log", entry.position + 1, head.size);
        Ok((head, because))
    }

    fn head(&self, value: Option<&Value>, origin: &str) -> Result<Head, String> {
        let signed =
            Signed::parse(value.unwrap_or(&Value::Null), Head::SHOP).map_err(|error| words(&error))?;
        self.by_shop(signed.key())?;
        let head = Head::read(&signed).map_err(|error| words(&error))?;
        if head.origin == origin { Ok(head) } else { Err("the log is another shop's".into()) }
    }

    fn witness(&self, witness: &Value, head: &Head) -> Because {
        let signed = Signed::parse(witness.get("signed").unwrap_or(&Value::Null), Head::WITNESS)
            .map_err(|error| words(&error))?;
        let seen = Head::read(&signed).map_err(|error| words(&error))?;
        if seen.origin != head.origin {
            return Err("the witness saw another shop's log".into());
        }
        let proof = hashes(witness.get("proof"))?;
        if !log::extends(seen.size, &seen.root, head.size, &head.root, &proof) {
            return Err("the witness saw another log: the shop has shown different ones".into());
        }
        let name = signed.key().thumbprint();
        if !self.trust.witness.contains(&&*name) && !self.trust.witness.is_empty() {
            return Err("signed by somebody else than the witness".into());
        }
        Ok(format!("{name} saw the log's first {} entries", seen.size))
    }

    fn consistency(&self, answer: &Value, head: &Head) -> Because {
        let today = self.head(answer.get("head"), &head.origin)?;
        let proof = hashes(answer.get("consistency"))?;
        if log::extends(head.size, &head.root, today.size, &today.root, &proof) {
            Ok(format!("today's log of {} entries begins as it did", today.size))
        } else {
            Err("today's log does not begin as it did: it was rewritten".into())
        }
    }
}

fn hashes(value: Option<&Value>) -> Result<Vec<Hash>, String> {
    let hashes = value.and_then(Value::as_array).filter(|hashes| hashes.len() <= 128);
    let hashes = hashes.and_then(|hashes| hashes.iter().map(|hash| bytes(Some(hash))).collect());
    hashes.ok_or_else(|| "expected a proof of at most 128 hashes".to_owned())
}

fn words(error: &Error) -> String {
    error.message().to_owned()
}
