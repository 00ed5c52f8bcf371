import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { judge } from '../../src/access/permit.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { packageRoot } from '../../src/package-root.ts';
import { type Route, routes } from '../../web/routes.tsx';
import { ROLES, type Role } from '../../web/viewer.ts';
import { testBrowser, violations, violationsOnce } from '../support/browser.ts';
import { entry } from './made-up-asset-map.ts';
import { DRAFT, PUBLISHED, REVIEW } from './made-up-editions.ts';
import { draftOf, IN_REVIEW, RELEASED } from './made-up-requests.ts';
import { readerIn, testConsole } from './test-console.ts';

const console = testConsole();
const browser = testBrowser();

/** An address for every route; a new route without one fails the build. */
const named: Readonly<Record<string, string>> = {
  '/tables': '/tables?metric=identified&place=all&period=2024&by=age_band',
  '/definitions/metrics/:name': '/definitions/metrics/identified',
  '/definitions/terms/:name': '/definitions/terms/identified',
  '/definitions/codes/:name': '/definitions/codes/screening_tools',
  '/definitions/records/:name': '/definitions/records/screening',
  '/register/new/:kind': '/register/new/funding',
  '/register/:id': '/register/00000000-0000-8000-8000-000000000007',
  '/agreements/:id': '/agreements/A-1',
  '/linkage/:pair': '/linkage/0123456789ab',
  '/releases/:number': '/releases/1',
  '/map/counties/:county': '/map/counties/06037',
  '/map/programs/:id': `/map/programs/${entry.id}`,
  '/map/edit/:id': '/map/edit/new',
  '/map/confirm/:secret': '/map/confirm/x',
  '/reports/:edition': `/reports/${PUBLISHED}`,
  '/datasets/:secret': '/datasets/x',
  '/requests/:id': `/requests/${IN_REVIEW}`,
  '/requests/:id/change': `/requests/${draftOf('steward')}/change`,
};
const policy = loadContracts().accessPolicy;

function open(route: Route, role: Role): boolean {
  return route.operation === undefined || 'permission' in judge(policy, readerIn(role), route.operation);
}

const pictured = routes.filter((route) => route.method === undefined && !/\.(svg|csv)$/.test(route.path));
/** As somebody of a role may open it: a request that is under way is its author's, and is in review to its reviewers. */
function addressOf({ path }: Route, role: Role = 'steward'): string {
  return path.startsWith('/requests/:id') && role !== 'steward'
    ? path.replace(':id', draftOf(role))
    : (named[path] ?? path);
}

/** Each page as everybody, or as the steward where it is not everybody's. */
const pages = [
  { path: '/sign-in', role: 'public' as const },
  ...pictured.map((route) => ({
    path: addressOf(route),
    role: open(route, 'public') ? ('public' as const) : ('steward' as const),
  })),
  // With every form that there is.
  ...[DRAFT, REVIEW].map((edition) => ({ path: `/reports/${edition}`, role: 'committee-member' as const })),
  { path: `/requests/${draftOf('steward')}`, role: 'steward' as const },
  { path: `/requests/${RELEASED}`, role: 'researcher' as const },
];

/** Kept for whoever wants to look: `.cache/pages`. */
const album = join(packageRoot, '.cache', 'pages');
mkdirSync(album, { recursive: true });

test('every route with a parameter has an address here', () => {
  expect(pages.filter((page) => page.path.includes(':'))).toEqual([]);
});

