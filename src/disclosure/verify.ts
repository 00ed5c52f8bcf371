import type { Certificate } from './certificate.ts';
import { printed } from './figures.ts';
import type { Policy } from './policy.ts';
import { type PrimaryReason, primaryCells } from './primary.ts';
import type { Table } from './table.ts';

/** A way in which a certificate fails; `cells` names what it fails for. */
export interface Finding {
  readonly code:
    | 'POLICY_DIFFERS'
    | 'UNKNOWN_CELL'
    | 'SMALL_CELL_SHOWN'
    | 'PUBLIC_CELL_HIDDEN'
    | 'FIGURE_SHOWN'
    | 'ZERO_HIDDEN'
    | 'TABLE_IMPOSSIBLE'
    | 'LINE_RULE'
    | 'NOT_PROTECTED';
  readonly cells: readonly string[];
}

/** A table that a reader must think possible: the cells in which it differs, with their values in it. */
type World = ReadonlyMap<string, number>;

/**
 * Checks a certificate against the facts by itself: it shares nothing with the solver, knows no linear programming
 * and only adds up. An empty list means that the release keeps its policy.
 */
export function verifyCertificate(table: Table, policy: Policy, certificate: Certificate): Finding[] {
  const hidden = new Set(certificate.hidden);
  const facts = new Map(table.cells.map((cell) => [cell.id, cell]));
  const unknown = certificate.hidden.filter((id) => !facts.has(id));
  if (unknown.length > 0) return [{ code: 'UNKNOWN_CELL', cells: unknown }];
  const primary = primaryCells(table, policy);
  const worlds = certificate.tables.map((differences) => worldOf(table, certificate, differences));
  return [
    ...samePolicy(policy, certificate),
    ...whatIsShown(table, policy, certificate, hidden, primary),
    ...worlds.flatMap((world) => possible(table, certificate, hidden, world)),
    ...keepsLineRule(table, policy, hidden),
    ...protectsEach(table, policy, primary, worlds),
  ];
}

function worldOf(table: Table, certificate: Certificate, differences: Certificate['tables'][number]): World {
  const value = valueIn(table);
  return new Map(
    differences.map(([at, by]) => {
      const id = certificate.hidden[at] ?? '';
      return [id, (value.get(id) ?? Number.NaN) + by] as const;
    }),
  );
}

const values = new WeakMap<Table, Map<string, number>>();

/** The facts by id, put together once per table. */
function valueIn(table: Table): Map<string, number> {
  const known = values.get(table);
  if (known !== undefined) return known;
  const made = new Map(table.cells.map((cell) => [cell.id, cell.v]));
  values.set(table, made);
  return made;
}

function samePolicy(policy: Policy, certificate: Certificate): Finding[] {
  const same =
    certificate.policy === policy.id &&
    certificate.threshold === policy.threshold &&
    certificate.bar === policy.bar &&
    certificate.singletons === policy.singletons;
  return same ? [] : [{ code: 'POLICY_DIFFERS', cells: [] }];
}

function whatIsShown(
  table: Table,
  policy: Policy,
  certificate: Certificate,
  hidden: ReadonlySet<string>,
  primary: ReadonlyMap<string, PrimaryReason>,
): Finding[] {
  const small = table.cells.filter(
    ({ id, v, fixed, magnitude }) =>
      !hidden.has(id) &&
      !fixed &&
      (primary.has(id) || (table.primary === undefined && !magnitude && v >= 1 && v < policy.threshold)),
  );
  const withheld = table.cells.filter((cell) => cell.withheld && !hidden.has(cell.id));
  const open = table.cells.filter((cell) => cell.fixed && hidden.has(cell.id));
  const gone = new Set(
    table.cells.filter(({ id, withheld }) => !withheld && hidden.has(id)).map(({ id }) => id),
  );
  const hiddenFigures = new Set(certificate.hiddenFigures);
  const figures = table.figures.filter(
    (figure) => !hiddenFigures.has(figure.id) && figure.operands.some((id) => gone.has(id)),
  );
  const zeros = table.cells.filter((cell) => cell.v === 0 && gone.has(cell.id)).map((cell) => cell.id);
  const mayHideZeros =
    policy.zeros === 'hideable' || policy.zerosGiveWay || zeros.every((id) => primary.has(id));
  return [
    ...found(
      'SMALL_CELL_SHOWN',
      [...small, ...withheld].map(({ id }) => id),
    ),
    ...found(
      'PUBLIC_CELL_HIDDEN',
      open.map(({ id }) => id),
    ),
    ...found(
      'FIGURE_SHOWN',
      figures.map(({ id }) => id),
    ),
    ...found('ZERO_HIDDEN', certificate.zeros === 'shown' || !mayHideZeros ? zeros : []),
  ];
}

