/**
 * The lists of the synthetic state in a period: whom each system noticed, linked with errors, and how many there were.
 * Who notices whom is the state's own (referrals, unequal visibility); the linkage is one whose probabilities hold what
 * they say: of the links with probability p, the share p is true.
 */
import { beta, type Random, randomStream } from '../etl/estimate/random.ts';
import { UnionFind } from '../etl/link/union-find.ts';
import type { Persons, PossibleLink } from '../etl/prevalence/drawn-linkages.ts';
import { Agencies } from '../etl/synthesize/agencies.ts';
import { type Day, dayOf, yearOf } from '../etl/synthesize/day.ts';
import { type Hidden, hiddenTruth } from '../etl/synthesize/hidden.ts';
import { household, type World } from '../etl/synthesize/household.ts';
import { homeOn, type Person } from '../etl/synthesize/person.ts';
import { chosenPlaces, placesOf, share } from '../etl/synthesize/places.ts';
import { teamsOf } from '../etl/synthesize/required-parties.ts';
import type { Size } from '../etl/synthesize/size.ts';
import { AS_OF } from '../etl/synthesize/synthesize.ts';
import type { Contracts } from '../src/contracts/contracts.ts';

export interface MadeUpLists {
  /** How many minors experienced exploitation in the period, noticed or not. */
  readonly truth: number;
  readonly bySystem: ReadonlyMap<string, readonly string[]>;
  /** As the linkage has it. */
  readonly linked: Persons;
  readonly links: readonly PossibleLink[];
  /** As it is. */
  readonly right: Persons;
  /** Measured against the truth, as a clerical review would find it. */
  readonly quality: { readonly recall: number; readonly precision: number };
}

/** The lists of one made-up state in each of several periods: a year, or all years that it tells of. */
export function madeUpLists(
  contracts: Contracts,
  size: Size,
  seed: number,
  years: readonly (number | undefined)[],
): readonly MadeUpLists[] {
  const places = chosenPlaces(placesOf(contracts), size.counties);
  const from = dayOf(yearOf(AS_OF) - size.years, 7, 1);
  const world: World = { seed, asOf: AS_OF, from, places, requiredInTeams: teamsOf(contracts) };
  const agencies = new Agencies(contracts, places);
  const exploited = exploitedPeople(world, agencies, size);
  return years.map((year) => {
    const period =
      year === undefined ? { from, to: AS_OF } : { from: dayOf(year, 1, 1), to: dayOf(year, 12, 31) };
    const all = exploited.map(({ person, hidden }) => ({
      person,
      systems: systemsThatNoticed(contracts, agencies, person, hidden, period),
      counts: exploitedAsMinor(person, hidden, period),
    }));
    const noticed = all.filter(({ systems }) => systems.size > 0);
    const truth = all.filter(({ systems, counts }) => counts || systems.size > 0).length;
    return { truth, ...linkedWithErrors(noticed, randomStream(seed, 0)) };
  });
}

function exploitedPeople(world: World, agencies: Agencies, { people, rate }: Size) {
  const counts = share(world.places, people);
  return world.places.flatMap((place, i) => {
    const found: { readonly person: Person; readonly hidden: Hidden }[] = [];
    let left = counts[i] ?? 0;
    for (let number = 0; left > 0; number++)
      for (const person of household(world, place, number).slice(0, left)) {
        left--;
        const hidden = hiddenTruth(world, person, agencies, rate);
        if (hidden !== undefined) found.push({ person, hidden });
      }
    return found;
  });
}

interface Period {
  readonly from: Day;
  readonly to: Day;
}

function exploitedAsMinor({ born }: Person, { spells }: Hidden, { from, to }: Period): boolean {
  const eighteen = born + Math.round(18 * 365.25);
  return spells.some((spell) => spell.from <= Math.min(to, eighteen) && spell.to >= from && from < eighteen);
}

function systemsThatNoticed(
  contracts: Contracts,
  agencies: Agencies,
  person: Person,
  { notices }: Hidden,
  { from, to }: Period,
): ReadonlySet<string> {
  return new Set(
    notices.flatMap(({ list, on }) => {
      const agency = agencies.of(list, homeOn(person, on).place);
      const system = agency === undefined ? undefined : contracts.mappings.get(agency)?.system;
      return system === undefined || on < from || on > to ? [] : [system];
    }),
  );
}

/**
 * Probabilities of links are spread as Beta(A, B). Those of true links are then Beta(A + 1, B), those of false ones
 * Beta(A, B + 1), and there are B/A false ones for each true one: every probability holds what it says.
 */
const [A, B] = [0.5, 0.08];

function linkedWithErrors(
  noticed: readonly { readonly person: Person; readonly systems: ReadonlySet<string> }[],
  random: Random,
): Omit<MadeUpLists, 'truth'> {
  const records = noticed.flatMap(({ person, systems }) =>
    [...systems].toSorted().map((system) => ({ name: `${person.id} ${system}`, person: person.id, system })),
  );
  const links: PossibleLink[] = [];
  records.forEach(({ name, person }, i) => {
    const before = records[i - 1];
    if (before?.person === person) links.push({ a: before.name, b: name, posterior: beta(random, A + 1, B) });
  });
  const truly = links.length;
  const wanted = Math.round((truly * B) / A);
  for (let tries = 0; links.length < truly + wanted && tries < 100 * wanted; tries++) {
    const [one, two] = [records[place(random, records.length)], records[place(random, records.length)]];
    if (one === undefined || two === undefined || one.person === two.person || one.system === two.system)
      continue;
    links.push({ a: one.name, b: two.name, posterior: beta(random, A, B + 1) });
  }
  const made = links.filter(({ posterior }) => posterior >= 0.5);
  const right = links.slice(0, truly).filter(({ posterior }) => posterior >= 0.5).length;
  return {
    bySystem: new Map(
      [...Map.groupBy(records, ({ system }) => system)].map(([system, own]) => [
        system,
        own.map(({ name }) => name),
      ]),
    ),
    linked: joined(
      records.map(({ name }) => name),
      made,
    ),
    links,
    right: new Map(records.map(({ name, person }) => [name, person])),
    quality: { recall: right / truly, precision: right / made.length },
  };
}

function place(random: Random, below: number): number {
  return Math.floor(random.uniform() * below);
}

function joined(names: readonly string[], links: readonly PossibleLink[]): Persons {
  const places = new Map(names.map((name, i) => [name, i]));
  const sets = new UnionFind(names.length);
  for (const { a, b } of links) sets.union(places.get(a) as number, places.get(b) as number);
  return new Map(names.map((name, i) => [name, String(sets.find(i))]));
}
