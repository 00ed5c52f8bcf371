import { join } from 'node:path';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import { Agencies } from '../agencies.ts';
import { dayOf } from '../day.ts';
import { openOutputs } from '../outputs.ts';
import { personRow } from '../person-row.ts';
import { placesOf } from '../places.ts';
import { teamsOf } from '../required-parties.ts';
import { AS_OF } from '../synthesize.ts';
import { Tally } from '../tally.ts';
import { Cast, type Stage } from './cast.ts';
import { georgiaFunnel, laProbation, oakland, specialtyCourt } from './cohorts.ts';
import {
  ageOfMajority,
  detentionPeriods,
  disagreement,
  fifteenTools,
  lawChanges,
  requiredParties,
} from './conflicts.ts';
import { fiveArrests, manyPlacements } from './single-stories.ts';
import { starCourt } from './star-court.ts';

type Play = (cast: Cast, stage: Stage) => void;

/** Small deliveries with exact counts, for tests of what is built on them. */
export const scenarios: ReadonlyMap<string, Play> = new Map<string, Play>([
  ['star-court', starCourt],
  ['oakland', oakland],
  ['la-probation', laProbation],
  ['specialty-court', specialtyCourt],
  ['georgia-funnel', georgiaFunnel],
  ['five-arrests', fiveArrests],
  ['many-placements', manyPlacements],
  ['detention-periods', detentionPeriods],
  ['law-changes', lawChanges],
  ['required-parties', requiredParties],
  ['fifteen-tools', fifteenTools],
  ['age-of-majority', ageOfMajority],
  ['disagreement', disagreement],
]);

export interface WrittenScenario {
  readonly name: string;
  readonly persons: number;
  readonly rows: number;
}

/** The rows of a scenario in shared codes, before any agency's own words. */
export function playScenario(contracts: Contracts, name: string): Cast {
  const places = placesOf(contracts);
  const agencies = new Agencies(contracts, places);
  const cast = new Cast({
    seed: 2026,
    asOf: AS_OF,
    from: dayOf(2023, 7, 1),
    places,
    requiredInTeams: teamsOf(contracts),
  });
  const stage: Stage = {
    of(list, county) {
      const place = places.find(({ fips }) => fips === county);
      const agency = place === undefined ? undefined : agencies.of(list, place);
      if (place === undefined || agency === undefined)
        throw new Error(`no agency of ${list} serves ${county}`);
      return { agency, place };
    },
  };
  scenarios.get(name)?.(cast, stage);
  return cast;
}

/** Writes a scenario below `out` in the same folders as a state: without mishaps, so that its counts are exact. */
export function writeScenario(contracts: Contracts, name: string, out: string): WrittenScenario {
  const cast = playScenario(contracts, name);
  const tally = new Tally();
  const order = {
    seed: cast.world.seed,
    out: join(out, name),
    mishaps: { rejected: 0, corrected: 0, withdrawn: 0 },
  };
  const outputs = openOutputs(contracts, order, cast.world, tally);
  for (const { person, memberships } of cast.players) {
    tally.addPerson(person, undefined, memberships, cast.world.asOf);
    outputs.truth.addPerson(person);
    for (const who of memberships) {
      outputs.sendLinkage(person, who);
      outputs.send(personRow(cast.world.seed, person, who, cast.world.asOf));
    }
  }
  for (const row of cast.rows) outputs.send(row);
  outputs.close();
  return { name, persons: cast.players.length, rows: cast.rows.length };
}
