import type { List } from './agencies.ts';
import { type Day, dayText } from './day.ts';
import type { Hidden } from './hidden.ts';
import type { World } from './household.ts';
import type { Membership } from './membership.ts';
import type { Person } from './person.ts';
import { nameOf, Stream } from './stream.ts';

/** The cells of a row in shared codes, apart from the keys that every row has. */
export type Cells = Readonly<Record<string, string>>;

/** A row as an agency holds it; one that changed later has its later version beside it. */
export interface Row {
  readonly record: string;
  readonly agency: string;
  readonly county: string;
  /** The agency's own number of the young person; none in rows that are not about one. */
  readonly localId: string | undefined;
  readonly id: string;
  readonly updated: Day;
  readonly cells: Cells;
  readonly later: { readonly updated: Day; readonly cells: Cells } | undefined;
}

/** Collects what happened to one young person, as the agencies that know them wrote it down. */
export class Story {
  readonly world: World;
  readonly person: Person;
  readonly hidden: Hidden | undefined;
  readonly memberships: readonly Membership[];
  /** The last day that any delivery describes. */
  readonly until: Day;
  readonly rows: Row[] = [];
  readonly #counts = new Map<string, number>();

  constructor(
    world: World,
    person: Person,
    hidden: Hidden | undefined,
    memberships: readonly Membership[],
    until: Day,
  ) {
    this.world = world;
    this.person = person;
    this.hidden = hidden;
    this.memberships = memberships;
    this.until = until;
  }

  stream(kind: string): Stream {
    return new Stream(this.world.seed, kind, this.person.id);
  }

  at(list: List): Membership | undefined {
    return this.memberships.find((membership) => membership.list === list);
  }

  /** Something that happened on a day; written down `lag` days later. Nothing is told of days after the deliveries. */
  event(record: string, who: Membership, on: Day, cells: Cells, lag = 1): string | undefined {
    return this.span(record, who, on, undefined, () => cells, lag);
  }

  /**
   * Something that lasts. What ends after the full delivery and before the last night is first told as open, and
   * is corrected the night after it ended.
   */
  span(
    record: string,
    who: Membership,
    from: Day,
    to: Day | undefined,
    cells: (end: Day | undefined) => Cells,
    lag = 1,
  ): string | undefined {
    if (from + lag > this.until) return undefined;
    const number = this.#counts.get(record) ?? 0;
    this.#counts.set(record, number + 1);
    const id = prefix(record) + nameOf(this.world.seed, record, who.localId, number);
    const ended = to !== undefined && to + lag <= this.until ? to : undefined;
    const firstTold = from + lag;
    const lastTold = ended === undefined ? firstTold : ended + lag;
    const { agency, county, localId } = who;
    const told = cells(ended);
    const changes = lastTold > this.world.asOf && firstTold <= this.world.asOf;
    this.rows.push({
      record,
      agency,
      county,
      localId,
      id,
      updated: changes ? firstTold : lastTold,
      cells: changes ? stillOpen(told, cells(undefined)) : told,
      later: changes ? { updated: lastTold, cells: told } : undefined,
    });
    return id;
  }
}

const prefixes = new Map<string, string>();

/** An agency's numbers begin with three letters of what they number. */
function prefix(record: string): string {
  let found = prefixes.get(record);
  if (found === undefined) {
    found = record.slice(0, 3).replaceAll('_', '-');
    prefixes.set(record, found);
  }
  return found;
}

/** What the agency knew before the end: the same cells, but for those that the end fills in or decides. */
function stillOpen(closed: Cells, open: Cells): Cells {
  const waiting = new Set(['', 'PENDING', 'pending', 'ongoing', 'unknown']);
  return Object.fromEntries(
    Object.entries(closed).map(([name, value]) => [
      name,
      waiting.has(open[name] ?? '') ? (open[name] ?? '') : value,
    ]),
  );
}

/** A day as a cell; nothing for a day that has not come. */
export function cell(day: Day | undefined): string {
  return day === undefined ? '' : dayText(day);
}

export function yesNo(value: boolean): string {
  return value ? 'true' : 'false';
}
