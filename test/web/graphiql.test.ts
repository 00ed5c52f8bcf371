import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { testBrowser } from '../support/browser.ts';
import { testConsole } from './test-console.ts';

const console = testConsole(['public']);
const browser = testBrowser();

beforeAll(() => {
  if (existsSync(join(packageRoot, 'dist', 'graphiql', 'index.html'))) return;
  execFileSync('npm', ['run', '--silent', 'graphiql'], { cwd: packageRoot, stdio: 'ignore' });
}, 180_000);

test('answers a first question, with nothing from elsewhere and under a policy of its own', {
  timeout: 120_000,
}, async () => {
  const page = await browser.open(console.at('/graphiql'));
  const run = page.getByRole('button', { name: /execute query/i });
  await run.waitFor({ timeout: 60_000 });
  const [answer] = await Promise.all([
    page.waitForResponse(
      (response) =>
        response.url().endsWith('/graphql') && (response.request().postData() ?? '').includes('hub'),
    ),
    run.click(),
  ]);
  expect(await answer.json()).toMatchObject({ data: { hub: { version: expect.stringMatching(/^\d/) } } });
});

test('leaves the policy of every other page strict', async () => {
  const policyOf = async (path: string): Promise<string> =>
    (await fetch(console.at(path))).headers.get('content-security-policy') ?? '';
  expect(await policyOf('/graphiql')).toContain("style-src 'self' 'unsafe-inline'");
  for (const path of ['/', '/tables', '/help/api', '/no-such-page'])
    expect(await policyOf(path)).not.toContain('unsafe');
});
