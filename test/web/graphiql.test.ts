import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { codeFor } from '../../web/graphiql/code.ts';
import { examples } from '../../web/graphiql/examples.ts';
import { testBrowser } from '../support/browser.ts';
import { testConsole } from './test-console.ts';

const console = testConsole(['public']);
const browser = testBrowser();

beforeAll(() => {
  if (existsSync(join(packageRoot, 'dist', 'graphiql', 'index.html'))) return;
  execFileSync('npm', ['run', '--silent', 'graphiql'], { cwd: packageRoot, stdio: 'ignore' });
}, 180_000);

test('opens with examples, answers one, and has it as code, with nothing from elsewhere', {
  timeout: 120_000,
}, async () => {
  const page = await browser.open(console.at('/graphiql'));
  const run = page.getByRole('button', { name: /execute query/i });
  await run.waitFor({ timeout: 60_000 });
  await page.getByRole('tab', { name: 'Me', exact: true }).click();
  const [answer] = await Promise.all([
    page.waitForResponse(
      (response) =>
        response.url().endsWith('/graphql') && (response.request().postData() ?? '').includes('query Me'),
    ),
    run.click(),
  ]);
  expect(await answer.json()).toMatchObject({
    data: { me: { role: 'PUBLIC' }, hub: { version: expect.stringMatching(/^\d/) } },
  });
  await page.getByRole('button', { name: /this question as code/i }).click();
  const code = page.getByRole('region', { name: 'This question as code' });
  await expect.poll(() => code.innerText()).toContain('query Me { me { role county may }');
});

test('every example is a question that the schema has', () => {
  const schema = buildSchema(readFileSync(join(packageRoot, 'schema', 'schema.graphql'), 'utf8'));
  expect(examples.length).toBeGreaterThan(4);
  for (const query of examples) expect(validate(schema, parse(query))).toEqual([]);
});

test('the code asks what stands in the tab, whatever quotes it holds', () => {
  const query = `# a remark\n{ terms(name: "it's") { nodes { name } } }`;
  const [curl, python] = codeFor({ query, variables: '{"a": "\'"}' }, 'http://hub.test');
  const asked = { query: `{ terms(name: "it's") { nodes { name } } }`, variables: { a: "'" } };
  // The last word that the shell hands to the program is the body.
  const shell = `curl() { for last; do :; done; printf %s "$last"; }\n${curl?.code ?? ''}`;
  expect(JSON.parse(execFileSync('sh', ['-c', shell], { encoding: 'utf8' }))).toEqual(asked);
  const literal = /^body = (".*")$/m.exec(python?.code ?? '')?.[1] ?? '';
  expect(JSON.parse(JSON.parse(literal) as string)).toEqual(asked);
});

test('leaves the policy of every other page strict', async () => {
  const policyOf = async (path: string): Promise<string> =>
    (await fetch(console.at(path))).headers.get('content-security-policy') ?? '';
  expect(await policyOf('/graphiql')).toContain("style-src 'self' 'unsafe-inline'");
  for (const path of ['/', '/tables', '/help/api', '/no-such-page'])
    expect(await policyOf(path)).not.toContain('unsafe');
});
