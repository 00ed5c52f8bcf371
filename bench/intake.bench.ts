/**
 * A delivery's way from its files to current rows, against what PostgreSQL does at best: a bare COPY of the same
 * files into unlogged tables (as far as staging), and into logged tables with the same indexes (to the end).
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, createReadStream, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { DataSource } from 'typeorm';
import { recordTable } from '../etl/load/record-table.ts';
import { stageDelivery } from '../etl/load/stage-delivery.ts';
import { surrogateTextLength, surrogateWriter } from '../etl/load/surrogate.ts';
import { openDelivery } from '../etl/receive/delivery.ts';
import { mapping } from '../src/app/mapping.ts';
import { loadContracts } from '../src/contracts/contracts.ts';
import { recordNamed } from '../src/contracts/lookup.ts';
import { connect } from '../src/db/data-source.ts';
import { startEmbeddedServer } from '../src/db/embedded/server.ts';
import { migrateUp } from '../src/db/migrate.ts';
import { registerSources } from '../src/sources/register.ts';
import { median, type Result, type Run } from './harness.ts';
import type { IntakeAlone } from './intake-alone.ts';
import { extracts, persons, writeExtracts } from './made-up/extracts.ts';

const rows = 1_000_000;
const surrogateKey = Buffer.alloc(32, 7);

export const run: Run = async ({ runs }) => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tessera-bench-')));
  chmodSync(folder, 0o711);
  const server = await startEmbeddedServer(folder);
  try {
    const owner = await connect(server.target, 'owner', mapping);
    await migrateUp(owner, server.target.roleSecret);
    const loader = await connect(server.target, 'loader', mapping);
    await registerBenchAgency(loader);
    const files = writeExtracts(join(folder, 'delivery'), rows, 'bench');
    const results = [
      ...(await measureStaging(loader, owner, join(folder, 'delivery'), files, runs)),
      ...(await measureWhole(owner, folder, files, runs, server.target.urlFor('loader'))),
    ];
    await loader.destroy();
    await owner.destroy();
    return results;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

async function measureStaging(
  loader: DataSource,
  owner: DataSource,
  folder: string,
  files: readonly string[],
  runs: number,
): Promise<Result[]> {
  const contracts = loadContracts();
  const delivery = await openDelivery(folder, contracts);
  const stage = async (): Promise<void> => {
    await stageDelivery(
      loader,
      delivery,
      contracts,
      {
        agency: 'CW-9',
        system: 'child_welfare',
        asOf: delivery.manifest.asOf,
        minorConsentServices: false,
        writeSurrogate: surrogateWriter(surrogateKey, 'CW-9'),
        surrogateBytes: surrogateTextLength,
      },
      { report: async () => {}, at: () => {} },
    );
  };
  const bare = () => bareCopy(owner, files, 'UNLOGGED', false);
  const { a, b, ratio } = await inTurn(
    () => timed(stage),
    () => timed(bare),
    runs,
  );
  return [
    { what: 'bare COPY to staging', value: (2 * rows) / b, unit: 'rows/s' },
    {
      what: 'read, validate, map, COPY to staging',
      value: (2 * rows) / a,
      unit: 'rows/s',
      ratio,
      against: 'bare COPY',
    },
  ];
}

async function measureWhole(
  owner: DataSource,
  folder: string,
  files: readonly string[],
  runs: number,
  loaderUrl: string,
): Promise<Result[]> {
  const peaks: number[] = [];
  let number = 0;
  /** A delivery that came before is no work: each is written anew, untimed, before it is taken in. */
  const prepare = async (size: number): Promise<string> => {
    for (const { record } of extracts) await owner.query(`TRUNCATE events.${record}`);
    await owner.query('TRUNCATE events.quarantine');
    const delivery = join(folder, 'one');
    writeExtracts(delivery, size, `bench-${number++}`);
    return delivery;
  };
  writeExtracts(join(folder, 'persons'), 400_000, 'persons', [persons]);
  await deliverApart(join(folder, 'persons'), loaderUrl);
  const whole = async (): Promise<number> => {
    const { seconds, megabytes } = await deliverApart(await prepare(rows), loaderUrl);
    peaks.push(megabytes);
    return seconds;
  };
  const bare = () => timed(() => bareCopy(owner, files, '', true));
  const { a, b, ratio } = await inTurn(whole, bare, runs);
  const small = await deliverApart(await prepare(rows / 4), loaderUrl);
  return [
    { what: 'bare COPY, logged, same indexes', value: (2 * rows) / b, unit: 'rows/s' },
    {
      what: 'whole delivery to current rows',
      value: (2 * rows) / a,
      unit: 'rows/s',
      ratio,
      against: 'bare COPY',
    },
    { what: `peak memory at ${2 * rows} rows`, value: median(peaks), unit: 'MB' },
    { what: `peak memory at ${rows / 2} rows`, value: small.megabytes, unit: 'MB' },
  ];
}

