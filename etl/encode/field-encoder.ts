import { digest, digest32, KeyedBlake2b } from './blake2b.ts';
import { FilterMaker } from './filter.ts';
import { deriveKey, keyVersion, type ProjectKey } from './key.ts';
import {
  FILTER_BYTES,
  filteredFields,
  type Layout,
  layoutId,
  namePair,
  TOKEN_BYTES,
  tokenSlots,
  type Variant,
  variantsOf,
} from './layout.ts';
import { fullName } from './nicknames.ts';
import { type FieldKind, normalise, type Outcome } from './normalise.ts';
import { soundex } from './phonetic.ts';
import { type DateOrder, isCalendarDate } from './read-date.ts';
import { REMEMBERED, Recent } from './recent.ts';

/** A person's row of `person_linkage` without its columns of origin. All zero bytes mean that a value is missing. */
export interface EncodedPerson {
  readonly tokens: Uint8Array;
  readonly filters: Uint8Array;
}

export interface FieldEncoder {
  readonly layout: Layout;
  readonly layoutId: string;
  readonly keyVersion: string;
  readonly tokenBytes: number;
  readonly filterBytes: number;
  /** Encodes one value per field of the layout, raw as the source has them, into zeroed places of two arrays. */
  encodeInto(
    values: readonly string[],
    tokens: Uint8Array,
    tokensAt: number,
    filters: Uint8Array,
    filtersAt: number,
  ): void;
  /** How each value fared, for a dry run: counts only, by field. */
  readonly outcomes: readonly Record<Outcome, number>[];
}

/** Encodes one person. `values` follow the fields of the layout; a missing value is an empty text. */
export function encodePerson(encoder: FieldEncoder, values: readonly string[]): EncodedPerson {
  const tokens = new Uint8Array(encoder.tokenBytes);
  const filters = new Uint8Array(encoder.filterBytes);
  encoder.encodeInto(values, tokens, 0, filters, 0);
  return { tokens, filters };
}

/** A pseudonym of an agency's own person id: another agency's key gives an unrelated one. */
export function personTokens(key: ProjectKey, agency: string): (localId: string) => string {
  const hash = new KeyedBlake2b(deriveKey(key, `person_token|${agency}`));
  return (localId) => {
    hash.hashText(localId.trim());
    return Buffer.from(digest.buffer, digest.byteOffset, 16).toString('hex');
  };
}

// No name or address is longer; a longer text says no more.
const LONGEST = 256;
/** Makes an encoder; building it derives one key per field and token, so make one and use it for every row. */
export function fieldEncoder(layout: Layout, key: ProjectKey, dateOrder: DateOrder = 'mdy'): FieldEncoder {
  const filtered = filteredFields(layout);
  const fields = layout.fields.map(({ name, kind }) => new EncodedField(layout, key, name, kind, dateOrder));
  const pair = namePair(layout);
  const pairHash = new KeyedBlake2b(deriveKey(key, 'token|names|pair'));
  const tokenBytes = tokenSlots(layout).length * TOKEN_BYTES;
  const filterAt = layout.fields.map((_, i) => filtered.indexOf(i) * FILTER_BYTES);
  const outcomes = layout.fields.map(() => ({ present: 0, empty: 0, placeholder: 0, malformed: 0 }));
  const normalised: string[] = layout.fields.map(() => '');

  function encodeInto(
    values: readonly string[],
    tokens: Uint8Array,
    tokensAt: number,
    filters: Uint8Array,
    filtersAt: number,
  ): void {
    let at = tokensAt;
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i] as EncodedField;
      field.encode(values[i] ?? '', tokens, at, filters, filtersAt + (filterAt[i] as number));
      (outcomes[i] as Record<Outcome, number>)[field.outcome]++;
      normalised[i] = field.value;
      at += field.tokenBytes;
    }
    if (pair === undefined) return;
    const [given = '', surname = ''] = [normalised[pair.given], normalised[pair.surname]];
    if (given !== '' && surname !== '') {
      putToken(pairHash, given < surname ? `${given} ${surname}` : `${surname} ${given}`, tokens, at);
    }
  }

  return {
    layout,
    layoutId: layoutId(layout),
    keyVersion: keyVersion(key),
    tokenBytes,
    filterBytes: filtered.length * FILTER_BYTES,
    encodeInto,
    outcomes,
  };
}

/** Encodes the values of one field, and remembers recent ones as long as they turn out to repeat. */
class EncodedField {
  readonly tokenBytes: number;
  /** How the last value fared, and its normalised form. */
  outcome: Outcome = 'empty';
  value = '';

