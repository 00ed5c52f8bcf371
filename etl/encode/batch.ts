import { Refused } from '../../src/errors.ts';
import { writeBase64 } from './base64.ts';
import { clkEncoder } from './clk.ts';
import { type ClkSchema, readClkSchema } from './clk-schema.ts';
import type { PersonColumns } from './columns.ts';
import { decodeText, parseCsv } from './csv.ts';
import { type FieldEncoder, fieldEncoder, personTokens } from './field-encoder.ts';
import type { ProjectKey } from './key.ts';
import type { Layout } from './layout.ts';
import { namedCells } from './named-cells.ts';
import type { Outcome } from './normalise.ts';
import type { DateOrder } from './read-date.ts';

/** All that a worker needs to encode a batch. Plain data, so that it can be handed to a thread. */
export type Plan =
  | {
      readonly mode: 'field';
      readonly layout: Layout;
      readonly dateOrder: DateOrder;
      readonly key: ProjectKey;
      readonly agency: string;
      /** Names every token and filter, as deliveries do; otherwise all of them are one value under the layout's name. */
      readonly named?: boolean;
      /** The county whose agency sends the rows. */
      readonly county: string;
      /** When the extract was made, for rows that do not say when they last changed. */
      readonly madeAt: string;
      readonly columns: PersonColumns;
      readonly width: number;
      /** Also the CLK of each row, for a project in which agencies of either mode meet. */
      readonly clk?: { readonly schema: unknown; readonly secret: Uint8Array };
    }
  | {
      readonly mode: 'clk';
      /** The schema's JSON document; read again by each worker. */
      readonly schema: unknown;
      readonly secret: Uint8Array;
      readonly width: number;
    };

export interface EncodedBatch {
  readonly text: Uint8Array;
  readonly rows: number;
  /** Rows without an own id: these cannot be encoded, and are counted. */
  readonly withoutId: number;
  /** By field of the layout; empty in clk mode. */
  readonly outcomes: readonly Readonly<Record<Outcome, number>>[];
}

const PERSON_TOKEN_LENGTH = 32;
const NEWLINE = 10;

export type EncodeBatch = (bytes: Uint8Array, firstLine: number) => EncodedBatch;

/** The record type that encoded rows are: every one of its columns that we can fill. */
export const PERSON_LINKAGE_COLUMNS = [
  'source_record_id',
  'source_agency',
  'county_fips',
  'record_version',
  'op',
  'source_updated_at',
  'person_token',
  'mode',
  'key_version',
  'tokens',
  'filters',
] as const;

/** The columns of a plan's rows. */
export function linkageColumns(plan: Extract<Plan, { mode: 'field' }>): readonly string[] {
  return PERSON_LINKAGE_COLUMNS.flatMap((column) =>
    column === 'tokens' && plan.clk !== undefined ? ['clk', column] : [column],
  );
}

export function batchEncoder(plan: Plan): EncodeBatch {
  return plan.mode === 'field' ? fieldBatches(plan) : clkBatches(plan);
}

/** Writes the cells of tokens and filters, the end of a line, and gives the place after them. */
interface CellText {
  readonly write: (tokens: Buffer, filters: Buffer, into: Buffer, at: number) => number;
  /** The most characters that it ever writes. */
  readonly room: number;
}

function namedCellText(layout: Layout, encoder: FieldEncoder): CellText {
  const cells = namedCells(layout);
  const longest = (of: (bytes: Buffer) => string, bytes: number): number => of(Buffer.alloc(bytes, 1)).length;
  return {
    room: longest(cells.tokens, encoder.tokenBytes) + longest(cells.filters, encoder.filterBytes) + 1,
    write: (tokens, filters, into, at) =>
      at + into.write(`${cells.tokens(tokens)},${cells.filters(filters)}`, at, 'latin1'),
  };
}

function packedCellText({ layoutId, tokenBytes, filterBytes }: FieldEncoder): CellText {
  const before = Buffer.from(`${layoutId}:`, 'latin1');
  const between = Buffer.from(`,${layoutId}:`, 'latin1');
  return {
    room: 2 * (layoutId.length + 1) + base64Length(tokenBytes) + base64Length(filterBytes) + 1,
    write(tokens, filters, into, at) {
      into.set(before, at);
      const middle = writeBase64(tokens, into, at + before.length, true);
      into.set(between, middle);
      return writeBase64(filters, into, middle + between.length);
    },
  };
}

