import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { transaction } from '../../src/db/transaction.ts';
import { Held, Refused } from '../../src/errors.ts';
import { closeRun, openRun, performStage } from '../../src/runs/ledger.ts';
import { recentRuns } from '../../src/runs/recent-runs.ts';
import { type LedgerNews, watchLedger } from '../../src/runs/watch.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();
const counts = { rowsIn: 10, accepted: 9, rejected: 1 };
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

async function stagesOf(run: string) {
  const runs = await recentRuns(await database.as('owner'), 100);
  return runs.find((line) => line.id === run)?.stages ?? [];
}

describe('a stage', () => {
  test('is done once for one input, and the second time says that nothing changed', async () => {
    const loader = await database.as('loader');
    const run = await openRun(loader, 'delivery', 'test');
    let times = 0;
    const perform = () =>
      performStage(loader, { run, name: 'load', inputHash: hash('once') }, async () => {
        times++;
        return counts;
      });
    expect(await perform()).toEqual({ ...counts, outcome: 'succeeded' });
    expect(await perform()).toEqual({ ...counts, outcome: 'unchanged' });
    expect(times).toBe(1);
    expect((await stagesOf(run)).map((stage) => stage.outcome)).toEqual(['succeeded', 'unchanged']);
  });

  test('that fails keeps its code, and may be tried again', async () => {
    const loader = await database.as('loader');
    const run = await openRun(loader, 'delivery', 'test');
    const stage = { run, name: 'load', inputHash: hash('again') };
    const refused = performStage(loader, stage, async () => {
      throw new Refused('HASH_MISMATCH', 'the file is not what the manifest says');
    });
    await expect(refused).rejects.toThrow(Refused);
    await expect(performStage(loader, stage, () => Promise.reject(new Error('a defect')))).rejects.toThrow(
      'a defect',
    );
    expect(await performStage(loader, stage, async () => counts)).toMatchObject({ outcome: 'succeeded' });
    const stages = await stagesOf(run);
    expect(stages.map((line) => [line.outcome, line.errorCode])).toEqual([
      ['refused', 'HASH_MISMATCH'],
      ['failed', 'DEFECT'],
      ['succeeded', null],
    ]);
  });

  test('is done by one process at a time', async () => {
    const loader = await database.as('loader');
    const run = await openRun(loader, 'delivery', 'test');
    const stage = { run, name: 'load', inputHash: hash('alone') };
    const { promise, resolve } = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const first = performStage(loader, stage, async () => {
      started.resolve();
      await promise;
      return counts;
    });
    await started.promise;
    await expect(performStage(loader, stage, async () => counts)).rejects.toThrow(Held);
    resolve();
    await first;
  });

  test('whose process died reads as interrupted, and is taken up again', async () => {
    const loader = await database.as('loader');
    const run = await openRun(loader, 'delivery', 'test');
    const stage = { run, name: 'load', inputHash: hash('cut short') };
    // The server ends the connection as it would when the process behind it is killed.
    const cut = performStage(loader, stage, async (progress) => {
      await progress.report({ rowsIn: 5, accepted: 5, rejected: 0 });
      const owner = await database.as('owner');
      const [row] = await owner.query<{ pid: number }[]>(
        `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      expect((await stagesOf(run))[0]).toMatchObject({ outcome: 'running', rowsIn: 5 });
      await endConnection(row?.pid ?? 0);
      throw new Error('killed');
    });
    await expect(cut).rejects.toThrow('killed');
    expect((await stagesOf(run))[0]).toMatchObject({ outcome: 'interrupted', rowsIn: 5 });
    await performStage(loader, stage, async () => counts);
    expect((await stagesOf(run)).map((line) => line.outcome)).toEqual(['interrupted', 'succeeded']);
  });

  test('marked inside its own transaction is undone with it', async () => {
    const loader = await database.as('loader');
    const run = await openRun(loader, 'delivery', 'test');
    const stage = { run, name: 'load', inputHash: hash('with its effect') };
    const rolledBack = performStage(loader, stage, (progress) =>
      transaction(loader, async ({ client }) => {
        await progress.succeed(client, counts);
        throw new Error('after the mark');
      }),
    );
    await expect(rolledBack).rejects.toThrow('after the mark');
    expect((await stagesOf(run))[0]?.outcome).toBe('failed');
  });

  test('is watched while it runs', async () => {
    const loader = await database.as('loader');
    const stop = new AbortController();
    const heard: LedgerNews[] = [];
    const watching = (async () => {
      for await (const news of watchLedger(loader, stop.signal)) {
        heard.push(news);
        if (news.stage === null && news.outcome === 'succeeded') stop.abort();
      }
    })();
    await untilListening();
    const run = await openRun(loader, 'delivery', 'test');
    await performStage(loader, { run, name: 'load', inputHash: hash('heard') }, async () => counts);
    await closeRun(loader, run, 'succeeded');
    await watching;
    expect(heard.filter((news) => news.run === run).map((news) => [news.stage, news.outcome])).toEqual([
      [null, 'running'],
      ['load', 'running'],
      ['load', 'succeeded'],
      [null, 'succeeded'],
    ]);
  });
});

/** Ending another role's connection takes that role: the owner may grant itself nothing, so the loader ends its own. */
async function endConnection(pid: number): Promise<void> {
  const loader = await database.as('loader');
  await loader.query('SELECT pg_terminate_backend($1)', [pid]);
}

async function untilListening(): Promise<void> {
  const loader = await database.as('loader');
  for (;;) {
    const rows = await loader.query<unknown[]>(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
    );
    if (rows.length > 0) return;
  }
}
