import { Refused } from '../errors.ts';
import type { Clock, Limit } from './clock.ts';
import type { Code, CodeList } from './code-list.ts';
import type { Contracts } from './contracts.ts';
import type { FieldMapping } from './mapping.ts';
import type { Need } from './need.ts';
import type { Field, RecordType } from './record.ts';
import type { Term, TermVersion } from './term.ts';

export function recordNamed(contracts: Contracts, name: string): RecordType {
  return contracts.records.get(name) ?? unknown('record type', name, contracts.records.keys());
}

export function listNamed(contracts: Contracts, name: string): CodeList {
  return contracts.codeLists.get(name) ?? unknown('code list', name, contracts.codeLists.keys());
}

/** The purposes that agreements name, and the hub's own; each with its words. */
export function purposesOf(contracts: Contracts): ReadonlyMap<string, string> {
  const agreed = contracts.codeLists.get('purpose')?.codes ?? [];
  return new Map([
    ...agreed.map((code): [string, string] => [code.code, code.label]),
    ...contracts.accessPolicy.ownPurposes,
  ]);
}

function termNamed(contracts: Contracts, name: string): Term {
  return contracts.terms.get(name) ?? unknown('term', name, contracts.terms.keys());
}

/** The codes of a list that may be used on a day. */
export function codesAsOf(list: CodeList, day: string): ReadonlyMap<string, Code> {
  return new Map(
    list.codes.filter((code) => inForce(code.validFrom, code.validTo, day)).map((code) => [code.code, code]),
  );
}

/**
 * What an agency's own codes for a field become, on a day. A code that is not a key here is unmapped: it is
 * reported and its row rejected, never dropped in silence. An agency without a mapping sends shared codes.
 */
export function mappingAsOf(
  contracts: Contracts,
  agency: string,
  field: { readonly record: string; readonly name: string; readonly codes: string },
  day: string,
): ReadonlyMap<string, string> {
  const shared = codesAsOf(listNamed(contracts, field.codes), day);
  const passing = [...shared.keys()].map((code): [string, string] => [code, code]);
  const mapping = mappingOf(contracts, agency, field);
  if (mapping === undefined) return new Map(passing);
  const own = mapping.codes
    .filter((code) => inForce(code.validFrom, code.validTo, day) && shared.has(code.to))
    .map((code): [string, string] => [code.from, code.to]);
  return new Map([...(mapping.keepsShared ? passing : []), ...own]);
}

/** What an agency's own codes for a field become from one day on, until the next era begins. */
export interface CodeEra {
  /** Empty for the first era, which reaches back for ever. */
  readonly from: string;
  readonly codes: ReadonlyMap<string, string>;
}

/**
 * The days on which something about an agency's codes for a field changes. Lists and mappings begin when somebody
 * wrote them down, which says nothing of the time before; so what is older is judged as on their first day.
 */
export function codeEras(
  contracts: Contracts,
  agency: string,
  field: { readonly record: string; readonly name: string; readonly codes: string },
): readonly CodeEra[] {
  const list = listNamed(contracts, field.codes).codes;
  const mapped = mappingOf(contracts, agency, field)?.codes ?? [];
  const begin = [firstDay(list), firstDay(mapped)].sort().at(-1) ?? '';
  const changes = [...list, ...mapped].flatMap(({ validFrom, validTo }) => [
    validFrom,
    ...(validTo === undefined ? [] : [dayAfter(validTo)]),
  ]);
  const days = [begin, ...[...new Set(changes)].sort().filter((day) => day > begin)];
  return days.map((day, at) => ({
    from: at === 0 ? '' : day,
    codes: mappingAsOf(contracts, agency, field, day),
  }));
}

