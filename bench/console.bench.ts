import { performance } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import { counties } from '../reports/charts/california.generated.ts';
import { tablesPage } from '../web/pages/tables/index.tsx';
import type { Ports } from '../web/ports.ts';
import type { Catalogue, ReleasedCell, TableQuestion } from '../web/released-table.ts';
import { type Visit, visitOf } from '../web/visit.ts';
import { median, type Result, type Run } from './harness.ts';

const PAGES = 200;
const WARM_UP = 100;
const RENDER = { atMost: 5 };
const release = { number: 3, state: 'final', closedOn: '2025-12-31' };
const places = counties.map(({ fips }) => ({ code: fips, label: `County ${fips}` }));
const periods = ['2021', '2022', '2023', '2024', '2025'];

const catalogue: Catalogue = {
  places,
  metrics: [
    {
      id: 'made_up',
      version: 1,
      group: 'Made up',
      title: 'Made-up figure',
      question: 'How long does a page take?',
      unit: 'Young people',
      statistic: 'share',
      limits: undefined,
      breakdowns: [],
      periods,
    },
  ],
};

/** The table page over all counties: a map, twice, and a table of 58 rows; rendering only, without a network. */
export const run: Run = async ({ runs }) => {
  const results: Result[] = [];
  for (const [what, query] of [
    ['table page, 58 counties with a map', 'place=each&period=2024'],
    ['table page, one county over five years', 'place=06037&period=each'],
  ] as const) {
    const visit = visitFor(query);
    const page = await tablesPage(visit, ports);
    const taken: number[] = [];
    for (let at = -WARM_UP; at < PAGES * runs; at++) {
      const start = performance.now();
      await tablesPage(visit, ports);
      if (at >= 0) taken.push(performance.now() - start);
    }
    results.push(
      { what: `${what}: median`, value: median(taken), unit: 'ms', bar: RENDER },
      { what: `${what}: size`, value: gzipSync(page.body).length / 1000, unit: 'kB compressed' },
    );
  }
  return results;
};

function visitFor(query: string): Visit {
  return visitOf({
    viewer: {
      role: 'public',
      county: undefined,
      agency: undefined,
      person: undefined,
      name: undefined,
      held: undefined,
      language: 'en',
    },
    path: '/tables',
    params: {},
    query: new URLSearchParams(`metric=made_up&${query}`),
    hub: { version: '1', madeUp: true, release },
    permission: undefined,
    sent: {},
    may: () => false,
    permit: () => undefined,
    refused: () => {},
  });
}

/** All that the table page asks. */
const ports: Pick<Ports, 'catalogue' | 'table'> = {
  catalogue: () => Promise.resolve(catalogue),
  table: (question) =>
    Promise.resolve({
      metric: catalogue.metrics[0] as Catalogue['metrics'][number],
      question,
      tbl: 'county',
      secure: false,
      release: { ...release, newer: undefined },
      placeLabel: 'California',
      members: question.place === 'each' ? places : [],
      cells: cells(question),
    }),
};

function cells(question: TableQuestion): readonly ReleasedCell[] {
  const members = question.place === 'each' ? places.map((place) => place.code) : [question.place];
  return members.flatMap((county, at) =>
    periods.map((period) => {
      const hidden = at % 5 === 2;
      const value = hidden ? null : 20 + at;
      return {
        dims: { county },
        period,
        value,
        numerator: value,
        denominator: value,
        lower: value,
        upper: value,
        status: hidden ? 'hidden' : 'shown',
        footnotes: [],
      } as const;
    }),
  );
}