describe.each([1280, 320])('at %i pixels', (width) => {
  test('every page fits, is made-up data, is accessible, and (at the narrow width) reads without a script', {
    timeout: 600_000,
  }, async () => {
    const { page, goTo } = await browser.walker({ width });
    const plain = await browser.walker({ width, javaScript: false });
    const found: string[] = [];
    for (const { path, role } of pages) {
      await goTo(console.at(path, role));
      found.push(...(await violations(page)).map((violation) => `${path}: ${violation}`));
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      if (wide > width) found.push(`${path}: ${wide} pixels wide`);
      await page.screenshot({ path: join(album, `${fileName(path)}-${width}.png`), fullPage: true });
      if (width > 320) continue;
      await plain.goTo(console.at(path, role));
      const [heading] = await plain.page.getByRole('heading', { level: 1 }).allTextContents();
      if ((heading ?? '') === '') found.push(`${path}: no heading without a script`);
      if ((await plain.page.getByText('Made-up data').count()) === 0)
        found.push(`${path}: not marked as made up`);
    }
    expect(found).toEqual([]);
  });
});

test('every page is in Spanish where Spanish is asked for, and stays so', async () => {
  const { page, goTo } = await browser.walker();
  await goTo(console.at('/tables?metric=identified&lang=es'));
  expect(await page.evaluate('document.documentElement.lang')).toBe('es');
  await goTo(console.at('/gaps'));
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Carencias');
  expect(await violations(page)).toEqual([]);
  await goTo(console.at('/gaps?lang=en'));
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Gaps');
});

test('every link leads somewhere', { timeout: 120_000 }, async () => {
  const met = new Set<string>();
  for (const { path, role } of pages) {
    const body = await (await fetch(console.at(path, role))).text();
    for (const [, href] of body.matchAll(/ (?:href|src)="(\/[^"#]*)/g))
      met.add((href ?? '').replaceAll('&amp;', '&'));
  }
  // Built apart; graphiql.test.ts opens it.
  met.delete('/graphiql');
  // For its county's own sessions, which these servers do not know; test/reports/editions.test.ts reads files.
  for (const href of [...met].filter((one) => one.startsWith(`/reports/${REVIEW}/`))) met.delete(href);
  // Files of a release that is made up for these pages alone; test/api/figures.test.ts reads files.
  for (const href of [...met].filter((one) => one.startsWith('/data/'))) met.delete(href);
  const lost: string[] = [];
  for (const href of met) {
    const { status } = await fetch(console.at(href, 'steward'));
    if (status !== 200) lost.push(`${href}: ${status}`);
  }
  expect(met.size).toBeGreaterThan(100);
  expect(lost).toEqual([]);
});

describe('a keyboard alone', () => {
  const focused = (page: Page): Promise<string> =>
    page.evaluate<string>('document.activeElement.textContent.trim()');

  test('goes through the head of a page in the order in which it is read', async () => {
    const page = await browser.open(console.at('/help'));
    const met: string[] = [];
    for (let step = 0; step < 6; step++) {
      await page.keyboard.press('Tab');
      met.push(await focused(page));
    }
    expect(met).toEqual(['Skip to the content', 'Tessera', 'Sign in', 'Español', 'Overview', 'Tables']);
  });

  test('opens the menu of a narrow page, and what is reached can be seen', async () => {
    const page = await browser.open(console.at('/help'), { width: 320 });
    for (let step = 0; step < 5; step++) await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Menu');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Overview');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/tables$/);
  });

  test('skips to the content', async () => {
    const page = await browser.open(console.at('/definitions'));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Figures');
  });
});

