/** Where people say whether two records are one person, as the linker; what they say holds from the next linkage on. */
import type { ClientBase } from 'pg';
import type { DataSource } from 'typeorm';
import { readRows } from '../../src/db/read-rows.ts';
import { transaction } from '../../src/db/transaction.ts';
import { Misuse, NotFound } from '../../src/errors.ts';
import { type Decision, type PairSeen, pairsSeen, sayOfPair } from './pairs-seen.ts';

export interface ReviewedPair extends PairSeen {
  /** The agencies' own ids of the two rows: on the hub's own host alone. */
  readonly records: readonly [string, string];
}

const everyCounty = { county: '*' };

export async function reviewList(linker: DataSource): Promise<readonly ReviewedPair[]> {
  const records = new Map(
    (await readRows<RecordsRow>(linker, {}, recordsSql)).map(({ pair, a, b }) => [pair, [a, b] as const]),
  );
  return (await pairsSeen(linker, everyCounty)).map((seen) => {
    const [a, b] = records.get(seen.pair) ?? [null, null];
    return { ...seen, records: [a ?? 'gone', b ?? 'gone'] };
  });
}

export async function reviewedPair(linker: DataSource, pair: string): Promise<ReviewedPair> {
  const found = (await reviewList(linker)).find((one) => one.pair === pair);
  if (found !== undefined) return found;
  throw new NotFound('NO_SUCH_PAIR', `The queue has no pair ${pair}.`, {
    remedy: '`npx tessera review list` shows those that wait.',
  });
}

export async function decide(linker: DataSource, pair: string, decision: Decision): Promise<ReviewedPair> {
  await sayOfPair(linker, everyCounty, pair, decision);
  return reviewedPair(linker, pair);
}

/** An agency knows its own people: it names two of its own records, by its own ids, and its word settles the pair. */
export async function confirm(
  linker: DataSource,
  agency: string,
  records: readonly [string, string],
  same: boolean,
): Promise<ReviewedPair> {
  const pair = await transaction(linker, async ({ client }) => {
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
       RETURNING persons.pair_name(known.a, known.b) AS pair`,
      [x, y, same, agency],
    );
    return rows[0]?.pair ?? '';
  });
  return reviewedPair(linker, pair);
}

interface RecordsRow {
  readonly pair: string;
  readonly a: string | null;
  readonly b: string | null;
}

const recordOf = (side: 'a' | 'b'): string => `
  (SELECT sent.source_record_id FROM linkage.person_token token JOIN linkage.person_linkage sent
     ON sent.source_agency = token.source_agency AND sent.surrogate = token.surrogate AND sent.known_to = 'infinity'
   WHERE token.surrogate = known.${side} ORDER BY sent.key_version LIMIT 1) AS ${side}`;

const recordsSql = `
  SELECT persons.pair_name(known.a, known.b) AS pair, ${recordOf('a')}, ${recordOf('b')}
  FROM (SELECT a, b FROM persons.review UNION SELECT a, b FROM persons.opinion) known`;

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
