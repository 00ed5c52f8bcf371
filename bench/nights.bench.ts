/**
 * Whole nights of a made-up state to their candidate, stage by stage, while the hub that has them answers: the first one, which
 * takes everything in, and one of its later nights. `--size` says how large the state is, `--people` makes it smaller, and
 * `--deliveries` takes a folder that `synthesize` filled. The clock starts with the night's process and stops with its end.
 */
import { chmodSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sizes } from '../etl/synthesize/size.ts';
import { synthesize } from '../etl/synthesize/synthesize.ts';
import { loadContracts } from '../src/contracts/contracts.ts';
import { registerSources } from '../src/sources/register.ts';
import { readSourcesFile } from '../src/sources/sources-file.ts';
import { quantile, startAsker } from './api/asker.ts';
import { type BenchHub, startBenchHub } from './api/hub.ts';
import { tenQuestions } from './api/questions.ts';
import type { Result, Run } from './harness.ts';
import { storeMadeUpRelease } from './made-up/release.ts';
import { haveNight, type NightTaken } from './nights/one-night.ts';

const COUNTY = '06037';
const PER_SECOND = 20;
/** How long answers are measured without a night, and how long at least within one. */
const SECONDS = 20;

/** First night and later night, in seconds, and what all processes may hold together, in MiB. */
const BARS = {
  test: { first: 30, later: 30, memory: 16_384 },
  demo: { first: 30, later: 30, memory: 16_384 },
  county: { first: 2700, later: 300, memory: 16_384 },
  state: { first: 2700, later: 300, memory: 16_384 },
} as const;

export const run: Run = async ({ size = 'demo', people, deliveries }) => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tessera-bench-')));
  chmodSync(folder, 0o711);
  const data = join(folder, 'hub');
  const state = deliveries ?? join(folder, 'state');
  const contracts = loadContracts();
  if (deliveries === undefined) {
    console.log(`making a state of ${people ?? sizes[size].people} young people`);
    const smaller = people === undefined ? {} : { people };
    synthesize(contracts, { size: { ...sizes[size], ...smaller }, seed: 1, out: state });
  }
  const hub = await startBenchHub(data);
  try {
    const loader = await hub.as('loader');
    const incoming = join(state, 'deliveries');
    await registerSources(loader, readSourcesFile(join(incoming, 'sources.yaml')));
    await storeMadeUpRelease(await hub.as('owner'), contracts);
    const nights = readdirSync(incoming)
      .filter((name) => /^\d{4}-\d{2}-\d{2}$/.test(name))
      .toSorted();
    const [first = '', ...later] = nights;
    const bars = BARS[size];
    const results = await told(
      hub,
      'first night',
      await haveNight(hub, data, join(incoming, first)),
      bars.first,
    );
    const calm = await answers(hub, sleep(SECONDS * 1000));
    for (const [at, night] of later.entries()) {
      // The last one is measured; those before it make it one of many.
      const last = at === later.length - 1;
      const having = haveNight(hub, data, join(incoming, night));
      if (!last) {
        await having;
        continue;
      }
      const during = await answers(hub, having);
      results.push(...(await told(hub, 'later night', await having, bars.later)));
      results.push(
        { what: 'answers without a night, p99', value: calm, unit: 'ms' },
        {
          what: 'answers while a night runs, p99',
          value: during,
          unit: 'ms',
          ratio: during / calm,
          against: 'those without a night',
          bar: { atMost: 2 },
        },
      );
    }
    const peak = Math.max(...results.filter(({ unit }) => unit === 'MiB').map(({ value }) => value));
    results.push({ what: 'memory of all processes', value: peak, unit: 'MiB', bar: { atMost: bars.memory } });
    return results;
  } finally {
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Each stage with its rows, its time and the most memory that all processes of the hub held in it. */
async function told(
  hub: BenchHub,
  which: string,
  { report, seconds, began, ended, watch }: NightTaken,
  most: number,
): Promise<Result[]> {
  const kept = await (await hub.as('loader')).query<{ stage: string; from: Date; until: Date }[]>(
    'SELECT stage, started_at AS "from", ended_at AS "until" FROM ops.night_stage WHERE run_id = $1 ORDER BY place',
    [report.run],
  );
  const stages = report.stages.flatMap(({ stage, seconds: taken, rows_in: rows }): Result[] => {
    const when = kept.find((one) => one.stage === stage);
    const [held, busy] =
      when === undefined
        ? [0, 0]
        : [watch.peak(when.from, when.until), watch.processor(when.from, when.until)];
    console.log(
      `${which}, ${stage.padEnd(9)} ${taken.toFixed(1).padStart(8)} s ${busy.toFixed(1).padStart(8)} s of processors ${held.toFixed(0).padStart(7)} MiB ${rows} in`,
    );
    return [{ what: `${which}: ${stage}`, value: taken, unit: 's' }];
  });
  const failed = report.stages.find(({ outcome }) => outcome === 'failed');
  if (failed !== undefined) throw new Error(`${which}: ${failed.stage} failed: ${failed.reason}`);
  const loaded = report.stages.find(({ stage }) => stage === 'load')?.accepted ?? 0;
  return [
    { what: `${which}: rows loaded`, value: loaded, unit: 'rows' },
    ...stages,
    { what: `${which}: processor time`, value: watch.processor(began, ended), unit: 's' },
    { what: `${which}: most memory`, value: watch.peak(began, ended), unit: 'MiB' },
    { what: `${which}, to its candidate`, value: seconds, unit: 's', bar: { atMost: most } },
  ];
}

/** The 99th percentile, in milliseconds, of questions that come at random moments for as long as something lasts. */
async function answers(hub: BenchHub, lasting: Promise<unknown>): Promise<number> {
  const questions = tenQuestions({
    anybody: await hub.token({ role: 'state-analyst' }),
    county: COUNTY,
    countyToken: '',
  }).slice(0, -1);
  const over = { yes: false };
  void lasting.finally(() => (over.yes = true)).catch(() => {});
  const late: number[] = [];
  const asker = startAsker();
  while (!over.yes) {
    const answered = await asker.drive({
      url: `${hub.url}/graphql`,
      questions,
      perSecond: PER_SECOND,
      seconds: 5,
    });
    if (answered.failed > 0) throw new Error(`${answered.failed} questions were not answered`);
    late.push(...Object.values(answered.latencies).flat());
  }
  asker.stop();
  return quantile(late, 0.99);
}
