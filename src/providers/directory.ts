/** The asset map whole, as it stands: small enough to be held, and read again when anything in it changed. */
import type { DataSource } from 'typeorm';
import { type Contracts, loadContracts } from '../contracts/contracts.ts';
import { prepared } from '../db/prepared.ts';
import { fieldTexts } from './as-texts.ts';
import { directoryFields, standingProgram } from './checked-program.ts';
import type { Program } from './program.ts';

export interface Directory {
  readonly programs: readonly Program[];
  readonly byId: ReadonlyMap<string, Program>;
  /** Of every entry, those that were withdrawn included. */
  readonly versions: ReadonlyMap<string, number>;
  /** Another one as soon as any entry is. */
  readonly stamp: string;
}

interface Held extends Directory {
  /** By entry, what it was read as: another one asks for the entry to be read again. */
  readonly keys: ReadonlyMap<string, string>;
}

const known = new WeakMap<DataSource, Promise<Held>>();

/** Every entry changes its version with whatever changes of it, its capacity and its provider's name included. */
const STAMP = "SELECT count(*) || ' ' || coalesce(sum(version), 0) AS stamp FROM directory.program";

export async function directory(source: DataSource): Promise<Directory> {
  const [row] = await prepared<{ stamp: string }>(source, STAMP);
  const stamp = row?.stamp ?? '';
  const before = await known.get(source)?.catch(() => undefined);
  if (before?.stamp === stamp) return before;
  const reading = read(source, loadContracts(), stamp, before);
  known.set(source, reading);
  return reading;
}

interface Head {
  readonly id: string;
  readonly version: number;
  readonly withdrawn: boolean;
  readonly key: string;
}

/** Only what changed is read whole: a county that saves one entry does not make everybody wait for thousands. */
async function read(
  source: DataSource,
  contracts: Contracts,
  stamp: string,
  before: Held | undefined,
): Promise<Held> {
  const heads = await source.query<Head[]>(
    `SELECT p.id, p.version, p.withdrawn, p.version || ' ' || o.recorded_at AS key
     FROM directory.program p JOIN directory.provider o ON o.id = p.provider_id
     ORDER BY lower(o.name), lower(p.name), p.id`,
  );
  const standing = heads.filter(({ withdrawn }) => !withdrawn);
  const other = standing.filter(({ id, key }) => before?.keys.get(id) !== key).map(({ id }) => id);
  const fresh = await readWhole(source, contracts, other);
  const byId = new Map<string, Program>();
  for (const { id } of standing) {
    const program = fresh.get(id) ?? before?.byId.get(id);
    if (program !== undefined) byId.set(id, program);
  }
  return {
    programs: [...byId.values()],
    byId,
    versions: new Map(heads.map(({ id, version }) => [id, version])),
    keys: new Map(standing.filter(({ id }) => byId.has(id)).map(({ id, key }) => [id, key])),
    stamp,
  };
}

interface Row {
  readonly id: string;
  readonly version: number;
  readonly provider_id: string;
  readonly provider: string;
  readonly program: string;
  readonly confidential: boolean;
  readonly kept_by: string | null;
  readonly counties: readonly string[];
  readonly content: Readonly<Record<string, string>>;
  readonly [column: string]: unknown;
}

const COLUMNS = `street city zip latitude longitude source verified_on verified_by
  capacity_month capacity_unit capacity occupied waiting waiting_days`.split(/\s+/);

async function readWhole(
  source: DataSource,
  contracts: Contracts,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Program>> {
  if (ids.length === 0) return new Map();
  const rows = await source.query<Row[]>(
    `SELECT p.id, p.version, p.provider_id, o.name AS provider, p.name AS program, p.confidential, p.kept_by, p.counties,
       p.content, s.street, s.city, s.zip, s.latitude, s.longitude, p.source, p.verified_on::text AS verified_on,
       p.verified_by, to_char(c.month, 'YYYY-MM') AS capacity_month, c.unit AS capacity_unit, c.places AS capacity,
       c.occupied, c.waiting, c.waiting_days
     FROM directory.program p JOIN directory.provider o ON o.id = p.provider_id JOIN directory.site s ON s.id = p.site_id
     LEFT JOIN LATERAL (SELECT * FROM directory.capacity c WHERE c.program_id = p.id ORDER BY month DESC LIMIT 1) c ON true
     WHERE p.id = ANY ($1)`,
    [ids],
  );
  const several = severalOf(contracts);
  return new Map(rows.map((row) => [row.id, programOf(contracts, several, row)]));
}

/** Fields in whose texts a semicolon parts one value from the next. */
export function severalOf(contracts: Contracts): ReadonlySet<string> {
  return new Set(
    directoryFields(contracts)
      .filter(({ type }) => type === 'codes' || type === 'choices')
      .map(({ name }) => name),
  );
}

function programOf(contracts: Contracts, several: ReadonlySet<string>, row: Row): Program {
  const { id, provider_id: providerId, version, kept_by: keptBy } = row;
  const texts: Record<string, string> = {
    ...row.content,
    id,
    provider: row.provider,
    program: row.program,
    confidential: String(row.confidential),
    counties: row.counties.join(';'),
    ...(keptBy === null ? {} : { kept_by: keptBy }),
  };
  for (const name of COLUMNS) {
    const value = row[name] as string | number | null;
    if (value !== null) texts[name] = String(value);
  }
  return { ...standingProgram(contracts, fieldTexts(texts, several)), id, providerId, version };
}
