import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { Agencies } from './agencies.ts';
import { CsvFiles } from './csv-files.ts';
import { dayOf, dayText, yearOf } from './day.ts';
import { Deliveries } from './deliveries.ts';
import { figures } from './figures/figures.ts';
import { hiddenTruth } from './hidden.ts';
import { tellHistory } from './histories/history.ts';
import { household, type World } from './household.ts';
import { LocalCodes } from './local-codes.ts';
import { NOTICE } from './made-up.ts';
import { type Membership, membershipsOf } from './membership.ts';
import type { Person } from './person.ts';
import { linkageRow, personRow } from './person-row.ts';
import { chosenPlaces, placesOf, share } from './places.ts';
import { madeUpKey, writeMadeUpKey } from './project-key.ts';
import { RawFiles } from './raw-files.ts';
import { type Mishaps, ordinaryMishaps, type Version, versionsOf } from './row-versions.ts';
import { sheets } from './sheet.ts';
import type { Size } from './size.ts';
import type { Row } from './story.ts';
import { Tally } from './tally.ts';
import { TruthFiles } from './truth-files.ts';

export interface Order {
  readonly size: Size;
  readonly seed: number;
  readonly out: string;
  /** Leaves the encoded deliveries out. */
  readonly rawOnly?: boolean;
  /** Sends content for everybody, in scope or not. */
  readonly stress?: boolean;
  readonly mishaps?: Mishaps;
}

/** Nightly deltas after the full deliveries. */
export const NIGHTS = 3;
/** The day of the full deliveries; a fixed one, so that the same seed gives the same bytes on any day. */
export const AS_OF = dayOf(2026, 6, 30);

/** Makes a state: its people, the truth about them, what agencies know, and what they send. */
export function synthesize(contracts: Contracts, order: Order): Tally {
  const { size, seed } = order;
  const places = chosenPlaces(placesOf(contracts), size.counties);
  const from = dayOf(yearOf(AS_OF) - size.years, 7, 1);
  const world: World = { seed, asOf: AS_OF, from, places };
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
          order.stress === true,
        );
        if (history.inScope) tally.inScope++;
        if (history.withContent) for (const who of memberships) out.send(personRow(seed, person, who, AS_OF));
        for (const row of history.rows) out.send(row);
      }
  }
  for (const row of figures(world, agencies)) out.send(row);
  out.close();
  return tally;
}

interface Outputs {
  readonly truth: TruthFiles;
  sendLinkage(person: Person, who: Membership): void;
  send(row: Row): void;
  close(): void;
}

/** The folders of an order. What an earlier run left in them goes first, so that no old file is taken for a new one. */
function openOutputs(contracts: Contracts, order: Order, world: World, tally: Tally): Outputs {
  const { seed, out } = order;
  for (const folder of ['raw', 'deliveries', 'truth'])
    rmSync(join(out, folder), { recursive: true, force: true });
  mkdirSync(join(out, 'raw'), { recursive: true });
  const key = madeUpKey(seed);
  writeMadeUpKey(key, join(out, 'raw', 'made-up-data.key'));
  writeFileSync(join(out, 'raw', 'README.txt'), NOTICE);

  const sheet = sheets(contracts, new LocalCodes(contracts, dayText(world.asOf)));
  const files = new CsvFiles();
  const raw = new RawFiles(files, join(out, 'raw'));
  const deliveries = new Deliveries(join(out, 'deliveries'), key, world.asOf);
  const truth = new TruthFiles(join(out, 'truth'));
  const linkage = sheet('person_linkage');
  const plan = { seed, asOf: world.asOf, nights: NIGHTS, mishaps: order.mishaps ?? ordinaryMishaps };

  return {
    truth,
    sendLinkage(person, who) {
      const row = linkageRow(seed, who, world.asOf);
      const version: Version = {
        night: 0,
        number: 1,
        op: 'insert',
        updated: row.updated,
        cells: {},
        rejectedBy: undefined,
      };
      tally.linkageRows++;
      raw.addPerson(world.asOf, who);
      truth.addMembership(person, who, deliveries.personToken(who.agency, who.localId));
      if (order.rawOnly !== true) deliveries.addLinkage(who, linkage, row, version);
    },
    send(row) {
      const into = sheet(row.record);
      for (const version of versionsOf(row, into.record, into.isLeaf, plan)) {
        const night = world.asOf + version.night;
        tally.addRow(row, version, dayText(night));
        raw.addRow(night, row, version, into);
        if (order.rawOnly !== true) deliveries.addRow(row, version, into);
      }
    },
    close() {
      files.close();
      if (order.rawOnly !== true) deliveries.close();
      truth.close(expectation(tally));
    },
  };
}

function expectation(tally: Tally): unknown {
  return {
    notice: 'made-up data',
    people: tally.people,
    hidden: tally.hidden,
    identified: tally.identified,
    in_scope: tally.inScope,
    rows_delivered: Object.fromEntries(tally.delivered),
    rows_to_be_rejected: Object.fromEntries(tally.rejects),
  };
}
