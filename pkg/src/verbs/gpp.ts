import type { ConsentIabGlue } from "../glue/consent-iab.js";
import { PrivacyError } from "../lib/error.js";
import { supportedSections } from "../lib/gpp-sections.js";

/** Vendors for which a publisher restricts one purpose. */
export interface GppRestriction {
  /** The purpose. */
  readonly key: number;
  /** The kind of restriction. */
  readonly type: number;
  /** The vendors' ids, ascending. */
  readonly ids: readonly number[];
}

/** What a field of a section can be; times are milliseconds since 1970. */
export type GppValue = number | boolean | string | readonly number[] | readonly boolean[] | readonly GppRestriction[];

/** A section's fields under the names of its specification. */
export type GppFields = Readonly<Record<string, GppValue>>;

/** Sections by name, such as `usnat`: fields, or a text for `tcfeuv2`; one that is not known here by its id, as its text. */
export type GppSections = Readonly<Record<string, GppFields | string>>;

type Rust = Omit<ConsentIabGlue, "default">;

/** A section as the core knows it: its fields, each with a mark and a count that say which of the numbers are its own. */
interface Form {
  readonly fields: readonly (readonly [name: string, mark: string, count: number])[];
  /** The fields of a new section. */
  readonly initial: GppFields;
}

const idsByName = new Map(supportedSections.map((section) => section.split(":") as [string, string]).map(([id, name]) => [name, Number(id)]));
const namesById = new Map([...idsByName].map(([name, id]) => [id, name]));
const forms = new Map<string, Form>();

/** How many flags of its own a publisher has is said by the field before them. */
const customPurposes = "NumCustomPurposes";

/** Greater than any number that a field can hold: the core then says which field it is. */
const none = 2 ** 32 - 1;

export function decodeGpp(rust: Rust, text: string): GppSections {
  const ids = rust.gppIds(text);
  const texts = text.split("~").slice(-ids.length);
  return Object.fromEntries([...ids].map((id, index) => {
    const section = texts[index] ?? "";
    return [namesById.get(id) ?? String(id), read(rust, id, section)];
  }));
}

export function encodeGpp(rust: Rust, sections: GppSections): string {
  const given = Object.entries(sections).map(([name, section]) => [idOf(name), section] as const);
  given.sort(([left], [right]) => left - right);
  return [rust.gppHeader(Uint16Array.from(given, ([id]) => id)), ...given.map(([id, section]) => write(rust, id, section))].join("~");
}

export function decodeGppSection(rust: Rust, name: string, text: string): GppFields | string {
  return read(rust, idOf(name), text);
}

export function encodeGppSection(rust: Rust, name: string, fields: GppFields | string): string {
  return write(rust, idOf(name), fields);
}

function idOf(name: string): number {
  const id = idsByName.get(name) ?? Number(/^[1-9]\d{0,4}$/.exec(name)?.[0]);
  if (!(id < 65_536)) throw new PrivacyError("signal.invalid", "gpp: expected the name of a section");
  return id;
}

function formOf(rust: Rust, id: number, version: number): Form {
  const key = `${id} ${version}`;
  const known = forms.get(key);
  if (known) return known;
  const fields = rust.gppForm(id, version).split(" ").slice(1).map((field) => {
    const [, name = "", mark = "", count = ""] = /^(\w+)(\W?)(.*)$/.exec(field) ?? [];
    return [name, mark, count === "n" ? -1 : Number(count)] as const;
  });
  const form = { fields, initial: fieldsOf(fields, rust.gppInitial(id, version)) };
  // Versions come from texts and callers: what is not one of the few that there are is not kept.
  if (version < 3) forms.set(key, form);
  return form;
}

function read(rust: Rust, id: number, text: string): GppFields | string {
  const numbers = rust.gppRead(id, text);
  return numbers.length === 0 ? text : fieldsOf(formOf(rust, id, numbers[0] ?? 0).fields, numbers);
}

function fieldsOf(form: Form["fields"], numbers: Uint32Array): GppFields {
  const fields: Record<string, GppValue> = {};
  let at = 0;
  const next = () => numbers[at++] ?? 0;
  const list = (count: number) => Array.from(numbers.subarray(at, (at += count)));
  for (const [name, mark, count] of form) {
    const many = count < 0 ? (fields[customPurposes] as number) : count;
    if (mark === "") fields[name] = next();
    else if (mark === ":") fields[name] = list(count);
    else if (mark === "?") fields[name] = count === 0 ? next() === 1 : list(many).map((bit) => bit === 1);
    else if (mark === "$") fields[name] = String.fromCharCode(...list(count));
    else if (mark === "@") fields[name] = (next() * 2 ** 32 + next()) * 100;
    else if (mark === "*") fields[name] = list(next());
    else fields[name] = Array.from({ length: next() }, () => ({ key: next(), type: next(), ids: list(next()) }));
  }
  return fields;
}

function write(rust: Rust, id: number, fields: GppFields | string): string {
  if (typeof fields === "string") {
    rust.gppRead(id, fields);
    return fields;
  }
  const form = formOf(rust, id, natural(fields["Version"] ?? 0));
  const all: Record<string, GppValue> = { ...form.initial, ...fields };
  if (Object.keys(all).length > form.fields.length) throw refusal(id, "the names of its fields");
  const numbers: number[] = [];
  for (const [name, mark, count] of form.fields) {
    const value = all[name] as unknown;
    const items = Array.isArray(value) ? (value as unknown[]) : [];
    const fixed = count < 0 ? Number(all[customPurposes]) : count;
    if (mark === "") numbers.push(natural(value));
    else if (mark === "@") numbers.push(...tenths(value));
    else if (mark === "$") numbers.push(...codes(value, count));
    else if (mark === "?" && count === 0) numbers.push(bit(value));
    else if (mark === "*") numbers.push(...counted(items));
    else if (mark === "#") numbers.push(items.length, ...(items as GppRestriction[]).flatMap(({ key, type, ids }) => [natural(key), natural(type), ...counted([...ids])]));
    else if (count < 0 && !(name in fields)) numbers.push(...Array.from({ length: fixed }, () => 0));
    else if (items.length !== fixed) throw refusal(id, `${name} to have ${fixed} values`);
    else numbers.push(...items.map(mark === ":" ? natural : bit));
  }
  return rust.gppWrite(id, Uint32Array.from(numbers));
}

function natural(value: unknown): number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < none ? (value as number) : none;
}

function bit(value: unknown): number {
  return typeof value === "boolean" ? Number(value) : none;
}

function codes(value: unknown, count: number): number[] {
  return Array.from({ length: count }, (_, index) => (typeof value === "string" && value.length === count ? value.charCodeAt(index) : none));
}

function tenths(milliseconds: unknown): number[] {
  const whole = Math.round(Number(milliseconds) / 100);
  return whole >= 0 && whole < 2 ** 36 ? [Math.floor(whole / 2 ** 32), whole % 2 ** 32] : [none, 0];
}

/** A count and that many ids: ascending, each once. */
function counted(ids: unknown[]): number[] {
  const sorted = [...new Set(ids.map(natural))].sort((left, right) => left - right);
  return [sorted.length, ...sorted];
}

function refusal(id: number, expected: string): PrivacyError {
  return new PrivacyError("signal.invalid", `${namesById.get(id) ?? "gpp"}: expected ${expected}`);
}
