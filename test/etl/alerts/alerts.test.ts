import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findingsOf, type Observed } from '../../../etl/alerts/findings.ts';
import { keepAlerts, markTold, openAlerts, untoldAlerts } from '../../../etl/alerts/kept-alerts.ts';
import { lineageOf } from '../../../etl/alerts/lineage.ts';
import { observeDatabase } from '../../../etl/alerts/observe.ts';
import { tellAll } from '../../../etl/alerts/tell.ts';
import { NIGHT_STAGES } from '../../../etl/night-stages.ts';
import { readSchedule } from '../../../etl/schedule/schedule-file.ts';
import { workMetrics } from '../../../src/app/server/work-metrics.ts';
import { openRun } from '../../../src/runs/ledger.ts';
import { testDatabase } from '../../support/database.ts';
import { registerTestAgency, testAgency } from '../../support/delivery.ts';
import { mailServer } from '../../support/mail-server.ts';
import { scratchFolder } from '../../support/tessera.ts';

const database = testDatabase();
const schedule = readSchedule();
const now = new Date('2026-05-10T12:00:00Z');
const well: Observed = {
  now,
  newest: [
    {
      agency: 'CW-1',
      extract: 'delta',
      loadedAt: new Date('2026-05-10T09:00:00Z'),
      asOf: new Date('2026-05-10T08:00:00Z'),
    },
  ],
  feeds: [{ agency: 'CW-1', record: 'person', rows: 1000, rejected: 3, usualRows: 990 }],
  held: new Set(),
  lastNight: { startedAt: new Date('2026-05-10T09:00:00Z'), failed: null },
  freeGib: 40,
  certificateUntil: new Date('2026-08-01T00:00:00Z'),
  auditGaps: false,
};

test('a hub that is well has nothing to tell', () => {
  expect(findingsOf(well, schedule).findings).toEqual([]);
});

test.each<[string, string, Partial<Observed>]>([
  [
    'late_source',
    'CW-1 delta',
    {
      newest: [
        {
          ...well.newest[0]!,
          loadedAt: new Date('2026-05-08T07:00:00Z'),
          asOf: new Date('2026-05-08T06:00:00Z'),
        },
      ],
    },
  ],
  ['rejects', 'CW-1 person', { feeds: [{ ...well.feeds[0]!, rejected: 21 }] }],
  ['volume', 'CW-1 person', { feeds: [{ ...well.feeds[0]!, rows: 400, rejected: 0 }] }],
  ['volume', 'CW-1 person', { feeds: [{ ...well.feeds[0]!, rows: 2000 }] }],
  [
    'source_clock',
    'CW-1 delta',
    { newest: [{ ...well.newest[0]!, asOf: new Date('2026-05-10T10:30:00Z') }] },
  ],
  [
    'failed_stage',
    'link',
    { lastNight: { startedAt: now, failed: { startedAt: now, stage: 'link', code: 'NOT_NOW' } } },
  ],
  ['missed_night', 'the night', { lastNight: { startedAt: new Date('2026-05-09T09:00:00Z'), failed: null } }],
  ['disk', 'the data folder', { freeGib: 1.9 }],
  ['certificate', 'the certificate', { certificateUntil: new Date('2026-05-20T00:00:00Z') }],
  ['audit_gap', 'the audit log', { auditGaps: true }],
])('%s about %s', (alert, about, what) => {
  const found = findingsOf({ ...well, ...what }, schedule).findings;
  expect(found.map((one) => [one.alert, one.about])).toEqual([[alert, about]]);
  // Words may name a limit of the schedule; a count of rows is for those who may see it.
  expect(found[0]?.words).not.toMatch(/\b(21|400|1000|2000)\b/);
});

test('a source that is held back is not late, and neither is a night', () => {
  const held = new Set(['CW-1', 'night']);
  const quiet = { ...well, held, now: new Date('2026-06-10T12:00:00Z'), certificateUntil: null };
  expect(findingsOf(quiet, schedule).findings).toEqual([]);
});

test('an alert is open once, told once, and told again when it is gone', async () => {
  const loader = await database.as('loader');
  const late = { alert: 'late_source', about: 'CW-1 delta', level: 'warning', words: 'late' } as const;
  await keepAlerts(loader, ['late_source'], [late]);
  await keepAlerts(loader, ['late_source'], [{ ...late, words: 'later' }]);
  expect((await openAlerts(loader)).map(({ words }) => words)).toEqual(['later']);
  await markTold(loader, await untoldAlerts(loader));
  expect(await untoldAlerts(loader)).toEqual([]);
  // What nobody looked for stays as it is.
  await keepAlerts(loader, ['disk'], []);
  expect(await openAlerts(loader)).toHaveLength(1);
  await keepAlerts(loader, ['late_source'], []);
  const gone = await untoldAlerts(loader);
  expect(gone).toMatchObject([{ about: 'CW-1 delta', clearedAt: expect.any(Date) }]);
  await markTold(loader, gone);
  expect([await openAlerts(loader), await untoldAlerts(loader)]).toEqual([[], []]);
});

