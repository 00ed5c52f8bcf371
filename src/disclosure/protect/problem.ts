import { inequalities } from '../figures.ts';
import type { Policy } from '../policy.ts';
import type { PrimaryReason } from '../primary.ts';
import { type Cell, sensitiveParts, type Table } from '../table.ts';
import { attackersOf } from './attackers.ts';

/**
 * The table in numbers, as moves away from the truth: a move z is another table that a reader must think
 * possible when every row holds, every visible cell stays, and no cell falls below its floor.
 */
export interface Problem {
  readonly ids: readonly string[];
  readonly values: readonly number[];
  /** The least that a reader can think of each cell when it is hidden. */
  readonly floors: readonly number[];
  readonly start: readonly Start[];
  readonly costs: readonly number[];
  readonly rows: readonly Row[];
  readonly obligations: readonly Obligation[];
  readonly attackers: readonly Attacker[];
  readonly lineRule: LineRule | undefined;
}

/** The policy's rule for one line, and the largest count that is never shown. */
export type LineRule = NonNullable<Policy['lineRule']> & { readonly largestHidden: number };

/** What may happen to a cell: it starts hidden, it may be hidden to protect others, or it is public. */
export type Start = 'hidden' | 'hideable' | 'public';

/** lo ≤ Σ coefficient · z ≤ hi. A sum equation has lo = hi = 0; a figure's inequality names the figure. */
export interface Row {
  readonly cells: readonly number[];
  readonly coefficients: readonly number[];
  readonly lo: number;
  readonly hi: number;
  readonly figure?: string;
}

/** A total and its parts, as against an inequality. */
export function isSum({ lo, hi, figure }: Row): boolean {
  return figure === undefined && lo === 0 && hi === 0;
}

/** Some possible table moves the cell thus, whichever attacker that does not know it looks. */
export interface Obligation {
  readonly cell: number;
  /** How far it must move; `any` asks only that its value is not certain. */
  readonly move: number | 'any';
  /** Which attackers it withstands: `all`, or only the outsider and those named in the table. */
  readonly against: 'all' | 'named';
}

/** The first is the outsider, who knows nothing; a `singleton` knows the one cell that only they are in. */
export interface Attacker {
  readonly name: string;
  readonly kind: 'outsider' | 'named' | 'singleton';
  readonly knows: readonly number[];
  /** What some cells are at least, from what this reader knows: nothing less can be owed against them. */
  readonly least: ReadonlyMap<number, number>;
}

/** Whether what is owed for a cell is owed against this reader too. */
export function isOwedAgainst(
  problem: Problem,
  { cell, move, against }: Obligation,
  reader: Attacker,
): boolean {
  if (knownTo(reader).has(cell)) return false;
  if (against === 'named' && reader.kind === 'singleton') return false;
  return move === 'any' || (problem.values[cell] as number) + move >= (reader.least.get(cell) ?? 0);
}

const known = new WeakMap<Attacker, ReadonlySet<number>>();

function knownTo(reader: Attacker): ReadonlySet<number> {
  const there = known.get(reader) ?? new Set(reader.knows);
  known.set(reader, there);
  return there;
}

export interface Requirement {
  readonly policy: Policy;
  readonly primary: ReadonlyMap<string, PrimaryReason>;
  readonly cost: 'cells' | 'values';
  /** Whether this release shows every zero, so that whoever reads it knows hidden cells to be at least 1. */
  readonly zeros: 'shown' | 'hideable';
  /** Zeros that are hidden so that nobody can count on seeing every zero. */
  readonly hiddenZeros?: ReadonlySet<string>;
}

export function problemOf(table: Table, requirement: Requirement): Problem {
  const { policy, primary, cost, zeros } = requirement;
  const at = new Map(table.cells.map((cell, index) => [cell.id, index]));
  const index = (id: string): number => at.get(id) as number;
  const mayBeZero = sensitiveParts(table);
  return {
    ids: table.cells.map((cell) => cell.id),
    values: table.cells.map((cell) => cell.v),
    floors: table.cells.map((cell) =>
      zeros === 'shown' && isKnownNotZero(cell) && !mayBeZero.has(cell.id) ? 1 : 0,
    ),
    start: table.cells.map((cell) => start(cell, requirement)),
    costs: table.cells.map((cell) => cell.weight * (cost === 'cells' ? 1 : cell.v)),
    rows: [...sumRows(table, index), ...orderRows(table, index), ...figureRows(table, index, primary)],
    obligations: table.cells.flatMap((cell, at) => {
      const reason = primary.get(cell.id);
      return reason === undefined ? [] : owed(cell, at, reason, policy);
    }),
    attackers: attackersOf(table, policy).map(({ name, kind, knows, least }) => ({
      name,
      kind,
      knows: knows.map(index),
      least: new Map([...least].map(([id, v]) => [index(id), v])),
    })),
    lineRule:
      policy.bar === 'B' && policy.lineRule !== undefined
        ? { ...policy.lineRule, largestHidden: policy.threshold - 1 }
        : undefined,
  };
}