/**
 * Lines of `person_linkage`. Packed, tokens and filters are each one value, named after the layout: base64 of the fixed
 * width binary that `encodePerson` gives, so no cell needs a quote.
 */
function fieldBatches(plan: Extract<Plan, { mode: 'field' }>): EncodeBatch {
  const encoder = fieldEncoder(plan.layout, plan.key, plan.dateOrder);
  const personToken = personTokens(plan.key, plan.agency);
  const clk = plan.clk && clkEncoder(readClkSchema(plan.clk.schema), plan.clk.secret);
  const clkRoom = plan.clk === undefined ? 0 : base64Length(readClkSchema(plan.clk.schema).bits / 8) + 1;
  const { id, fields } = plan.columns;
  const tokens = Buffer.alloc(encoder.tokenBytes);
  const filters = Buffer.alloc(encoder.filterBytes);
  const values = fields.map(() => '');
  const origin = `,${plan.agency},${plan.county},1,insert,${plan.madeAt},`;
  const cells = plan.named === true ? namedCellText(plan.layout, encoder) : packedCellText(encoder);
  const mode = clk === undefined ? 'field' : 'both';
  const beforeCells = `,${mode},${encoder.keyVersion},`;
  const room = 2 * PERSON_TOKEN_LENGTH + origin.length + beforeCells.length + clkRoom + cells.room + 1;
  return (bytes, firstLine) => {
    const { rows, lines } = parseCsv(decodeText(bytes, firstLine), firstLine, plan.width);
    const before = encoder.outcomes.map((counts) => ({ ...counts }));
    const text = Buffer.allocUnsafeSlow(rows.length * room);
    let at = 0;
    let withoutId = 0;
    for (const [number, row] of rows.entries()) {
      const localId = (row[id] ?? '').trim();
      if (localId === '') {
        withoutId++;
        continue;
      }
      for (let i = 0; i < fields.length; i++) values[i] = row[fields[i] as number] ?? '';
      tokens.fill(0);
      filters.fill(0);
      encoder.encodeInto(values, tokens, 0, filters, 0);
      const person = personToken(localId);
      // One row per person: its own key is the person's pseudonym.
      const whole = clk === undefined ? '' : `${textOfClk(clk.encode(row, lines[number] ?? firstLine))},`;
      at += text.write(`${person}${origin}${person}${beforeCells}${whole}`, at, 'latin1');
      at = cells.write(tokens, filters, text, at);
      text[at++] = NEWLINE;
    }
    return {
      text: text.subarray(0, at),
      rows: rows.length,
      withoutId,
      outcomes: encoder.outcomes.map((counts, i) => difference(counts, before[i] ?? counts)),
    };
  };
}

function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

function textOfClk(clk: Uint8Array): string {
  return Buffer.from(clk.buffer, clk.byteOffset, clk.length).toString('base64');
}

function difference(
  after: Readonly<Record<Outcome, number>>,
  before: Readonly<Record<Outcome, number>>,
): Record<Outcome, number> {
  return {
    present: after.present - before.present,
    empty: after.empty - before.empty,
    placeholder: after.placeholder - before.placeholder,
    malformed: after.malformed - before.malformed,
  };
}

/** The CLKs of rows as JSON texts with commas between them; the caller adds what is around. */
function clkBatches(plan: Extract<Plan, { mode: 'clk' }>): EncodeBatch {
  const schema = readClkSchema(plan.schema);
  const encoder = clkEncoder(schema, plan.secret);
  return (bytes, firstLine) => {
    const { rows, lines } = parseCsv(decodeText(bytes, firstLine), firstLine, plan.width);
    const clks = rows.map((row, i) => `"${textOfClk(encoder.encode(row, lines[i] ?? firstLine))}"`);
    return { text: Buffer.from(clks.join(','), 'latin1'), rows: rows.length, withoutId: 0, outcomes: [] };
  };
}

/** The file must have the schema's columns in the schema's order, as the keys depend on it. */
export function requireClkHeader(header: readonly string[], schema: ClkSchema): void {
  if (header.length !== schema.identifiers.length)
    throw new Refused(
      'CLK_HEADER',
      `the header has ${header.length} columns and the schema ${schema.identifiers.length}`,
    );
  schema.identifiers.forEach((identifier, i) => {
    if (header[i] !== identifier)
      throw new Refused('CLK_HEADER', `column ${i + 1} of the file is not ${identifier}`, {
        remedy: "bring the columns into the schema's order",
      });
  });
}