function found(code: Finding['code'], cells: readonly string[]): Finding[] {
  return cells.length === 0 ? [] : [{ code, cells }];
}

/** Every equation adds up, every shown cell and figure stays as printed, nothing lies below its floor. */
function possible(
  table: Table,
  certificate: Certificate,
  hidden: ReadonlySet<string>,
  world: World,
): Finding[] {
  const value = (id: string): number => world.get(id) ?? valueIn(table).get(id) ?? Number.NaN;
  const wrong = new Set<string>();
  for (const [id, v] of world) {
    const { cell, sums, figures } = surroundings(table).get(id) as Surroundings;
    const knownNotZero = !cell.magnitude && (!cell.withheld || cell.nonzero);
    const floor = certificate.zeros === 'shown' && knownNotZero ? 1 : 0;
    if (!hidden.has(id) || !Number.isInteger(v) || v < floor) wrong.add(id);
    for (const [total, parts] of sums)
      if (parts.reduce((so, part) => so + value(part), 0) !== value(total)) wrong.add(total);
    for (const figure of figures) {
      if (certificate.hiddenFigures.includes(figure.id)) continue;
      if (printed(figure, value) !== printed(figure, (one) => valueIn(table).get(one) ?? Number.NaN))
        wrong.add(figure.id);
    }
  }
  return found('TABLE_IMPOSSIBLE', [...wrong]);
}

interface Surroundings {
  readonly cell: Table['cells'][number];
  readonly sums: Table['eqs'][number][];
  readonly figures: Table['figures'][number][];
}

const around = new WeakMap<Table, Map<string, Surroundings>>();

function surroundings(table: Table): Map<string, Surroundings> {
  const known = around.get(table);
  if (known !== undefined) return known;
  const made = new Map<string, Surroundings>(
    table.cells.map((cell) => [cell.id, { cell, sums: [], figures: [] }]),
  );
  for (const sum of table.eqs) for (const id of [sum[0], ...sum[1]]) made.get(id)?.sums.push(sum);
  for (const figure of table.figures) for (const id of figure.operands) made.get(id)?.figures.push(figure);
  around.set(table, made);
  return made;
}

function keepsLineRule(table: Table, policy: Policy, hidden: ReadonlySet<string>): Finding[] {
  const rule = policy.lineRule;
  if (rule === undefined || policy.bar !== 'B') return [];
  const broken = table.eqs.filter(([total, parts]) => {
    if (hidden.has(total)) return false;
    const gone = parts.filter((part) => hidden.has(part)).map((part) => valueIn(table).get(part) ?? 0);
    const counted = gone.filter((v) => v > 0);
    if (counted.length === 0) return false;
    const sum = counted.reduce((so, v) => so + v, 0);
    return (
      sum < rule.sumBelow ||
      counted.every((v) => v <= rule.everyAtMost) ||
      counted.every((v) => v === policy.threshold - 1)
    );
  });
  return found(
    'LINE_RULE',
    broken.map(([total]) => total),
  );
}

