/** Reading what was given as parsed JSON or YAML: each step says where it was when it met something else. */
import { Refused } from '../errors.ts';

export function expectObject(input: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw new Refused('NOT_AN_OBJECT', `${where}: an object was expected`);
  return input as Record<string, unknown>;
}

export function expectArray(input: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(input)) throw new Refused('NOT_A_LIST', `${where}: a list was expected`);
  return input;
}

export function expectId(input: unknown, where: string): string {
  if (typeof input !== 'string' || input === '')
    throw new Refused('NOT_AN_ID', `${where}: an id (a text that is not empty) was expected`);
  return input;
}

export function expectIds(input: unknown, where: string): string[] {
  return expectArray(input, where).map((id) => expectId(id, where));
}

/**
 * Refuses a field that nobody reads, since a misspelt rule would otherwise be no rule at all. Tables come
 * from elsewhere and may carry more (`open`): there only a near miss of a known field is refused.
 */
export function expectFields(
  source: Readonly<Record<string, unknown>>,
  fields: readonly string[],
  where: string,
  { open = false } = {},
): void {
  const known = new Set(fields);
  const folded = new Set(fields.map(fold));
  const strange = Object.keys(source).filter((key) => !known.has(key) && (!open || folded.has(fold(key))));
  if (strange.length > 0)
    throw new Refused('FIELD_UNKNOWN', `${where}: unknown field ${strange.join(', ')}`, {
      remedy: `the fields are ${fields.join(', ')}`,
    });
}

function fold(key: string): string {
  return key.toLowerCase().replaceAll(/[^a-z]/g, '');
}
