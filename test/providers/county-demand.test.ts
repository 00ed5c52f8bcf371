/** Of a county only what its own figures show is its own; everything else stands beside it under the name of another place. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadContracts } from '../../src/contracts/contracts.ts';
import type { ReleaseFigure } from '../../src/disclosure/release/release-figures.ts';
import { areasNotByCounty, areasOf } from '../../src/providers/gaps/areas.ts';
import { withStandIns } from '../../src/providers/gaps/county-demand.ts';
import type { Demand } from '../../src/providers/gaps/demand.ts';
import { gapMatrix } from '../../src/providers/gaps/gap-matrix.ts';
import { type ToldTable, valueOf } from '../../src/providers/gaps/told.ts';

const contracts = loadContracts();
const closed = areasNotByCounty(contracts);
const ordinary = areasOf(contracts).filter((area) => !closed.has(area));

test('the branches that no table by county tells of are those that a minor may consent to, and what is never held', () => {
  expect([...closed].toSorted()).toEqual(['HN.MEN', 'HN.SRH', 'HN.SUD']);
  const inPart = [...contracts.needs.nodes.values()].filter(
    ({ code, minorConsent }) => minorConsent && !closed.has(code.slice(0, 6)),
  );
  // Beside whole branches the metric leaves out these: what is added to the tree must be left out there too.
  const excluded = /^HN\.(?:MEN|SRH|SUD|ICR\.HLT|ICR\.EMO)(?:\.|$)/;
  expect(inPart.filter(({ code }) => !excluded.test(code)).map(({ code }) => code)).toEqual([]);
  expect(contracts.metrics.get('needs_by_county')?.sql.get(1)).toContain(
    String.raw`'^HN\.(MEN|SRH|SUD|ICR\.HLT|ICR\.EMO)(\.|$)'`,
  );
});

/** What a table says of one place and branch: a number, or that it is hidden. */
const said = fc.option(fc.integer({ min: 11, max: 900 }), { nil: undefined });
const place = fc.record(Object.fromEntries([...ordinary, 'all'].map((area) => [area, fc.tuple(said, said)])));

function figures(
  dims: Readonly<Record<string, string>>,
  of: Readonly<Record<string, readonly (number | undefined)[]>>,
): ReleaseFigure[] {
  return Object.entries(of).flatMap(([area, values]) =>
    values.map((value, at): ReleaseFigure => {
      const all = { ...dims, area, answer: at === 0 ? 'all' : 'unmet' };
      return {
        metric: 'needs_by_county',
        version: 1,
        tbl: Object.keys(all).join('+'),
        period: '2023/2025',
        cell: JSON.stringify(all),
        dims: all,
        numerator: value ?? null,
        denominator: null,
        value: value ?? null,
        lower: null,
        upper: null,
        status: value === undefined ? 'hidden' : 'shown',
        footnotes: [],
      };
    }),
  );
}

const table = (...own: ReleaseFigure[][]): ToldTable => ({
  release: 1,
  period: '2023/2025',
  figures: own.flat(),
});
const shown = (value: number) => ({ status: 'shown' as const, value });

test('what is hidden of the county is never filled, and the narrowest place that shows it stands beside it', () => {
  fc.assert(
    fc.property(place, place, place, (own, south, whole) => {
      const state: Demand = {
        release: 1,
        period: '2025',
        byArea: new Map(
          areasOf(contracts).map((area, at) => [
            area,
            { found: shown(1000), unmet: shown(500 + at), late: shown(30) },
          ]),
        ),
        all: undefined,
        beside: new Map(),
        notByCounty: new Set(),
        weight: new Map(),
        twin: false,
      };
      const regions = table(figures({ region: 'south' }, south), figures({ region: 'all' }, whole));
      const demand = withStandIns(
        contracts,
        state,
        table(figures({ county: '06037' }, own)),
        regions,
        '06037',
      );
      for (const area of ordinary) {
        const [found, unmet] = own[area] ?? [];
        const mine = demand.byArea.get(area);
        expect([mine && valueOf(mine.found), mine && valueOf(mine.unmet)]).toEqual([found, unmet]);
        const { unmet: beside } = demand.beside.get(area) ?? {};
        const [around, everywhere] = [south[area]?.[1], whole[area]?.[1]];
        const wanted =
          unmet !== undefined
            ? undefined
            : around !== undefined
              ? ['south', around]
              : ['state', everywhere ?? state.byArea.get(area)?.unmet];
        expect(
          beside && [
            beside.of,
            everywhere === undefined && around === undefined ? beside.told : valueOf(beside.told),
          ],
        ).toEqual(wanted);
      }
      for (const area of closed) {
        expect(demand.byArea.get(area)?.unmet.status).toBe('not_available');
        expect(demand.beside.get(area)?.unmet?.of).toBe('state');
      }
      const weights = gapMatrix(contracts, [], [], demand, { county: '06037' }).map(
        ({ need }) => demand.weight.get(need) ?? -1,
      );
      expect(weights).toEqual(weights.toSorted((a, b) => b - a));
    }),
    { numRuns: 60 },
  );
});
