/** A real Chromium, carried by an npm package, with the libraries it needs. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser } from './chromium.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface TestBrowser {
  /** A page that fails the test on a console error or a request to elsewhere. */
  open(url: string, options?: PageOptions): Promise<Page>;
  /** One such page for many addresses, each of which is held to the same. */
  walker(
    options?: PageOptions,
  ): Promise<{ readonly page: Page; readonly goTo: (url: string) => Promise<void> }>;
}

interface PageOptions {
  readonly javaScript?: boolean;
  readonly width?: number;
}

export function testBrowser(): TestBrowser {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  const walker: TestBrowser['walker'] = async ({ javaScript = true, width = 1280 } = {}) => {
    const page = await browser.newPage({ viewport: { width, height: 900 }, javaScriptEnabled: javaScript });
    const complaints: string[] = [];
    let origin = '';
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(origin) && !url.startsWith('data:')) complaints.push(`request to ${url}`);
    });
    return {
      page,
      async goTo(url) {
        origin = new URL(url).origin;
        complaints.length = 0;
        await page.goto(url, { waitUntil: 'load' });
        if (complaints.length > 0) throw new Error(complaints.join('\n'));
      },
    };
  };
  return {
    walker,
    async open(url, options) {
      const { page, goTo } = await walker(options);
      await goTo(url);
      return page;
    },
  };
}

/** Accessibility violations of the page as it stands (WCAG 2.2 AA and best practice), as one line each. */
export async function violations(page: Page): Promise<string[]> {
  return judge(page, undefined);
}

/**
 * The same of many pages at one width that share their parts: a page whose content was judged before, for another reader
 * say, is judged in what is other, as its menu. Most of the time goes to contrasts, which hang on the part alone.
 */
export function violationsOnce(): (page: Page) => Promise<string[]> {
  const judged = new Set<string>();
  return async (page) => {
    const parts = await page.evaluate<string[]>('[...document.body.children].map((part) => part.outerHTML)');
    const others = parts.flatMap((part, at) => (judged.has(part) ? [] : [`body > :nth-child(${at + 1})`]));
    if (others.length === 0) return [];
    const found = await judge(page, others.includes(await mainOf(page)) ? undefined : others);
    for (const part of parts) judged.add(part);
    return found;
  };
}

function mainOf(page: Page): Promise<string> {
  return page.evaluate<string>(
    '`body > :nth-child(${[...document.body.children].findIndex((part) => part.id === "main") + 1})`',
  );
}

async function judge(page: Page, parts: readonly string[] | undefined): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async (include) => {
    const { axe: judging } = globalThis as unknown as {
      axe: { run(context?: unknown): Promise<AxeResults> };
    };
    const { violations: found } = await (include === undefined ? judging.run() : judging.run({ include }));
    return found.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(', ')}`);
  }, parts);
}

interface AxeResults {
  readonly violations: readonly { id: string; nodes: readonly { target: string }[] }[];
}
