import type { Agencies, List } from './agencies.ts';
import { ageAt, birthday, type Day } from './day.ts';
import type { Hidden } from './hidden.ts';
import type { World } from './household.ts';
import { type Observation, observe } from './observe.ts';
import { homeOn, type Person } from './person.ts';
import { nameOf, Stream } from './stream.ts';

/** One record of a young person at one agency. An agency may hold two of the same person. */
export interface Membership {
  readonly agency: string;
  readonly list: List;
  /** The agency's own number of the person. */
  readonly localId: string;
  /** The day on which the agency wrote the person down. */
  readonly on: Day;
  readonly county: string;
  readonly observation: Observation;
}

/** Chances in a thousand of being known to an agency in the years that are told, by hardship. */
const KNOWN: Readonly<Record<List, readonly [number, number, number]>> = {
  child_welfare: [18, 70, 190],
  probation: [4, 14, 45],
  health: [330, 720, 900],
  mental_health: [25, 60, 110],
  education: [830, 860, 850],
  community: [2, 6, 14],
};
const AGES: Readonly<Record<List, readonly [number, number]>> = {
  child_welfare: [0, 17],
  probation: [12, 17],
  health: [0, 20],
  mental_health: [5, 20],
  education: [5, 18],
  community: [12, 23],
};
/** How many in a thousand of an agency's people it holds twice. */
const TWICE: Readonly<Record<List, number>> = {
  child_welfare: 8,
  probation: 25,
  health: 6,
  mental_health: 10,
  education: 4,
  community: 40,
};

export function membershipsOf(
  world: World,
  person: Person,
  hidden: Hidden | undefined,
  agencies: Agencies,
): readonly Membership[] {
  const found: Membership[] = [];
  for (const list of Object.keys(KNOWN) as List[]) {
    const stream = new Stream(world.seed, 'membership', list, person.id);
    const notice = hidden?.notices.find((candidate) => candidate.list === list);
    const on = knownFrom(world, person, hidden, list, stream);
    const day = notice === undefined ? on : Math.min(on ?? notice.on, notice.on);
    if (day === undefined) continue;
    const { place } = homeOn(person, notice?.on ?? day);
    const agency = agencies.of(list, place);
    if (agency === undefined) continue;
    const copies = stream.perMille(TWICE[list] * (hidden === undefined ? 1 : 3)) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++)
      found.push({
        agency,
        list,
        localId: nameOf(world.seed, 'local', agency, person.id, copy).slice(0, 12),
        on: day,
        county: place.fips,
        observation: observe(person, list, day, hidden !== undefined, stream),
      });
  }
  return found;
}

/** The first day of being known, if that is before the deliveries. */
function knownFrom(
  world: World,
  person: Person,
  hidden: Hidden | undefined,
  list: List,
  stream: Stream,
): Day | undefined {
  const [youngest, oldest] = AGES[list];
  const chance =
    (KNOWN[list][person.hardship as 0 | 1 | 2] ?? 0) * (hidden !== undefined && list !== 'education' ? 3 : 1);
  if (!stream.perMille(Math.min(970, chance))) return undefined;
  const first = Math.max(world.from - 365, birthday(person.born, youngest));
  const last = Math.min(world.asOf - 2, birthday(person.born, oldest + 1));
  if (first >= last || ageAt(person.born, world.from) > oldest) return undefined;
  const early = list === 'education' || list === 'health';
  return early ? Math.min(last - 1, first + stream.below(90)) : first + stream.below(last - first);
}
