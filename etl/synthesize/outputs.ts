import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { dayText } from './day.ts';
import { Deliveries } from './deliveries.ts';
import type { World } from './household.ts';
import { NOTICE } from './made-up.ts';
import type { Membership } from './membership.ts';
import type { Person } from './person.ts';
import { linkageRow } from './person-row.ts';
import { madeUpKey, writeMadeUpKey } from './project-key.ts';
import { RawFiles } from './raw-files.ts';
import { type Mishaps, ordinaryMishaps, type Version, versionsOf } from './row-versions.ts';
import { sheets } from './sheet.ts';
import { sourcesFile } from './sources-file.ts';
import type { Row } from './story.ts';
import type { Tally } from './tally.ts';
import { TruthFiles } from './truth-files.ts';

/** Nightly deltas after the full deliveries. */
export const NIGHTS = 3;

/** Where what is made goes. */
export interface Destination {
  readonly seed: number;
  readonly out: string;
  /** Leaves the encoded deliveries out. */
  readonly rawOnly?: boolean;
  readonly mishaps?: Mishaps;
}

export interface Outputs {
  readonly truth: TruthFiles;
  sendLinkage(person: Person, who: Membership): void;
  send(row: Row): void;
  close(): void;
}

/** The folders of an order. What an earlier run left in them goes first, so that no old file is taken for a new one. */
export function openOutputs(contracts: Contracts, order: Destination, world: World, tally: Tally): Outputs {
  const { seed, out } = order;
  for (const folder of ['raw', 'deliveries', 'truth'])
    rmSync(join(out, folder), { recursive: true, force: true });
  mkdirSync(join(out, 'raw'), { recursive: true });
  const key = madeUpKey(seed);
  writeMadeUpKey(key, join(out, 'raw', 'made-up-data.key'));
  writeFileSync(join(out, 'raw', 'README.txt'), NOTICE);

  const sheet = sheets(contracts, dayText(world.asOf));
  const raw = new RawFiles(join(out, 'raw'), world.asOf);
  const deliveries = new Deliveries(join(out, 'deliveries'), key, world.asOf);
  const truth = new TruthFiles(join(out, 'truth'));
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
      raw.addPerson(who);
      truth.addMembership(person, who, deliveries.personToken(who.agency, who.localId));
      if (order.rawOnly !== true)
        deliveries.addLinkage(who, sheet('person_linkage', who.agency), row, version);
    },
    send(row) {
      const into = sheet(row.record, row.agency);
      for (const version of versionsOf(row, into.record, into.isLeaf, plan)) {
        tally.addRow(into, version.rejectedBy, world.asOf + version.night);
        const cells = into.cellsOf(row, version);
        raw.addRow(version.night, into, cells);
        if (order.rawOnly !== true) deliveries.addRow(version, into, cells);
      }
    },
    close() {
      raw.close();
      if (order.rawOnly !== true) {
        const sent = deliveries.close();
        writeFileSync(join(out, 'deliveries', 'sources.yaml'), sourcesFile(contracts, world.places, sent));
      }
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
