/**
 * Every figure of the catalogue from the rows of a made-up state: all facts anew, and after a night on which one row in
 * a hundred was corrected, whoever's it is. 25 million rows of content are the state in full; `--people` makes a smaller
 * one, and `--deliveries` takes what `synthesize` wrote to a folder in by the intake instead. `--hub` keeps the filled hub
 * in a folder, which saves filling it the next time.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { DataSource } from 'typeorm';
import { deliveredRecords, recordTable } from '../etl/load/record-table.ts';
import { type Measured, measure } from '../etl/measure.ts';
import { sizes } from '../etl/synthesize/size.ts';
import { mapping } from '../src/app/mapping.ts';
import { type Contracts, loadContracts } from '../src/contracts/contracts.ts';
import { connect } from '../src/db/data-source.ts';
import { startEmbeddedServer } from '../src/db/embedded/server.ts';
import { migrateUp } from '../src/db/migrate.ts';
import { transaction } from '../src/db/transaction.ts';
import type { Result, Run } from './harness.ts';
import { takeDeliveries } from './made-up/delivered-hub.ts';
import { deliveryNumber, type Filled, fillStressHub } from './made-up/stress-hub.ts';
import { processorSeconds } from './processor-time.ts';

export const run: Run = async ({ people = sizes.state.people, deliveries, hub }) => {
  if (hub !== undefined) mkdirSync(hub, { recursive: true });
  const folder = realpathSync(hub ?? mkdtempSync(join(tmpdir(), 'tessera-bench-')));
  chmodSync(folder, 0o711);
  const filledFile = join(folder, 'filled.json');
  const server = await startEmbeddedServer(folder);
  const open: DataSource[] = [];
  const as = async (duty: 'owner' | 'loader' | 'measurer'): Promise<DataSource> => {
    const source = await connect(server.target, duty, mapping);
    open.push(source);
    return source;
  };
  try {
    const owner = await as('owner');
    await migrateUp(owner, server.target.roleSecret);
    const loader = await as('loader');
    const contracts = loadContracts();
    const filling = await timed(async () => {
      if (existsSync(filledFile)) return JSON.parse(readFileSync(filledFile, 'utf8')) as Filled;
      const filled = await (deliveries === undefined
        ? fillStressHub(owner, loader, contracts, people)
        : takeDeliveries(owner, loader, contracts, deliveries));
      writeFileSync(filledFile, JSON.stringify(filled));
      return filled;
    });
    const measurer = await as('measurer');
    const anew = await timed(() => figuresOf(measurer, contracts, 'anew', true), measurer);
    const corrected = await correct(loader, contracts);
    const after = await timed(() => figuresOf(measurer, contracts, 'after a night'), measurer);
    const atSize = filling.answer.contentRows >= 25_000_000;
    const line = (what: string, value: number, unit: string): Result => ({ what, value, unit });
    return [
      line('people', filling.answer.people, 'people'),
      line('content rows', filling.answer.contentRows, 'rows'),
      line(
        deliveries === undefined
          ? 'filling the hub, no part of the bar'
          : 'taking the deliveries in, no part of the bar',
        filling.seconds,
        's',
      ),
      line('young people in scope', anew.answer.facts?.inScope ?? 0, 'people'),
      line('figures', anew.answer.figures, 'figures'),
      { ...line('everything anew', anew.seconds, 's'), ...(atSize ? { bar: { atMost: 600 } } : {}) },
      line('everything anew, processor time', anew.processor, 's'),
      line('rows corrected in a night', corrected, 'rows'),
      line('young people in scope of whom anything changed', after.answer.facts?.inScope ?? 0, 'people'),
      { ...line('after that night', after.seconds, 's'), ...(atSize ? { bar: { atMost: 90 } } : {}) },
      line('after that night, processor time', after.processor, 's'),
      ...longest('anew', anew.answer),
      ...longest('after that night', after.answer),
    ];
  } finally {
    for (const source of open) await source.destroy();
    await server.stop();
    if (hub === undefined) rmSync(folder, { recursive: true, force: true });
  }
};

/** Where most of the time went. Metrics are counted two at a time, so that the parts come to more than the whole. */
function longest(when: string, { seconds }: Measured): Result[] {
  return Object.entries(seconds)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 20)
    .map(([what, value]) => ({ what: `${when}: ${what}`, value, unit: 's' }));
}

async function timed<T>(
  work: () => Promise<T>,
  source?: DataSource,
): Promise<{ seconds: number; processor: number; answer: T }> {
  const before = source === undefined ? 0 : await processorSeconds(source);
  const start = performance.now();
  const answer = await work();
  const seconds = (performance.now() - start) / 1000;
  return { seconds, processor: source === undefined ? 0 : (await processorSeconds(source)) - before, answer };
}

async function figuresOf(
  measurer: DataSource,
  contracts: Contracts,
  codeVersion: string,
  full = false,
): Promise<Measured> {
  return measure({ measurer, requestedBy: 'a bench', codeVersion, contracts, full });
}

/** One row in a hundred of every record type comes again as a new version, whoever's it is. */
export async function correct(loader: DataSource, contracts: Contracts): Promise<number> {
  return transaction(
    loader,
    async ({ client }) => {
      const delivery = await deliveryNumber(client);
      let corrected = 0;
      for (const table of deliveredRecords(contracts).map(recordTable)) {
        if (table.schema !== 'events') continue;
        const columns = table.columns.map(({ name }) => name);
        const again = columns.map((name) => (name === 'record_version' ? 'record_version + 1' : name));
        const { rowCount } = await client.query(
          `WITH closed AS (
             UPDATE events.${table.record} SET known_to = clock_timestamp()
             WHERE known_to = 'infinity' AND (hashtext(source_record_id) & 2147483647) % 100 = 0 RETURNING *)
           INSERT INTO events.${table.record} (${columns.join(', ')}, delivery, line, known_from)
           SELECT ${again.join(', ')}, ${delivery}, 1, clock_timestamp() FROM closed`,
        );
        corrected += rowCount ?? 0;
      }
      return corrected;
    },
    { county: '*' },
  );
}
