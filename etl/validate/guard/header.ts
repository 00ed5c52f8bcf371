import type { Contracts } from '../../../src/contracts/contracts.ts';
import { betrayedTopic } from '../../../src/contracts/lookup.ts';
import type { RecordType, System } from '../../../src/contracts/record.ts';
import { Refused } from '../../../src/errors.ts';
import { stagedFields } from '../staging-columns.ts';

const LONGEST_NAME = 40;

/**
 * Where each staged field lies in the file, or -1 where the file leaves it out. A column that could identify a
 * person, that nobody knows or that comes twice refuses the file, as does a required one that is not there.
 */
export function placeColumns(
  contracts: Contracts,
  record: RecordType,
  system: System,
  file: string,
  columns: readonly string[],
): Int32Array {
  const fields = new Map(record.fields.map((field) => [field.name, field]));
  const isHeader = columns.filter((column) => fields.has(column)).length * 2 >= columns.length;
  for (const [at, column] of columns.entries()) {
    const name = nameOf(column, at, isHeader);
    const topic = topicOf(contracts, record, system, column);
    if (topic !== undefined) {
      throw new Refused(
        'IDENTIFIER_FOUND',
        `${file}, ${name}: rule Q003, a column about ${topic} is never held`,
        {
          remedy: contracts.neverHeld.get(topic)?.instead ?? 'leave the column out',
        },
      );
    }
    if (!fields.has(column)) {
      throw new Refused(
        'COLUMN_UNKNOWN',
        `${file}, ${name}: the contract of ${record.name} has no such column`,
        {
          remedy: 'leave the column out, or rename it as the contract does',
        },
      );
    }
    if (columns.indexOf(column) < at)
      throw new Refused('COLUMN_TWICE', `${file}, ${name}: the column comes twice`);
  }
  const staged = stagedFields(record);
  const missing = staged
    .filter((field) => field.constraints.required && !columns.includes(field.name))
    .map((field) => field.name);
  if (missing.length > 0) {
    throw new Refused(
      'COLUMN_MISSING',
      `${file}: the contract of ${record.name} requires ${missing.join(', ')}, and the file has no such column`,
      { remedy: 'add the column to the export' },
    );
  }
  return Int32Array.from(staged, (field) => columns.indexOf(field.name));
}

/** The topic that keeps a column out; a column of the contract is only kept out where the contract says so. */
function topicOf(
  contracts: Contracts,
  record: RecordType,
  system: System,
  column: string,
): string | undefined {
  const field = record.fields.find((candidate) => candidate.name === column);
  if (field?.never !== undefined) return field.never;
  const topic = betrayedTopic(contracts, column, system);
  if (field === undefined || topic === undefined) return topic;
  return contracts.neverHeld.get(topic)?.systems.includes(system) === true ? topic : undefined;
}

/** A file without a header has a row where its names should be, so a name is only repeated where most are known. */
function nameOf(column: string, at: number, isHeader: boolean): string {
  const ordinary = isHeader && column.length <= LONGEST_NAME && /^[A-Za-z][A-Za-z0-9_]*$/.test(column);
  return ordinary ? `column ${column}` : `column ${at + 1}`;
}
