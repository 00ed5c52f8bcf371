import type { Constraints } from '../../../src/contracts/record.ts';
import { IDENTIFYING, MALFORMED, type WriteField } from './field-form.ts';
import { type Atom, atomsOf } from './pattern.ts';

/** Says whether a value that has its field's form is something that identifies a person all the same. */
export type Suspicion = (value: string) => boolean;

/** A pseudonym or another text that follows a pattern. */
export function patternField(
  values: Float64Array,
  slot: number,
  constraints: Constraints,
  suspicion: Suspicion | undefined,
): WriteField {
  const pattern = constraints.pattern ?? '';
  const atoms = atomsOf(pattern);
  const only = atoms?.length === 1 ? atoms[0] : undefined;
  if (only !== undefined && isSafe(only)) {
    return oneClassField(values, slot, only, constraints, suspicion);
  }
  if (atoms?.every(isSafe) === true) return atomsField(values, slot, atoms, constraints, suspicion);
  return expressionField(values, slot, constraints, suspicion);
}

const DIGIT = 1;
const LETTER = 2;
const KIND = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const letter = (byte | 32) >= 97 && (byte | 32) <= 122;
  KIND[byte] = byte >= 48 && byte <= 57 ? DIGIT : letter ? LETTER : 0;
}

/**
 * One class from end to end, which most fields are. A value of digits alone or of letters alone could be somebody's
 * number or name; pseudonyms nearly always mix both and pass without being looked at again.
 */
function oneClassField(
  values: Float64Array,
  slot: number,
  atom: Atom,
  constraints: Constraints,
  suspicion: Suspicion | undefined,
): WriteField {
  const { has } = atom;
  const least = Math.max(atom.least, constraints.minLength ?? 0);
  const most = Math.min(atom.most, constraints.maxLength ?? Infinity);
  return (bytes, start, end, out, at) => {
    const length = end - start;
    if (length < least || length > most) return MALFORMED;
    let kinds = 0;
    for (let i = start; i < end; i++) {
      const byte = bytes[i] as number;
      if (has[byte] === 0) return MALFORMED;
      kinds |= KIND[byte] as number;
      out[at++] = byte;
    }
    values[slot] = 1;
    if (kinds !== (DIGIT | LETTER) && suspicion !== undefined && suspicion(textOf(bytes, start, end)))
      return IDENTIFYING;
    return at;
  };
}

/** Several classes one after the other; each takes as much as it can. */
function atomsField(
  values: Float64Array,
  slot: number,
  atoms: readonly Atom[],
  constraints: Constraints,
  suspicion: Suspicion | undefined,
): WriteField {
  const minLength = constraints.minLength ?? 0;
  const maxLength = constraints.maxLength ?? Infinity;
  return (bytes, start, end, out, at) => {
    if (end - start < minLength || end - start > maxLength) return MALFORMED;
    let from = start;
    for (let a = 0; a < atoms.length; a++) {
      const { has, least, most } = atoms[a] as Atom;
      let taken = 0;
      while (from < end && taken < most && has[bytes[from] as number] === 1) {
        out[at++] = bytes[from++] as number;
        taken++;
      }
      if (taken < least) return MALFORMED;
    }
    if (from < end) return MALFORMED;
    values[slot] = 1;
    if (suspicion !== undefined && suspicion(textOf(bytes, start, end))) return IDENTIFYING;
    return at;
  };
}

/** The rare pattern with groups. */
function expressionField(
  values: Float64Array,
  slot: number,
  constraints: Constraints,
  suspicion: Suspicion | undefined,
): WriteField {
  const whole = new RegExp(`^(?:${constraints.pattern ?? '[^]*'})$`, 'u');
  const { minLength = 0, maxLength = Infinity } = constraints;
  return (bytes, start, end, out, at) => {
    const text = validText(bytes, start, end);
    if (text === undefined || text.length < minLength || text.length > maxLength) return MALFORMED;
    if (!whole.test(text)) return MALFORMED;
    if (suspicion?.(text) === true) return IDENTIFYING;
    values[slot] = 1;
    return escaped(bytes, start, end, out, at);
  };
}

/** Words that are no codes, such as the public name of an organization; they are always looked at. */
export function openField(
  values: Float64Array,
  slot: number,
  constraints: Constraints,
  suspicion: Suspicion,
): WriteField {
  const { minLength = 0, maxLength = Infinity } = constraints;
  return (bytes, start, end, out, at) => {
    const text = validText(bytes, start, end);
    if (text === undefined) return MALFORMED;
    if (suspicion(text)) return IDENTIFYING;
    if (text.length < minLength || text.length > maxLength || /\p{Cc}/u.test(text)) return MALFORMED;
    values[slot] = 1;
    return escaped(bytes, start, end, out, at);
  };
}

/** A text that may only be one: an agency sends its own rows. */
export function constantField(values: Float64Array, slot: number, text: string): WriteField {
  const expected = new Uint8Array(Buffer.from(text));
  return (bytes, start, end, out, at) => {
    if (end - start !== expected.length) return MALFORMED;
    for (let i = 0; i < expected.length; i++) {
      const byte = expected[i] as number;
      if (bytes[start + i] !== byte) return MALFORMED;
      out[at++] = byte;
    }
    values[slot] = 1;
    return at;
  };
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function validText(bytes: Uint8Array, start: number, end: number): string | undefined {
  try {
    return UTF8.decode(bytes.subarray(start, end));
  } catch {
    return undefined;
  }
}

/** Bytes as text for looking at; what is no UTF-8 is shown as something that matches nothing. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}

const BACKSLASH = 0x5c;

function escaped(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    const letter =
      byte === 9 ? 0x74 : byte === 10 ? 0x6e : byte === 13 ? 0x72 : byte === BACKSLASH ? BACKSLASH : 0;
    if (letter !== 0) out[at++] = BACKSLASH;
    out[at++] = letter === 0 ? byte : letter;
  }
  return at;
}

/** COPY needs no escape for any byte of the class. */
function isSafe(atom: Atom): boolean {
  return [0, 9, 10, 13, BACKSLASH].every((byte) => atom.has[byte] === 0);
}
