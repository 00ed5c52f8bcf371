/** What an entry of the register may say, by its contract. Pure: it complains, and stores nothing. */
import type { CodeList } from '../contracts/code-list.ts';
import type { Contracts } from '../contracts/contracts.ts';
import { listNamed } from '../contracts/lookup.ts';
import type { RegisterField, RegisterKind } from '../contracts/register.ts';
import { NotFound, Refused } from '../errors.ts';

export interface FieldText {
  readonly name: string;
  readonly values: readonly string[];
}

export type Content = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** A complaint that names two hundred codes is not read. */
const MOST_NAMED = 40;

export function kindNamed(contracts: Contracts, name: string): RegisterKind {
  const kind = contracts.register.get(name);
  if (kind === undefined) throw new NotFound('KIND_UNKNOWN', 'The register holds no entries of that kind.');
  return kind;
}

/** Every complaint in one error, so that a form is mended in one go. */
export function checkedContent(
  contracts: Contracts,
  kind: RegisterKind,
  given: readonly FieldText[],
): Content {
  const { content, complaints } = readContent(contracts, kind.fields, given);
  if (complaints.length === 0) return content;
  const said = complaints.map(({ field, words }) => `${field} ${words}`.trim());
  throw new Refused('REGISTER_CONTENT', `${kind.name}: ${[...new Set(said)].join('; ')}.`, {
    remedy: '`registerKinds` lists the fields of every kind, with their codes.',
  });
}

/** What is wrong with one field; without a name where there is no such field. */
export interface Complaint {
  readonly field: string;
  readonly words: string;
}

export function readContent(
  contracts: Contracts,
  fields: readonly RegisterField[],
  given: readonly FieldText[],
): { readonly content: Content; readonly complaints: readonly Complaint[] } {
  const complaints: Complaint[] = [];
  const content: Record<string, string | number | boolean | readonly string[]> = {};
  const texts = Map.groupBy(given, ({ name }) => name);
  const known = new Set(fields.map((field) => field.name));
  for (const name of texts.keys())
    if (!known.has(name))
      complaints.push({ field: '', words: 'there is no field of one of the names given' });
  for (const field of fields) {
    const values = (texts.get(field.name) ?? [])
      .flatMap((text) => text.values)
      .map((value) => value.trim())
      .filter((value) => value !== '');
    if (values.length === 0) {
      if (field.required) complaints.push({ field: field.name, words: 'is missing' });
      continue;
    }
    const words = complain(contracts, field, values);
    if (words === undefined) content[field.name] = asValue(field, values);
    else complaints.push({ field: field.name, words });
  }
  return { content, complaints };
}

function complain(contracts: Contracts, field: RegisterField, values: readonly string[]): string | undefined {
  const several = field.type === 'codes' || field.type === 'choices';
  if (!several && values.length > 1) return 'takes one value';
  const offered = offeredBy(contracts, field);
  if (offered !== undefined) {
    if (values.every((value) => offered.has(value))) return undefined;
    return offered.size > MOST_NAMED
      ? `is no code of the list ${field.codes}`
      : `is one of ${[...offered.keys()].join(', ')}`;
  }
  const [value = ''] = values;
  if (field.type === 'number') {
    const fits = /^\d{1,15}$/.test(value) && Number(value) >= field.minimum && Number(value) <= field.maximum;
    return fits ? undefined : `is a whole number from ${field.minimum} to ${field.maximum}`;
  }
  if (field.type === 'flag') return value === 'true' || value === 'false' ? undefined : 'is true or false';
  if (field.type === 'date') return isDay(value) ? undefined : 'is a day such as 2026-03-01';
  if (value.length > field.longest) return `has at most ${field.longest} characters`;
  const { pattern } = field;
  return pattern === undefined || whole(pattern).test(value) ? undefined : 'has another form';
}

const lists = new WeakMap<CodeList, ReadonlyMap<string, string>>();

/** The codes or choices that a field takes, with their words; undefined for a field that takes other values. */
export function offeredBy(
  contracts: Contracts,
  field: RegisterField,
): ReadonlyMap<string, string> | undefined {
  if (field.codes === undefined) return field.choices.size > 0 ? field.choices : undefined;
  const list = listNamed(contracts, field.codes);
  // A file of many rows asks for the same lists again and again.
  const labels = lists.get(list) ?? new Map(list.codes.map((code) => [code.code, code.label]));
  lists.set(list, labels);
  return labels;
}

const patterns = new Map<string, RegExp>();

function whole(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? new RegExp(`^(?:${pattern})$`, 'u');
  patterns.set(pattern, known);
  return known;
}

function asValue(field: RegisterField, values: readonly string[]): Content[string] {
  const [value = ''] = values;
  if (field.type === 'codes' || field.type === 'choices') return [...new Set(values)].toSorted();
  if (field.type === 'number') return Number(value);
  return field.type === 'flag' ? value === 'true' : value;
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
