import { existsSync, readFileSync } from 'node:fs';
import { Misuse, Refused } from '../../src/errors.ts';
import { parseCsv } from '../encode/csv.ts';
import { densePairs } from './kernel/dice.ts';

/** CLKs of one party, as one run of bytes. */
export interface ClkFile {
  readonly filters: Uint8Array;
  /** Bytes of one CLK. */
  readonly bytes: number;
}

/** Reads the CLKs of a party: a file of `encode --mode clk`, or rows of person_linkage that carry them. */
export function readClkFile(file: string): ClkFile {
  if (!existsSync(file)) throw new Misuse('INPUT', `there is no file ${file}`);
  const text = readFileSync(file, 'utf8');
  if (!file.endsWith('.csv')) return readClks(text, file);
  const { rows } = parseCsv(text);
  const column = rows[0]?.indexOf('clk') ?? -1;
  if (column === -1)
    throw new Refused('CLK_FILE', `${file} has no column clk`, { remedy: 'encode it with --mode both' });
  return packed(
    rows.slice(1).map((row) => row[column] ?? ''),
    file,
  );
}

export interface ClkLink {
  readonly left: number;
  readonly right: number;
  readonly dice: number;
}

/** Reads `{"clks": [base64, …]}`, as clkhash, anonlink and `tessera encode --mode clk` write it. */
export function readClks(text: string, file: string): ClkFile {
  let clks: unknown;
  try {
    ({ clks } = JSON.parse(text) as { clks?: unknown });
  } catch (cause) {
    throw new Refused('CLK_FILE', `${file} is not JSON`, { cause });
  }
  if (!Array.isArray(clks) || !clks.every((clk) => typeof clk === 'string'))
    throw new Refused('CLK_FILE', `${file} has no list of clks`);
  return packed(clks, file);
}

function packed(clks: readonly string[], file: string): ClkFile {
  const decoded = clks.map((clk) => Buffer.from(clk, 'base64'));
  const bytes = decoded[0]?.length ?? 64;
  const odd = decoded.findIndex((clk) => clk.length !== bytes);
  if (odd !== -1)
    throw new Refused('CLK_LENGTH', `${file}: CLK ${odd + 1} has another length than the first`);
  if (bytes === 0 || bytes % 64 !== 0)
    throw new Refused(
      'CLK_LENGTH',
      `${file} has CLKs of ${bytes * 8} bits; a multiple of 512 can be compared`,
    );
  return { filters: new Uint8Array(Buffer.concat(decoded)), bytes };
}

/**
 * Links two parties by their CLKs: all pairs of at least a Dice coefficient, the most alike first, each record
 * once. One figure for a whole record is all there is to decide by, so field mode does much better; this is for
 * agencies that have nothing else.
 */
export function linkClks(left: ClkFile, right: ClkFile, threshold: number): readonly ClkLink[] {
  if (left.bytes !== right.bytes)
    throw new Refused(
      'CLK_LENGTH',
      `one party has CLKs of ${left.bytes * 8} bits, the other of ${right.bytes * 8}`,
    );
  const pairs = densePairs(left.filters, right.filters, left.bytes, threshold);
  const links = Array.from(pairs.dice, (dice, i) => ({
    left: pairs.left[i] as number,
    right: pairs.right[i] as number,
    dice,
  }));
  links.sort((x, y) => y.dice - x.dice || x.left - y.left || x.right - y.right);
  const [lefts, rights] = [new Set<number>(), new Set<number>()];
  return links.filter((link) => {
    if (lefts.has(link.left) || rights.has(link.right)) return false;
    lefts.add(link.left);
    rights.add(link.right);
    return true;
  });
}
