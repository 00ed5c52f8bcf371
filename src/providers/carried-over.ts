import type { DataSource } from 'typeorm';
import type { Json } from './hsds/json.ts';
import type { CarriedOver } from './hsds/to-hsds.ts';

/** What other directories said of entries that came from them. */
export async function carriedOver(source: DataSource): Promise<CarriedOver> {
  const [providers, programs] = await Promise.all(
    ['provider', 'program'].map((table) =>
      source.query<{ id: string; carried: Json }[]>(
        `SELECT id, carried FROM directory.${table} WHERE carried IS NOT NULL`,
      ),
    ),
  );
  const byId = (rows: { id: string; carried: Json }[] | undefined): ReadonlyMap<string, Json> =>
    new Map((rows ?? []).map(({ id, carried }) => [id, carried]));
  return { providers: byId(providers), programs: byId(programs) };
}
