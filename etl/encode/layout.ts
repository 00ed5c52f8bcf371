import { createHash } from 'node:crypto';
import type { FieldKind } from './normalise.ts';

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
}

/**
 * What a linkage project encodes. Every party must use the same layout: its name and a digest of it travel with
 * the tokens of each row, and rows of different layouts are never compared.
 */
export interface Layout {
  readonly name: string;
  readonly fields: readonly Field[];
  /** Whether given names get a token of the name that they are short for. */
  readonly nicknames: boolean;
}

/** A keyed token derived from a field's value. `exact` stands for the whole value. */
export type Variant =
  | 'exact'
  | 'nickname'
  | 'sound'
  | 'swapped'
  | 'month_day'
  | 'year_month'
  | 'year'
  | 'last4'
  | 'area';

export interface TokenSlot {
  readonly name: string;
  /** Position of the field in the layout; the pair of given and family name has none. */
  readonly field: number;
  readonly variant: Variant | 'pair';
}

export const TOKEN_BYTES = 8;
export const FILTER_BYTES = 64;

const VARIANTS: Readonly<Record<FieldKind, readonly Variant[]>> = {
  name: ['exact'],
  given: ['exact', 'nickname', 'sound'],
  surname: ['exact', 'sound'],
  date: ['exact', 'swapped', 'month_day', 'year_month', 'year'],
  id: ['exact', 'last4'],
  postcode: ['exact', 'area'],
  sex: ['exact'],
  text: ['exact'],
  phone: ['exact'],
};

/** The identifiers of a young person that the standard layout encodes, in the order of their filters. */
export const personLayout: Layout = {
  name: 'person_1',
  fields: [
    { name: 'given_name', kind: 'given' },
    { name: 'surname', kind: 'surname' },
    { name: 'birth_date', kind: 'date' },
    { name: 'ssn', kind: 'id' },
    { name: 'sex', kind: 'sex' },
    { name: 'postcode', kind: 'postcode' },
    { name: 'phone', kind: 'phone' },
    { name: 'street', kind: 'text' },
  ],
  nicknames: true,
};

export function variantsOf(kind: FieldKind): readonly Variant[] {
  return VARIANTS[kind];
}

/** The tokens of a row in their order: those of each field, then the unordered pair of given and family name. */
export function tokenSlots(layout: Layout): readonly TokenSlot[] {
  const slots: TokenSlot[] = layout.fields.flatMap(({ name, kind }, field) =>
    variantsOf(kind).map((variant) => ({ name: `${name}.${variant}`, field, variant })),
  );
  if (namePair(layout) !== undefined) slots.push({ name: 'names.pair', field: -1, variant: 'pair' });
  return slots;
}

export function namePair(layout: Layout): { given: number; surname: number } | undefined {
  const given = layout.fields.findIndex(({ kind }) => kind === 'given');
  const surname = layout.fields.findIndex(({ kind }) => kind === 'surname');
  return given === -1 || surname === -1 ? undefined : { given, surname };
}

/** The fields that have a filter, in the order of the filters. A sex is too short to compare other than exactly. */
export function filteredFields(layout: Layout): readonly number[] {
  return layout.fields.flatMap(({ kind }, i) => (kind === 'sex' ? [] : [i]));
}

/** `person_1_0123abcd`: the layout's name and a digest of what it says; stands before a row's tokens and filters. */
export function layoutId(layout: Layout): string {
  const content = JSON.stringify([layout.fields.map(({ name, kind }) => [name, kind]), layout.nicknames]);
  return `${layout.name}_${createHash('sha256').update(content).digest('hex').slice(0, 8)}`;
}
