/** What an entry of the register may say, by its contract. Pure: it complains, and stores nothing. */
import type { Contracts } from '../contracts/contracts.ts';
import { listNamed } from '../contracts/lookup.ts';
import type { RegisterField, RegisterKind } from '../contracts/register.ts';
import { NotFound, Refused } from '../errors.ts';

export interface FieldText {
  readonly name: string;
  readonly values: readonly string[];
}

export type Content = Readonly<Record<string, string | number | boolean | readonly string[]>>;

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
  const complaints: string[] = [];
  const content: Record<string, string | number | boolean | readonly string[]> = {};
  const known = new Map(kind.fields.map((field) => [field.name, field]));
  for (const { name } of given)
    if (!known.has(name)) complaints.push(`there is no field of one of the names given`);
  for (const field of kind.fields) {
    const values = given
      .filter((text) => text.name === field.name)
      .flatMap((text) => text.values)
      .map((value) => value.trim())
      .filter((value) => value !== '');
    if (values.length === 0) {
      if (field.required) complaints.push(`${field.name} is missing`);
      continue;
    }
    const complaint = complain(contracts, field, values);
    if (complaint === undefined) content[field.name] = asValue(field, values);
    else complaints.push(`${field.name} ${complaint}`);
  }
  if (complaints.length === 0) return content;
  throw new Refused('REGISTER_CONTENT', `${kind.name}: ${[...new Set(complaints)].join('; ')}.`, {
    remedy: '`registerKinds` lists the fields of every kind, with their codes.',
  });
}

function complain(contracts: Contracts, field: RegisterField, values: readonly string[]): string | undefined {
  const several = field.type === 'codes' || field.type === 'choices';
  if (!several && values.length > 1) return 'takes one value';
  const offered = offeredBy(contracts, field);
  if (offered !== undefined) {
    return values.every((value) => offered.has(value))
      ? undefined
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
  return pattern === undefined || new RegExp(`^(?:${pattern})$`, 'u').test(value)
    ? undefined
    : 'has another form';
}

/** The codes or choices that a field takes, with their words; undefined for a field that takes other values. */
export function offeredBy(
  contracts: Contracts,
  field: RegisterField,
): ReadonlyMap<string, string> | undefined {
  if (field.codes !== undefined)
    return new Map(listNamed(contracts, field.codes).codes.map((code) => [code.code, code.label]));
  return field.choices.size > 0 ? field.choices : undefined;
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