function firstDay(dated: readonly { readonly validFrom: string }[]): string {
  return dated.map(({ validFrom }) => validFrom).sort()[0] ?? '';
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function mappingOf(
  contracts: Contracts,
  agency: string,
  field: { readonly record: string; readonly name: string },
): FieldMapping | undefined {
  return contracts.mappings
    .get(agency)
    ?.fields.find((candidate) => maps(candidate.fields, field.record, field.name));
}

/** A mapping names `record.field`, or `*.field` for the field of every record. */
function maps(paths: readonly string[], record: string, field: string): boolean {
  return paths.includes(`${record}.${field}`) || paths.includes(`*.${field}`);
}

/** What a term means on a day, in a county whose protocol may say otherwise. */
export function termAsOf(
  contracts: Contracts,
  name: string,
  when: { readonly on: string; readonly county?: string },
): TermVersion {
  const term = termNamed(contracts, name);
  const holds = (version: TermVersion): boolean =>
    inForce(version.effectiveFrom, version.effectiveTo, when.on);
  const local = term.local.find((version) => version.county === when.county && holds(version));
  const found = local ?? term.versions.find(holds);
  if (found !== undefined) return found;
  throw new Refused('TERM_NOT_IN_FORCE', `the term ${name} has no version in force on ${when.on}`);
}

/** The limit of a clock in a county, on a day; none before the clock was in force. */
export function limitAsOf(
  clock: Clock,
  when: { readonly on: string; readonly county?: string },
): Limit | undefined {
  if (!inForce(clock.effectiveFrom, clock.effectiveTo, when.on)) return undefined;
  const own = clock.counties.find(
    (county) => county.county === when.county && inForce(county.effectiveFrom, county.effectiveTo, when.on),
  );
  return own?.limit ?? clock.limit;
}

/** The parties that must take part: in a protocol by the day it was made, in a team by the day of the meeting. */
export function requiredParties(
  contracts: Contracts,
  of: 'protocol' | 'mdt',
  day: string,
): readonly string[] {
  const set = contracts.parties.required.find(
    (candidate) => candidate.for === of && inForce(candidate.effectiveFrom, candidate.effectiveTo, day),
  );
  return set?.parties ?? [];
}

/** From the parent up to the broadest need. */
export function needAncestors(contracts: Contracts, code: string): Need[] {
  const need = contracts.needs.nodes.get(code);
  const parent = need?.parent;
  if (parent === undefined) return [];
  const above = contracts.needs.nodes.get(parent);
  return above === undefined ? [] : [above, ...needAncestors(contracts, parent)];
}

/** What may stand for a code in a row about one young person. */
export type Held =
  | { readonly as: 'it is' }
  | { readonly as: 'rolled up'; readonly to: string; readonly topic: string | undefined }
  | { readonly as: 'refused'; readonly topic: string };

/** What the encoder and the intake do with a code of a row about one young person. Codes of no list are judged by pattern. */
export function heldAs(contracts: Contracts, list: string, code: string): Held {
  const known = contracts.codeLists.get(list)?.codes.find((candidate) => candidate.code === code);
  if (known?.heldAs !== undefined) return { as: 'rolled up', to: known.heldAs, topic: known.never };
  if (known?.never !== undefined) return { as: 'refused', topic: known.never };
  for (const never of contracts.neverHeld.values()) {
    const betrays = never.codes.some(
      (pattern) => pattern.list === list && new RegExp(pattern.pattern).test(code),
    );
    if (betrays) return { as: 'refused', topic: never.topic };
  }
  return { as: 'it is' };
}

/** The topic that a column name betrays in rows of a system, if any; the whole delivery is then refused. */
export function betrayedTopic(contracts: Contracts, column: string, system: string): string | undefined {
  const name = column
    .trim()
    .toLowerCase()
    .replaceAll(/[\s.-]+/g, '_');
  for (const never of contracts.neverHeld.values()) {
    if (never.systems.length > 0 && !never.systems.includes(system)) continue;
    if (never.columns.some((pattern) => new RegExp(`^(?:${pattern})$`).test(name))) return never.topic;
  }
  return undefined;
}

/** The fields of a record that an agency of a system may send: what schools may not say, others may. */
export function sendableFields(contracts: Contracts, record: RecordType, system: string): Field[] {
  return record.fields.filter(
    (field) => field.leaves && betrayedTopic(contracts, field.name, system) === undefined,
  );
}

function inForce(from: string, to: string | undefined, day: string): boolean {
  return from <= day && (to === undefined || day <= to);
}

function unknown(what: string, name: string, known: Iterable<string>): never {
  const near = [...known]
    .filter((candidate) => candidate.includes(name) || name.includes(candidate))
    .slice(0, 5);
  throw new Refused('CONTRACT_UNKNOWN', `there is no ${what} named ${name}`, {
    ...(near.length > 0 && { remedy: `did you mean ${near.join(', ')}?` }),
  });
}
