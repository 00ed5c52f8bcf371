/** What a county has to look after in its part of the asset map. */
import type { DataSource } from 'typeorm';
import type { Claims } from '../db/transaction.ts';
import { directory } from './directory.ts';
import { keeps } from './keeps.ts';
import type { Program } from './program.ts';
import { isStale, todayText } from './stale.ts';
import { type Waiting, waitingEntries } from './waiting.ts';

export interface WorkItem {
  readonly program: Program;
  readonly why: readonly ('stale' | 'no_capacity' | 'no_email')[];
  /** The day on which the provider was last asked, while its link is open. */
  readonly askedOn: string | null;
}

export interface WorkList {
  readonly items: readonly WorkItem[];
  readonly waiting: readonly Waiting[];
}

const MOST_WAITING = 200;

export async function workList(api: DataSource, claims: Claims): Promise<WorkList> {
  const today = todayText();
  const { programs } = await directory(api);
  const asked = new Map(
    (
      await api.query<{ id: string; on: string }[]>(
        `SELECT program_id AS id, max(made_at)::date::text AS on FROM directory.confirmation
         WHERE used_at IS NULL AND expires_at > clock_timestamp() GROUP BY program_id`,
      )
    ).map(({ id, on }) => [id, on]),
  );
  const items = programs
    .filter(({ place }) => keeps(claims.county, place))
    .flatMap((program): WorkItem[] => {
      const stale = isStale(program, today);
      const why = [
        ...(stale ? (['stale'] as const) : []),
        ...(program.capacity?.occupied === undefined ? (['no_capacity'] as const) : []),
        ...(stale && program.contact.email === undefined ? (['no_email'] as const) : []),
      ];
      return why.length === 0 ? [] : [{ program, why, askedOn: asked.get(program.id) ?? null }];
    })
    .toSorted((a, b) => ((a.program.verification.on ?? '') < (b.program.verification.on ?? '') ? -1 : 1));
  return { items, waiting: await waitingEntries(api, claims, MOST_WAITING) };
}