  readonly #layout: Layout;
  readonly #dateOrder: DateOrder;
  readonly #kind: FieldKind;
  readonly #variants: readonly Variant[];
  readonly #hashes: readonly KeyedBlake2b[];
  readonly #filters: FilterMaker | undefined;
  readonly #recent = new Recent();
  /** Of remembered values, side by side: the bytes of tokens and filter, what became of the value, and how it fared. */
  readonly #bytes: Uint8Array;
  readonly #values: string[] = [];
  readonly #outcomes: Outcome[] = [];

  constructor(layout: Layout, key: ProjectKey, name: string, kind: FieldKind, dateOrder: DateOrder) {
    this.#layout = layout;
    this.#dateOrder = dateOrder;
    this.#kind = kind;
    this.#variants = variantsOf(kind);
    this.tokenBytes = this.#variants.length * TOKEN_BYTES;
    this.#hashes = this.#variants.map((variant) => {
      // A swapped date must meet the other record's exact one.
      const purpose = variant === 'swapped' ? 'exact' : variant;
      return new KeyedBlake2b(deriveKey(key, `token|${name}|${purpose}`));
    });
    this.#bytes = new Uint8Array(REMEMBERED * (this.tokenBytes + FILTER_BYTES));
    this.#filters = kind === 'sex' ? undefined : new FilterMaker(deriveKey(key, `filter|${name}`), kind);
  }

  encode(raw: string, tokens: Uint8Array, tokensAt: number, filters: Uint8Array, filterAt: number): void {
    if (raw === '') {
      this.outcome = 'empty';
      this.value = '';
    } else if (this.#recent.pays) this.#recall(raw, tokens, tokensAt, filters, filterAt);
    else this.#encode(raw, tokens, tokensAt, filters, filterAt);
  }

  #recall(raw: string, tokens: Uint8Array, tokensAt: number, filters: Uint8Array, filterAt: number): void {
    const width = this.tokenBytes + FILTER_BYTES;
    const known = this.#recent.find(raw);
    if (known === -1) {
      this.#encode(raw, tokens, tokensAt, filters, filterAt);
      const place = this.#recent.keep(raw);
      if (place === -1) return;
      this.#values[place] = this.value;
      this.#outcomes[place] = this.outcome;
      copyBytes(tokens, tokensAt, this.#bytes, place * width, this.tokenBytes);
      if (this.#filters !== undefined)
        copyBytes(filters, filterAt, this.#bytes, place * width + this.tokenBytes, FILTER_BYTES);
      return;
    }
    this.outcome = this.#outcomes[known] as Outcome;
    this.value = this.#values[known] as string;
    copyBytes(this.#bytes, known * width, tokens, tokensAt, this.tokenBytes);
    if (this.#filters !== undefined)
      copyBytes(this.#bytes, known * width + this.tokenBytes, filters, filterAt, FILTER_BYTES);
  }

  #encode(raw: string, tokens: Uint8Array, tokensAt: number, filters: Uint8Array, filterAt: number): void {
    const { value: whole, outcome } = normalise(this.#kind, raw, this.#dateOrder);
    const value = whole.length > LONGEST ? whole.slice(0, LONGEST) : whole;
    this.outcome = outcome;
    this.value = value;
    if (value === '') return;
    for (let i = 0; i < this.#variants.length; i++) {
      const text = variantOf(this.#variants[i] as Variant, value, this.#layout);
      if (text !== '') putToken(this.#hashes[i] as KeyedBlake2b, text, tokens, tokensAt + i * TOKEN_BYTES);
    }
    this.#filters?.fill(value, filters, filterAt);
  }
}

/** A loop, because a view of the bytes costs more than copying so few. */
function copyBytes(from: Uint8Array, fromAt: number, to: Uint8Array, toAt: number, length: number): void {
  for (let i = 0; i < length; i++) to[toAt + i] = from[fromAt + i] as number;
}

function putToken(hash: KeyedBlake2b, text: string, tokens: Uint8Array, at: number): void {
  hash.hashText(text);
  // A token of zero would read as missing; one in 2^64 is moved aside.
  if (digest32[0] === 0 && digest32[1] === 0) digest32[0] = 1;
  for (let i = 0; i < TOKEN_BYTES; i++) tokens[at + i] = digest[i] as number;
}

function variantOf(variant: Variant, value: string, layout: Layout): string {
  switch (variant) {
    case 'exact':
      return value;
    case 'nickname':
      return layout.nicknames ? fullName(value) : '';
    case 'sound':
      return soundex(value);
    case 'swapped': {
      const swapped = `${value.slice(0, 4)}${value.slice(6)}${value.slice(4, 6)}`;
      return swapped === value || !isCalendarDate(swapped) ? '' : swapped;
    }
    case 'month_day':
      return value.slice(4);
    case 'year_month':
      return value.slice(0, 6);
    case 'year':
      return value.slice(0, 4);
    case 'last4':
      return value.slice(-4);
    case 'area':
      return value.slice(0, 3);
  }
}
