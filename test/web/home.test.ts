import { describe, expect, test } from 'vitest';
import { testBrowser, violations } from '../support/browser.ts';
import { testDatabase } from '../support/database.ts';
import { testServer } from '../support/server.ts';

const database = testDatabase();
const browser = testBrowser();
const server = testServer(database);

describe('the first page', () => {
  test.each([1280, 320])('reads without a script and fits, at %i pixels', async (width) => {
    const page = await browser.open(server.url, { javaScript: false, width });
    expect(await page.title()).toBe('Tessera');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('One picture from many tiles');
    expect(await page.getByText('There is no release yet').count()).toBe(1);
    expect(await page.getByRole('link', { name: '888-373-7888' }).count()).toBe(1);
    const box = await page.locator('main').boundingBox();
    expect(box?.width).toBeLessThanOrEqual(width);
  });

  test('has no accessibility violation', async () => {
    expect(await violations(await browser.open(server.url))).toEqual([]);
  });

  test('lets a keyboard skip to the content', async () => {
    const page = await browser.open(server.url);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
  });
});
