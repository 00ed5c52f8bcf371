/**
 * Adds entries to the log, many at a time: while one batch is on its way the next one gathers. Whoever records waits
 * until the entry is committed, so nothing is answered that is not on record.
 */
import type { DataSource } from 'typeorm';
import { Unavailable } from '../errors.ts';
import { type AuditEntry, bodyOf } from './entry.ts';

export interface Recorder {
  record(entry: AuditEntry): Promise<void>;
  /** Waits for what is on its way; afterwards nothing more is taken. */
  close(): Promise<void>;
}

interface Waiting {
  readonly body: string;
  readonly done: () => void;
  readonly failed: (error: Error) => void;
}

const mostAtOnce = 500;
const mostWaiting = 20_000;

export function openRecorder(source: DataSource): Recorder {
  const waiting: Waiting[] = [];
  let working: Promise<void> | undefined;
  let closed = false;

  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, mostAtOnce);
      try {
        await source.query(
          'INSERT INTO audit.entry (body) SELECT body FROM unnest($1::text[]) WITH ORDINALITY AS b (body, place) ORDER BY place',
          [batch.map((item) => item.body)],
        );
        for (const item of batch) item.done();
      } catch (cause) {
        for (const item of batch) item.failed(unrecorded(cause));
      }
    }
    working = undefined;
  };

  return {
    record(entry) {
      if (closed || waiting.length >= mostWaiting) return Promise.reject(unrecorded());
      return new Promise<void>((resolve, reject) => {
        waiting.push({ body: bodyOf(entry), done: resolve, failed: reject });
        // A turn later, so that the questions of one moment share a batch.
        working ??= new Promise<void>((soon) => setImmediate(soon)).then(work);
      });
    },
    async close() {
      closed = true;
      await working;
    },
  };
}

function unrecorded(cause?: unknown): Unavailable {
  return new Unavailable(
    'AUDIT_UNAVAILABLE',
    'The question could not be put on record, so it is not answered.',
    {
      remedy: 'Ask again in a moment; the operator sees the reason in the hub’s log.',
      cause,
    },
  );
}
