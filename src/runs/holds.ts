/** What is held back by hand: the whole night, releases, reports, or what one source sends. */
import type { DataSource } from 'typeorm';
import { readRows } from '../db/read-rows.ts';
import { Misuse, NotFound, Refused } from '../errors.ts';

export interface Hold {
  /** `night`, `releases`, `reports`, or `source` and an agency. */
  readonly held: string;
  readonly because: string;
  readonly heldBy: string;
  readonly heldAt: Date;
  readonly until: Date | null;
}

export interface Holding {
  readonly all: readonly Hold[];
  readonly of: (held: string) => Hold | undefined;
  readonly sources: ReadonlySet<string>;
}

/** By the database's clock, which every hub on it shares. */
export async function holdsInForce(source: DataSource): Promise<Holding> {
  const all = await readRows<Hold>(
    source,
    { county: '*' },
    `SELECT held, because, held_by AS "heldBy", held_at AS "heldAt", until FROM ops.hold
     WHERE lifted_at IS NULL AND (until IS NULL OR until > clock_timestamp()) ORDER BY held`,
  );
  return {
    all,
    of: (held) => all.find((one) => one.held === held),
    sources: new Set(
      all.flatMap(({ held }) => (held.startsWith('source ') ? [held.slice('source '.length)] : [])),
    ),
  };
}

const HELD = /^(night|releases|reports|source [A-Za-z0-9][A-Za-z0-9_.-]{0,63})$/;

export async function holdBack(
  loader: DataSource,
  hold: { readonly held: string; readonly because: string; readonly by: string; readonly until?: Date },
): Promise<void> {
  if (!HELD.test(hold.held))
    throw new Misuse('HOLD', `${hold.held}: nothing of that name can be held back`, {
      remedy: 'Name one of: night, releases, reports, "source AGENCY".',
    });
  // One that ran out makes room for the next.
  await loader.query(
    `UPDATE ops.hold SET lifted_at = until, lifted_by = 'its end'
     WHERE held = $1 AND lifted_at IS NULL AND until <= clock_timestamp()`,
    [hold.held],
  );
  const made = await loader.query<unknown[]>(
    `INSERT INTO ops.hold (held, because, held_by, until) VALUES ($1, $2, $3, $4)
     ON CONFLICT (held) WHERE lifted_at IS NULL DO NOTHING RETURNING id`,
    [hold.held, hold.because, hold.by, hold.until ?? null],
  );
  if (made.length === 0)
    throw new Refused('HELD_ALREADY', `${hold.held} is held back already.`, {
      remedy: '`npx tessera schedule` says why; lift it first to give another reason.',
    });
}

export async function liftHold(loader: DataSource, held: string, by: string): Promise<void> {
  const [lifted] = await loader.query<[unknown[], number]>(
    `UPDATE ops.hold SET lifted_at = clock_timestamp(), lifted_by = $2 WHERE held = $1 AND lifted_at IS NULL RETURNING id`,
    [held, by],
  );
  if (lifted.length === 0) throw new NotFound('NOT_HELD', `${held} is not held back.`);
}
