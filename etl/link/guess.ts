import { plainHeader } from '../encode/columns.ts';
import type { Field } from '../encode/layout.ts';
import type { DateOrder, FieldKind } from '../encode/normalise.ts';

/** A column to link on. */
export interface LinkField extends Field {
  readonly column: number;
}

export interface Guess {
  readonly fields: readonly LinkField[];
  readonly dateOrder: DateOrder;
  /** Columns that are left out, and why. */
  readonly left: readonly { readonly column: string; readonly why: string }[];
}

const HEADERS: readonly (readonly [FieldKind, RegExp])[] = [
  ['date', /(^|_)(dob|birth|birthdate|birthday|born)(_|$)|date_of_birth/],
  ['given', /(^|_)(given|givenname|first|firstname|fname|forename)(_|$)/],
  ['surname', /(^|_)(surname|last|lastname|lname|family|familyname)(_|$)/],
  ['id', /(^|_)(ssn|soc_sec|social|sin|nino|nhs|passport|licen[cs]e|medicaid)(_|$)/],
  ['postcode', /(^|_)(zip|zip5|zipcode|postcode|postal)(_|$)/],
  ['sex', /(^|_)(sex|gender)(_|$)/],
  ['phone', /(^|_)(phone|telephone|tel|mobile|cell)(_|$)/],
  ['name', /^(name|full_?name|person_name)$/],
];
const RECORD_ID = /(^|_)(id|rec_id|record|unique_id|row|index|key|cluster|group|entity|truth|label)(_|$)/;
const DATE = /^\s*(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})\s*$/;

/** Guesses what to link on from the names of the columns and a sample of their values. */
export function guessFields(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  except: readonly string[] = [],
): Guess {
  const fields: LinkField[] = [];
  const left: { column: string; why: string }[] = [];
  const taken = new Set<FieldKind>();
  const composed = composedColumns(sample, header.length);
  header.forEach((raw, column) => {
    const name = plainHeader(raw) || `column_${column + 1}`;
    const values = sample.map((row) => (row[column] ?? '').trim()).filter((value) => value !== '');
    const different = new Set(values).size;
    const known = kindOfHeader(name);
    if (except.some((other) => plainHeader(other) === name))
      left.push({ column: name, why: 'names the truth' });
    else if (values.length === 0) left.push({ column: name, why: 'empty' });
    else if (different === 1) left.push({ column: name, why: 'the same in every row' });
    else if (composed.has(column)) left.push({ column: name, why: 'made of other columns' });
    else if (known === undefined && RECORD_ID.test(name))
      left.push({ column: name, why: 'numbers the records' });
    else {
      let kind: FieldKind = known ?? kindOfValues(values);
      // There is one given and one family name; a further one is compared as text.
      if ((kind === 'given' || kind === 'surname') && taken.has(kind)) kind = 'text';
      taken.add(kind);
      fields.push({ name, kind, column });
    }
  });
  return { fields, dateOrder: guessDateOrder(fields, sample), left };
}

/** A header that speaks of both given and family name holds a whole name. */
function kindOfHeader(name: string): FieldKind | undefined {
  const kinds = HEADERS.filter(([, pattern]) => pattern.test(name)).map(([kind]) => kind);
  return kinds.includes('given') && kinds.includes('surname') ? 'name' : kinds[0];
}

/**
 * Columns that mostly contain the values of two or more others, as a full name contains its parts: comparing
 * them as well would count the same agreement twice.
 */
function composedColumns(sample: readonly (readonly string[])[], width: number): ReadonlySet<number> {
  const composed = new Set<number>();
  const rows = sample.slice(0, 1000).map((row) => row.map((cell) => cell.trim().toLowerCase()));
  for (let whole = 0; whole < width; whole++) {
    const parts = Array.from({ length: width }, (_, part) => part).filter((part) => {
      if (part === whole || composed.has(part)) return false;
      const asked = rows.filter(
        (row) => (row[part] ?? '').length > 2 && row[whole] !== '' && row[whole] !== row[part],
      );
      const contained = asked.filter((row) => (row[whole] ?? '').includes(row[part] ?? ''));
      return asked.length > rows.length / 4 && contained.length > 0.7 * asked.length;
    });
    if (parts.length > 1) composed.add(whole);
  }
  return composed;
}

function kindOfValues(values: readonly string[]): FieldKind {
  const share = (pattern: RegExp): number =>
    values.filter((value) => pattern.test(value)).length / values.length;
  if (share(DATE) > 0.8) return 'date';
  return 'text';
}

/** Which of the first two numbers of a date exceeds twelve more often tells which one is the day. */
export function guessDateOrder(
  fields: readonly LinkField[],
  sample: readonly (readonly string[])[],
): DateOrder {
  let [first, second] = [0, 0];
  for (const { kind, column } of fields) {
    if (kind !== 'date') continue;
    for (const row of sample) {
      const match = /^\s*(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{2,4}/.exec(row[column] ?? '');
      if (Number(match?.[1]) > 12) first++;
      if (Number(match?.[2]) > 12) second++;
    }
  }
  return first > second ? 'dmy' : 'mdy';
}
