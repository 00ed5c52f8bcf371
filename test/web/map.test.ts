/** The asset map as people use it: three clicks to whom to call, and nothing of what was asked left anywhere. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { textsOf } from '../../src/providers/as-texts.ts';
import { testBrowser, violations } from '../support/browser.ts';
import { entry, programs } from './made-up-asset-map.ts';
import { testConsole } from './test-console.ts';

const console = testConsole(['public', 'steward', 'directory-editor', 'operator']);
const browser = testBrowser();

const send = (
  path: string,
  body: string,
  role: 'public' | 'steward' | 'operator' = 'public',
): Promise<Response> =>
  fetch(console.at(path, role), {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
  });

test('a social worker finds whom to call in three clicks, and the address says nothing of the young person', async () => {
  const page = await browser.open(console.at('/'));
  await page.getByRole('navigation').getByRole('link', { name: 'Asset map' }).first().click();
  await page.getByLabel('County', { exact: true }).selectOption('06037');
  await page.getByLabel('Need', { exact: true }).selectOption('HN.HOU.PLC');
  await page.getByLabel('Age', { exact: true }).fill('16');
  await page.getByLabel('Gender', { exact: true }).selectOption('boys');
  await page.getByRole('button', { name: 'Find' }).click();
  expect(new URL(page.url()).search).toBe('');
  expect(await violations(page)).toEqual([]);
  const call = page.getByRole('region', { name: /Programs that take/ }).locator('a[href^="tel:"]');
  expect(await call.count()).toBeGreaterThan(0);
  await page
    .getByRole('region', { name: /Programs that take/ })
    .getByRole('link')
    .first()
    .click();
  expect(page.url()).toMatch(/\/map\/programs\/[0-9a-f-]{36}$/);
  expect(await page.locator('.notice a[href^="tel:"]').count()).toBe(1);
});

test('what is found takes the situation, by a second reading of the entries', async () => {
  const body = await (
    await send('/map/find', 'county=06037&need=HN.HOU.PLC&age=16&gender=boys&free=yes')
  ).text();
  const found = new Set([...body.matchAll(/href="\/map\/programs\/([0-9a-f-]{36})"/g)].map(([, id]) => id));
  const fits = programs.filter((program) => {
    const texts = textsOf(program);
    const list = (name: string): string[] => (texts[name] ?? '').split(';').filter(Boolean);
    return (
      (list('counties').includes('06037') || texts['residents_only'] !== 'true') &&
      list('needs').some((need) => need === 'HN.HOU.PLC') &&
      Number(texts['min_age']) <= 16 &&
      Number(texts['max_age']) >= 16 &&
      (list('genders').length === 0 || list('genders').includes('boys')) &&
      Number(texts['capacity']) > Number(texts['occupied'])
    );
  });
  expect(fits.length).toBeGreaterThan(5);
  expect([...found].filter((id) => !fits.some((program) => program.id === id))).toEqual([]);
  expect(found.size).toBe(Math.min(fits.length, 50));
});

describe('a confidential place', () => {
  test('has no point on the map and no address on its page', async () => {
    const hidden = programs.filter(({ place }) => place.kind === 'confidential');
    expect(hidden.length).toBeGreaterThan(20);
    const page = await (await fetch(console.at(`/map/programs/${hidden[0]?.id}`))).text();
    expect(page).toContain('The place is confidential.');
    expect(page).not.toMatch(/Street and number|ZIP code|Degrees north/);
    const file = await (await fetch(console.at('/map/programs.csv'))).text();
    const [head = '', ...lines] = file.trim().split('\r\n');
    const at = head.split(',').indexOf('confidential');
    const rows = lines.filter((line) => line.split(',')[at] === 'true');
    expect(rows).toHaveLength(hidden.length);
    for (const name of ['street', 'city', 'zip', 'latitude', 'longitude', 'kept_by'])
      expect(rows.map((line) => line.split(',')[head.split(',').indexOf(name)])).toEqual(rows.map(() => ''));
  });
});

test('the map page is under 60 kB compressed, pictures and all', async () => {
  const body = await (await fetch(console.at('/map'))).text();
  expect(gzipSync(body).length).toBeLessThan(60_000);
  expect(gzipSync(body).length).toBeGreaterThan(10_000);
});

test('the gap analysis says what is missing in plain words, hides what the release hides, and answers a what-if', async () => {
  const body = await (await fetch(console.at('/map/gaps'))).text();
  expect(body).toContain('of the 400 programs that the committee aspires to.');
  expect(body).toContain('title="Hidden: between 1 and 10');
  const then = await (await send('/map/gaps', 'need=HN.HOU&programs=7&places=40&county=&gender=')).text();
  const there = programs.filter(({ needs }) => needs.some((need) => need.startsWith('HN.HOU'))).length;
  expect(then).toContain(`would have ${there + 7} programs`);
});

test('where a county’s demand is hidden, a wider place’s stands beside it by name, never as the county’s own', async () => {
  const body = await (await fetch(console.at('/map/gaps?county=06037'))).text();
  const cell =
    /<abbr class="hidden"[^>]*>\[c\]<\/abbr><small class="stand-in">.*?<\/small>/.exec(body)?.[0] ?? '';
  expect(cell).toContain('Southern California');
  expect(cell).toContain('64');
  expect(body).toContain('How many are unmet here is hidden or not told; around it,');
});

test('a form that is not right comes back with its mistakes, and only to those who keep the map', async () => {
  expect((await send('/map/edit/new', 'provider=A', 'operator')).status).toBe(404);
  const page = await browser.open(console.at(`/map/edit/${entry.id}`, 'steward'));
  expect(await violations(page)).toEqual([]);
  expect(await page.getByLabel('The organization').inputValue()).toBe(entry.provider);
});

test('what a file would do is shown by line, with what it was and would be, before anybody takes it in', async () => {
  const page = await browser.open(console.at('/map/work', 'steward'));
  await page.getByRole('link', { name: 'Programs from a file' }).click();
  const file = { name: 'programs.csv', mimeType: 'text/csv', buffer: Buffer.from('id\n') };
  await page.getByLabel('File').setInputFiles(file);
  await page.getByRole('button', { name: 'See what it would do' }).click();
  expect(await violations(page)).toEqual([]);
  expect(await page.getByRole('region', { name: 'Changed' }).locator('ins').textContent()).toBe(
    '(424) 555-0199',
  );
  expect(await page.getByRole('region', { name: 'Refused' }).textContent()).toContain(
    'max_age is below min_age',
  );
  await page.getByRole('button', { name: 'Take it in' }).click();
  expect(await page.getByRole('heading', { name: 'What was done' }).count()).toBe(1);
});
