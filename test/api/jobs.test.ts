/** What people ask the hub to do over the API, and how they follow it. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openLog } from '../../src/app/log.ts';
import { jobQueue, type RunCommand } from '../../src/app/server/job-queue.ts';
import { askJob } from '../../src/runs/asked-jobs.ts';
import { closeRun, openRun } from '../../src/runs/ledger.ts';
import { testDatabase } from '../support/database.ts';
import { testServer } from '../support/server.ts';

const database = testDatabase();
const server = testServer(database);
const log = openLog({ logLevel: 'silent', logFormat: 'json' });
const steward: { token: string } = { token: '' };

beforeAll(async () => {
  steward.token = await server.token({ role: 'steward' });
});

describe('a job that is asked for', () => {
  const ask = (key: string, period = '2031'): ReturnType<typeof server.ask> =>
    server.ask(
      'mutation ($key: String!, $period: String!) { publishRelease(period: $period, idempotencyKey: $key) { id job } }',
      {
        token: steward.token,
        variables: { key, period },
      },
    );

  test('is asked for once by one key, and the key is good for nothing else', async () => {
    const [first, again] = [await ask('k'), await ask('k')];
    expect(again.data).toEqual(first.data);
    expect((await ask('k', '2032')).errors?.[0]?.extensions.code).toBe('KEY_REUSED');
    const { id } = (first.data as unknown as { publishRelease: { id: string } }).publishRelease;
    const seen = await server.ask(`{ job(id: "${id}") { job code } }`, { token: steward.token });
    expect(seen.data).toMatchObject({ job: { job: 'release' } });
  });

  test.each([
    'mutation { startNight(idempotencyKey: "a", from: "--help") { id } }',
    'mutation { publishRelease(idempotencyKey: "b", period: "--corrects=1") { id } }',
    `mutation { withdrawRelease(idempotencyKey: "c", number: 1, because: "${' '.repeat(3)}") { id } }`,
  ])('is refused before anything begins where it is none: %s', async (question) => {
    const { errors } = await server.ask(question, { token: steward.token });
    expect(['STAGE', 'PERIOD', 'REASON']).toContain(errors?.[0]?.extensions.code);
  });

  test('is done in its turn by a command whose words are values and never options, and again if the hub stopped', async () => {
    const own = await database.as('api');
    await own.query('SELECT 1');
    const owner = await database.as('owner');
    await owner.query("SELECT set_config('tessera.county', '*', false)");
    const commands: string[][] = [];
    const asked = await askJob(
      own,
      { county: '*' },
      {
        id: randomUUID(),
        job: { job: 'withdrawal', arguments: { number: 3, because: '--json; it was wrong' } },
        by: randomUUID(),
      },
    );
    const stopping: RunCommand = (words, signal) => {
      commands.push([...words]);
      return new Promise((resolve) =>
        signal.addEventListener('abort', () => resolve({ code: null, said: '' })),
      );
    };
    const first = jobQueue(own, log, stopping);
    first.begin();
    await expect.poll(() => commands.length).toBe(1);
    await first.close();
    const second = jobQueue(own, log, async (words) => {
      commands.push([...words]);
      return { code: 6, said: 'NO_RELEASE: There is no release 3.\n' };
    });
    second.begin();
    onTestFinished(() => second.close());
    const stands = () => server.ask(`{ job(id: "${asked.id}") { outcome code } }`, { token: steward.token });
    await expect
      .poll(async () => (await stands()).data)
      .toEqual({ job: { outcome: 'refused', code: 'NO_RELEASE' } });
    expect(commands.findLast(([word]) => word === 'release')).toEqual([
      'release',
      'withdraw',
      '3',
      '--json',
      '--because=--json; it was wrong',
    ]);
  });
});

describe('a run that is followed', () => {
  const follow = (id: string, token = steward.token): Promise<Response> =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify({
        query: `subscription { runProgress(id: "${id}") { id outcome stages { name } } }`,
      }),
    });

  test('tells how it stands at once, and at its end, and then no more', async () => {
    const loader = await database.as('loader');
    const run = await openRun(loader, 'deliver', 'a test');
    const response = await follow(run);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const events: string[] = [];
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      events.push(decoder.decode(chunk));
      if (events.length === 1) await closeRun(loader, run, 'succeeded');
    }
    const said = events.join('').match(/"outcome":"[a-z]+"/g);
    expect([said?.[0], said?.at(-1)]).toEqual(['"outcome":"running"', '"outcome":"succeeded"']);
    expect(events.join('')).toMatch(/event: complete\ndata:\n\n$/);
  });

  test('that is not there, or not for the reader, is answered alike', async () => {
    const run = await openRun(await database.as('loader'), 'deliver', 'a test');
    const analyst = await server.token({ role: 'state-analyst' });
    for (const response of [await follow(randomUUID()), await follow('none'), await follow(run, analyst)])
      expect([response.status, await response.json()]).toEqual([
        400,
        { errors: [expect.objectContaining({ message: 'There is nothing here, or not for you.' })] },
      ]);
  });

  test('is no way around the form of a question', async () => {
    const asked = await server.ask('{ hub { version } }', { headers: { accept: 'text/event-stream' } });
    expect([asked.status, asked.errors?.[0]?.extensions.code]).toEqual([406, 'NOT_ACCEPTABLE']);
  });
});

test('data quality tells feeds in bands, or exactly to whom they belong', async () => {
  const operator = await server.token({ role: 'operator' });
  const { data } = await server.ask('{ dataQuality { nodes { record deliveries { rejectedShare } } } }', {
    token: operator,
  });
  expect(data).toEqual({ dataQuality: { nodes: [] } });
  expect(
    (await server.ask('{ linkageQuality { linkage } }', { token: operator })).errors?.[0]?.extensions.code,
  ).toBe('NOT_FOUND');
});