test('what the database knows is read, and no metric gives a count of rows', async () => {
  const loader = await database.as('loader');
  await registerTestAgency(loader);
  await loader.query(
    `INSERT INTO ops.delivery (source_agency, delivery_id, agreement_id, extract_kind, as_of, manifest_hash, loaded_at)
     SELECT $1, 'D' || i, 'AG-1', 'delta', clock_timestamp(), repeat('0', 64), clock_timestamp() FROM generate_series(1, 7) i`,
    [testAgency],
  );
  await loader.query(
    `INSERT INTO ops.delivery_file SELECT id, 'f', 'person', CASE delivery_id WHEN 'D7' THEN 437 ELSE 1000 END, 430, 7, 0
     FROM ops.delivery`,
  );
  const run = await openRun(loader, 'night', 'a test');
  await loader.query(
    `INSERT INTO ops.night_stage (run_id, stage, place, outcome, accepted, code, ended_at) VALUES
       ($1, 'validate', 3, 'refused', 430, 'Q002', clock_timestamp()), ($1, 'link', 6, 'failed', 0, 'NOT_NOW', clock_timestamp())`,
    [run],
  );
  const seen = await observeDatabase(loader);
  expect(seen.feeds).toEqual([
    { agency: testAgency, record: 'person', rows: 437, rejected: 7, usualRows: 1000 },
  ]);
  expect(seen.lastNight?.failed).toMatchObject({ stage: 'link', code: 'NOT_NOW' });
  const metrics = await workMetrics(await database.as('api'));
  const value = (name: string, of: string): number | undefined =>
    metrics.find((one) => one.name === name)?.values.find((one) => Object.values(one.of).includes(of))?.value;
  expect(value('tessera_source_rows_band', testAgency)).toBe(101);
  expect(value('tessera_source_rejects_band', testAgency)).toBe(1);
  expect(value('tessera_night_stage_ok', 'link')).toBe(0);
  expect(value('tessera_source_age_seconds', testAgency)).toBeLessThan(60);
});

describe('those who want to know are told', () => {
  const alerts = [
    {
      id: '1',
      alert: 'failed_stage',
      about: 'link',
      level: 'urgent' as const,
      words: 'The stage link did not succeed.',
      raisedAt: now,
      clearedAt: null,
    },
  ];

  test('by a webhook, signed with their secret; one that does not answer is named', async () => {
    const came: { body: string; signature: unknown }[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        came.push({ body, signature: request.headers['x-tessera-signature'] });
        response.statusCode = request.url === '/broken' ? 500 : 204;
        response.end();
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const secretFile = join(scratchFolder(), 'secret');
      writeFileSync(secretFile, 'a shared secret\n');
      const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const untold = await tellAll(
        [
          { kind: 'webhook', url: new URL(`${at}/told`), secretFile },
          { kind: 'webhook', url: new URL(`${at}/broken`), secretFile: undefined },
        ],
        alerts,
      );
      expect(untold).toEqual([new URL(at).host]);
      const signed = came.find(({ signature }) => signature !== undefined);
      expect(JSON.parse(signed?.body ?? '')).toMatchObject({ alerts: [{ about: 'link', level: 'urgent' }] });
      expect(signed?.signature).toBe(
        `sha256=${createHmac('sha256', 'a shared secret')
          .update(signed?.body ?? '')
          .digest('hex')}`,
      );
    } finally {
      server.close();
    }
  });

  test('by mail', async () => {
    const { url, mails, close } = await mailServer();
    const listener = { kind: 'smtp', url, from: 'hub@example.org', to: ['it@example.org'] } as const;
    try {
      expect(await tellAll([{ ...listener, passwordFile: undefined }], alerts)).toEqual([]);
      expect(mails).toHaveLength(1);
      expect(mails[0]).toContain('To: it@example.org');
      expect(mails[0]).toContain('urgent');
      expect(mails[0]).toContain('The stage link did not succeed.');
      // A password is not given to a server that would let others read it.
      const passwordFile = join(scratchFolder(), 'password');
      writeFileSync(passwordFile, 'secret');
      expect(await tellAll([{ ...listener, passwordFile }], alerts)).toEqual([listener.url.host]);
      expect(mails).toHaveLength(1);
    } finally {
      await close();
    }
  });
});

test('every stage has a beginning and an end in the events of lineage, and says which rooms it touched', () => {
  const run = '0197a000-0000-7000-8000-000000000000';
  const stages = NIGHT_STAGES.map((stage) => ({
    run,
    stage,
    outcome: stage === 'link' ? 'failed' : 'succeeded',
    startedAt: now,
    endedAt: now,
  }));
  const events = lineageOf(stages, '1') as {
    eventType: string;
    job: { name: string };
    outputs: { name: string }[];
  }[];
  expect(events.filter(({ eventType }) => eventType === 'START')).toHaveLength(NIGHT_STAGES.length);
  expect(events.filter(({ eventType }) => eventType === 'FAIL').map(({ job }) => job.name)).toEqual([
    'night.link',
  ]);
  expect(events.find(({ job }) => job.name === 'night.load')?.outputs.map(({ name }) => name)).toContain(
    'events',
  );
});
