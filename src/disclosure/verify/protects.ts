import type { Policy } from '../policy.ts';
import type { PrimaryReason } from '../primary.ts';
import type { Table } from '../table.ts';
import { type Finding, found } from './finding.ts';
import { ownPart, type Reader, readersOf } from './readers.ts';
import { surroundings, type World } from './surroundings.ts';

/** For every protected cell, every value it must be able to have and every reader who does not know it: a world. */
export function protectsEach(
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
