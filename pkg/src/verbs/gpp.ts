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
const forms = new Map<number, Form>();
const idsByHeader = new Map<string, Uint16Array>();
const headersByIds = new Map<string, string>();

/** How many flags of its own a publisher has is said by the field before them. */
const customPurposes = "NumCustomPurposes";

/** Greater than any number that a field can hold: the core then says which field it is. */
const none = 2 ** 32 - 1;

export function decodeGpp(rust: Rust, text: string): GppSections {
  const texts = text.split("~");
  const [header = ""] = texts;
  // The core says what is wrong with a header; one that was right before, over as many sections, is right again.
  const known = text.length > 65_536 ? undefined : idsByHeader.get(header);
  const ids = known?.length === texts.length - 1 ? known : rust.gppIds(text);
  if (ids.length === texts.length - 1) keep(idsByHeader, header, ids);
  const first = texts.length - ids.length;
  const sections: Record<string, GppFields | string> = {};
  ids.forEach((id, index) => {
    sections[namesById.get(id) ?? String(id)] = read(rust, id, texts[first + index] ?? "");
  });
  return sections;
}

export function encodeGpp(rust: Rust, sections: GppSections): string {
  const given = Object.entries(sections).map(([name, section]) => [idOf(name), section] as const);
  given.sort(([left], [right]) => left - right);
  const ids = given.map(([id]) => id);
  const key = ids.join();
  let text = headersByIds.get(key) ?? keep(headersByIds, key, rust.gppHeader(Uint16Array.from(ids)));
  for (const [id, section] of given) text += `~${write(rust, id, section)}`;
  return text;
}

/** Remembers a few of what comes again and again. */
function keep<K, T>(memory: Map<K, T>, key: K, value: T): T {
  if (memory.size > 63) memory.clear();
  memory.set(key, value);
  return value;
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
  const key = id * 4 + (version < 3 ? version : 0);
  const known = forms.get(key);
  if (known) return known;
  const fields = rust.gppForm(id, version).split(" ").slice(1).map((field) => {
    const [, name = "", mark = "", count = ""] = /^(\w+)(\W?)(.*)$/.exec(field) ?? [];
    return [name, mark, count === "n" ? -1 : Number(count)] as const;
  });
  const form = { fields, initial: fieldsOf(fields, rust.gppInitial(id, version)) };
  return keep(forms, key, form);
}

function read(rust: Rust, id: number, text: string): GppFields | string {
  const numbers = rust.gppRead(id, text);
  return numbers.length === 0 ? text : fieldsOf(formOf(rust, id, numbers[0] ?? 0).fields, numbers);
}

function fieldsOf(form: Form["fields"], numbers: Uint32Array): GppFields {
  const fields: Record<string, GppValue> = {};
  let at = 0;
  const next = () => numbers[at++] ?? 0;
  const list = (count: number) => {
    const items: number[] = [];
    for (let left = count; left > 0; left -= 1) items.push(next());
    return items;
  };
  for (const [name, mark, count] of form) {
    if (mark === "") fields[name] = next();
    else if (mark === ":") fields[name] = list(count);
    else if (mark === "?" && count === 0) fields[name] = next() === 1;
    else if (mark === "?") fields[name] = list(count < 0 ? (fields[customPurposes] as number) : count).map((bit) => bit === 1);
    else if (mark === "$") fields[name] = String.fromCharCode(...list(count));
    else if (mark === "@") fields[name] = (next() * 2 ** 32 + next()) * 100;
    else if (mark === "*") fields[name] = list(next());
    else fields[name] = Array.from({ length: next() }, () => ({ key: next(), type: next(), ids: list(next()) }));
  }
  return fields;
}

/** What is about to cross: kept, so that not every call makes its own. */
let numbers = new Uint32Array(128);
let length = 0;

function push(number: number): void {
  if (length === numbers.length) {
    const longer = new Uint32Array(2 * length);
    longer.set(numbers);
    numbers = longer;
  }
  numbers[length++] = number;
}

function write(rust: Rust, id: number, fields: GppFields | string): string {
  if (typeof fields === "string") {
    rust.gppRead(id, fields);
    return fields;
  }
  const form = formOf(rust, id, natural(fields["Version"] ?? 0));
  length = 0;
  let unknown = Object.keys(fields).length;
  for (const [name, mark, count] of form.fields) {
    const given = fields[name];
    if (given !== undefined) unknown -= 1;
    const value: unknown = given ?? form.initial[name];
    if (mark === "") push(natural(value));
    else if (mark === "?" && count === 0) push(bit(value));
    else if (mark === "@") tenths(value);
    else if (mark === "$") codes(value, count);
    else if (mark === "*") counted(listed(value));
    else if (mark === "#") restricted(listed(value) as GppRestriction[]);
    else {
      const fixed = count < 0 ? Math.min(natural(fields[customPurposes] ?? 0), 64) : count;
      const items = given === undefined && count < 0 ? Array.from({ length: fixed }, () => false) : listed(value);
      if (items.length !== fixed) throw refusal(id, `${name} to have ${fixed} values`);
      for (const item of items) push(mark === ":" ? natural(item) : bit(item));
    }
  }
  if (unknown > 0) throw refusal(id, "the names of its fields");
  return rust.gppWrite(id, numbers.subarray(0, length));
}

function listed(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function restricted(restrictions: GppRestriction[]): void {
  push(restrictions.length);
  for (const { key, type, ids } of restrictions) {
    push(natural(key));
    push(natural(type));
    counted([...ids]);
  }
}

function natural(value: unknown): number {
  return (value as number) >>> 0 === value ? value : none;
}

function bit(value: unknown): number {
  return value === true ? 1 : value === false ? 0 : none;
}

function codes(value: unknown, count: number): void {
  for (let index = 0; index < count; index += 1) push(typeof value === "string" && value.length === count ? value.charCodeAt(index) : none);
}

function tenths(milliseconds: unknown): void {
  const whole = Math.round(Number(milliseconds) / 100);
  const fits = whole >= 0 && whole < 2 ** 36;
  push(fits ? Math.floor(whole / 2 ** 32) : none);
  push(fits ? whole % 2 ** 32 : 0);
}

/** A count and that many ids: ascending, each once. */
function counted(ids: unknown[]): void {
  const sorted = [...new Set(ids.map(natural))].sort((left, right) => left - right);
  push(sorted.length);
  sorted.forEach(push);
}

function refusal(id: number, expected: string): PrivacyError {
  return new PrivacyError("signal.invalid", `${namesById.get(id) ?? "gpp"}: expected ${expected}`);
}
