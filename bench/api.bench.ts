/**
 * The API as the hub serves it, with authentication, policy and the audit log on: how late answers come when questions
 * come at 200 a second, and how many it answers beside PostGraphile 5 on the same rows. BENCH_HUB names the data folder
 * of a stopped hub that has a release; without it a made-up release of the declared tables is served.
 */
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadContracts } from '../src/contracts/contracts.ts';
import { transaction } from '../src/db/transaction.ts';
import { type Drive, quantile, startAsker } from './api/asker.ts';
import { type BenchHub, startBenchHub } from './api/hub.ts';
import type { Answered, Question } from './api/open-loop.ts';
import { watchProcessorWaits } from './api/processor-waits.ts';
import { sameRows, tenQuestions } from './api/questions.ts';
import { median, type Result, type Run } from './harness.ts';
import { storeMadeUpRelease } from './made-up/release.ts';
import { startPostgraphile } from './peers/postgraphile.ts';

const PER_SECOND = 200;
const SECONDS = 15;
/** What a hub that has just started takes until its code is compiled. */
const WARM_UP_SECONDS = 10;
const TOGETHER = 16;
/** Of one turn of the comparison; there are as many for each side as there are runs, and one to warm up. */
const TURN_SECONDS = 4;
const P99 = { atMost: 50 };
const THROUGHPUT = { atLeast: 0.7 };
const COUNTY = '06037';

export const run: Run = async ({ runs }) => {
  const given = process.env['BENCH_HUB'];
  const folder = given ?? realpathSync(mkdtempSync(join(tmpdir(), 'tessera-bench-')));
  chmodSync(folder, 0o711);
  const hub = await startBenchHub(folder);
  const asker = startAsker();
  try {
    const results: Result[] = [];
    if (given === undefined) {
      const rows = await storeMadeUpRelease(await hub.as('owner'), loadContracts());
      results.push({ what: 'made-up release', value: rows, unit: 'figures' });
      await agree(hub);
    }
    const readers = {
      anybody: await hub.token({ role: 'state-analyst' }),
      county: COUNTY,
      countyToken: await hub.token({ role: 'county-analyst', county: COUNTY }),
    };
    results.push(...(await latency(asker.drive, hub, tenQuestions(readers), runs)));
    results.push(...(await throughput(asker.drive, hub, readers, runs)));
    return results;
  } finally {
    asker.stop();
    await hub.stop();
    if (given === undefined) rmSync(folder, { recursive: true, force: true });
  }
};

/** A county's twin is for an agreement in force. */
async function agree(hub: BenchHub): Promise<void> {
  await transaction(
    await hub.as('owner'),
    ({ client }) =>
      client.query(`INSERT INTO governance.agency (id, name, system, county_fips, made_up) VALUES ('CW-9', 'Made up', 'child_welfare', '${COUNTY}', true);
        INSERT INTO governance.agreement (id, agencies, record_types, purposes, minor_consent_services, content_up_front, effective_from)
        VALUES ('AG-9', '{CW-9}', '{person}', '{program_evaluation}', false, false, '2025-01-01')`),
    { county: '*' },
  );
}

async function latency(
  drive: Drive,
  hub: BenchHub,
  questions: readonly Question[],
  runs: number,
): Promise<Result[]> {
  const url = `${hub.url}/graphql`;
  await drive({ url, questions, perSecond: PER_SECOND, seconds: WARM_UP_SECONDS });
  const longestWait = watchProcessorWaits(hub.process.pid);
  const answers: Answered[] = [];
  for (let at = 0; at < runs; at++)
    answers.push(await drive({ url, questions, perSecond: PER_SECOND, seconds: SECONDS }));
  const wait = longestWait();
  const failed = answers.reduce((sum, one) => sum + one.failed, 0);
  if (failed > 0) throw new Error(`${failed} questions were not answered`);
  const of = (name?: string): number[][] =>
    answers.map(({ latencies }) =>
      Object.entries(latencies).flatMap(([one, found]) => (name === undefined || one === name ? found : [])),
    );
  const figure = (what: string, share: number, name?: string): Result => ({
    what,
    value: median(of(name).map((found) => quantile(found, share))),
    unit: 'ms',
  });
  return [
    figure(`${PER_SECOND}/s open loop: median`, 0.5),
    { ...figure(`${PER_SECOND}/s open loop: p99`, 0.99), bar: P99 },
    {
      what: `${PER_SECOND}/s open loop: p99 of the worst run`,
      value: Math.max(...of().map((found) => quantile(found, 0.99))),
      unit: 'ms',
    },
    { what: 'longest wait of the hub for a processor in 0.1 s', value: wait, unit: 'ms' },
    ...questions.map(({ name }) => figure(`p99: ${name}`, 0.99, name)),
  ];
}

async function throughput(
  drive: Drive,
  hub: BenchHub,
  readers: { readonly anybody: string; readonly countyToken: string },
  runs: number,
): Promise<Result[]> {
  const [release] = await (await hub.as('api')).query<{ number: number }[]>(
    `SELECT max(number) AS number FROM release.release WHERE state <> 'withdrawn'`,
  );
  const owner = await hub.as('owner');
  await owner.query('CREATE TABLE IF NOT EXISTS public.bench_audit (body text NOT NULL)');
  const peer = await startPostgraphile(hub.urlFor('api'), hub.urlFor('owner'));
  try {
    const results: Result[] = [];
    for (const [name, { ours, theirs }] of Object.entries(sameRows(release?.number ?? 1, COUNTY))) {
      const token = name.includes('twin') ? readers.countyToken : readers.anybody;
      const rate = async (url: string, body: string): Promise<number> => {
        const done = await drive({
          url,
          questions: [{ name, body, token }],
          together: TOGETHER,
          seconds: TURN_SECONDS,
        });
        if (done.failed > 0) throw new Error(`${name}: ${done.failed} questions were not answered by ${url}`);
        return (done.latencies[name]?.length ?? 0) / done.seconds;
      };
      const us = (): Promise<number> => rate(`${hub.url}/graphql`, ours);
      const them = (): Promise<number> => rate(peer.url, theirs);
      await us();
      await them();
      const pairs: { us: number; them: number }[] = [];
      for (let at = 0; at < runs; at++) pairs.push({ us: await us(), them: await them() });
      results.push({
        what: `throughput: ${name}`,
        value: median(pairs.map((pair) => pair.us)),
        unit: 'answers/s',
        ratio: median(pairs.map((pair) => pair.us / pair.them)),
        against: `PostGraphile (${median(pairs.map((pair) => pair.them)).toFixed(0)}/s)`,
        bar: THROUGHPUT,
      });
    }
    return results;
  } finally {
    peer.process.kill('SIGTERM');
    await owner.query('DROP TABLE public.bench_audit');
  }
}
