//! Receipts: what they say, whether they hold, and what a change to any part of them is found by.

mod log;

use storefront_privacy::codec::json::{self, Object, Value};
use storefront_privacy::consent::Decision;
use storefront_privacy::consent::proof::log::{self as merkle, Hash, Range};
use storefront_privacy::consent::proof::{
    Circumstances, Entry, Head, Link, Outcome, Receipt, Report, Signed, SigningKey, Status, Surface, Trust,
    commitment, kantara, sizes, verify,
};

use super::{POLICY, policy, with};
use crate::generate::{Source, cases};

const ORIGIN: &str = "https://shop.example";

fn key(byte: u8) -> SigningKey {
    SigningKey::from_bytes(&[byte; 32]).unwrap()
}

fn circumstances(random: u8) -> Circumstances<'static> {
    Circumstances {
        random: [random; 16],
        origin: ORIGIN,
        language: "en",
        region: Some("IE"),
        surface: Surface::Banner,
        before: &[],
        previous: None,
    }
}

fn compose(granted: &[&str], at: i64, circumstances: &Circumstances) -> Receipt {
    Receipt::compose(POLICY, &Decision::new(&policy(), granted, at).unwrap(), circumstances).unwrap()
}

fn sign(receipt: &Receipt, key: &SigningKey) -> Signed {
    key.sign("receipt", &receipt.to_canonical().unwrap()).unwrap()
}

/// A shop's log, as it would keep it.
#[derive(Default)]
struct Log {
    leaves: Vec<Hash>,
}

impl Log {
    fn hash(&self, range: Range) -> Hash {
        let hashes: Vec<_> = range.subtrees().into_iter().map(|subtree| self.subtree(subtree)).collect();
        Range::hash(&hashes).unwrap_or_else(merkle::empty)
    }

    fn subtree(&self, merkle::Subtree { level, index }: merkle::Subtree) -> Hash {
        match level {
            0 => self.leaves[usize::try_from(index).unwrap()],
            _ => merkle::node(
                &self.subtree(merkle::Subtree { level: level - 1, index: 2 * index }),
                &self.subtree(merkle::Subtree { level: level - 1, index: 2 * index + 1 }),
            ),
        }
    }

    fn size(&self) -> u64 {
        self.leaves.len().try_into().unwrap()
    }

    fn head(&self) -> Head {
        Head {
            origin: ORIGIN.to_owned(),
            size: self.size(),
            root: self.hash(merkle::whole(self.size())),
            time: 1_795_392_100,
        }
    }

    fn proof(&self, ranges: &[Range]) -> Value {
        let hashes =
            ranges.iter().map(|range| storefront_privacy::codec::base64url::encode(&self.hash(*range)));
        Value::from(hashes.collect::<Vec<_>>())
    }

    /// Takes a receipt in, and gives its entry.
    fn take(&mut self, signed: &Signed) -> Entry {
        let entry = Entry {
            origin: ORIGIN.to_owned(),
            digest: signed.digest(),
            salt: [u8::try_from(self.leaves.len()).unwrap(); 32],
            position: self.size(),
            received: 1_795_392_050,
        };
        self.leaves.push(merkle::leaf(&entry.commitment()));
        entry
    }

    fn evidence(&self, entry: &Entry) -> Object {
        let head = self.head();
        Object::new()
            .with("entry", entry.sign(&key(200)).unwrap().to_value())
            .with("proof", self.proof(&merkle::inclusion(entry.position, head.size)))
            .with("head", head.sign(Head::SHOP, &key(200)).unwrap().to_value())
    }
}

fn file(items: Vec<Value>) -> String {
    let file: Value =
        Object::new().with("format", "storefront-privacy receipts 1").with("receipts", items).into();
    file.to_canonical().unwrap()
}

fn item(signed: &Signed, evidence: Object) -> Value {
    let kantara = kantara(&Receipt::read(signed).unwrap(), signed.key()).unwrap().unwrap_or(Value::Null);
    Object::new()
        .with("receipt", signed.to_value())
        .with("kantara", kantara)
        .with("evidence", evidence)
        .into()
}

/// A grant, its withdrawal in part, and everything taken back, in a log with other leaves between.
fn three() -> (Vec<Signed>, Log, String) {
    let mut log = Log { leaves: vec![[9; 32], [8; 32], [7; 32]] };
    let first = sign(&compose(&["analytics", "marketing"], 1_795_392_000, &circumstances(1)), &key(1));
    let link = Link::to(&first).unwrap();
    let second =
        Circumstances { before: &["analytics", "marketing"], previous: Some(&link), ..circumstances(2) };
    let second = sign(&compose(&["analytics"], 1_795_392_010, &second), &key(1));
    let link = Link::to(&second).unwrap();
    let third = Circumstances {
        before: &["analytics"],
        previous: Some(&link),
        surface: Surface::Settings,
        ..circumstances(3)
    };
    let third = sign(&compose(&[], 1_795_392_020, &third), &key(1));
    let signed = vec![first, second, third];
    let mut entries = Vec::new();
    for each in &signed {
        entries.push(log.take(each));
        log.leaves.push([6; 32]);
    }
    let items =
        signed.iter().zip(&entries).map(|(signed, entry)| item(signed, log.evidence(entry))).collect();
    (signed, log, file(items))
}

