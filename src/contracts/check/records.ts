import type { Contracts } from '../contracts.ts';
import { type Problem, problem } from '../problem.ts';
import type { Field, RecordType } from '../record.ts';

/** Each record type in itself: its keys, and that every value of it comes from a closed set. */
export function checkRecords(contracts: Contracts): Problem[] {
  return [...contracts.records.values()].flatMap((record) =>
    [
      keysExist(record),
      namesAreUnique(record),
      pseudonymFits(record),
      record.fields.flatMap((field) => fieldIsClosed(record, field)),
      record.fields.flatMap((field) => exampleFits(record, field)),
      fileIsNamedAfterRecord(record),
    ].flat(),
  );
}

function keysExist(record: RecordType): Problem[] {
  const names = new Set(record.fields.map((field) => field.name));
  if (record.primaryKey.length === 0)
    return [problem('SHAPE', record.place, `${record.name} has no primary key`)];
  return record.primaryKey
    .filter((name) => !names.has(name))
    .map((name) =>
      problem(
        'REFERENCE',
        record.place,
        `${record.name}: its primary key names ${name}, which is no field of it`,
      ),
    );
}

function namesAreUnique(record: RecordType): Problem[] {
  return record.fields
    .filter((field, at) => record.fields.findIndex((other) => other.name === field.name) < at)
    .map((field) => problem('DUPLICATE', field.place, `${record.name} has the field ${field.name} twice`));
}

function pseudonymFits(record: RecordType): Problem[] {
  const carries = record.fields.some((field) => field.token === 'person');
  const about = record.subject === 'person' || record.subject === 'linkage';
  if (record.name === 'person' || carries === about) return [];
  const message = carries
    ? `${record.name} is about ${record.subject} and may not carry a young person's pseudonym`
    : `${record.name} is about young people and carries no pseudonym`;
  return [problem(carries ? 'NEVER_HELD' : 'SHAPE', record.place, message)];
}

/** Words that nobody listed could be anything, a narrative too. */
function fieldIsClosed(record: RecordType, field: Field): Problem[] {
  const { codes, token, open, never, constraints } = field;
  const closed = [codes, token, open, never, constraints.pattern].some((given) => given !== undefined);
  const found: Problem[] = [];
  if (field.type === 'string' && !closed) {
    found.push(
      problem(
        'NARRATIVE',
        field.place,
        `${record.name}.${field.name} is text without codes, pattern or token`,
      ),
    );
  }
  if (open !== undefined && (record.subject === 'person' || record.subject === 'linkage')) {
    found.push(
      problem(
        'NARRATIVE',
        field.place,
        `${record.name}.${field.name} lets open words into a row about a young person`,
      ),
    );
  }
  if (field.several && codes === undefined) {
    found.push(
      problem('SHAPE', field.place, `${record.name}.${field.name} takes several codes and names no list`),
    );
  }
  return found;
}

function fileIsNamedAfterRecord(record: RecordType): Problem[] {
  if (record.place.file.endsWith(`/${record.name}.yaml`)) return [];
  return [problem('SHAPE', record.place, `the file of ${record.name} is not named after it`)];
}

/** Where the form of a value is given by a pattern, an example shows it, and it is of that form. */
function exampleFits(record: RecordType, field: Field): Problem[] {
  const { pattern } = field.constraints;
  const where = `${record.name}.${field.name}`;
  if (pattern === undefined || (field.token !== undefined && field.token !== 'linkage')) return [];
  if (field.example === undefined)
    return [problem('SHAPE', field.place, `${where} has a pattern and no example of it`)];
  if (new RegExp(`^(?:${pattern})$`, 'u').test(field.example)) return [];
  return [problem('SHAPE', field.place, `${where}: its example is not of its pattern`)];
}
