/** The asset map: search over 5,000 programs, an import of 2,000 rows with mistakes in them, and the size of its page. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readProviderFile } from '../etl/providers/read-file.ts';
import { madeUpDirectory } from '../etl/synthesize/directory/directory.ts';
import { loadContracts } from '../src/contracts/contracts.ts';
import { directoryCsv } from '../src/providers/as-csv.ts';
import type { Texts } from '../src/providers/as-texts.ts';
import { assetMap } from '../src/providers/asset-map.ts';
import { type ImportPlan, planImport } from '../src/providers/plan-import.ts';
import type { Program } from '../src/providers/program.ts';
import { type Situation, search } from '../src/providers/search.ts';
import { mapPage } from '../web/pages/map/index.tsx';
import type { Ports } from '../web/ports.ts';
import { visitOf } from '../web/visit.ts';
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
      rows.push({ ...texts, provider: `${wordOf(seed)} ${texts['provider']}` });
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
  const standing = { programs, byId: new Map(programs.map((one) => [one.id, one])), versions: new Map() };
  const results = [];
  for (const [at, asked] of QUESTIONS.entries()) {
    const seconds = await time(() => search(programs, asked, '2026-07-01'), Math.max(runs, 20));
    results.push({
      what: `search ${at + 1} over ${programs.length} programs`,
      value: seconds * 1000,
      unit: 'ms',
    });
  }

  const folder = mkdtempSync(join(tmpdir(), 'tessera-bench-'));
  try {
    const file = join(folder, 'programs.csv');
    writeFileSync(file, directoryCsv(contracts, rowsOf(ROWS).map(withMistakes)));
    let plan: ImportPlan | undefined;
    const seconds = await time(async () => {
      plan = planImport(contracts, standing, await readProviderFile(contracts, file));
    }, runs);
    results.push(
      {
        what: `import of ${ROWS} rows beside ${programs.length}: read and planned`,
        value: seconds,
        unit: 's',
      },
      { what: 'rows refused, each with its line and field', value: plan?.refusedRows ?? 0, unit: 'rows' },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }

  const page = await mapPage(visit, portsOf(programs.slice(0, 600)));
  results.push({
    what: 'map page of 600 programs',
    value: gzipSync(page.body).length / 1000,
    unit: 'kB compressed',
  });
  return results;
};

const visit = visitOf({
  viewer: {
    role: 'public',
    county: undefined,
    agency: undefined,
    person: undefined,
    name: undefined,
    language: 'en',
  },
  path: '/map',
  params: {},
  query: new URLSearchParams(),
  hub: { version: '1', madeUp: true, release: undefined },
  permission: undefined,
  sent: {},
  may: () => false,
  permit: () => undefined,
});

/** All that the page asks. */
function portsOf(programs: readonly Program[]): Ports {
  const port = {
    map: () => Promise.resolve(assetMap(contracts, programs, undefined)),
    programs: () => Promise.resolve(programs),
  };
  return { contracts, assetMap: port } as unknown as Ports;
}

function wordOf(seed: number): string {
  return ['Abra', 'Belo', 'Ceru', 'Dimo', 'Efta', 'Gulo', 'Hapa', 'Juno', 'Kelt'][seed % 9] ?? 'Abra';
}
