/** The asset map: search over 5,000 programs, an import of 2,000 rows with mistakes in them, and the size of its page. */
import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { importProviders } from '../etl/providers/import.ts';
import { madeUpDirectory } from '../etl/synthesize/directory/directory.ts';
import { loadContracts } from '../src/contracts/contracts.ts';
import { applyPlan } from '../src/providers/apply-plan.ts';
import { directoryCsv } from '../src/providers/as-csv.ts';
import type { Texts } from '../src/providers/as-texts.ts';
import { directory } from '../src/providers/directory.ts';
import { planImport } from '../src/providers/plan-import.ts';
import type { Program } from '../src/providers/program.ts';
import { type Situation, search } from '../src/providers/search.ts';
import { startBenchHub } from './api/hub.ts';
import { type Run, time } from './harness.ts';

const contracts = loadContracts();
const PROGRAMS = 5000;
const ROWS = 2000;
const QUESTIONS: readonly Situation[] = [
  {},
  { county: '06037', needs: ['HN.HOU.PLC'], age: 16, gender: 'boys', free: true },
  { county: '06003', needs: ['HN.MEN'], age: 13, language: 'spa', system: 'dependents' },
  { words: 'youth alliance', age: 17 },
];

/** As many made-up states beside each other as it takes, told apart by their names. */
function rowsOf(count: number): readonly Texts[] {
  const rows: Texts[] = [];
  for (let seed = 1; rows.length < count; seed++)
    for (const texts of madeUpDirectory(contracts, seed, 20_634))
      rows.push({
        ...texts,
        provider: (texts['provider'] ?? '').replace(/^\w+/, (word) => word + wordOf(seed).toLowerCase()),
        phone: (texts['phone'] ?? '').replace('555-', `5${seed + 60}-`),
      });
  return rows.slice(0, count);
}

/** Every mistake that is asked for, one row in ten. */
function withMistakes(texts: Texts, at: number): Texts {
  const mistakes: readonly Texts[] = [
    { confidential: 'true', counties: '06001;06003', street: '1 Istrella Way' },
    { occupied: '99999' },
    { min_age: '20', max_age: '3' },
    { needs: 'HN.NOTHING' },
  ];
  return at % 10 === 0 ? { ...texts, ...mistakes[(at / 10) % mistakes.length] } : texts;
}

export const run: Run = async ({ runs }) => {
  const nothing = { programs: [], byId: new Map<string, Program>(), versions: new Map<string, number>() };
  const came = (rows: readonly Texts[]) => rows.map((texts, at) => ({ line: at + 2, texts }));
  const planned = planImport(contracts, nothing, came(rowsOf(PROGRAMS)));
  const programs = planned.fresh.map(({ said, id, providerId }) => ({ ...said, id, providerId, version: 1 }));
  const results = [];
  for (const [at, asked] of QUESTIONS.entries()) {
    const seconds = await time(() => search(programs, asked, '2026-07-01'), Math.max(runs, 20));
    results.push({
      what: `search ${at + 1} over ${programs.length} programs`,
      value: seconds * 1000,
      unit: 'ms',
    });
  }

  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tessera-bench-')));
  chmodSync(folder, 0o711);
  const hub = await startBenchHub(folder);
  try {
    const loader = await hub.as('loader');
    await applyPlan(loader, planned, 'bench');
    await directory(loader);
    const file = join(folder, 'programs.csv');
    writeFileSync(
      file,
      directoryCsv(
        contracts,
        rowsOf(PROGRAMS + ROWS)
          .slice(PROGRAMS)
          .map(withMistakes),
      ),
    );
    const begun = performance.now();
    const plan = await importProviders({ loader, requestedBy: 'bench', dryRun: false, otherwise: {} }, file);
    results.push(
      {
        what: `import of ${ROWS} rows beside ${programs.length}`,
        value: (performance.now() - begun) / 1000,
        unit: 's',
      },
      { what: 'rows added', value: plan.fresh.length, unit: 'rows' },
      { what: 'rows that wait, looking like another', value: plan.waiting.length, unit: 'rows' },
      { what: 'rows refused, each with its line and fields', value: plan.refusedRows, unit: 'rows' },
    );
    const find = async (): Promise<string> => {
      const answer = await fetch(`${hub.url}/map/find`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'county=06037&need=HN.HOU.PLC&age=16&gender=boys&free=yes',
      });
      return answer.text();
    };
    const seconds = await time(find, Math.max(runs, 20));
    results.push({ what: 'search and its page, over HTTP', value: seconds * 1000, unit: 'ms' });
    const page = await (await fetch(`${hub.url}/map`)).text();
    results.push({ what: 'map page', value: gzipSync(page).length / 1000, unit: 'kB compressed' });
  } finally {
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return results;
};

const WORDS = 'Abra Belo Ceru Dimo Efta Gulo Hapa Juno Kelt Lumo Nefi Opal Pru Quill Rasp'.split(' ');

function wordOf(seed: number): string {
  return WORDS[seed % WORDS.length] ?? '';
}
