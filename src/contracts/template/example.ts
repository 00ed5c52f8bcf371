import { createHash } from 'node:crypto';
import type { Condition, Matcher } from '../condition.ts';
import type { Contracts } from '../contracts.ts';
import { codesAsOf, listNamed, mappingAsOf, requiredParties, sendableFields } from '../lookup.ts';
import type { Field, RecordType, System } from '../record.ts';
import { SHOWN_ON } from './agency-codes.ts';

/** The agency that the rows are made up for. */
export interface Sender {
  readonly agency: string;
  readonly system: System;
  readonly county: string;
}

export type Row = ReadonlyMap<string, string>;

const ROWS = 3;
const DAY = 86_400_000;

/**
 * Three made-up rows of a record: the first with every field that may be sent, the others with the required ones.
 * Codes are the agency's own where it has any. Rows refer to each other across records, and keep the rules that a
 * row can keep by itself.
 */
export function exampleRows(contracts: Contracts, record: RecordType, sender: Sender): Row[] {
  return Array.from({ length: ROWS }, (_, n) => {
    const row = new Map<string, string>();
    for (const [at, field] of sendableFields(contracts, record, sender.system).entries()) {
      const given = field.constraints.required || (n === 0 && !isOptionalYear(field));
      row.set(field.name, given ? valueOf(contracts, record, field, sender, n, at) : '');
    }
    keepSums(contracts, record, row);
    keepRequirements(contracts, record, row, sender, n);
    keepClocks(contracts, record, row);
    bringParties(contracts, record, row);
    sendOwnCodes(contracts, record, row, sender);
    return row;
  });
}

/** A year that nobody has to give, such as that of a death, is not made up. */
function isOptionalYear(field: Field): boolean {
  return field.type === 'integer' && Number(field.constraints.minimum ?? 0) > 1900;
}

function valueOf(
  contracts: Contracts,
  record: RecordType,
  field: Field,
  sender: Sender,
  n: number,
  at: number,
): string {
  if (field.name === 'source_agency') return sender.agency;
  if (field.name === 'op') return 'insert';
  if (field.token === 'person') return pseudonym(sender.agency, 'person', n);
  const key = record.foreignKeys.find((candidate) => candidate.fields.at(-1) === field.name);
  if (key !== undefined) return pseudonym(sender.agency, key.record, n);
  if (field.name === 'source_record_id') return pseudonym(sender.agency, record.name, n);
  if (field.token !== undefined && field.token !== 'linkage') return pseudonym(sender.agency, field.name, n);
  if (field.example !== undefined) return field.example;
  if (field.codes !== undefined) return codeOf(contracts, record, field, sender, n);
  return plainValue(field, n, at);
}

function plainValue(field: Field, n: number, at: number): string {
  const { minimum, maximum } = field.constraints;
  const moment =
    Date.parse(`${SHOWN_ON}T08:00:00Z`) - (60 - 10 * n) * DAY + (field.moment === 'end' ? 21 * DAY : 0);
  if (field.moment === 'recorded') return `${SHOWN_ON}T08:00:00Z`;
  switch (field.type) {
    case 'date':
      return new Date(moment).toISOString().slice(0, 10);
    case 'datetime':
      return new Date(moment + at * 60_000).toISOString().replace('.000Z', 'Z');
    case 'boolean':
      return 'true';
    case 'integer':
    case 'number':
      return String(Math.min(Math.max(12, Number(minimum ?? 0)), Number(maximum ?? 12)));
    case 'string':
    case 'array':
      return field.open === undefined ? '' : `Made-up ${n + 1}`;
  }
}

/** A shared code that may be held and that the agency can send; one that it writes in its own way comes first. */
function codeOf(contracts: Contracts, record: RecordType, field: Field, sender: Sender, n: number): string {
  const list = listNamed(contracts, field.codes ?? '');
  if (list.name === 'ca_counties') return sender.county;
  const shared = codesAsOf(list, SHOWN_ON);
  const own = ownCodes(contracts, record, field, sender);
  const may = [...own.keys()].filter((code) => {
    const known = shared.get(code);
    return known?.never === undefined && known?.heldAs === undefined;
  });
  // What a minor consents to alone needs an agreement that says so.
  const ordinary = may.filter((code) => shared.get(code)?.minorConsent !== true);
  const held = ordinary.length > 0 ? ordinary : may;
  const apart = held.filter((code) => own.get(code) !== code);
  const choice = apart.length > 0 ? apart : held;
  const pick = (at: number): string => choice[at % choice.length] ?? '';
  return field.several && choice.length > 1 ? `${pick(n)};${pick(n + 1)}` : pick(n);
}