test('paper gets the wide picture and the table, and none of the tools', async () => {
  const page = await browser.open(console.at('/tables?metric=identified&place=all&period=2024&by=age_band'));
  await page.emulateMedia({ media: 'print' });
  const shown = (selector: string): Promise<boolean> => page.locator(selector).first().isVisible();
  expect(await Promise.all(['.chart-wide svg', '#figures', '.made-up', '.foot-line'].map(shown))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(await Promise.all(['.question', '.tools', '.nav-wide', '.chart-narrow'].map(shown))).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

describe('who may see what', () => {
  test('the roles are those of the policy', () => {
    expect(ROLES.toSorted()).toEqual([...policy.roles.keys()].toSorted());
  });

  const violationsOfRole = violationsOnce();
  /** One page for every role: a browser keeps what each of its pages takes. */
  let walker: ReturnType<typeof browser.walker>;
  beforeAll(() => {
    walker = browser.walker();
  });
  test.each(ROLES)(
    '%s opens every page that the policy gives, and nothing else is there',
    {
      timeout: 120_000,
    },
    async (role) => {
      const { page, goTo } = await walker;
      const wrong: string[] = [];
      for (const route of pictured.filter(({ operation }) => operation !== undefined)) {
        const path = addressOf(route, role);
        const answer = await fetch(console.at(path, role), asPage);
        if (open(route, role)) {
          await goTo(console.at(path, role));
          wrong.push(...(await violationsOfRole(page)).map((violation) => `${path}: ${violation}`));
          if (answer.status !== 200) wrong.push(`${path}: ${answer.status}`);
        } else if (
          answer.status !== 404 ||
          strip(await answer.text(), path) !== (await absentBeside(path, role))
        )
          wrong.push(`${path}: not as if it were absent`);
      }
      expect(wrong).toEqual([]);
    },
  );

  test('the menu names only what its reader may open', async () => {
    const wrong: string[] = [];
    for (const role of ROLES) {
      const body = await (await fetch(console.at('/', role))).text();
      for (const route of pictured.filter(({ path }) => !path.includes(':')))
        if (!open(route, role) && body.includes(`href="${route.path}"`)) wrong.push(`${role}: ${route.path}`);
    }
    expect(wrong).toEqual([]);
  });

  test('a steward decides from the hub’s own page, and from nowhere else', async () => {
    const send = (role: Role, headers: Record<string, string>): Promise<Response> =>
      fetch(console.at('/linkage/0123456789ab', role), {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          cookie: 'tessera-session=x',
          ...headers,
        },
        body: 'same=yes',
      });
    expect((await send('steward', { 'sec-fetch-site': 'same-origin' })).status).toBe(303);
    expect((await send('steward', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await send('steward', { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await send('operator', { 'sec-fetch-site': 'same-origin' })).status).toBe(404);
  });

  test('no form does anything for whom the policy does not name', async () => {
    const wrong: string[] = [];
    let sent = 0;
    for (const role of ROLES)
      for (const route of routes.filter((one) => one.method === 'post' && !open(one, role))) {
        const headers = { 'sec-fetch-site': 'same-origin' };
        const body = new URLSearchParams({ same: 'yes' });
        const answer = await fetch(console.at(route.path, role), { method: 'POST', headers, body });
        sent++;
        if (answer.status !== 404) wrong.push(`${role}: ${route.path} ${answer.status}`);
      }
    expect(sent).toBeGreaterThan(60);
    expect(wrong).toEqual([]);
  });

  test('an edition under way is its own county’s, and the forms that its page has are those that the policy gives', async () => {
    const read = async (role: Role, path: string): Promise<Response> => fetch(console.at(path, role), asPage);
    for (const role of ['public', 'operator', 'researcher'] as const) {
      expect((await read(role, `/reports/${DRAFT}`)).status).toBe(404);
      expect(await (await read(role, '/reports')).text()).not.toContain(DRAFT);
    }
    const wrong: string[] = [];
    for (const role of ROLES)
      for (const edition of [DRAFT, REVIEW]) {
        const body = await (await read(role, `/reports/${edition}`)).text();
        for (const route of routes.filter(
          ({ method, path }) => method === 'post' && path.startsWith('/reports/'),
        )) {
          const action = route.path.replace(':edition', edition);
          if (!open(route, role) && body.includes(`action="${action}"`)) wrong.push(`${role}: ${action}`);
        }
      }
    expect(wrong).toEqual([]);
  });

  test('a text, a comment and an approval are sent by plain forms, and a refusal says why in the reader’s language', async () => {
    const send = (role: Role, path: string, form: Record<string, string>): Promise<Response> =>
      fetch(console.at(path, role), {
        method: 'POST',
        redirect: 'manual',
        headers: { 'sec-fetch-site': 'same-origin', cookie: 'tessera-session=x' },
        body: new URLSearchParams(form),
      });
    const words = 'Una llamada a cada familia.\n\nCada semana.';
    const text = { kind: 'practice', party: 'PA.CW', language: 'es', key: 'k', words };
    expect((await send('party-author', `/reports/${DRAFT}/text`, text)).status).toBe(303);
    expect((await send('operator', `/reports/${DRAFT}/text`, text)).status).toBe(404);
    const comment = { key: 'c', words: 'Read, and good.' };
    expect((await send('county-counsel', `/reports/${DRAFT}/comment`, comment)).status).toBe(303);
    const body = await (await fetch(console.at(`/reports/${DRAFT}`, 'committee-member'))).text();
    for (const told of ['Una llamada a cada familia.', 'lang="es"', 'Waits to be signed off', comment.words])
      expect(body).toContain(told);
    const refused = await send('committee-member', `/reports/${DRAFT}/approve`, {});
    expect(refused.headers.get('location')).toBe(`/reports/${DRAFT}?refused=NOT_IN_REVIEW`);
    const said = await (
      await fetch(console.at(`/reports/${DRAFT}?refused=NOT_IN_REVIEW&lang=es`, 'committee-member'))
    ).text();
    expect(said).toContain('No se hizo: no está en revisión.');
  });

  test('counts are told exactly to the steward, in bands to the operator, who sees no reject', async () => {
    const read = async (role: Role): Promise<string> => (await fetch(console.at('/runs', role))).text();
    expect(await read('steward')).toContain('1,204');
    expect(await read('steward')).toContain('Rejected rows by file and rule');
    expect(await read('operator')).not.toContain('1,204');
    expect(await read('operator')).toContain('1,001–10,000');
    expect(await read('operator')).not.toContain('Rejected rows by file and rule');
  });

  test('news of the runs is for those who may see them', async () => {
    expect((await fetch(console.at('/runs/events'))).status).toBe(403);
  });

  test('an address that does not exist is answered by a page', async () => {
    const answer = await fetch(console.at('/definitions/terms/nothing-such'), {
      headers: { accept: 'text/html' },
    });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('There is no such page');
  });

  test('a program that asks for what is not there gets a line, not a page', async () => {
    expect(await (await fetch(console.at('/no-such-page'))).text()).toBe('Not found\n');
  });
});

test('a first load is under 100 kB, compressed, font and all', async () => {
  const { page, goTo } = await browser.walker();
  const asked: string[] = [];
  page.on('requestfinished', (request) => asked.push(request.url()));
  await goTo(console.at('/tables?metric=identified&place=each&period=2024'));
  await page.waitForLoadState('networkidle');
  expect(asked.some((url) => url.endsWith('.woff2'))).toBe(true);
  const sizes = await Promise.all([...new Set(asked)].map(bytesOnTheWire));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(30_000);
  expect(bytes).toBeLessThan(100_000);
});

/** Counted here, since a browser that has the file already counts nothing. */
async function bytesOnTheWire(url: string): Promise<number> {
  const request = get(url, { headers: { 'accept-encoding': 'gzip' } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let bytes = 0;
  for await (const part of response) bytes += (part as Buffer).length;
  return bytes;
}

const asPage = { headers: { accept: 'text/html' } };

/** What is answered where nothing is, in the same part of the console: the menu says in which part one is. */
async function absentBeside(path: string, role: Role): Promise<string> {
  const [, part = '', ...below] = path.split('/');
  const nowhere = below.length === 0 ? '/nothing-such' : `/${part}/nothing/such/at/all`;
  return strip(await (await fetch(console.at(nowhere, role), asPage)).text(), nowhere);
}

/** Without the links that name the page itself. */
function strip(body: string, path: string): string {
  return body.replaceAll(`href="${path}`, 'href="');
}

function fileName(path: string): string {
  return path === '/' ? 'overview' : path.slice(1).replaceAll(/[^\w]+/g, '-');
}
