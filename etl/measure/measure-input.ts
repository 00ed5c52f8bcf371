/** What figures follow from, in one hash: the same input is not measured twice. */
import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { Refused } from '../../src/errors.ts';
import { ZONE } from '../validate/calendar.ts';
import { rulesHash } from './build-facts.ts';

export interface MeasureWanted {
  readonly measurer: DataSource;
  readonly requestedBy: string;
  readonly codeVersion: string;
  /** As the hub knew things at the end of a day; left out, as it knows them now. */
  readonly knownOn?: string | undefined;
  /** Who is one person, of an earlier day: as linked by its end, or as linked today. */
  readonly linkage?: 'then' | 'today' | undefined;
  /** By the terms and metrics as they were defined on a day; left out, as they are defined now. */
  readonly definedOn?: string | undefined;
  /** Facts of everybody anew, even if little changed. */
  readonly full?: boolean | undefined;
  /** The day up to which the hub is taken to know; left out, the day of the newest delivery. */
  readonly today?: string | undefined;
  /** Earlier versions of single metrics. */
  readonly versions?: ReadonlyMap<string, number> | undefined;
  readonly contracts?: Contracts;
}

export async function newestDay(measurer: DataSource): Promise<string> {
  const [row] = await measurer.query<{ day: string | null }[]>(
    `SELECT (max(as_of) AT TIME ZONE '${ZONE}')::date::text AS day FROM ops.delivery`,
  );
  if (typeof row?.day === 'string') return row.day;
  throw new Refused('NOTHING_DELIVERED', 'there is nothing to measure: no delivery has been taken in', {
    remedy: 'take one in with `npx tessera deliver FOLDER`',
  });
}

/** Deliveries only ever grow; memberships may come and go, so all of them are asked. */
export async function inputOf(
  wanted: MeasureWanted,
  contracts: Contracts,
  knownOn: string,
  versions: ReadonlyMap<string, number>,
): Promise<string> {
  const [row] = await wanted.measurer.query<{ delivery: string; members: string; estimates: string }[]>(
    `SELECT (SELECT coalesce(string_agg(id, ',' ORDER BY made_at, id), '') FROM measures.estimate) AS estimates,
       (SELECT max(number) FROM persons.linkage) AS linkage,
       (SELECT coalesce(max(id), 0) FROM ops.delivery) AS delivery,
       (SELECT count(*) || ':' || coalesce(sum(hash_array_extended(ARRAY[surrogate, person_id], 0)), 0)
        FROM persons.membership) AS members`,
  );
  const metrics = [...contracts.metrics.values()].map((metric) => [
    metric,
    [...metric.sql],
    [...metric.dimensions],
  ]);
  const clocks = [...contracts.clocks.values()];
  const input = [
    row,
    rulesHash(contracts),
    clocks,
    metrics,
    knownOn,
    wanted.knownOn ?? null,
    wanted.full ?? false,
  ];
  return createHash('sha256')
    .update(
      JSON.stringify([
        ...input,
        [...versions],
        wanted.definedOn ?? null,
        wanted.linkage ?? null,
        wanted.codeVersion,
      ]),
    )
    .digest('hex');
}
