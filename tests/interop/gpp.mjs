/**
 * GPP strings beside the reference implementation, @iabgpp/cmpapi 3.2.0: random models of every section are written by both and
 * read by both, and what one of them reads of a damaged text is compared with what the other does.
 *
 *     node interop/gpp.mjs [CASES] [SEED]
 *
 * What is known to differ, and is told apart here without asking ours:
 * - a text that the reference would not write itself (values without meaning, lists of another length, other padding, something
 *   left over) is refused by ours, and so is one of a version or type of sub-section that there is not; the reference reads most;
 * - a section whose id is not known is kept by ours and dropped by the reference;
 * - a few characters can ask the reference for an array of billions of ids, which ends the process: ids are bounded for it here.
 */
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";

import { FibonacciIntegerEncoder, GppModel, RangeEntry, Sections } from "@iabgpp/cmpapi";

import { chooser } from "./seeded.mjs";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const INCLUDED = ["GpcSegmentIncluded", "SensitiveDataConsentSegmentIncluded"];
const TIMES = ["Created", "LastUpdated"];
const NAMES = Sections.SECTION_ORDER.filter((name) => name !== "tcfeuv2");

const readFibonacci = FibonacciIntegerEncoder.decode;
FibonacciIntegerEncoder.decode = (bits) => {
  const value = readFibonacci.call(FibonacciIntegerEncoder, bits);
  if (value > 65_535) throw new RangeError(`expected an id of at most 65535, found ${value}`);
  return value;
};

/** What a new section of each name has: the shape of its random twins. */
const SHAPES = new Map(NAMES.map((name) => [name, theirFields(withSection(name), name)]));

/** Compares so many models; returns how many of each kind were compared. */
export function campaign(iab, cases, seed) {
  const choose = chooser(seed);
  const counts = { models: 0, sections: {}, damaged: 0, "read by both": 0, "refused by both": 0, "refused by ours alone": 0 };
  for (let round = 0; round < cases; round += 1) {
    // Every section comes round; others join it by chance.
    const model = { [NAMES[round % NAMES.length]]: null };
    while (choose.below(3) === 0) model[choose.pick(NAMES)] = null;
    for (const name of Object.keys(model)) model[name] = fieldsFor(choose, name);
    const reference = theirModel(model);
    const text = reference.encode();
    assert.equal(iab.encodeGpp(model), text, `seed ${seed}, model ${round}: ${JSON.stringify(model)}`);
    assert.deepEqual(iab.decodeGpp(text), theirSections(new GppModel(text)), text);
    counts.models += 1;
    for (const name of Object.keys(model)) counts.sections[name] = (counts.sections[name] ?? 0) + 1;
    counts.damaged += 1;
    counts[compareDamaged(iab, damage(choose, text))] += 1;
  }
  return counts;
}

function compareDamaged(iab, text) {
  let ours;
  try {
    ours = iab.decodeGpp(text);
  } catch (error) {
    assert.match(error.code, /^signal\.(invalid|version|too-long)$/, `${text}: ${error.stack}`);
  }
  let theirs;
  try {
    theirs = theirSections(new GppModel(text));
  } catch {
    assert.equal(ours, undefined, `${text}: read by ours, refused by the reference`);
    return "refused by both";
  }
  if (ours !== undefined) {
    assert.deepEqual(Object.fromEntries(Object.entries(ours).filter(([name]) => SHAPES.has(name))), theirs, text);
    return "read by both";
  }
  if (Object.entries(theirs).some(unchecked)) return "refused by ours alone";
  let again;
  try {
    again = theirModel(theirs).encode();
  } catch {
    return "refused by ours alone";
  }
  assert.notEqual(again, text, `${text}: refused by ours, written by the reference`);
  return "refused by ours alone";
}

/** What the reference lets pass when it writes: versions that there are not, types of sub-sections, any letter, TC strings. */
function unchecked([name, fields]) {
  if (name === "tcfeuv2") return true;
  if (name === "uspv1" && ["Notice", "OptOutSale", "LspaCovered"].some((field) => !/^[YN-]$/.test(fields[field]))) return true;
  const { Version: version = 1, GpcSegmentType: type = 1, ConsentLanguage: language = "EN" } = fields;
  return !(version === 1 || (version === 2 && /usnat|tcfcav1/.test(name))) || type !== 1 || !/^[A-Z]{2}$/.test(language);
}

function damage(choose, text) {
  const letters = [...text];
  for (let times = 1 + choose.below(2); times > 0; times -= 1) {
    const at = choose.below(letters.length);
    const kind = choose.below(4);
    if (kind === 0) letters.splice(at, 1);
    else if (kind === 1) letters.splice(at, 0, choose.pick(ALPHABET));
    else letters[at] = choose.pick(`${ALPHABET}.~`);
  }
  return letters.join("");
}

