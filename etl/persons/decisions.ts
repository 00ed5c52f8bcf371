/** Where people say whether two records are one person, as the linker; what they say holds from the next linkage on. */
import type { ClientBase } from 'pg';
import type { DataSource } from 'typeorm';
import { transaction } from '../../src/db/transaction.ts';
import { Misuse, NotFound } from '../../src/errors.ts';
import { settle } from '../link/review.ts';
import type { Step } from '../link/score.ts';
import { readOpinions, type StoredOpinion } from './opinions.ts';

/** One steward spoke; they disagree; it is settled; it is settled and other decisions went against it. */
export type DecisionState = 'open' | 'begun' | 'disputed' | 'settled' | 'contradicted';

export interface ReviewedPair {
  readonly pair: string;
  readonly asked: 'near' | 'sample' | 'told';
  readonly agencies: readonly [string, string];
  /** The agencies' own ids of the two rows. */
  readonly records: readonly [string, string];
  readonly weight: number | null;
  readonly prior: number | null;
  readonly steps: readonly Step[];
  readonly since: number | null;
  readonly state: DecisionState;
  readonly opinions: readonly {
    readonly by: string;
    readonly as: 'steward' | 'agency';
    readonly same: boolean;
  }[];
}

/** Pairs that wait, those nearest to the threshold first; then what was said about others. */
export async function reviewList(linker: DataSource): Promise<readonly ReviewedPair[]> {
  return asLinker(linker, async (client) => {
    const opinions = await readOpinions(client);
    const bySaid = Map.groupBy(opinions, ({ a, b }) => `${a}${b}`);
    const { rows } = await client.query<PairRow>(pairsSql);
    return rows.map((row) => describePair(row, bySaid.get(`${row.a}${row.b}`) ?? []));
  });
}

export async function reviewedPair(linker: DataSource, pair: string): Promise<ReviewedPair> {
  const found = (await reviewList(linker)).find((one) => one.pair === pair);
  if (found !== undefined) return found;
  throw new NotFound('NO_SUCH_PAIR', `The queue has no pair ${pair}.`, {
    remedy: '`npx tessera review list` shows those that wait.',
  });
}

export interface Decision {
  readonly same: boolean;
  /** Who says it: of two stewards who say the same, each under a name of their own. */
  readonly by: string;
}

export async function decide(
  linker: DataSource,
  pair: string,
  { same, by }: Decision,
): Promise<ReviewedPair> {
  const name = nameOf(by);
  const { asked } = await reviewedPair(linker, pair);
  await asLinker(linker, (client) =>
    client.query(
      `INSERT INTO persons.opinion (a, b, same, said_as, said_by, asked)
       SELECT a, b, $2, 'steward', $3, $4 FROM (SELECT a, b FROM persons.review UNION SELECT a, b FROM persons.opinion) known
       WHERE ${pairId} = $1`,
      [pair, same, name, asked],
    ),
  );
  return reviewedPair(linker, pair);
}

/** An agency knows its own people: it names two of its own records, by its own ids, and its word settles the pair. */
export async function confirm(
  linker: DataSource,
  agency: string,
  records: readonly [string, string],
  same: boolean,
): Promise<ReviewedPair> {
  const pair = await asLinker(linker, async (client) => {
    const [x, y] = [
      await surrogateOf(client, agency, records[0]),
      await surrogateOf(client, agency, records[1]),
    ];
    if (x === y)
      throw new Misuse('SAME_RECORD', 'Both ids name one record.', { remedy: 'Name two different records.' });
    const { rows } = await client.query<{ pair: string }>(
      `INSERT INTO persons.opinion AS known (a, b, same, said_as, said_by, asked)
       VALUES (decode(least($1, $2), 'hex'), decode(greatest($1, $2), 'hex'), $3, 'agency', $4,
         coalesce((SELECT asked FROM persons.review WHERE encode(a, 'hex') = least($1, $2) AND encode(b, 'hex') = greatest($1, $2)), 'told'))
       RETURNING ${pairId} AS pair`,
      [x, y, same, agency],
    );
    return rows[0]?.pair ?? '';
  });
  return reviewedPair(linker, pair);
}

/** A pair's name for people; it says nothing about the records. */
const pairId = `left(encode(sha256(known.a || known.b), 'hex'), 12)`;

