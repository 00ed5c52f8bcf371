/** How right the current linkage is where the truth is known, because a program planted it. */
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import type { DataSource } from 'typeorm';
import { transaction } from '../../src/db/transaction.ts';
import { Refused } from '../../src/errors.ts';
import { type Estimate, reviewedShare } from '../link/quality.ts';

export interface PlantedQuality {
  readonly records: number;
  readonly true_persons: number;
  readonly found_persons: number;
  readonly true_pairs: number;
  readonly found_pairs: number;
  readonly precision: Estimate;
  readonly recall: Estimate;
}

interface Planted {
  readonly agency: string;
  readonly token: string;
  readonly person: string;
}

/** `file` is the `memberships.parquet` that `tessera synthesize` writes beside the deliveries. */
export async function comparedWithTruth(linker: DataSource, file: string): Promise<PlantedQuality> {
  const found = await pseudonymsWithPersons(linker);
  const pairs: (readonly [string, string])[] = [];
  for (const { agency, token, person } of await readTruth(file)) {
    const linked = found.get(`${agency}/${token}`);
    if (linked !== undefined) pairs.push([person, linked]);
  }
  const [truePairs, foundPairs, both] = [
    pairsWithin(pairs.map(([person]) => person)),
    pairsWithin(pairs.map(([, linked]) => linked)),
    pairsWithin(pairs.map(([person, linked]) => `${person} ${linked}`)),
  ];
  return {
    records: pairs.length,
    true_persons: new Set(pairs.map(([person]) => person)).size,
    found_persons: new Set(pairs.map(([, linked]) => linked)).size,
    true_pairs: truePairs,
    found_pairs: foundPairs,
    precision: reviewedShare(both, foundPairs),
    recall: reviewedShare(both, truePairs),
  };
}

async function pseudonymsWithPersons(linker: DataSource): Promise<ReadonlyMap<string, string>> {
  const { rows } = await transaction(linker, ({ client }) =>
    client.query<{ name: string; person: string }>(
      `SELECT source_agency || '/' || person_token AS name, encode(person_id, 'hex') AS person
       FROM linkage.person_token JOIN persons.membership USING (surrogate)`,
    ),
  );
  return new Map(rows.map(({ name, person }) => [name, person]));
}

async function readTruth(file: string): Promise<readonly Planted[]> {
  try {
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(file) });
    return rows.map((row) => ({
      agency: String(row['source_agency']),
      token: String(row['person_token']),
      person: String(row['person']),
    }));
  } catch (cause) {
    throw new Refused('TRUTH_FILE', `${file} cannot be read as the truth of a synthetic state`, {
      remedy: 'Name the truth/memberships.parquet that `tessera synthesize` wrote.',
      cause,
    });
  }
}

function pairsWithin(groups: readonly string[]): number {
  const sizes = new Map<string, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
}
