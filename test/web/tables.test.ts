import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tableData } from '../../web/pages/tables/downloads.ts';
import { graphqlOf, zipAddress } from '../../web/pages/tables/elsewhere.ts';
import { tablesPage } from '../../web/pages/tables/index.tsx';
import { readQuestion } from '../../web/pages/tables/question.ts';
import { snippetsOf } from '../../web/pages/tables/snippets.tsx';
import type { Ports } from '../../web/ports.ts';
import type { ReleasedTable, TableQuestion } from '../../web/released-table.ts';
import { type Visit, visitOf } from '../../web/visit.ts';
import { testBrowser } from '../support/browser.ts';
import { catalogue, release, table } from './made-up-release.ts';
import { testConsole } from './test-console.ts';

const console = testConsole(['public']);
const browser = testBrowser();

function visit(query: string): Visit {
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
    query: new URLSearchParams(query),
    hub: { version: '1', madeUp: true, release },
    permission: undefined,
    sent: {},
    may: () => false,
    permit: () => undefined,
    refused: () => {},
  });
}

function ports(
  read: Ports['table'] = (question) => Promise.resolve(table(question)),
): Pick<Ports, 'catalogue' | 'table'> {
  return {
    catalogue: () => Promise.resolve(catalogue),
    table: read,
  };
}

describe('the question in the address', () => {
  test('whatever the address holds, the question is one that the catalogue has', () => {
    const key = fc.constantFrom('metric', 'place', 'period', 'by', 'release');
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.string())), (pairs) => {
        const question = readQuestion(new URLSearchParams(pairs), catalogue);
        const metric = catalogue.metrics.find((one) => one.id === question?.metric);
        expect(metric).toBeDefined();
        expect(['each', ...(metric?.periods ?? [])]).toContain(question?.period);
        expect([undefined, ...(metric?.breakdowns ?? [])]).toContain(question?.by);
        expect(['all', 'each', ...catalogue.places.map((place) => place.code)]).toContain(question?.place);
      }),
    );
  });
});

describe('what is hidden', () => {
  /** A reader that forgets to empty a hidden cell: the page must not print what it should not have been given. */
  const careless: Ports['table'] = (question) => {
    const made = table(question) as ReleasedTable;
    const cells = made.cells.map((cell) =>
      cell.status === 'hidden'
        ? { ...cell, value: 7_777, numerator: 7_777, denominator: 7_777, lower: 7_777, upper: 7_777 }
        : cell,
    );
    return Promise.resolve({ ...made, cells });
  };

  test.each([
    'place=each&period=2024',
    'by=age_band&period=2024',
    'place=each&period=each',
    'by=age_band&period=each',
    'place=06049&period=2024',
  ])('stands in no picture, table, title or file: %s', async (query) => {
    for (const metric of catalogue.metrics) {
      const asked = visit(`metric=${metric.id}&${query}`);
      const page = await tablesPage(asked, ports(careless));
      const file = await tableData(asked, ports(careless));
      expect(page.body + file.body).not.toMatch(/7[,.]?777/);
      expect(file.body).toContain('hidden');
      expect(page.body).toContain('[c]');
    }
  });

  test('is told in words where it is all there is', async () => {
    const { body } = await tablesPage(
      visit('metric=identified&place=06049&period=2024'),
      ports((question) => Promise.resolve({ ...(table(question) as ReleasedTable), cells: [] })),
    );
    expect(body).toContain('Not available');
  });
});

test('the file has the numbers of the table, one line for each, and says that they are made up', async () => {
  const { body } = await tableData(visit('metric=screened_followed_up&by=age_band&period=2024'), ports());
  const [head, ...lines] = body.trim().split('\r\n');
  expect(head).toBe(
    'metric,version,release,place,period,age_band,label,value,lower,upper,numerator,denominator,flag,made_up',
  );
  expect(lines).toEqual([
    'screened_followed_up,2,3,all,2024,0-12,12 and under,,,,,,hidden,true',
    'screened_followed_up,2,3,all,2024,13-14,13 to 14,60,54,66,140,233,shown,true',
    'screened_followed_up,2,3,all,2024,15-17,15 to 17,67,61,73,201,300,shown,true',
    'screened_followed_up,2,3,all,2024,18-20,"18 to 20, in extended foster care",74,68,80,262,354,shown,true',
  ]);
});

test('before the first release a file is refused in a line, and the page says why it is empty', async () => {
  const nothing = { ...ports(), catalogue: () => Promise.resolve(undefined) };
  const asked = { ...visit(''), hub: { version: '1', madeUp: true, release: undefined } };
  const file = await tableData(asked, nothing);
  expect([file.status, file.type]).toEqual([404, 'text']);
  expect(file.body).toBe('There is no release yet. Figures appear here when the first one is published.\n');
  expect((await tablesPage(asked, nothing)).body).toContain('There is no release yet');
});

