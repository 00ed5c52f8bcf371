/** The row validator once more, slowly and over strings: what the fast one is held to. */

import type { Circumstances } from '../../../etl/validate/field/compile-fields.ts';
import { type Contracts, loadContracts } from '../../../src/contracts/contracts.ts';
import { heldAs, mappingAsOf } from '../../../src/contracts/lookup.ts';
import type { Field, RecordType } from '../../../src/contracts/record.ts';
import { type PlainRow, plainDay, plainlyFails } from './plain-rules.ts';

export interface PlainOutcome {
  /** One line of COPY text per accepted row, without its end. */
  readonly lines: readonly string[];
  /** `line rule column`, in the order of the rows. */
  readonly rejects: readonly string[];
  readonly findings: readonly string[];
}

/** Days on which a list or a mapping changes, as the contracts stand. */
const TURNS = turnsOf(loadContracts());
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATETIME = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}(:?\d{2})?)$/;

export function plainlyValidate(
  contracts: Contracts,
  record: RecordType,
  circumstances: Circumstances,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): PlainOutcome {
  const lines: string[] = [];
  const rejects: string[] = [];
  const findings: string[] = [];
  const fields = record.fields.filter((field) => field.never === undefined);
  const rules = [...contracts.qualityRules.values()].filter(
    (rule) => rule.scope === 'row' && ['*', record.name].includes(rule.record),
  );
  for (const [at, cells] of rows.entries()) {
    const line = at + 2;
    const reasons: string[] = [];
    const row: Record<string, string | undefined> = {};
    const days = plainDaysOfRow(record, header, cells, plainDay(circumstances.asOf));
    const written = fields.map((field) => {
      const cell = cells[header.indexOf(field.name)] ?? '';
      if (cell === '') {
        if (field.constraints.required) reasons.push(`${line} Q001 ${field.name}`);
        return '\\N';
      }
      const value = shared(contracts, record, circumstances, field, cell, days);
      if (typeof value !== 'string') {
        reasons.push(`${line} ${value.rule} ${field.name}`);
        return '';
      }
      row[field.name] = value;
      return copied(record, field, value);
    });
    if (reasons.length === 0) {
      for (const rule of rules.filter((rule) => rule.severity === 'reject_row'))
        if (breaks(contracts, record, row, rule.tests, circumstances.asOf))
          reasons.push(`${line} ${rule.id}`);
    }
    rejects.push(...reasons);
    if (reasons.length > 0) continue;
    lines.push([String(line), ...written].join('\t'));
    for (const rule of rules.filter((rule) => rule.severity !== 'reject_row'))
      if (breaks(contracts, record, row, rule.tests, circumstances.asOf)) findings.push(`${line} ${rule.id}`);
  }
  return { lines, rejects, findings };
}

function breaks(
  contracts: Contracts,
  record: RecordType,
  row: PlainRow,
  tests: readonly Parameters<typeof plainlyFails>[3][],
  asOf: string,
): boolean {
  return tests.some((test) => plainlyFails(contracts, record, row, test, asOf));
}

/** The value as the hub holds it, or the rule that it breaks. */
function shared(
  contracts: Contracts,
  record: RecordType,
  circumstances: Circumstances,
  field: Field,
  cell: string,
  days: readonly string[],
): string | { rule: string } {
  const wrong = { rule: 'Q001' };
  const { pattern, minLength = 0, maxLength = Infinity, minimum, maximum } = field.constraints;
  if (field.codes !== undefined) {
    const codes = field.codes;
    const held = (field.several ? cell.split(';') : [cell]).map((code) => {
      for (const day of days) {
        const mapping = plainMapping(contracts, circumstances.agency, record, field.name, codes, day);
        const target = mapping.get(code);
        if (target !== undefined) return heldCode(contracts, record, circumstances, codes, target);
      }
      return wrong;
    });
    const outside = held.filter((code) => typeof code !== 'string');
    if (outside.length > 0) return outside.find(({ rule }) => rule === 'Q305') ?? wrong;
    return [...new Set(held.filter((code) => typeof code === 'string'))].join(';');
  }
  const outOfBounds = (value: number): boolean =>
    value < Number(minimum ?? -99_999_999) || value > Number(maximum ?? 99_999_999);
  switch (field.type) {
    case 'date':
      return DATE.test(cell) && isDay(cell) ? cell : wrong;
    case 'datetime':
      return isMoment(cell) ? cell : wrong;
    case 'integer':
      return /^-?\d{1,8}$/.test(cell) && !outOfBounds(Number(cell)) ? cell : wrong;
    case 'number':
      return /^-?\d{1,8}(\.\d+)?$/.test(cell) &&
        !outOfBounds(Number(cell)) &&
        cell.replaceAll(/\D/g, '').length <= 15
        ? cell
        : wrong;
    case 'boolean':
      return ['true', 'True', 'TRUE', '1', 'false', 'False', 'FALSE', '0'].includes(cell) ? cell : wrong;
    case 'string':
    case 'array':
      break;
  }
  if (field.name === 'source_agency') return cell === circumstances.agency ? cell : wrong;
  if (field.open !== undefined && /\p{Cc}/u.test(cell)) return wrong;
  if (cell.length < minLength || cell.length > maxLength) return wrong;
  return pattern === undefined || new RegExp(`^(?:${pattern})$`).test(cell) ? cell : wrong;
}