/** What the agency writes for each shared code that it can send: its own code where it has one. */
function ownCodes(
  contracts: Contracts,
  record: RecordType,
  field: Field,
  sender: Sender,
): Map<string, string> {
  const where = { record: record.name, name: field.name, codes: field.codes ?? '' };
  const own = new Map<string, string>();
  for (const [from, to] of mappingAsOf(contracts, sender.agency, where, SHOWN_ON)) {
    if (!own.has(to) || own.get(to) === to) own.set(to, from);
  }
  return own;
}

/** Rules speak of shared codes, files of the agency's own: the row is translated last. */
function sendOwnCodes(
  contracts: Contracts,
  record: RecordType,
  row: Map<string, string>,
  sender: Sender,
): void {
  for (const field of record.fields.filter((candidate) => candidate.codes !== undefined)) {
    const value = row.get(field.name) ?? '';
    if (value === '') continue;
    const own = ownCodes(contracts, record, field, sender);
    row.set(
      field.name,
      value
        .split(';')
        .map((code) => own.get(code) ?? code)
        .join(';'),
    );
  }
}

function pseudonym(agency: string, what: string, n: number): string {
  return createHash('sha256').update(`made up ${agency} ${what} ${n}`).digest('base64url').slice(0, 24);
}

/** Parts that must add up do: the first takes all but one of each other. */
function keepSums(contracts: Contracts, record: RecordType, row: Map<string, string>): void {
  for (const rule of contracts.qualityRules.values()) {
    for (const test of rule.record === record.name ? rule.tests : []) {
      if (test.kind !== 'sum') continue;
      const [first = '', ...others] = test.parts.filter((part) => row.get(part) !== '');
      for (const part of others) row.set(part, '1');
      row.set(first, String(20 - others.length));
      row.set(test.total, '20');
    }
  }
}

/** What a clock waits for happened, and at once. */
function keepClocks(contracts: Contracts, record: RecordType, row: Map<string, string>): void {
  for (const rule of contracts.qualityRules.values())
    for (const test of rule.record === record.name ? rule.tests : []) {
      if (test.kind !== 'within' || test.missing !== 'breaks' || !row.has(test.to)) continue;
      const from = row.get(test.from) ?? '';
      if (from !== '') row.set(test.to, from);
    }
}

/** Whoever must sit in a team meeting does. */
function bringParties(contracts: Contracts, record: RecordType, row: Map<string, string>): void {
  const asked = [...contracts.qualityRules.values()].some(
    (rule) =>
      rule.record === record.name &&
      rule.tests.some((test) => test.kind === 'check' && test.check === 'required_parties_present'),
  );
  if (asked) row.set('parties', requiredParties(contracts, 'mdt', SHOWN_ON).join(';'));
}

/** A field that another one requires is filled or set; so often as one such repair may call for the next. */
function keepRequirements(
  contracts: Contracts,
  record: RecordType,
  row: Map<string, string>,
  sender: Sender,
  n: number,
): void {
  const tests = [...contracts.qualityRules.values()]
    .filter((rule) => rule.record === record.name)
    .flatMap((rule) => rule.tests)
    .filter((test) => test.kind === 'requires');
  for (const test of [...tests, ...tests]) {
    if (test.when !== undefined && !matches(test.when, row)) continue;
    for (const [name, matcher] of Object.entries(test.must.fields)) {
      const at = record.fields.findIndex((field) => field.name === name);
      const field = record.fields[at];
      if (field === undefined || matchesValue(matcher, row.get(name) ?? '')) continue;
      const wanted = matcher.in?.[0];
      row.set(name, wanted === undefined ? valueOf(contracts, record, field, sender, n, at) : String(wanted));
    }
  }
}

function matches(condition: Condition, row: Row): boolean {
  return Object.entries(condition.fields).every(([name, matcher]) =>
    matchesValue(matcher, row.get(name) ?? ''),
  );
}

function matchesValue(matcher: Matcher, value: string): boolean {
  const empty = value === '';
  if (matcher.present !== undefined && matcher.present === empty) return false;
  if (matcher.in !== undefined && !matcher.in.some((wanted) => String(wanted) === value)) return false;
  if (matcher.notIn?.some((unwanted) => String(unwanted) === value) === true) return false;
  if (matcher.under !== undefined && !matcher.under.some((stem) => !empty && value.startsWith(stem)))
    return false;
  return inBounds(matcher, value);
}

function inBounds(matcher: Matcher, value: string): boolean {
  const compare = (limit: number | string): number =>
    typeof limit === 'number' ? Number(value) - limit : value.slice(0, 10).localeCompare(limit, 'en');
  if (matcher.min !== undefined && (value === '' || compare(matcher.min) < 0)) return false;
  return matcher.max === undefined || (value !== '' && compare(matcher.max) <= 0);
}
