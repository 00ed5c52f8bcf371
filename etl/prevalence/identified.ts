/** Whom each system identified in a period, and what linkage knows of them: read as the measurer, by surrogate alone. */
import type { PoolClient } from 'pg';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { Misuse } from '../../src/errors.ts';
import type { LinkageQuality } from '../estimate/linkage-error.ts';
import { linkageBy } from '../measure/linkage-by.ts';
import { heldRows, type TermQuestion, termQuery } from '../persons/term-query.ts';
import { ZONE } from '../validate/calendar.ts';
import { literal } from '../validate/stored/sql.ts';
import type { Persons, PossibleLink } from './drawn-linkages.ts';
import type { Answers } from './stratified-table.ts';

export interface Identified {
  readonly linkage: number;
  /** How many true links the linkage made, and how many of those that it made are true. */
  readonly quality: MeasuredQuality | undefined;
  /** The last day on which anything came that is known here. */
  readonly knownOn: string;
  /** By system, the surrogates that its agencies identified. */
  readonly bySystem: ReadonlyMap<string, readonly string[]>;
  /** The persons of the identified and of whoever may be one with them. */
  readonly persons: Persons;
  readonly links: readonly PossibleLink[];
  /** What their records say of the characteristic by which strata are asked for. */
  readonly answers: Answers;
}

export interface MeasuredQuality extends LinkageQuality {
  readonly precisionBy: 'review' | 'model';
  readonly recallBy: 'model';
}

/** The groups in which estimates may be asked for, and how one record answers; no answer is NULL. */
const ANSWERS = {
  sex: "nullif(p.sex, 'unknown')",
  race_ethnicity:
    "CASE cardinality(p.race_ethnicity) WHEN 0 THEN NULL WHEN 1 THEN p.race_ethnicity[1] ELSE 'two_or_more' END",
} as const;
export type Stratum = keyof typeof ANSWERS;

export function stratumNamed(by: string): Stratum {
  const found = Object.keys(ANSWERS).find((name) => name === by);
  if (found !== undefined) return found as Stratum;
  throw new Misuse('STRATUM', `--by ${by}: no estimate is made by it`, {
    remedy: `Give one of: ${Object.keys(ANSWERS).join(', ')}. Regions are asked for with --region.`,
  });
}

export async function readIdentified(
  client: PoolClient,
  contracts: Contracts,
  question: TermQuestion,
  { by, today }: { readonly by: Stratum | undefined; readonly today: string },
): Promise<Identified | undefined> {
  const { sql } = termQuery(contracts, question);
  await client.query(`SET LOCAL TimeZone = '${ZONE}'`);
  const number = (await linkageBy(client, question.knownOn)) ?? (await linkageBy(client, undefined));
  if (number === null) return undefined;
  // Who was one person then; what each link weighs is known of today only.
  const membership =
    question.knownOn === undefined ? 'persons.membership' : `persons.membership_as_of(${number})`;
  const said = await client.query<{ surrogate: string; system: string; person: string }>(
    `SELECT DISTINCT encode(said.surrogate, 'hex') AS surrogate,
            CASE agency.system WHEN 'cross_system' THEN 'community' ELSE agency.system END AS system,
            encode(coalesce(person_id, said.surrogate), 'hex') AS person
     FROM (${sql}) said JOIN governance.agency ON agency.id = said.source_agency
     LEFT JOIN ${membership} member ON member.surrogate = said.surrogate
     ORDER BY 1, 2`,
  );
  const near = await client.query<{ a: string; b: string; posterior: number; of_a: string; of_b: string }>(
    `WITH known AS (
       SELECT surrogate FROM ${membership} member WHERE person_id IN (
         SELECT person_id FROM ${membership} member JOIN (${sql}) said USING (surrogate)))
     SELECT encode(a, 'hex') AS a, encode(b, 'hex') AS b, posterior,
            encode(of_a.person_id, 'hex') AS of_a, encode(of_b.person_id, 'hex') AS of_b
     FROM persons.link JOIN ${membership} of_a ON of_a.surrogate = a JOIN ${membership} of_b ON of_b.surrogate = b
     WHERE a IN (SELECT surrogate FROM known) OR b IN (SELECT surrogate FROM known)
     ORDER BY a, b`,
  );
  const persons = new Map(said.rows.map(({ surrogate, person }) => [surrogate, person]));
  for (const { a, b, of_a, of_b } of near.rows) persons.set(a, of_a).set(b, of_b);
  const bySystem = Map.groupBy(said.rows, ({ system }) => system);
  return {
    linkage: number,
    quality: await qualityOf(client, number),
    knownOn: question.knownOn ?? (await newestDay(client)) ?? today,
    bySystem: new Map(
      [...bySystem].map(([system, rows]) => [system, rows.map(({ surrogate }) => surrogate)]),
    ),
    persons,
    links: near.rows.map(({ a, b, posterior }) => ({ a, b, posterior })),
    answers:
      by === undefined ? new Map() : await answersOf(client, contracts, question, by, [...persons.keys()]),
  };
}

async function answersOf(
  client: PoolClient,
  contracts: Contracts,
  { knownOn }: TermQuestion,
  by: Stratum,
  surrogates: readonly string[],
): Promise<Answers> {
  const { rows } = await client.query<{ surrogate: string; answers: string[] }>(
    `SELECT surrogate, array_agg(answer ORDER BY answer) AS answers
     FROM (SELECT encode(p.surrogate, 'hex') AS surrogate, ${ANSWERS[by]} AS answer
           FROM ${heldRows(contracts, 'person', knownOn)} p) said
     WHERE answer IS NOT NULL AND surrogate = ANY ($1) GROUP BY 1 ORDER BY 1`,
    [surrogates],
  );
  return new Map(rows.map(({ surrogate, answers }) => [surrogate, answers]));
}

/** Pairs that were reviewed measure precision better than the model that made them, once there are enough of them. */
const ENOUGH_REVIEWED = 50;

interface KeptQuality {
  readonly precision_by_model?: { readonly value: number };
  readonly recall_by_model?: { readonly value: number };
  readonly precision_by_review?: { readonly value: number; readonly pairs: number };
}

async function qualityOf(client: PoolClient, linkage: number): Promise<MeasuredQuality | undefined> {
  const { rows } = await client.query<{ quality: KeptQuality }>(
    'SELECT quality FROM ops.linkage_quality WHERE linkage <= $1 ORDER BY linkage DESC LIMIT 1',
    [linkage],
  );
  const quality = rows[0]?.quality;
  const recall = quality?.recall_by_model?.value ?? 0;
  const reviewed = (quality?.precision_by_review?.pairs ?? 0) >= ENOUGH_REVIEWED;
  const precision = (reviewed ? quality?.precision_by_review : quality?.precision_by_model)?.value ?? 0;
  if (!(recall > 0 && precision > 0)) return undefined;
  return { recall, precision, recallBy: 'model', precisionBy: reviewed ? 'review' : 'model' };
}

/** The hub's own days, not those that agencies put on their deliveries: by them it says what it knew and when. */
async function newestDay(client: PoolClient): Promise<string | undefined> {
  const { rows } = await client.query<{ day: string | null }>(
    `SELECT (max(loaded_at) AT TIME ZONE ${literal(ZONE)})::date::text AS day FROM ops.delivery`,
  );
  return rows[0]?.day ?? undefined;
}