#[track_caller]
fn outcome(report: &Report, receipt: usize, name: &str) -> (Outcome, String) {
    let mut checks = report.checks.iter().filter(|check| check.receipt == receipt && check.name == name);
    let check = checks.next().unwrap_or_else(|| panic!("no check {name} of {receipt}: {:?}", report.checks));
    assert!(checks.next().is_none(), "{name} twice");
    (check.outcome, check.because.clone())
}

#[test]
fn says_what_was_decided_in_the_terms_of_the_vocabulary() {
    let receipt = compose(&["analytics"], 1_795_392_000, &circumstances(7));
    assert_eq!(receipt.id, "07070707-0707-4707-8707-070707070707");
    assert_eq!((receipt.granted(), receipt.of(Status::Refused)), (vec!["analytics"], vec!["marketing"]));
    assert_eq!((&*receipt.policy, &*receipt.language, &*receipt.origin), ("2026-11", "en", ORIGIN));
    let text = receipt.to_canonical().unwrap();
    assert!(
        text.contains(r#""@type":"dpv:ConsentReceipt""#) && text.contains(r#""dct:created":"2026-11-23T"#),
        "{text}"
    );
    assert!(text.contains("https://w3id.org/dpv/loc#IE"));
    // The digest is that of the policy's meaning: another layout of the same file is the same policy.
    let decision = Decision::new(&policy(), &["analytics"], 1_795_392_000).unwrap();
    let spaced = Receipt::compose(&POLICY.replace(",\n", " ,\n\n"), &decision, &circumstances(7)).unwrap();
    assert_eq!(spaced, receipt);
    let reworded =
        Receipt::compose(&with("\"name\": \"", "\"name\": \"Our "), &decision, &circumstances(7)).unwrap();
    assert_ne!(reworded.policy_digest, receipt.policy_digest);
}

#[test]
fn what_does_not_belong_together_is_no_receipt() {
    let decision = Decision::new(&policy(), &[], 0).unwrap();
    let newer = with("2026-11", "2026-12");
    let error = Receipt::compose(&newer, &decision, &circumstances(1)).unwrap_err();
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        (
            "consent.receipt-invalid",
            "receipt: expected a decision under this policy, found one under another version"
        ),
    );
    let elsewhere = Circumstances { origin: "shop", ..circumstances(1) };
    assert!(Receipt::compose(POLICY, &decision, &elsewhere).is_err());
    let nowhere = Circumstances { language: "<b>", ..circumstances(1) };
    assert!(Receipt::compose(POLICY, &decision, &nowhere).is_err());
}

#[test]
fn a_file_of_receipts_holds() {
    let (_, log, file) = three();
    let report = verify(&file, &Trust::default()).unwrap();
    assert!(report.holds(), "{:?}", report.checks);
    for receipt in 0..3 {
        for name in ["signature", "form", "chain", "countersignature", "inclusion"] {
            assert_eq!(outcome(&report, receipt, name).0, Outcome::Holds, "{name}");
        }
        assert_eq!(outcome(&report, receipt, "witness").0, Outcome::Absent);
        assert_eq!(outcome(&report, receipt, "consistency").0, Outcome::Absent);
    }
    assert_eq!(report.receipts[1].of(Status::Withdrawn), ["marketing"]);
    assert_eq!(report.receipts[2].of(Status::Withdrawn), ["analytics"]);
    assert_eq!(sizes(&file).unwrap(), [log.size()]);
    // By the shop's published key, and by another one.
    let shop = key(200).public().thumbprint();
    assert!(verify(&file, &Trust { shop: &[&shop], ..Trust::default() }).unwrap().holds());
    let other = key(201).public().thumbprint();
    let report = verify(&file, &Trust { shop: &[&other], ..Trust::default() }).unwrap();
    assert_eq!(outcome(&report, 0, "countersignature").1, "signed with a key that is not the shop's");
    assert!(!report.holds());
}

#[test]
fn a_log_that_was_rewritten_is_found() {
    let (_, mut log, file) = three();
    let from = log.size();
    log.leaves.extend([[1; 32], [2; 32]]);
    let answer = |log: &Log| {
        let head = log.head();
        let proof = log.proof(&merkle::consistency(from, head.size));
        let from = i64::try_from(from).unwrap();
        let answer: Value = Object::new()
            .with("from", from)
            .with("consistency", proof)
            .with("head", head.sign(Head::SHOP, &key(200)).unwrap().to_value())
            .into();
        answer.to_canonical().unwrap()
    };
    let honest = answer(&log);
    let report = verify(&file, &Trust { today: &[&honest], ..Trust::default() }).unwrap();
    assert_eq!(
        outcome(&report, 2, "consistency"),
        (Outcome::Holds, "today's log of 11 entries begins as it did".into())
    );
    for position in 0..usize::try_from(from).unwrap() {
        let mut rewritten = Log { leaves: log.leaves.clone() };
        rewritten.leaves[position] = [0xee; 32];
        let report = verify(&file, &Trust { today: &[&answer(&rewritten)], ..Trust::default() }).unwrap();
        assert_eq!(outcome(&report, 0, "consistency").0, Outcome::Fails, "{position}");
        assert!(!report.holds());
    }
}

