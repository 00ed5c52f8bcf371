import type { Contracts } from '../../../src/contracts/contracts.ts';
import { codeEras, heldAs, listNamed } from '../../../src/contracts/lookup.ts';
import type { Field, RecordType } from '../../../src/contracts/record.ts';
import { dayOfText } from '../calendar.ts';
import { ByteTable } from './byte-table.ts';
import {
  MALFORMED,
  NEVER_HELD,
  PART_2,
  type Room,
  type RowDays,
  type Slots,
  UNMAPPED,
  type WriteField,
} from './field-form.ts';

export interface CodeSource {
  readonly contracts: Contracts;
  readonly record: RecordType;
  readonly agency: string;
  /** What rule Q305 keeps out of the record; undefined where the record has no such rule. */
  readonly part2: { readonly minorConsentServices: boolean } | undefined;
}

/** What the agency's codes of one field become. */
interface Verdicts {
  /** From the agency's code to its number here. */
  readonly table: ByteTable;
  /** By number: the shared code's place in its list, why the code is not taken, or that it depends on the day. */
  readonly targets: Int32Array;
  /** By number: whether a broader code stands in. */
  readonly rolledUp: Uint8Array;
  /** The same for a code that depends on the day, as of the days of the row at hand. */
  readonly dated: (number: number) => number;
  /** By place in the list: the shared code as COPY text. */
  readonly texts: readonly Uint8Array[];
  readonly longest: number;
}

/** One code in a cell. */
export function codeField(
  slots: Slots,
  slot: number,
  field: Field,
  source: CodeSource,
): { write: WriteField; room: Room } {
  const { table, targets, rolledUp, dated, texts, longest } = verdicts(field, source, slots.days, plain);
  const { values, rolledUp: rolls } = slots;
  return {
    room: { perByte: 0, fixed: longest },
    write: (bytes, start, end, out, at) => {
      const number = table.find(bytes, start, end);
      if (number < 0) return UNMAPPED;
      let target = targets[number] as number;
      if (target === DATED) target = dated(number);
      if (target < 0) return target;
      if (rolledUp[number] === 1) rolls[slot] = 1;
      values[slot] = target;
      const text = texts[target] as Uint8Array;
      for (let i = 0; i < text.length; i++) out[at++] = text[i] as number;
      return at;
    },
  };
}

const SEMICOLON = 0x3b;
const COMMA = 0x2c;

/** Several codes in a cell, separated by semicolons; they become an array without repetitions. */
export function codesField(
  slots: Slots,
  slot: number,
  field: Field,
  source: CodeSource,
): { write: WriteField; room: Room } {
  const { table, targets, rolledUp, dated, texts, longest } = verdicts(field, source, slots.days, element);
  const { values, rolledUp: rolls } = slots;
  const held = slots.codes[slot] as Int32Array;
  const lastRow = new Int32Array(texts.length);
  let row = 0;
  return {
    // A cell of n bytes holds at most (n + 1) / 2 codes.
    room: { perByte: (longest + 1) / 2, fixed: longest + 4 },
    write: (bytes, start, end, out, at) => {
      row = (row + 1) | 0;
      let count = 0;
      let worst = 0;
      let rolled = 0;
      out[at++] = 0x7b;
      let from = start;
      for (let i = start; i <= end; i++) {
        if (i < end && bytes[i] !== SEMICOLON) continue;
        if (i === from) return MALFORMED;
        const number = table.find(bytes, from, i);
        from = i + 1;
        let target = number < 0 ? UNMAPPED : (targets[number] as number);
        if (target === DATED) target = dated(number);
        if (target < 0) {
          worst = Math.min(worst, target);
          continue;
        }
        rolled += rolledUp[number] as number;
        if (lastRow[target] === row) continue;
        lastRow[target] = row;
        held[count] = target;
        if (count++ > 0) out[at++] = COMMA;
        const text = texts[target] as Uint8Array;
        for (let k = 0; k < text.length; k++) out[at++] = text[k] as number;
      }
      if (worst < 0) return worst;
      rolls[slot] = rolled;
      values[slot] = count;
      out[at++] = 0x7d;
      return at;
    },
  };
}

/** Codes as COPY text carries them alone, and inside an array; lists hold no character that COPY escapes but these. */
function plain(code: string): string {
  return code.replaceAll('\\', '\\\\');
}

function element(code: string): string {
  return /^[A-Za-z0-9_.-]+$/.test(code) && code.toLowerCase() !== 'null'
    ? code
    : plain(`"${code.replaceAll(/["\\]/g, '\\$&')}"`);
}

/** In place of a verdict: it is another one on another day. */
const DATED = -100;

function verdicts(
  field: Field,
  source: CodeSource,
  days: RowDays,
  asText: (code: string) => string,
): Verdicts {
  const { contracts, record, agency } = source;
  const codes = field.codes ?? '';
  const places = new Map(listNamed(contracts, codes).codes.map((code, place) => [code.code, place]));
  const texts = [...places.keys()].map((code) => new Uint8Array(Buffer.from(asText(code))));
  const eras = codeEras(contracts, agency, { record: record.name, name: field.name, codes });
  const own = [...new Set(eras.flatMap((era) => [...era.codes.keys()]))];
  const targets = new Int32Array(own.length);
  const rolledUp = new Uint8Array(own.length);
  const byEra = eras.map(() => new Int32Array(own.length));
  for (const [number, from] of own.entries()) {
    for (const [at, era] of eras.entries()) {
      const shared = era.codes.get(from);
      const judged = shared === undefined ? UNMAPPED : judge(shared, codes, source);
      const target = typeof judged === 'number' ? judged : (places.get(judged) ?? NEVER_HELD);
      (byEra[at] as Int32Array)[number] = target;
      targets[number] = at === 0 || targets[number] === target ? target : DATED;
      if (typeof judged === 'string' && judged !== shared) rolledUp[number] = 1;
    }
  }
  return {
    table: new ByteTable(own.map((from, number) => [from, number])),
    targets,
    rolledUp,
    dated: datedVerdict(
      eras.map(({ from }) => (from === '' ? -Infinity : dayOfText(from))),
      byEra,
      days,
    ),
    texts,
    longest: texts.reduce((longest, text) => Math.max(longest, text.length), 0),
  };
}

/** A code is taken if it held on any day of the row; where it stood for several, the last one counts. */
function datedVerdict(
  begins: readonly number[],
  byEra: readonly Int32Array[],
  days: RowDays,
): (number: number) => number {
  return (number) => {
    const first = days.first();
    const last = days.last();
    let verdict = UNMAPPED;
    for (let era = begins.length - 1; era >= 0; era--) {
      if ((begins[era] as number) > last) continue;
      const target = (byEra[era] as Int32Array)[number] as number;
      if (target >= 0) return target;
      if (target !== UNMAPPED) verdict = target;
      if ((begins[era] as number) <= first) break;
    }
    return verdict;
  };
}

/** The code that is held, or why none is. */
function judge(code: string, list: string, source: CodeSource): string | number {
  const { contracts, record, part2 } = source;
  const known = contracts.codeLists.get(list)?.codes.find((candidate) => candidate.code === code);
  if (part2 !== undefined && known?.minorConsent === true && !part2.minorConsentServices) return PART_2;
  if (record.subject !== 'person') return code;
  const held = heldAs(contracts, list, code);
  if (part2 !== undefined && held.as !== 'it is' && held.topic === 'substance_use') return PART_2;
  if (held.as === 'it is') return code;
  return held.as === 'refused' ? NEVER_HELD : judge(held.to, list, source);
}
