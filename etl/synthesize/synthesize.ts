import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { directoryCsv } from '../../src/providers/as-csv.ts';
import { Agencies } from './agencies.ts';
import { dayOf, yearOf } from './day.ts';
import { madeUpDirectory } from './directory/directory.ts';
import { figures } from './figures/figures.ts';
import { hiddenTruth } from './hidden.ts';
import { tellHistory } from './histories/history.ts';
import { household, type World } from './household.ts';
import { membershipsOf } from './membership.ts';
import { type Destination, NIGHTS, openOutputs } from './outputs.ts';
import type { Person } from './person.ts';
import { personRow } from './person-row.ts';
import { chosenPlaces, placesOf, share } from './places.ts';
import { teamsOf } from './required-parties.ts';
import type { Size } from './size.ts';
import { Stream } from './stream.ts';
import { Tally } from './tally.ts';

/** In a thousand: brings the state to about 25 million rows of content. */
const STRESS = 147;

/** Whether a person who is not in scope has content all the same. */
export function isStressed(seed: number, { id }: Pick<Person, 'id'>): boolean {
  return new Stream(seed, 'stress', id).perMille(STRESS);
}

export interface Order extends Destination {
  readonly size: Size;
  /** Also sends content for a share of those who are not in scope. */
  readonly stress?: boolean;
}

/** The day of the full deliveries; a fixed one, so that the same seed gives the same bytes on any day. */
export const AS_OF = dayOf(2026, 6, 30);

/** The asset map is the whole state's, however few counties have young people. */
function writeMadeUpDirectory(contracts: Contracts, { seed, out }: Order): void {
  const folder = join(out, 'directory');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'programs.csv'),
    directoryCsv(contracts, madeUpDirectory(contracts, seed, AS_OF)),
  );
}

/** Makes a state: its people, the truth about them, what agencies know, and what they send. */
export function synthesize(contracts: Contracts, order: Order): Tally {
  const { size, seed } = order;
  const places = chosenPlaces(placesOf(contracts), size.counties);
  const from = dayOf(yearOf(AS_OF) - size.years, 7, 1);
  const world: World = { seed, asOf: AS_OF, from, places, requiredInTeams: teamsOf(contracts) };
  const agencies = new Agencies(contracts, places);
  const tally = new Tally();
  const out = openOutputs(contracts, order, world, tally);

  const people = share(places, size.people);
  for (const [i, place] of places.entries()) {
    let left = people[i] ?? 0;
    for (let number = 0; left > 0; number++)
      for (const person of household(world, place, number).slice(0, left)) {
        left--;
        const hidden = hiddenTruth(world, person, agencies, size.rate);
        const memberships = membershipsOf(world, person, hidden, agencies);
        tally.addPerson(person, hidden, memberships, AS_OF);
        out.truth.addPerson(person);
        if (hidden !== undefined) out.truth.addHidden(person, hidden);
        for (const who of memberships) out.sendLinkage(person, who);
        const history = tellHistory(
          world,
          person,
          hidden,
          memberships,
          AS_OF + NIGHTS,
          order.stress === true && isStressed(seed, person),
        );
        if (history.inScope) tally.inScope++;
        if (history.withContent) for (const who of memberships) out.send(personRow(seed, person, who, AS_OF));
        for (const row of history.rows) out.send(row);
      }
  }
  for (const row of figures(world, agencies)) out.send(row);
  writeMadeUpDirectory(contracts, order);
  out.close();
  return tally;
}
