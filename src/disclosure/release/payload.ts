import { createHmac } from 'node:crypto';
import type { Certificate } from '../certificate.ts';
import { type Figure, printed } from '../figures.ts';
import type { Policy } from '../policy.ts';
import { codedPercent, printedPercent } from '../rules/percent-coding.ts';
import type { Table } from '../table.ts';
import { canonicalJson } from './canonical-json.ts';

/** What a release publishes. Nothing in it depends on when or by which run it was made. */
export interface ReleasePayload {
  readonly format: 'tessera-release/1';
  readonly number: number;
  readonly status: 'provisional' | 'final' | 'withdrawn';
  readonly period: string;
  readonly policy: string;
  readonly versions: Readonly<Record<string, string>>;
  /** The release that this one corrects. */
  readonly replaces?: number;
  /** Why it was withdrawn; a withdrawn release holds no figures. */
  readonly reason?: string;
  /** A count, or null under the one marker that every hidden cell has. */
  readonly cells: readonly (readonly [id: string, v: number | null])[];
  readonly figures: readonly (readonly [id: string, text: string | null])[];
  /** Keyed hashes: a plain one would let a reader try out the few values that hidden cells can have. */
  readonly factsCommitment: string;
  readonly certificateCommitment: string;
}

export type Heading = Pick<ReleasePayload, 'number' | 'period' | 'versions'> & {
  readonly status: 'provisional' | 'final';
  readonly replaces?: number;
};

export function releasePayload(
  table: Table,
  certificate: Certificate,
  policy: Policy,
  heading: Heading,
  commitmentKey: Uint8Array,
): ReleasePayload {
  const hidden = new Set(certificate.hidden);
  const hiddenFigures = new Set(certificate.hiddenFigures);
  const values = new Map(table.cells.map((cell) => [cell.id, cell.v]));
  const value = (id: string): number => values.get(id) ?? 0;
  return {
    format: 'tessera-release/1',
    ...heading,
    policy: policy.id,
    cells: table.cells
      .filter((cell) => !cell.withheld)
      .map((cell) => [cell.id, hidden.has(cell.id) ? null : cell.v] as const)
      .toSorted(byId),
    figures: table.figures
      .map(
        (figure) =>
          [figure.id, hiddenFigures.has(figure.id) ? null : figureText(figure, value, policy)] as const,
      )
      .toSorted(byId),
    factsCommitment: commitment(commitmentKey, factsOf(table)),
    certificateCommitment: commitment(commitmentKey, certificate),
  };
}

/** What remains of a withdrawn release: its number, and why. */
export function tombstone(payload: ReleasePayload, reason: string): ReleasePayload {
  return { ...payload, status: 'withdrawn', reason, cells: [], figures: [] };
}

/** The facts that a release was made from, in one order. */
export function factsOf(table: Table): unknown {
  return {
    cells: table.cells.map(({ id, v }) => [id, v] as const).toSorted(byId),
    eqs: table.eqs.map(([total, parts]) => [total, parts.toSorted()] as const).toSorted(byText),
  };
}

export function commitment(key: Uint8Array, value: unknown): string {
  return createHmac('sha256', key).update(canonicalJson(value)).digest('hex');
}

function byId(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}

function byText(a: unknown, b: unknown): number {
  return canonicalJson(a) < canonicalJson(b) ? -1 : 1;
}

function figureText(figure: Figure, value: (id: string) => number, policy: Policy): string | null {
  const scaled = printed(figure, value);
  if (scaled === undefined) return null;
  if (figure.kind === 'median') return figure.bands[scaled] ?? null;
  if (policy.percentages === 'nces' && figure.per === 100) {
    const n = typeof figure.den === 'number' ? figure.den : value(figure.den);
    return printedPercent(codedPercent(value(figure.num), n));
  }
  return (scaled / 10 ** figure.decimals).toFixed(figure.decimals);
}
