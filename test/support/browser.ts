/** A real Chromium, carried by an npm package, with the libraries it needs. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface TestBrowser {
  /** A page that fails the test on a console error or a request to elsewhere. */
  open(url: string, options?: { javaScript?: boolean; width?: number }): Promise<Page>;
}

export function testBrowser(): TestBrowser {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
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

/**
 * The package unpacks its own NSS and the like only where it believes itself in a cloud function; a plain
 * Debian that lacks them is told so through that variable.
 */
async function launch(): Promise<Browser> {
  const { default: carried } = await import('@sparticuz/chromium');
  const executablePath = await carried.executablePath();
  const missing = missingLibraries(executablePath);
  const environment = missing.length === 0 ? {} : await carriedLibraries();
  try {
    return await playwright.launch({
      executablePath,
      args: carried.args,
      env: { ...(process.env as Record<string, string>), ...environment },
    });
  } catch (cause) {
    throw new Error(
      `Chromium does not start; install ${missing.join(', ') || 'its libraries'} (apt install chromium brings them)`,
      {
        cause,
      },
    );
  }
}

function missingLibraries(executable: string): string[] {
  const lines = execFileSync('ldd', [executable], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes('not found')).map((line) => line.trim().split(' ')[0] ?? '');
}

async function carriedLibraries(): Promise<Record<string, string>> {
  const { inflate } = await import('@sparticuz/chromium');
  const packageFile = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const folder = await inflate(new URL('../bin/al2023.tar.br', `file://${packageFile}`).pathname);
  return { LD_LIBRARY_PATH: `${folder}/lib` };
}
