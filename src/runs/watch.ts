import { on } from 'node:events';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';

/** A stage's (or, without a name, a run's) news as the ledger announces it. */
export interface LedgerNews {
  readonly run: string;
  readonly stage: string | null;
  readonly outcome: string;
}

/** News from the moment that it is `listening`, on a connection of its own, until the signal ends it. */
export async function* watchLedger(
  source: DataSource,
  signal: AbortSignal,
  listening: () => void = () => {},
): AsyncGenerator<LedgerNews> {
  const runner = source.createQueryRunner();
  const client = (await runner.connect()) as PoolClient;
  try {
    const messages = on(client, 'notification', { signal }) as AsyncIterable<[{ payload?: string }]>;
    await client.query('LISTEN tessera_ledger');
    listening();
    for await (const [message] of messages) {
      if (message.payload !== undefined) yield JSON.parse(message.payload) as LedgerNews;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await client.query('UNLISTEN tessera_ledger').catch(() => {});
    await runner.release();
  }
}