function isKnownNotZero(cell: Cell): boolean {
  return !cell.magnitude && (!cell.withheld || cell.nonzero);
}

function start(cell: Cell, { primary, zeros, hiddenZeros }: Requirement): Start {
  if (cell.fixed) return 'public';
  if (cell.withheld || primary.has(cell.id) || hiddenZeros?.has(cell.id) === true) return 'hidden';
  return cell.v === 0 && zeros === 'shown' ? 'public' : 'hideable';
}

function sumRows(table: Table, index: (id: string) => number): Row[] {
  return table.eqs.map(([total, parts]) => ({
    cells: [index(total), ...parts.map(index)],
    coefficients: [-1, ...parts.map(() => 1)],
    lo: 0,
    hi: 0,
  }));
}

/** What the smaller may gain on the larger before it would overtake. */
function orderRows(table: Table, index: (id: string) => number): Row[] {
  const values = new Map(table.cells.map(({ id, v }) => [id, v]));
  const value = (ids: readonly string[]): number => ids.reduce((so, id) => so + (values.get(id) ?? 0), 0);
  return table.atMost.map(([smaller, larger]) => ({
    cells: [...larger, ...smaller].map(index),
    coefficients: [...larger.map(() => 1), ...smaller.map(() => -1)],
    lo: value(smaller) - value(larger),
    hi: Infinity,
  }));
}

/**
 * A figure made of shown cells tells nothing new, and one with a hidden cell is hidden itself: what remains are
 * figures about cells that are never published.
 */
function figureRows(
  table: Table,
  index: (id: string) => number,
  primary: ReadonlyMap<string, unknown>,
): Row[] {
  const cells = new Map(table.cells.map((cell) => [cell.id, cell]));
  const value = (id: string): number => cells.get(id)?.v ?? 0;
  const withheld = (id: string): boolean => cells.get(id)?.withheld === true;
  return table.figures
    .filter(
      ({ operands }) => operands.some(withheld) && !operands.some((id) => !withheld(id) && primary.has(id)),
    )
    .flatMap((figure) =>
      inequalities(figure, value).map(({ terms, lo, hi }) => {
        const now = terms.reduce((so, [id, coefficient]) => so + coefficient * value(id), 0);
        return {
          cells: terms.map(([id]) => index(id)),
          coefficients: terms.map(([, coefficient]) => coefficient),
          lo: lo - now,
          hi: hi - now,
          figure: figure.id,
        };
      }),
    );
}

function owed(cell: Cell, at: number, reason: PrimaryReason, policy: Policy): Obligation[] {
  const alone = policy.singletons === 'alone' && cell.v !== 1;
  const uncertain: Obligation = { cell: at, move: 'any', against: alone ? 'named' : 'all' };
  if (policy.bar === 'exact' || reason === 'group') return [uncertain];
  const against = policy.singletons === 'B' ? 'all' : 'named';
  const bar = reach(cell, reason, policy).map((move): Obligation => ({ cell: at, move, against }));
  return policy.singletons === 'exact' || policy.singletons === 'alone' ? [...bar, uncertain] : bar;
}

/**
 * Small counts must be able to be 1 and the threshold. A cell that is hidden for dominance may be large: the
 * other contributors must not come closer to it than the policy's share of its size.
 */
function reach(cell: Cell, reason: PrimaryReason, policy: Policy): number[] {
  if (reason === 'dominated') {
    const near = Math.max(1, Math.ceil((policy.dominance?.within ?? 0) * cell.v));
    return [near, -Math.min(near, cell.v)].filter((move) => move !== 0);
  }
  return [1 - cell.v, policy.threshold - cell.v].filter((move) => move !== 0);
}
