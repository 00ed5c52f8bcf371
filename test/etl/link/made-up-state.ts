import { fieldEncoder } from '../../../etl/encode/field-encoder.ts';
import type { ProjectKey } from '../../../etl/encode/key.ts';
import { personLayout } from '../../../etl/encode/layout.ts';
import { type RecordTable, TableBuilder } from '../../../etl/link/table.ts';
import { Agencies } from '../../../etl/synthesize/agencies.ts';
import { dayOf } from '../../../etl/synthesize/day.ts';
import { hiddenTruth } from '../../../etl/synthesize/hidden.ts';
import { household, type World } from '../../../etl/synthesize/household.ts';
import { type Membership, membershipsOf } from '../../../etl/synthesize/membership.ts';
import { placesOf } from '../../../etl/synthesize/places.ts';
import { playScenario } from '../../../etl/synthesize/scenarios/scenarios.ts';
import { AS_OF } from '../../../etl/synthesize/synthesize.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';

const key: ProjectKey = {
  project: 'test',
  version: 1,
  secret: new Uint8Array(32).fill(3),
  salt: new Uint8Array(32),
};

export interface Seen {
  readonly person: string;
  readonly household: string;
  readonly born: number;
  readonly membership: Membership;
}

const contracts = loadContracts();

/** What agencies hold of the young people of some households of a made-up county. */
export function madeUpHouseholds(households: number, seed: number): Seen[] {
  const places = placesOf(contracts);
  const world: World = { seed, asOf: AS_OF, from: dayOf(2023, 7, 1), places, requiredInTeams: () => [] };
  const agencies = new Agencies(contracts, places);
  const chosen = places.filter(({ fips }) => ['06001', '06013', '06037'].includes(fips));
  return chosen.flatMap((place) =>
    Array.from({ length: Math.ceil(households / chosen.length) }, (_, number) =>
      household(world, place, number).flatMap((person) => {
        const hidden = hiddenTruth(world, person, agencies, 500);
        return membershipsOf(world, person, hidden, agencies).map((membership) => ({
          person: person.id,
          household: person.household,
          born: person.born,
          membership,
        }));
      }),
    ).flat(),
  );
}

/** The records of a scenario's young people. */
export function scenarioSeen(name: string): Seen[] {
  return playScenario(contracts, name).players.flatMap(({ person, memberships }) =>
    memberships.map((membership) => ({
      person: `${name} ${person.id}`,
      household: name,
      born: person.born,
      membership,
    })),
  );
}

export function tableOfSeen(seen: readonly Seen[]): RecordTable {
  const encoder = fieldEncoder(personLayout, key);
  const builder = new TableBuilder(personLayout);
  seen.forEach(({ membership: { agency, observation } }, record) => {
    const { given, surname, born, ssn, sex, zip, phone, street } = observation;
    const tokens = new Uint8Array(encoder.tokenBytes);
    const filters = new Uint8Array(encoder.filterBytes);
    encoder.encodeInto([given, surname, born, ssn, sex, zip, phone, street], tokens, 0, filters, 0);
    const person = new Uint8Array(16);
    new DataView(person.buffer).setUint32(12, record);
    builder.add(agency, person, tokens, filters);
  });
  return builder.finish();
}