/** A B A B …, each answering its own seconds, after one warm-up of both. */
async function inTurn(
  a: () => Promise<number>,
  b: () => Promise<number>,
  runs: number,
): Promise<{ a: number; b: number; ratio: number }> {
  const pairs: { a: number; b: number }[] = [];
  for (let i = 0; i <= runs; i++) {
    const pair = { a: await a(), b: await b() };
    if (i > 0) pairs.push(pair);
  }
  return {
    a: median(pairs.map((pair) => pair.a)),
    b: median(pairs.map((pair) => pair.b)),
    ratio: median(pairs.map((pair) => pair.b / pair.a)),
  };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** The files as they are, pseudonym and all, into tables that nobody else uses. */
async function bareCopy(
  owner: DataSource,
  files: readonly string[],
  logging: 'UNLOGGED' | '',
  indexed: boolean,
): Promise<void> {
  const runner = owner.createQueryRunner();
  const client = (await runner.connect()) as PoolClient;
  try {
    for (const path of files) {
      const record = basename(path, '.csv');
      const { columns } = recordTable(recordNamed(loadContracts(), record));
      const typed = columns.map((column) =>
        column.name === 'surrogate' ? 'surrogate text' : `${column.name} ${column.type}`,
      );
      await client.query(`DROP TABLE IF EXISTS public.bare_${record}`);
      await client.query(`CREATE ${logging} TABLE public.bare_${record} (${typed.join(', ')})`);
      if (indexed) {
        await client.query(`CREATE UNIQUE INDEX ON public.bare_${record} (source_agency, source_record_id)`);
        await client.query(`CREATE INDEX ON public.bare_${record} (surrogate)`);
      }
      const named = extracts.find((extract) => extract.record === record)?.columns ?? [];
      const into = named.map((name) => (name === 'person_token' ? 'surrogate' : name));
      const copy = client.query(
        copyFrom(`COPY public.bare_${record} (${into.join(', ')}) FROM STDIN (FORMAT csv, HEADER true)`),
      );
      await pipeline(createReadStream(path, { highWaterMark: 1 << 19 }), copy);
    }
  } finally {
    await runner.release();
  }
}

/** In a process of its own, so that the memory is the intake's alone. */
async function deliverApart(delivery: string, loaderUrl: string): Promise<IntakeAlone> {
  const child = fork(join(import.meta.dirname, 'intake-alone.js'), [delivery, loaderUrl]);
  const [message] = (await once(child, 'message')) as [IntakeAlone];
  await once(child, 'exit');
  return message;
}

async function registerBenchAgency(loader: DataSource): Promise<void> {
  await registerSources(loader, {
    agencies: [{ id: 'CW-9', name: 'Agency CW-9', system: 'child_welfare', countyFips: '06001' }],
    agreements: [
      {
        id: 'AG-1',
        agencies: ['CW-9'],
        recordTypes: [...extracts, persons].map((extract) => extract.record),
        purposes: ['identification'],
        withheldFields: [],
        minorConsentServices: false,
        vocaPersonRows: false,
        contentUpFront: true,
        effectiveFrom: '2025-01-01',
        effectiveTo: null,
      },
    ],
  });
}
