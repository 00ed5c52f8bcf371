/** The asset map's rows: written in few statements, however many entries there are. */
import type { PoolClient } from 'pg';
import { uuidOf } from '../access/named-id.ts';
import { Refused } from '../errors.ts';
import { textsOf } from './as-texts.ts';
import { plainName, plainStreet } from './names.ts';
import { countiesOf, type Place, type ProgramSaid } from './program.ts';

/** An entry with the ids under which it is kept. */
export interface ToKeep {
  readonly id: string;
  readonly providerId: string;
  /** The version that its writer had seen; 0 for a new entry. */
  readonly seen: number;
  readonly said: ProgramSaid;
  readonly withdrawn?: boolean;
  /** What another directory says of it and we have no field for. */
  readonly carried?: Carried;
}

export interface Carried {
  readonly provider: object;
  readonly program: object;
}

export function providerIdOf(name: string): string {
  return uuidOf('provider', plainName(name));
}

/** One provider's program of one name is one entry in a county, unless somebody gave it an id. */
export function programIdOf(said: ProgramSaid): string {
  const where = said.place.kind === 'open' ? [said.place.keptBy] : ['', ...said.place.region];
  return said.id ?? uuidOf('program', plainName(said.provider), plainName(said.name), ...where);
}

/** Columns that the table has of its own, besides what says a place or its capacity. */
const APART = new Set(
  `id provider program confidential counties kept_by street city zip latitude longitude source verified_on verified_by
   capacity_month capacity_unit capacity occupied waiting waiting_days`.split(/\s+/),
);

export async function keepPrograms(
  client: PoolClient,
  entries: readonly ToKeep[],
  by: string,
): Promise<void> {
  const rows = entries.map((entry) => rowOf(entry));
  const asked = JSON.stringify(rows);
  await client.query(
    `INSERT INTO directory.provider (id, name, carried)
     SELECT DISTINCT ON (provider_id) provider_id, provider, provider_carried
     FROM jsonb_to_recordset($1::jsonb) AS r (provider_id uuid, provider text, provider_carried jsonb)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, carried = coalesce(excluded.carried, provider.carried),
       recorded_at = clock_timestamp()
     WHERE provider.name <> excluded.name OR excluded.carried IS NOT NULL`,
    [asked],
  );
  await client.query(
    `INSERT INTO directory.site (id, provider_id, confidential, street, city, zip, latitude, longitude)
     SELECT DISTINCT ON (site_id) site_id, provider_id, confidential, street, city, zip, latitude, longitude
     FROM jsonb_to_recordset($1::jsonb) AS r (site_id uuid, provider_id uuid, confidential boolean, street text, city text,
       zip text, latitude float8, longitude float8)
     ON CONFLICT (id) DO NOTHING`,
    [asked],
  );
  const { rowCount } = await client.query(
    `INSERT INTO directory.program AS p (id, version, provider_id, site_id, confidential, name, kept_by, counties, content,
       carried, source, verified_on, verified_by, withdrawn, recorded_by)
     SELECT id, seen + 1, provider_id, site_id, confidential, name, kept_by, counties, content, program_carried, source,
       verified_on, verified_by, withdrawn, $2
     FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, seen integer, provider_id uuid, site_id uuid, confidential boolean,
       name text, kept_by text, counties text[], content jsonb, program_carried jsonb, source text, verified_on date,
       verified_by text, withdrawn boolean)
     ON CONFLICT (id) DO UPDATE SET version = excluded.version, provider_id = excluded.provider_id,
       site_id = excluded.site_id, confidential = excluded.confidential, name = excluded.name, kept_by = excluded.kept_by,
       counties = excluded.counties, content = excluded.content,
       carried = CASE WHEN excluded.confidential THEN NULL ELSE coalesce(excluded.carried, p.carried) END,
       source = excluded.source, verified_on = excluded.verified_on, verified_by = excluded.verified_by,
       withdrawn = excluded.withdrawn, recorded_by = excluded.recorded_by, recorded_at = clock_timestamp()
     WHERE p.version = excluded.version - 1`,
    [asked, by],
  );
  if (rowCount !== entries.length)
    throw new Refused('CHANGED_MEANWHILE', 'An entry is not as its writer had seen it.', {
      remedy: 'Read the entry again, and send its newest `version`.',
    });
  await client.query(
    `INSERT INTO directory.capacity AS c (program_id, month, unit, places, occupied, waiting, waiting_days)
     SELECT id, (month || '-01')::date, unit, places, occupied, waiting, waiting_days
     FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, month text, unit text, places integer, occupied integer,
       waiting integer, waiting_days integer)
     WHERE month IS NOT NULL
     ON CONFLICT (program_id, month) DO UPDATE SET unit = excluded.unit, places = excluded.places,
       occupied = excluded.occupied, waiting = excluded.waiting, waiting_days = excluded.waiting_days
     WHERE (c.unit, c.places, c.occupied, c.waiting, c.waiting_days)
       IS DISTINCT FROM (excluded.unit, excluded.places, excluded.occupied, excluded.waiting, excluded.waiting_days)`,
    [asked],
  );
}

function rowOf({ id, providerId, seen, said, withdrawn, carried }: ToKeep): Record<string, unknown> {
  const { place, capacity, verification } = said;
  const texts = Object.entries(textsOf(said)).filter(([name]) => !APART.has(name));
  return {
    id,
    seen,
    provider_id: providerId,
    provider: said.provider,
    provider_carried: carried?.provider,
    name: said.name,
    ...placeRow(id, providerId, place),
    program_carried: place.kind === 'open' ? carried?.program : undefined,
    counties: countiesOf(place),
    content: Object.fromEntries(texts),
    source: verification.source,
    verified_on: verification.on,
    verified_by: verification.by,
    withdrawn: withdrawn === true,
    month: capacity?.month,
    unit: capacity?.unit,
    places: capacity?.places,
    occupied: capacity?.occupied,
    waiting: capacity?.waiting,
    waiting_days: capacity?.waitingDays,
  };
}

/** Programs of one provider at one address are at one site; a confidential place is told apart by its program alone. */
function placeRow(id: string, providerId: string, place: Place): Record<string, unknown> {
  if (place.kind === 'confidential')
    return { site_id: uuidOf('site', id, 'confidential'), confidential: true };
  const { address, point, keptBy } = place;
  const words = [address?.street ?? '', address?.city ?? ''].map(plainStreet);
  const where = [...words, address?.zip, point?.latitude, point?.longitude].map((part) => String(part ?? ''));
  return {
    site_id: uuidOf('site', providerId, ...where),
    confidential: false,
    kept_by: keptBy,
    street: address?.street,
    city: address?.city,
    zip: address?.zip,
    latitude: point?.latitude,
    longitude: point?.longitude,
  };
}
