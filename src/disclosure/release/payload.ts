import { createHmac } from 'node:crypto';
import type { Table } from '../table.ts';
import { canonicalJson } from './canonical-json.ts';
import { byPlace, type ReleaseFigure } from './release-figures.ts';

/** What all audiences of a release have in common. Nothing in it depends on when or by which run it was made. */
export interface Heading {
  readonly number: number;
  readonly state: 'provisional' | 'final';
  readonly cadence: string;
  readonly period: string;
  readonly closedOn: string;
  readonly knownOn: string;
  /** The release that this one corrects. */
  readonly corrects: number | null;
  readonly policy: string;
  readonly definitions: Readonly<Record<string, number>>;
  readonly linkageVersion: string;
  readonly codeVersion: string;
  /** Keyed hashes: a plain one would let a reader try out the few values that hidden cells can have. */
  readonly factsCommitment: string;
  readonly certificateCommitment: string;
}

/** What one audience gets: everybody, or a county its twin. */
export interface ReleasePayload extends Heading {
  readonly format: 'tessera-release/2';
  readonly audience: string;
  readonly figures: readonly ReleaseFigure[];
}

export const PUBLIC = 'public';

export function releasePayload(
  heading: Heading,
  audience: string,
  figures: readonly ReleaseFigure[],
): ReleasePayload {
  return { format: 'tessera-release/2', ...heading, audience, figures: figures.toSorted(byPlace) };
}

/** The facts that a release was made from, in one order. */
export function factsOf(table: Table): unknown {
  return {
    cells: table.cells.map(({ id, v }) => [id, v] as const).toSorted(byText),
    eqs: table.eqs.map(([total, parts]) => [total, parts.toSorted()] as const).toSorted(byText),
    atMost: table.atMost.toSorted(byText),
  };
}

export function commitment(key: Uint8Array, value: unknown): string {
  return createHmac('sha256', key).update(canonicalJson(value)).digest('hex');
}

function byText(a: unknown, b: unknown): number {
  const [x, y] = [canonicalJson(a), canonicalJson(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}