const rowOf = (side: 'a' | 'b'): string => `
  LEFT JOIN linkage.person_token token_${side} ON token_${side}.surrogate = known.${side}
  LEFT JOIN LATERAL (
    SELECT source_agency, source_record_id FROM linkage.person_linkage
    WHERE source_agency = token_${side}.source_agency AND surrogate = known.${side} AND known_to = 'infinity'
    ORDER BY key_version LIMIT 1) row_${side} ON true
  LEFT JOIN persons.membership of_${side} ON of_${side}.surrogate = known.${side}`;

const pairsSql = `
  SELECT encode(known.a, 'hex') AS a, encode(known.b, 'hex') AS b, ${pairId} AS pair, known.asked,
         row_a.source_agency AS agency_a, row_a.source_record_id AS record_a,
         row_b.source_agency AS agency_b, row_b.source_record_id AS record_b,
         known.weight, known.prior, known.steps, known.since, of_a.person_id = of_b.person_id AS together,
         known.said_at < (SELECT max(made_at) FROM persons.linkage) AS honoured
  FROM (
    SELECT coalesce(review.a, said.a) AS a, coalesce(review.b, said.b) AS b, coalesce(review.asked, said.asked) AS asked,
           weight, prior, steps, since, place, said_at
    FROM persons.review FULL JOIN (
      SELECT a, b, min(asked) AS asked, max(said_at) AS said_at FROM persons.opinion GROUP BY a, b) said
      ON said.a = review.a AND said.b = review.b) known
  ${rowOf('a')} ${rowOf('b')}
  ORDER BY known.place NULLS LAST, known.a, known.b`;

interface PairRow {
  readonly a: string;
  readonly b: string;
  readonly pair: string;
  readonly asked: ReviewedPair['asked'];
  readonly agency_a: string | null;
  readonly record_a: string | null;
  readonly agency_b: string | null;
  readonly record_b: string | null;
  readonly weight: number | null;
  readonly prior: number | null;
  readonly steps: readonly Step[] | null;
  readonly since: number | null;
  readonly together: boolean | null;
  readonly honoured: boolean | null;
}

function describePair(row: PairRow, said: readonly StoredOpinion[]): ReviewedPair {
  return {
    pair: row.pair,
    asked: row.asked,
    agencies: [row.agency_a ?? 'gone', row.agency_b ?? 'gone'],
    records: [row.record_a ?? 'gone', row.record_b ?? 'gone'],
    weight: row.weight,
    prior: row.prior,
    steps: row.steps ?? [],
    since: row.since,
    state: stateOf(row, said),
    opinions: said.map(({ by, as, same }) => ({ by, as, same })),
  };
}

function stateOf({ together, honoured }: PairRow, said: readonly StoredOpinion[]): DecisionState {
  if (said.length === 0) return 'open';
  const [settled] = settle(said);
  if (settled === undefined) return new Set(said.map(({ same }) => same)).size > 1 ? 'disputed' : 'begun';
  const followed = together === null || together === settled.same;
  return honoured === true && !followed ? 'contradicted' : 'settled';
}

async function surrogateOf(client: ClientBase, agency: string, record: string): Promise<string> {
  const { rows } = await client.query<{ surrogate: string }>(
    `SELECT DISTINCT encode(surrogate, 'hex') AS surrogate FROM linkage.person_linkage
     WHERE source_agency = $1 AND source_record_id = $2 AND known_to = 'infinity' AND op NOT IN ('delete', 'absent')`,
    [agency, record],
  );
  const [row] = rows;
  if (row !== undefined && rows.length === 1) return row.surrogate;
  throw new NotFound(
    'NO_SUCH_RECORD',
    `${agency} has no row of person_linkage with one of these record ids.`,
    {
      remedy: 'Give the source_record_id of two of the agency’s own rows.',
    },
  );
}

/** Names are compared without their case and spacing, so that one steward cannot be two. */
function nameOf(by: string): string {
  const name = by.trim().replaceAll(/\s+/g, ' ').toLowerCase();
  if (name !== '') return name;
  throw new Misuse('STEWARD', 'a decision needs the name of the steward who makes it');
}

async function asLinker<T>(linker: DataSource, work: (client: ClientBase) => Promise<T>): Promise<T> {
  return transaction(linker, ({ client }) => work(client));
}