/** Every day on which something about codes changes and that the row is about, the last one first. */
function plainDaysOfRow(
  record: RecordType,
  header: readonly string[],
  cells: readonly string[],
  deliveryDay: string,
): readonly string[] {
  const dayIn = (name: string | undefined): string | undefined => {
    const text = (cells[header.indexOf(name ?? '')] ?? '').slice(0, 10);
    return DATE.test(text) && isDay(text) ? text : undefined;
  };
  const named = (moment: string): string | undefined =>
    record.fields.find((field) => field.moment === moment)?.name;
  const own = dayIn(named('start')) ?? dayIn(named('at'));
  const first = own ?? dayIn('effective_date') ?? deliveryDay;
  const until =
    named('end') === undefined ? (dayIn(named('at')) ?? first) : (dayIn(named('end')) ?? deliveryDay);
  const last = own === undefined || until < first ? first : until;
  const turns = TURNS.filter((day) => first < day && day <= last);
  return [first, ...turns, last].sort().reverse();
}

const mappings = new Map<string, ReadonlyMap<string, string>>();

/** As of the first day of list and mapping where the day lies before it. */
function plainMapping(
  contracts: Contracts,
  agency: string,
  record: RecordType,
  name: string,
  codes: string,
  day: string,
): ReadonlyMap<string, string> {
  const list = contracts.codeLists.get(codes)?.codes ?? [];
  const mapping = contracts.mappings
    .get(agency)
    ?.fields.find(({ fields }) => fields.includes(`${record.name}.${name}`) || fields.includes(`*.${name}`));
  const begins = [list, mapping?.codes ?? []].map(
    (dated) => dated.map(({ validFrom }) => validFrom).sort()[0] ?? '',
  );
  const judged = [day, ...begins].sort().at(-1) ?? day;
  const key = [agency, record.name, name, judged].join();
  const known =
    mappings.get(key) ?? mappingAsOf(contracts, agency, { record: record.name, name, codes }, judged);
  mappings.set(key, known);
  return known;
}

function heldCode(
  contracts: Contracts,
  record: RecordType,
  circumstances: Circumstances,
  list: string,
  code: string,
): string | { rule: string } {
  if (record.subject !== 'person') return code;
  const held = heldAs(contracts, list, code);
  if (record.name === 'hl_service') {
    const known = contracts.codeLists.get(list)?.codes.find((candidate) => candidate.code === code);
    if (known?.minorConsent === true && !circumstances.minorConsentServices) return { rule: 'Q305' };
    if (held.as !== 'it is' && held.topic === 'substance_use') return { rule: 'Q305' };
  }
  if (held.as === 'it is') return code;
  return held.as === 'rolled up'
    ? heldCode(contracts, record, circumstances, list, held.to)
    : { rule: 'Q001' };
}

function isDay(value: string): boolean {
  const date = new Date(`${value}T00:00:00Z`);
  return (
    !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value) && value >= '1900' && value < '2200'
  );
}

function isMoment(value: string): boolean {
  const [, day = ''] = DATETIME.exec(value) ?? [];
  if (!isDay(day)) return false;
  const [, hours, minutes, , seconds] = /^.{10}.(\d\d):(\d\d)(:(\d\d))?/.exec(value) ?? [];
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return false;
  const [, offsetHours, , offsetMinutes] = /[+-](\d\d)(:?(\d\d))?$/.exec(value.slice(11)) ?? [];
  return Number(offsetHours ?? 0) <= 14 && Number(offsetMinutes ?? 0) <= 59;
}

function copied(record: RecordType, field: Field, value: string): string {
  if (field.token === 'person' && record.subject === 'person')
    return `\\\\x${Buffer.from(value).toString('hex')}`;
  if (field.type === 'boolean') return ['true', 'True', 'TRUE', '1'].includes(value) ? 't' : 'f';
  if (!field.several) return value.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n');
  const elements = value.split(';').map((code) => (/^[\w.-]+$/.test(code) ? code : `"${code}"`));
  return `{${elements.join(',')}}`;
}

function turnsOf(contracts: Contracts): readonly string[] {
  const lists = [...contracts.codeLists.values()].flatMap((list) => list.codes);
  const mappings = [...contracts.mappings.values()].flatMap(({ fields }) =>
    fields.flatMap(({ codes }) => codes),
  );
  const after = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
  const days = [...lists, ...mappings].flatMap(({ validFrom, validTo }) => [
    validFrom,
    ...(validTo === undefined ? [] : [validTo, after(validTo)]),
  ]);
  return [...new Set(days)];
}