#[test]
fn a_witness_finds_a_split_view() {
    let (signed, mut log, _) = three();
    let seen = log.head();
    log.leaves.push([5; 32]);
    let entry = |log: &mut Log| Entry { position: 3, ..log.take(&signed[0]) };
    let place = Entry { salt: [3; 32], ..entry(&mut Log { leaves: log.leaves.clone() }) };
    let with_witness = |seen: &Head, by: &SigningKey| {
        let witness = Object::new()
            .with("signed", seen.sign(Head::WITNESS, by).unwrap().to_value())
            .with("proof", log.proof(&merkle::consistency(seen.size, log.size())));
        file(vec![item(&signed[0], log.evidence(&place).with("witness", witness))])
    };
    let witness = key(150).public().thumbprint();
    let trust = Trust { witness: &[&witness], ..Trust::default() };
    let report = verify(&with_witness(&seen, &key(150)), &trust).unwrap();
    assert_eq!(outcome(&report, 0, "witness").0, Outcome::Holds, "{:?}", report.checks);
    assert!(report.holds());
    let other = Head { root: [1; 32], ..seen.clone() };
    let report = verify(&with_witness(&other, &key(150)), &trust).unwrap();
    assert_eq!(
        outcome(&report, 0, "witness").1,
        "the witness saw another log: the shop has shown different ones"
    );
    let report = verify(&with_witness(&seen, &key(151)), &trust).unwrap();
    assert_eq!(outcome(&report, 0, "witness").1, "signed by somebody else than the witness");
}

#[test]
fn a_chain_cannot_be_cut_or_joined() {
    let (signed, _, file_text) = three();
    let whole = json::parse(&file_text).unwrap();
    let items = whole.get("receipts").unwrap().as_array().unwrap().to_vec();
    let report = |items: Vec<Value>| verify(&file(items), &Trust::default()).unwrap();
    let cut = report(vec![items[0].clone(), items[2].clone()]);
    assert_eq!(outcome(&cut, 1, "chain").0, Outcome::Fails);
    assert_eq!(outcome(&report(vec![items[1].clone()]), 0, "chain").0, Outcome::Absent);
    // Under the same key a second beginning is a hidden receipt; under a new one the key was deleted between.
    let again = sign(&compose(&["analytics"], 1_795_393_000, &circumstances(9)), &key(1));
    let fresh = sign(&compose(&["analytics"], 1_795_393_000, &circumstances(9)), &key(2));
    let bare = |signed: &Signed| Value::from(Object::new().with("receipt", signed.to_value()));
    assert_eq!(outcome(&report(vec![items[0].clone(), bare(&again)]), 1, "chain").0, Outcome::Fails);
    assert_eq!(outcome(&report(vec![items[0].clone(), bare(&fresh)]), 1, "chain").0, Outcome::Holds);
    // Somebody else's receipt cannot follow.
    let link = Link::to(&signed[0]).unwrap();
    let stranger = Circumstances { previous: Some(&link), ..circumstances(9) };
    let stranger = sign(&compose(&["analytics"], 1_795_393_000, &stranger), &key(2));
    assert_eq!(outcome(&report(vec![items[0].clone(), bare(&stranger)]), 1, "chain").0, Outcome::Fails);
}

#[test]
fn a_salt_hides_a_receipt() {
    let (signed, ..) = three();
    let digest = signed[0].digest();
    assert_ne!(commitment(&[0; 32], &digest), commitment(&[1; 32], &digest));
    assert_ne!(commitment(&[0; 32], &digest), commitment(&[0; 32], &signed[1].digest()));
}

#[test]
fn what_is_signed_as_one_thing_counts_as_nothing_else() {
    let signed =
        key(1).sign("receipt-entry", &compose(&[], 0, &circumstances(1)).to_canonical().unwrap()).unwrap();
    assert!(Signed::parse(&signed.to_value(), "receipt").is_err());
    assert!(Receipt::read(&signed).is_err());
    let none =
        Object::new().with("payload", "").with("protected", "eyJhbGciOiJub25lIn0").with("signature", "");
    assert_eq!(
        Signed::parse(&none.into(), "receipt").unwrap_err().to_string(),
        "receipt: expected a signature by ES256",
    );
}

#[test]
fn no_change_goes_unseen() {
    let (.., file) = three();
    let known = verify(&file, &Trust::default()).unwrap().receipts;
    let mut source = Source::new(2756);
    for _ in 0..cases(150) {
        let changed = source.mutate(&file, "{}[]\",:abcXYZ019-_ ");
        // Layout may change, and a member that nobody reads; never what a receipt that holds says.
        if let Ok(report) = verify(&changed, &Trust::default())
            && report.holds()
        {
            assert!(report.receipts.iter().all(|receipt| known.contains(receipt)), "{changed}");
        }
    }
}
