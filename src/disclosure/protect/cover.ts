import type { Move } from './move.ts';
import { type Attacker, isOwedAgainst, type Obligation, type Problem } from './problem.ts';

/**
 * Which cells are hidden, and which possible tables show that what is owed is met. One table may serve many
 * obligations. Every change is kept in a journal, so that a change that does not pay can be taken back.
 */
export interface Cover {
  readonly isHidden: (cell: number) => boolean;
  hide(cell: number): void;
  /** Shows a cell again; returns the obligations that lose a table by it. */
  show(cell: number): number[];
  add(move: Move): void;
  /** Whether the move would serve anything that is not met yet. */
  readonly helps: (move: Move) => boolean;
  /** An attacker against whom the obligation is not met yet. */
  open(obligation: number): number | undefined;
  /** All of them, as far as the tables found so far tell. */
  openAgainst(obligation: number): number[];
  /** How far a cell must still be able to move, if something is owed for it that is not met. */
  readonly wanted: (cell: number) => number | undefined;
  moves(): Move[];
  hiddenCost(): number;
  mark(): number;
  rollback(mark: number): void;
  /** The cells that were hidden or shown since then. */
  changedSince(mark: number): Set<number>;
}

interface Witness {
  readonly move: Move;
  readonly touched: ReadonlySet<number>;
  readonly serves: readonly number[];
}

type Change =
  | { readonly kind: 'hid' | 'showed'; readonly cell: number }
  | { readonly kind: 'added' | 'dropped'; readonly witness: Witness };

/** More tables than this for one obligation are not worth keeping. */
const SPARE = 4;

export function openCover(problem: Problem): Cover {
  const hidden = Uint8Array.from(problem.start, (start) => (start === 'hidden' ? 1 : 0));
  const journal: Change[] = [];
  const alive = new Set<Witness>();
  const witnessesOf: Set<Witness>[] = problem.obligations.map(() => new Set());
  const touching = new Map<number, Set<Witness>>();
  const obligationsOf = Map.groupBy(problem.obligations.keys(), (one) => problem.obligations[one]?.cell);
  const knowing = whoKnows(problem);

  let cost = 0;
  const turn = (cell: number, to: 0 | 1): void => {
    if (problem.start[cell] === 'hideable')
      cost += (to - (hidden[cell] as number)) * (problem.costs[cell] as number);
    hidden[cell] = to;
  };
  const link = (witness: Witness): void => {
    alive.add(witness);
    for (const one of witness.serves) witnessesOf[one]?.add(witness);
    for (const cell of witness.move.cells) {
      const set = touching.get(cell);
      if (set === undefined) touching.set(cell, new Set([witness]));
      else set.add(witness);
    }
  };
  const unlink = (witness: Witness): void => {
    alive.delete(witness);
    for (const one of witness.serves) witnessesOf[one]?.delete(witness);
    for (const cell of witness.move.cells) touching.get(cell)?.delete(witness);
  };
  const open = (one: number): number | undefined => {
    const owed = problem.obligations[one] as Obligation;
    const [first, ...others] = witnessesOf[one] ?? [];
    if (first === undefined) return 0;
    for (const attacker of first.touched) {
      if (!isOwedAgainst(problem, owed, problem.attackers[attacker] as Attacker)) continue;
      if (others.every((other) => other.touched.has(attacker))) return attacker;
    }
    return undefined;
  };
  const openAgainst = (one: number): number[] => {
    const owed = problem.obligations[one] as Obligation;
    const [first, ...others] = witnessesOf[one] ?? [];
    if (first === undefined) return [0];
    return [...first.touched].filter(
      (attacker) =>
        isOwedAgainst(problem, owed, problem.attackers[attacker] as Attacker) &&
        others.every((other) => other.touched.has(attacker)),
    );
  };
  const served = (move: Move): number[] =>
    move.cells.flatMap((cell, k) =>
      (obligationsOf.get(cell) ?? []).filter((one) => {
        const owed = problem.obligations[one]?.move;
        if (owed !== 'any' && owed !== move.by[k]) return false;
        return (witnessesOf[one]?.size ?? 0) < SPARE || open(one) !== undefined;
      }),
    );

  return {
    isHidden: (cell) => hidden[cell] === 1,
    hide(cell) {
      turn(cell, 1);
      journal.push({ kind: 'hid', cell });
    },
    show(cell) {
      turn(cell, 0);
      journal.push({ kind: 'showed', cell });
      const lost = new Set<number>();
      for (const witness of touching.get(cell) ?? []) {
        unlink(witness);
        journal.push({ kind: 'dropped', witness });
        for (const one of witness.serves) lost.add(one);
      }
      return [...lost];
    },
    add(move) {
      const serves = served(move);
      if (serves.length === 0) return;
      const touched = new Set(move.cells.flatMap((cell) => knowing[cell] ?? []));
      const witness = { move, touched, serves };
      link(witness);
      journal.push({ kind: 'added', witness });
    },
    open,
    openAgainst,
    helps: (move) =>
      move.cells.some((cell, k) =>
        (obligationsOf.get(cell) ?? []).some((one) => {
          const owed = problem.obligations[one]?.move;
          return (owed === 'any' || owed === move.by[k]) && open(one) !== undefined;
        }),
      ),
    wanted: (cell) => {
      for (const one of obligationsOf.get(cell) ?? []) {
        const move = problem.obligations[one]?.move;
        if (typeof move === 'number' && open(one) !== undefined) return move;
      }
      return undefined;
    },
    moves: () => [...alive].map((witness) => witness.move),
    // Sums of weighted counts that went up and down again keep a trace of it, which must not pass for a gain.
    hiddenCost: () => Math.round(cost * 1e6) / 1e6,
    mark: () => journal.length,
    changedSince: (mark) =>
      new Set(journal.slice(mark).flatMap((change) => ('cell' in change ? [change.cell] : []))),
    rollback(mark) {
      while (journal.length > mark) {
        const change = journal.pop() as Change;
        if ('cell' in change) turn(change.cell, change.kind === 'hid' ? 0 : 1);
        else if (change.kind === 'added') unlink(change.witness);
        else link(change.witness);
      }
    },
  };
}

function whoKnows(problem: Problem): number[][] {
  const knowing: number[][] = problem.ids.map(() => []);
  for (const [attacker, { knows }] of problem.attackers.entries())
    for (const cell of knows) knowing[cell]?.push(attacker);
  return knowing;
}