test('a permalink keeps its release, and says that there is a newer one', async () => {
  const { body } = await tablesPage(visit('metric=identified&period=2024&release=2'), ports());
  expect(body).toContain('release 3 is newer');
  expect(body).toContain('data.csv?metric=identified&amp;place=all&amp;period=2024&amp;release=2');
});

const asked = (query: string): ReleasedTable =>
  table(readQuestion(new URLSearchParams(query), catalogue) as TableQuestion) as ReleasedTable;

test('every snippet reads exactly this view', () => {
  const snippets = snippetsOf(asked('metric=identified&place=all&period=2024&release=3'));
  expect(snippets.map(({ language }) => language)).toEqual(['curl', 'R', 'Python', 'GraphQL']);
  for (const { code } of snippets.slice(0, 3))
    expect(code).toContain('/tables/data.csv?metric=identified&place=all&period=2024&release=3');
});

test.each([
  ['place=all&period=2024', '?period=2024&release=3', 'metric: "identified", period: ["2024"], release: 3'],
  [
    'place=06037&period=2024',
    '?county=06037&period=2024&release=3',
    'where: [{ dimension: COUNTY, member: "06037" }], period: ["2024"], release: 3',
  ],
  ['place=each&period=each', '?by=county&release=3', 'by: [COUNTY], release: 3'],
  [
    'place=06037&period=2024&by=age_band',
    '?by=age_band&county=06037&period=2024&release=3',
    'by: [AGE_BAND], where: [{ dimension: COUNTY, member: "06037" }], period: ["2024"], release: 3',
  ],
])('the ZIP and the question in GraphQL are those of the view %s', (query, address, question) => {
  const view = asked(`metric=identified&${query}`);
  expect(zipAddress(view)).toBe(`/data/identified.zip${address}`);
  expect(graphqlOf(view)).toContain(question);
});

describe('a comparison', () => {
  const rowsIn = async (query: string): Promise<string[]> => {
    const { body } = await tablesPage(visit(query), ports());
    const [, compared = ''] = body.split('id="compared"');
    return [...compared.matchAll(/<tr><th scope="row">(.*?)<\/tr>/g)].map(([, row]) =>
      (row ?? '')
        .replaceAll(/<[^>]+>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    );
  };

  test('of two periods or two places has a difference only where both are shown', async () => {
    for (const query of ['place=each&period=2024&with=2023', 'by=age_band&period=2024&with=06037']) {
      const rows = await rowsIn(`metric=identified&${query}`);
      expect(rows.length).toBeGreaterThan(3);
      expect(rows.some((row) => row.includes('[c]'))).toBe(true);
      for (const row of rows) expect(row).toMatch(row.includes('[') ? / –$/ : /( 0| [+−][\d,.]+)$/);
    }
  });

  test('with itself, with what is not there, or without a place beside all of them, is none', async () => {
    for (const query of [
      'place=06037&period=2024&with=06037',
      'place=each&period=2024&with=06037',
      'place=all&period=each&with=2023',
      'place=all&period=2024&with=1999',
    ])
      expect(await rowsIn(`metric=identified&${query}`)).toEqual([]);
  });
});

describe('in the browser', () => {
  test('the form works without a script: choose, show, and the address is the question', async () => {
    const page = await browser.open(console.at('/tables'), { javaScript: false });
    await page.getByLabel('Figure').selectOption('screened_followed_up');
    await page.getByLabel('Place').selectOption('each');
    await page.getByLabel('Period').selectOption('2024');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(new URL(page.url()).search).toBe('?metric=screened_followed_up&place=each&period=2024&by=&with=');
    expect(await page.getByRole('row', { name: /Modoc.*\[c\]/ }).count()).toBe(1);
  });

  test('a keyboard alone reaches an answer', async () => {
    const page = await browser.open(console.at('/tables?metric=identified&period=2024'));
    await page.getByLabel('Breakdown').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Show');
    await page.keyboard.press('Enter');
    await page.waitForURL(/by=age_band/);
    expect(await page.getByRole('row', { name: /13 to 14/ }).count()).toBe(1);
  });

  test('the picture can be saved for a slide', async () => {
    const page = await browser.open(console.at('/tables?metric=identified&place=each&period=2024'));
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Picture (PNG)' }).click(),
    ]);
    expect(saved.suggestedFilename()).toMatch(/\.png$/);
    const [drawn] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Picture (SVG)' }).click(),
    ]);
    expect(drawn.suggestedFilename()).toBe('identified-each-2024-release-3.svg');
  });
});
