/** A real Chromium, carried by an npm package, with the libraries it needs. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser } from './chromium.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface TestBrowser {
  /** A page that fails the test on a console error or a request to elsewhere. */
  open(url: string, options?: { javaScript?: boolean; width?: number }): Promise<Page>;
}

export function testBrowser(): TestBrowser {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  return {
    async open(url, { javaScript = true, width = 1280 } = {}) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, javaScriptEnabled: javaScript });
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('request', (request) => {
        if (!request.url().startsWith(new URL(url).origin)) complaints.push(`request to ${request.url()}`);
      });
      await page.goto(url, { waitUntil: 'load' });
      if (complaints.length > 0) throw new Error(complaints.join('\n'));
      return page;
    },
  };
}

/** Accessibility violations of the page as it stands (WCAG 2.2 AA and best practice), as one line each. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const run = (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run();
    return (await run).violations.map(
      (found) => `${found.id}: ${found.nodes.map((node) => node.target).join(', ')}`,
    );
  });
}

interface AxeResults {
  readonly violations: readonly { id: string; nodes: readonly { target: string }[] }[];
}
