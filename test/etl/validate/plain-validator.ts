/** The row validator once more, slowly and over strings: what the fast one is held to. */

import type { Circumstances } from '../../../etl/validate/field/compile-fields.ts';
import type { Contracts } from '../../../src/contracts/contracts.ts';
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
    const written = fields.map((field) => {
      const cell = cells[header.indexOf(field.name)] ?? '';
      if (cell === '') {
        if (field.constraints.required) reasons.push(`${line} Q001 ${field.name}`);
        return '\\N';
      }
      const value = shared(contracts, record, circumstances, field, cell);
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
): string | { rule: string } {
  const wrong = { rule: 'Q001' };
  const { pattern, minLength = 0, maxLength = Infinity, minimum, maximum } = field.constraints;
  if (field.codes !== undefined) {
    const codes = field.codes;
    const day = plainDay(circumstances.asOf);
    const mapping = mappingAsOf(
      contracts,
      circumstances.agency,
      { record: record.name, name: field.name, codes },
      day,
    );
    const held = (field.several ? cell.split(';') : [cell]).map((code) => {
      const target = mapping.get(code);
      return target === undefined ? wrong : heldCode(contracts, record, circumstances, codes, target);
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
      return /^-?\d+(\.\d+)?$/.test(cell) &&
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
  if (cell.length < minLength || cell.length > maxLength) return wrong;
  return pattern === undefined || new RegExp(`^(?:${pattern})$`).test(cell) ? cell : wrong;
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
