import { plainHeader } from '../encode/columns.ts';
import type { Field } from '../encode/layout.ts';
import { type FieldKind, normalise } from '../encode/normalise.ts';
import type { DateOrder } from '../encode/read-date.ts';

/** A field to link on: the columns that hold it, of which a birth date may have three. */
export interface LinkField extends Field {
  readonly columns: readonly number[];
}

export interface Guess {
  readonly fields: readonly LinkField[];
  readonly dateOrder: DateOrder;
  /** Columns that are left out, and why. */
  readonly left: readonly { readonly column: string; readonly why: string }[];
}

const HEADERS: readonly (readonly [FieldKind, RegExp])[] = [
  ['date', /(^|_)(dob|d_o_b|birth|birthdate|birthday|born|bday)(_|$)|date_of_birth/],
  ['given', /(^|_)(given|givenname|first|firstname|fname|forename)(_|$)/],
  ['surname', /(^|_)(surname|sname|last|lastname|lname|family|familyname)(_|$)/],
  ['id', /(^|_)(ssn|ss|soc_sec|social|sin|nino|nhs|passport|licen[cs]e|medicaid)(_|$)/],
  ['postcode', /(^|_)(zip|zip5|zipcode|postcode|post_code|postal)(_|$)/],
  ['sex', /(^|_)(sex|gender)(_|$)/],
  ['phone', /(^|_)(phone|telephone|tel|mobile|cell)(_|$)/],
  ['name', /(^|_)(name|fullname)$/],
];
/** What makes of a birth a place, and of a name that of something else than a person. */
const OF_ELSEWHERE =
  /(^|_)(place|city|town|country|county|state|street|road|school|agency|hospital|file|user|middle|nick|maiden|mother|father|parent|guardian)(_|$)/;
const RECORD_ID = /(^|_)(id|rec_id|record|unique_id|row|index|key|cluster|group|entity|truth|label)(_|$)/;
const DATE = /^\s*(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})\s*$/;
/** Values that tell what an unknown column holds. */
const VALUES: readonly (readonly [FieldKind, RegExp])[] = [
  ['date', DATE],
  ['sex', /^\s*(m|f|u|male|female|unknown|x)\s*$/i],
  ['id', /^\s*\d{3}-?\d{2}-?\d{4}\s*$/],
  ['phone', /^\s*(\+?1[-. ]?)?\(?\d{3}\)?[-. ]?\d{3}[-. ]?\d{4}\s*$/],
  ['postcode', /^\s*\d{5}(-\d{4})?\s*$/],
];

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
  const parts = dateParts(header.map(wordsOf), (column) => valuesOf(sample, column));
  header.forEach((raw, column) => {
    const name = plainHeader(raw) || `column_${column + 1}`;
    const values = valuesOf(sample, column);
    const different = new Set(values).size;
    const known = kindOfHeader(wordsOf(raw), values);
    const part = parts.indexOf(column);
    if (part > 0) return;
    if (except.some((other) => plainHeader(other) === name))
      left.push({ column: name, why: 'names the truth' });
    else if (values.length === 0) left.push({ column: name, why: 'empty' });
    else if (different === 1) left.push({ column: name, why: 'the same in every row' });
    else if (part === 0) fields.push({ name: 'birth_date', kind: 'date', columns: parts });
    else if (composed.has(column)) left.push({ column: name, why: 'made of other columns' });
    else if (known === undefined && RECORD_ID.test(wordsOf(raw)))
      left.push({ column: name, why: 'numbers the records' });
    else {
      let kind: FieldKind = known ?? kindOfValues(values);
      // There is one given and one family name; a further one is compared as text.
      if ((kind === 'given' || kind === 'surname') && taken.has(kind)) kind = 'text';
      taken.add(kind);
      fields.push({ name, kind, columns: [column] });
    }
  });
  return { fields, dateOrder: guessDateOrder(fields, sample), left };
}

/**
 * The columns of another file that hold the same fields: those of the same names, otherwise the one of the same kind
 * that is left over there. A text has no counterpart but by its name.
 */
export function columnsElsewhere(
  fields: readonly LinkField[],
  header: readonly string[],
  other: readonly string[],
  guessed: readonly LinkField[],
): readonly (readonly number[] | undefined)[] {
  const names = other.map(plainHeader);
  const byName = fields.map(({ columns }) => {
    const found = columns.map((column) => names.indexOf(plainHeader(header[column] ?? '')));
    return found.includes(-1) ? undefined : found;
  });
  const taken = new Set(byName.flatMap((columns) => columns ?? []));
  return fields.map(({ kind }, i) => {
    if (byName[i] !== undefined || kind === 'text') return byName[i];
    const left = guessed.find((field) => field.kind === kind && !field.columns.some((at) => taken.has(at)));
    left?.columns.forEach((at) => taken.add(at));
    return left?.columns;
  });
}

/** A header as its words, also where only capitals part them: `PatientFirstName`. */
function wordsOf(header: string): string {
  return plainHeader(header.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2'));
}

function valuesOf(sample: readonly (readonly string[])[], column: number): string[] {
  return sample.map((row) => (row[column] ?? '').trim()).filter((value) => value !== '');
}

/**
 * A header that speaks of both given and family name holds a whole name; one that speaks of a birth holds its date if its
 * values can be read as dates.
 */
function kindOfHeader(words: string, values: readonly string[]): FieldKind | undefined {
  const kinds = HEADERS.filter(([, pattern]) => pattern.test(words)).map(([kind]) => kind);
  if (kinds.includes('given') && kinds.includes('surname')) return 'name';
  const [kind] = kinds;
  if (kind === 'name' && OF_ELSEWHERE.test(words)) return undefined;
  if (kind !== 'date') return kind;
  const read = values.filter((value) => normalise('date', value).value !== '').length;
  return read >= values.length / 2 ? kind : undefined;
}

const PARTS: readonly (readonly [RegExp, number, number])[] = [
  [/(^|_)(by|yob|byear|year)(_|$)/, 1850, 2100],
  [/(^|_)(bm|mob|bmonth|month)(_|$)/, 1, 12],
  [/(^|_)(bd|dayob|bday|day)(_|$)/, 1, 31],
];

/** The columns of year, month and day where a date is kept in three of them; otherwise none. */
function dateParts(headers: readonly string[], values: (column: number) => readonly string[]): number[] {
  const found = PARTS.map(([pattern, least, most]) =>
    headers.findIndex((words, column) => {
      const all = pattern.test(words) ? values(column) : [];
      const fit = all.filter(
        (value) => /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most,
      );
      return all.length > 0 && fit.length > 0.95 * all.length;
    }),
  );
  return found.includes(-1) || new Set(found).size < found.length ? [] : found;
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
  return VALUES.find(([, pattern]) => share(pattern) > 0.8)?.[0] ?? 'text';
}

/** Which of the first two numbers of a date exceeds twelve more often tells which one is the day. */
export function guessDateOrder(
  fields: readonly LinkField[],
  sample: readonly (readonly string[])[],
): DateOrder {
  let [first, second] = [0, 0];
  for (const { kind, columns } of fields) {
    if (kind !== 'date' || columns.length > 1) continue;
    for (const row of sample) {
      const match = /^\s*(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{2,4}/.exec(row[columns[0] ?? -1] ?? '');
      if (Number(match?.[1]) > 12) first++;
      if (Number(match?.[2]) > 12) second++;
    }
  }
  return first > second ? 'dmy' : 'mdy';
}