function withSection(name) {
  const model = new GppModel();
  model.setFieldValue(name, /^us(md|in|ky|ri)$/.test(name) ? "MspaVersion" : "Version", name === "usnat" ? 2 : 1);
  return model;
}

/** Our names and types for what the reference has. */
function theirFields(model, name) {
  const fields = { ...model.getSection(name) };
  for (const field of INCLUDED) {
    if (model.hasField(name, field) || hides(model, name, field)) fields[field] = model.getFieldValue(name, field);
  }
  for (const field of TIMES) if (field in fields) fields[field] = fields[field].getTime();
  if (fields.PubRestrictions) fields.PubRestrictions = fields.PubRestrictions.map((entry) => ({ key: entry.getKey(), type: entry.getType(), ids: entry.getIds() }));
  // Of a sub-section that is not there, the reference keeps what was in it before; nothing of that is in the text.
  return fields;
}

/** The reference's `hasField` does not know of these two. */
function hides(model, name, field) {
  try {
    return typeof model.getFieldValue(name, field) === "boolean";
  } catch {
    return false;
  }
}

function theirSections(model) {
  const names = Sections.SECTION_ORDER.filter((name) => model.hasSection(name));
  return Object.fromEntries(names.map((name) => [name, name === "tcfeuv2" ? model.encodeSection(name) : theirFields(model, name)]));
}

function theirModel(sections) {
  const model = new GppModel();
  for (const [name, fields] of Object.entries(sections)) {
    if (typeof fields === "string") {
      model.decodeSection(name, fields);
      continue;
    }
    const times = [];
    for (const [field, value] of Object.entries(fields)) {
      if (TIMES.includes(field)) times.push([field, new Date(value)]);
      else if (field === "PubRestrictions") model.setFieldValue(name, field, value.map(({ key, type, ids }) => new RangeEntry(key, type, ids)));
      else model.setFieldValue(name, field, value);
    }
    // Every other field that is set sets them to now.
    for (const [field, time] of times) model.setFieldValue(name, field, time);
  }
  return model;
}

function fieldsFor(choose, name) {
  const version = name === "usnat" ? 1 + choose.below(2) : 1;
  const fields = {};
  for (const [field, like] of Object.entries(SHAPES.get(name))) {
    const value = random(choose, name, field, like, fields);
    if (field === "Version") fields[field] = version;
    // Fields may be left out: both begin with the same values.
    else if (TIMES.includes(field) || choose.below(8) > 0) fields[field] = value;
  }
  if (name === "usnat" && version === 1) {
    fields.SensitiveDataProcessing = fields.SensitiveDataProcessing?.slice(0, 12) ?? Array(12).fill(0);
    fields.KnownChildSensitiveDataConsents = fields.KnownChildSensitiveDataConsents?.slice(0, 2) ?? [0, 0];
  }
  return fields;
}

function random(choose, name, field, like, fields) {
  if (/SegmentType$/.test(field)) return like;
  if (TIMES.includes(field)) return choose.below(2 ** 31) * 2_000 + choose.below(20) * 100;
  if (typeof like === "boolean") return choose.below(2) === 1;
  if (typeof like === "string") return like.length === 1 ? choose.pick(["Y", "N", "-"]) : choose.pick(["EN", "FR", "AA", "ZZ"]);
  if (field === "PubRestrictions") {
    return Array.from({ length: choose.below(4) }, () => ({ key: choose.below(64), type: choose.below(4), ids: ids(choose) }));
  }
  if (/Vendor(Express|Implied)Consent|DisclosedVendors/.test(field)) return ids(choose);
  if (/^CustomPurposes/.test(field)) return Array.from({ length: fields.NumCustomPurposes ?? 0 }, () => choose.below(2) === 1);
  if (Array.isArray(like)) return like.map((one) => (typeof one === "boolean" ? choose.below(2) === 1 : choose.below(3)));
  if (field === "MspaCoveredTransaction") return 1 + choose.below(2);
  if (name === "tcfcav1") return choose.below(/Id$|Version$/.test(field) && field !== "TcfPolicyVersion" ? 4096 : 64);
  return choose.below(field === "MspaVersion" ? 64 : 3);
}

/** None, few far apart, runs, or many close together. */
function ids(choose) {
  const [most, step] = choose.pick([[0, 1], [3, 20_000], [12, 300], [60, 4], [200, 2]]);
  const list = [];
  let last = 0;
  for (let left = choose.below(most + 1); left > 0; left -= 1) {
    last += 1 + choose.below(step);
    if (last <= 65_535) list.push(last);
  }
  return list;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { load } = await import("storefront-privacy/consent-iab");
  const [cases = "100000", seed = "1"] = process.argv.slice(2);
  console.log(JSON.stringify(campaign(await load(), Number(cases), Number(seed)), null, 2));
}
