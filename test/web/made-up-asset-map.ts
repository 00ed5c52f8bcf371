/** A small asset map behind the pages, with one program whose place is confidential. */
import { madeUpDirectory } from '../../etl/synthesize/directory/directory.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { assetMap } from '../../src/providers/asset-map.ts';
import type { Demand } from '../../src/providers/gaps/demand.ts';
import { gapMatrix, shortByCounty } from '../../src/providers/gaps/gap-matrix.ts';
import { type ImportPlan, planImport } from '../../src/providers/plan-import.ts';
import type { Program } from '../../src/providers/program.ts';
import { search } from '../../src/providers/search.ts';
import type { AssetMapPort } from '../../web/asset-map-view.ts';

const contracts = loadContracts();
const nothing = { programs: [], byId: new Map(), versions: new Map() };
const rows = madeUpDirectory(contracts, 3, 20_634).map((texts, line) => ({ line, texts }));

export const programs: readonly Program[] = planImport(contracts, nothing, rows).fresh.map(
  ({ said, id, providerId }) => ({ ...said, id, providerId, version: 1 }),
);
export const entry: Program = { ...(programs[0] as Program), id: '00000000-0000-8000-8000-00000000000a' };
const byId = new Map([...programs, entry].map((program) => [program.id, program]));
const targets = [{ county: '06037', need: 'HN.HOU', programs: 400, places: 900 }];
const shown = (value: number) => ({ status: 'shown' as const, value });

const UPLOAD = '00000000-0000-8000-8000-00000000000c';

/** Of a file of any size: one row of each fate. */
function planOf(size: number): ImportPlan {
  const said = { ...entry, contact: { ...entry.contact, phone: '(424) 555-0199' } };
  const kept = { id: entry.id, providerId: entry.providerId, seen: 1, said, line: 2 };
  return {
    rows: size > 0 ? 4 : 0,
    fresh: [{ ...kept, line: 3 }],
    changed: [{ ...kept, was: entry, fields: ['phone'] }],
    unchanged: 0,
    waiting: [
      {
        line: 4,
        texts: { program: 'B', counties: '06037' },
        document: undefined,
        reasons: ['looks like an entry by name'],
        looksLike: entry,
      },
    ],
    refused: [{ line: 5, field: 'max_age', words: 'is below min_age' }],
    refusedRows: 1,
  };
}

export const madeUpMap: AssetMapPort = {
  map: (need) => Promise.resolve(assetMap(contracts, programs, need)),
  programs: () => Promise.resolve(programs),
  find: (situation) => Promise.resolve(search(programs, situation, '2026-07-01')),
  program: (id) => Promise.resolve(byId.get(id)),
  gaps: (asked) => {
    const unmet = { status: 'hidden' as const, leftOut: false };
    const told = { found: shown(120), unmet, late: shown(31.5) };
    const of =
      asked.county === undefined ? [] : [['HN.HOU', { unmet: { of: 'south', told: shown(64) } }] as const];
    const demand: Demand = {
      release: 3,
      period: '2025',
      byArea: new Map([['HN.HOU', told]]),
      all: told,
      beside: new Map(of),
      notByCounty: new Set(asked.county === undefined ? [] : ['HN.MEN']),
      weight: new Map(),
      twin: false,
    };
    return Promise.resolve({
      needs: gapMatrix(contracts, programs, targets, demand, asked),
      demand,
      programs,
      overTime: [
        { month: '2026-06', programs: 600, places: 9000, occupied: 7000, waiting: 300, reached: 1, aimed: 4 },
      ],
      enrolled: 1200,
      short:
        asked.county === undefined ? shortByCounty(contracts, programs, targets, ['06001', '06037']) : [],
    });
  },
  work: () =>
    Promise.resolve({
      items: [{ program: entry, why: ['stale'], askedOn: null }],
      waiting: [
        {
          id: '00000000-0000-8000-8000-00000000000b',
          texts: { provider: 'A', program: 'B' },
          reasons: ['looks like an entry by name'],
          looksLike: entry.id,
          cameAt: new Date('2026-06-30T00:00:00Z'),
        },
      ],
    }),
  record: () => Promise.resolve(entry),
  look: (_permission, { bytes }) => Promise.resolve({ upload: UPLOAD, plan: planOf(bytes.length) }),
  take: (_permission, upload) => Promise.resolve(upload === UPLOAD ? planOf(1) : undefined),
  ask: () => Promise.resolve(),
  settle: () => Promise.resolve(),
  ofLink: () => Promise.resolve(entry),
  confirm: () => Promise.resolve(true),
};
