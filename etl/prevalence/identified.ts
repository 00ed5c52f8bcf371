/** Whom each system identified in a period, and what linkage knows of them: read as the measurer, by surrogate alone. */
import type { ClientBase } from 'pg';
import type { TermQuery } from '../persons/term-query.ts';
import type { Persons, PossibleLink } from './drawn-linkages.ts';

export interface Identified {
  readonly linkage: number;
  /** By system, the surrogates that its agencies identified. */
  readonly bySystem: ReadonlyMap<string, readonly string[]>;
  /** The persons of the identified and of whoever may be one with them. */
  readonly persons: Persons;
  readonly links: readonly PossibleLink[];
}

export async function readIdentified(
  client: ClientBase,
  { sql }: TermQuery,
): Promise<Identified | undefined> {
  const linkage = await client.query<{ number: number }>('SELECT max(number) AS number FROM persons.linkage');
  const number = linkage.rows[0]?.number ?? null;
  if (number === null) return undefined;
  const said = await client.query<{ surrogate: string; system: string; person: string }>(
    `SELECT DISTINCT encode(said.surrogate, 'hex') AS surrogate, agency.system,
            encode(coalesce(person_id, said.surrogate), 'hex') AS person
     FROM (${sql}) said JOIN governance.agency ON agency.id = said.source_agency
     LEFT JOIN persons.membership ON membership.surrogate = said.surrogate
     ORDER BY 1, 2`,
  );
  const near = await client.query<{ a: string; b: string; posterior: number; of_a: string; of_b: string }>(
    `WITH known AS (
       SELECT surrogate FROM persons.membership WHERE person_id IN (
         SELECT person_id FROM persons.membership JOIN (${sql}) said USING (surrogate)))
     SELECT encode(a, 'hex') AS a, encode(b, 'hex') AS b, posterior,
            encode(of_a.person_id, 'hex') AS of_a, encode(of_b.person_id, 'hex') AS of_b
     FROM persons.link JOIN persons.membership of_a ON of_a.surrogate = a JOIN persons.membership of_b ON of_b.surrogate = b
     WHERE a IN (SELECT surrogate FROM known) OR b IN (SELECT surrogate FROM known)
     ORDER BY a, b`,
  );
  const persons = new Map(said.rows.map(({ surrogate, person }) => [surrogate, person]));
  for (const { a, b, of_a, of_b } of near.rows) persons.set(a, of_a).set(b, of_b);
  const bySystem = Map.groupBy(said.rows, ({ system }) => system);
  return {
    linkage: number,
    bySystem: new Map(
      [...bySystem].map(([system, rows]) => [system, rows.map(({ surrogate }) => surrogate)]),
    ),
    persons,
    links: near.rows.map(({ a, b, posterior }) => ({ a, b, posterior })),
  };
}