/** For every protected cell, every value it must be able to have and every reader who does not know it: a world. */
function protectsEach(
  table: Table,
  policy: Policy,
  primary: ReadonlyMap<string, PrimaryReason>,
  worlds: readonly World[],
): Finding[] {
  const readers = readersOf(table, policy);
  const knownBy = new Map<string, Set<number>>();
  for (const [reader, { knows }] of readers.entries())
    for (const id of knows) knownBy.set(id, (knownBy.get(id) ?? new Set()).add(reader));
  const touches = worlds.map(
    (world) => new Set([...world.keys()].flatMap((id) => Array.from(knownBy.get(id) ?? []))),
  );
  const worldsWith = new Map<string, number[]>();
  for (const [at, world] of worlds.entries())
    for (const id of world.keys()) {
      const list = worldsWith.get(id);
      if (list === undefined) worldsWith.set(id, [at]);
      else list.push(at);
    }
  const bare = [...primary].filter(([id, reason]) => {
    const cell = surroundings(table).get(id)?.cell as Table['cells'][number];
    return demands(cell, reason, policy).some(({ meets, target, singletonsToo }) => {
      const good = (worldsWith.get(id) ?? []).filter((at) => meets(worlds[at]?.get(id) as number));
      if (good.length === 0) return true;
      const [first, ...others] = good.map((at) => touches[at] as Set<number>);
      return [...(first ?? [])].some(
        (reader) =>
          knownBy.get(id)?.has(reader) !== true &&
          !(target !== undefined && target < ownPart(table, readers[reader] as Reader, id)) &&
          (singletonsToo || readers[reader]?.alone === false) &&
          others.every((set) => set.has(reader)),
      );
    });
  });
  return found(
    'NOT_PROTECTED',
    bare.map(([id]) => id),
  );
}

interface Reader {
  readonly knows: readonly string[];
  /** Knows it for being the only one in it. */
  readonly alone: boolean;
}

function readersOf(table: Table, policy: Policy): Reader[] {
  const totals = new Set(table.eqs.filter(([, parts]) => parts.length > 0).map(([total]) => total));
  const single = table.cells.filter(
    ({ id, v, fixed, magnitude }) => v === 1 && !fixed && !magnitude && !totals.has(id),
  );
  return [
    ...table.insiders.map(({ knows }) => ({ knows: andWhatFollows(table, knows), alone: false })),
    ...(policy.singletons === 'ignored' ? [] : single).map(({ id }) => ({
      knows: andWhatFollows(table, [id]),
      alone: true,
    })),
  ];
}

/** One's own figures, and sums that are one's own figures again because everything else in them is a shown zero. */
function andWhatFollows(table: Table, own: readonly string[]): string[] {
  const known = new Set(own);
  const blank = (id: string): boolean => {
    const cell = surroundings(table).get(id)?.cell;
    return cell !== undefined && cell.v === 0 && !cell.withheld;
  };
  const queue = [...own];
  for (let id = queue.pop(); id !== undefined; id = queue.pop())
    for (const [total, parts] of surroundings(table).get(id)?.sums ?? []) {
      const left = [total, ...parts].filter((one) => !known.has(one) && !blank(one));
      const [last] = left;
      if (left.length !== 1 || last === undefined) continue;
      known.add(last);
      queue.push(last);
    }
  return [...known];
}

/** How much of a figure a reader accounts for alone: it cannot be less to them. */
function ownPart(table: Table, { knows, alone }: Reader, id: string): number {
  if (alone) return 0;
  const own = new Set(knows);
  const value = valueIn(table);
  const part = (of: string): number => {
    if (own.has(of)) return value.get(of) ?? 0;
    const sums = (surroundings(table).get(of)?.sums ?? []).filter(([total]) => total === of);
    return Math.max(0, ...sums.map(([, parts]) => parts.reduce((so, one) => so + part(one), 0)));
  };
  return part(id);
}

interface Demand {
  /** The value that it asks for, if it asks for one. */
  readonly target?: number;
  readonly meets: (v: number) => boolean;
  readonly singletonsToo: boolean;
}

function demands(cell: Table['cells'][number], reason: PrimaryReason, policy: Policy): Demand[] {
  const { bar, threshold, singletons } = policy;
  const uncertain: Demand = {
    meets: (v) => v !== cell.v,
    singletonsToo: singletons !== 'alone' || cell.v === 1,
  };
  if (bar === 'exact' || reason === 'group') return [uncertain];
  const singletonsToo = singletons === 'B';
  const near = Math.max(1, Math.ceil((policy.dominance?.within ?? 0) * cell.v));
  const targets = reason === 'dominated' ? [cell.v + near, cell.v - Math.min(near, cell.v)] : [1, threshold];
  const reach = targets
    .filter((target) => target !== cell.v)
    .map((target): Demand => ({ target, meets: (v) => v === target, singletonsToo }));
  return singletons === 'exact' || singletons === 'alone' ? [...reach, uncertain] : reach;
}
