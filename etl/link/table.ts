import {
  FILTER_BYTES,
  filteredFields,
  type Layout,
  TOKEN_BYTES,
  type TokenSlot,
  tokenSlots,
} from '../encode/layout.ts';
import { Interner } from './interner.ts';
import { sharedBytes, sharedNumbers } from './shared-memory.ts';

/**
 * Encoded records as columns. Equal tokens of a slot share a small number (0 is a missing value), and a filter
 * is kept once per different value: values repeat, so that millions of records fit in memory.
 */
export interface RecordTable {
  readonly layout: Layout;
  readonly slots: readonly TokenSlot[];
  readonly count: number;
  /** By record: the source's number. */
  readonly source: Uint16Array;
  readonly sources: readonly string[];
  /** By record: 16 bytes of its person token. */
  readonly persons: Uint8Array;
  /** By slot, then by record. */
  readonly values: readonly Uint32Array[];
  /** By slot, then by value: the 64-bit token behind the number, in two halves. */
  readonly tokens: readonly { readonly low: Uint32Array; readonly high: Uint32Array }[];
  /** By field, then by value of its exact token: 64 bytes; undefined for a field without filters. */
  readonly filters: readonly (Uint8Array | undefined)[];
}

/** Collects encoded records; `finish` gives the table. */
export class TableBuilder {
  readonly #layout: Layout;
  readonly #slots: readonly TokenSlot[];
  readonly #interners: readonly Interner[];
  readonly #filterPlace: readonly number[];
  readonly #exactSlot: readonly number[];
  readonly #sources: string[] = [];
  #capacity = 1024;
  #count = 0;
  #source = new Uint16Array(new SharedArrayBuffer(2048));
  #persons = sharedBytes(1024 * 16);
  #values: Uint32Array[];
  #filters: (Uint8Array | undefined)[];

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#slots = tokenSlots(layout);
    const filtered = filteredFields(layout);
    this.#filterPlace = layout.fields.map((_, i) => filtered.indexOf(i));
    this.#exactSlot = layout.fields.map((_, i) =>
      this.#slots.findIndex((slot) => slot.field === i && slot.variant === 'exact'),
    );
    const exact = layout.fields.map(() => new Interner());
    // A swapped date is compared with the other record's exact one, so the two share their numbers.
    this.#interners = this.#slots.map(({ field, variant }) =>
      variant === 'exact' || variant === 'swapped' ? (exact[field] as Interner) : new Interner(),
    );
    this.#values = this.#slots.map(() => sharedNumbers(1024));
    this.#filters = this.#filterPlace.map((place) =>
      place === -1 ? undefined : sharedBytes(1024 * FILTER_BYTES),
    );
  }

  get layout(): Layout {
    return this.#layout;
  }

  get count(): number {
    return this.#count;
  }

  /** `tokens` and `filters` are a record's bytes as the encoder writes them. */
  add(source: string, person: Uint8Array, tokens: Uint8Array, filters: Uint8Array): void {
    if (this.#count === this.#capacity) this.#grow();
    const record = this.#count++;
    this.#source[record] = this.#sourceNumber(source);
    this.#persons.set(person, record * 16);
    for (let slot = 0; slot < this.#slots.length; slot++) {
      const at = slot * TOKEN_BYTES;
      const number = (this.#interners[slot] as Interner).intern(word(tokens, at), word(tokens, at + 4));
      (this.#values[slot] as Uint32Array)[record] = number;
    }
    for (let field = 0; field < this.#filterPlace.length; field++) {
      const place = this.#filterPlace[field] as number;
      const value = (this.#values[this.#exactSlot[field] as number] as Uint32Array)[record] as number;
      if (place !== -1 && value !== 0)
        this.#keepFilter(field, value, filters.subarray(place * FILTER_BYTES, (place + 1) * FILTER_BYTES));
    }
  }

  finish(): RecordTable {
    return {
      layout: this.#layout,
      slots: this.#slots,
      count: this.#count,
      source: this.#source.subarray(0, this.#count),
      sources: this.#sources,
      persons: this.#persons.subarray(0, this.#count * 16),
      values: this.#values.map((column) => column.subarray(0, this.#count)),
      tokens: this.#interners.map((interner) => interner.tokens()),
      filters: this.#filters.map((filters, field) => {
        const size = (this.#interners[this.#exactSlot[field] as number] as Interner).size + 1;
        if (filters === undefined || filters.length >= size * FILTER_BYTES)
          return filters?.subarray(0, size * FILTER_BYTES);
        const whole = sharedBytes(size * FILTER_BYTES);
        whole.set(filters);
        return whole;
      }),
    };
  }

  #sourceNumber(source: string): number {
    let number = this.#sources.length - 1;
    if (number >= 0 && this.#sources[number] === source) return number;
    number = this.#sources.indexOf(source);
    return number === -1 ? this.#sources.push(source) - 1 : number;
  }

  #keepFilter(field: number, value: number, filter: Uint8Array): void {
    let filters = this.#filters[field] as Uint8Array;
    const at = value * FILTER_BYTES;
    if (at >= filters.length) {
      const larger = sharedBytes(Math.max(at + FILTER_BYTES, filters.length * 2));
      larger.set(filters);
      filters = larger;
      this.#filters[field] = larger;
    }
    // Equal tokens come with equal filters, so writing again changes nothing.
    filters.set(filter, at);
  }

  #grow(): void {
    this.#capacity *= 2;
    this.#source = widened(this.#source, new Uint16Array(new SharedArrayBuffer(this.#capacity * 2)));
    this.#persons = widened(this.#persons, sharedBytes(this.#capacity * 16));
    this.#values = this.#values.map((column) => widened(column, sharedNumbers(this.#capacity)));
  }
}

function widened<T extends Uint8Array | Uint16Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function word(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)) >>>
    0
  );
}

/** The slot of a field's token, or -1. */
export function slotOf(
  table: Pick<RecordTable, 'slots'>,
  field: number,
  variant: TokenSlot['variant'],
): number {
  return table.slots.findIndex((slot) => slot.field === field && slot.variant === variant);
}

/** A value's token as text: what it is called across runs. */
export function tokenText(table: RecordTable, slot: number, value: number): string {
  const { low, high } = table.tokens[slot] as { low: Uint32Array; high: Uint32Array };
  const half = (part: Uint32Array): string => (part[value] as number).toString(16).padStart(8, '0');
  return `${half(high)}${half(low)}`;
}

/** A record's name across runs: its source and its person token. */
export function recordKey(table: RecordTable, record: number): string {
  const person = Buffer.from(table.persons.buffer, table.persons.byteOffset + record * 16, 16).toString(
    'hex',
  );
  return `${table.sources[table.source[record] as number]}/${person}`;
}
