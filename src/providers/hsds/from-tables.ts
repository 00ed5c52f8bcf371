/**
 * HSDS 3 as its data package has it: a table for each kind of thing, tied by ids. Put together to the organizations that
 * its JSON has, so that both are read alike. A row belongs to everything that it names; what names nothing that is there is told apart.
 */
import { isObject, type Json } from './json.ts';

export type Tables = ReadonlyMap<string, readonly Json[]>;

export interface FromTables {
  readonly organizations: readonly Json[];
  /** Rows that belong to nothing in the package, by table. */
  readonly rest: Tables;
}

interface Part {
  readonly table: string;
  readonly as: string;
  /** The column of the part that names its whole. */
  readonly by: string;
}

interface Named {
  readonly table: string;
  readonly as: string;
  /** The column of the whole that names the one that it has. */
  readonly by: string;
}

const parts = (by: string, tables: string): readonly Part[] =>
  tables.split(' ').map((table) => ({ table, as: table, by }));

const ATTACHED: readonly Part[] = [...parts('link_id', 'attributes'), ...parts('resource_id', 'metadata')];

const PARTS: Readonly<Record<string, readonly Part[]>> = {
  organizations: parts(
    'organization_id',
    'programs services locations contacts phones funding organization_identifiers',
  ),
  services: [
    { table: 'service_at_location', as: 'service_at_locations', by: 'service_id' },
    ...parts(
      'service_id',
      'contacts phones schedules funding service_areas required_documents languages cost_options',
    ),
  ],
  service_at_location: parts('service_at_location_id', 'contacts phones schedules'),
  locations: parts('location_id', 'addresses contacts phones schedules languages accessibility'),
  contacts: parts('contact_id', 'phones'),
  phones: parts('phone_id', 'languages'),
};

const NAMED: Readonly<Record<string, readonly Named[]>> = {
  services: [{ table: 'programs', as: 'program', by: 'program_id' }],
  service_at_location: [{ table: 'locations', as: 'location', by: 'location_id' }],
  attributes: [{ table: 'taxonomy_terms', as: 'taxonomy_term', by: 'taxonomy_term_id' }],
  taxonomy_terms: [{ table: 'taxonomies', as: 'taxonomy_detail', by: 'taxonomy_id' }],
};

/** Of a JSON document that holds the tables under the names of their files; undefined for any other. */
export function tablesIn(document: unknown): Tables | undefined {
  if (!isObject(document)) return undefined;
  const tables = Object.entries(document);
  const isOne = ([name, rows]: readonly [string, unknown]): boolean =>
    name.endsWith('.csv') && Array.isArray(rows);
  if (tables.length === 0 || !tables.every(isOne)) return undefined;
  return new Map(
    tables.map(([name, rows]) => [name.slice(0, -'.csv'.length), (rows as unknown[]).filter(isObject)]),
  );
}

export function fromTables(tables: Tables): FromTables {
  const placed = new Set<Json>();
  const indexes = new Map<string, ReadonlyMap<unknown, readonly Json[]>>();
  const rowsBy = (table: string, column: string, value: unknown): readonly Json[] => {
    const key = `${table} ${column}`;
    const index = indexes.get(key) ?? Map.groupBy(tables.get(table) ?? [], (row) => row[column]);
    indexes.set(key, index);
    return value === undefined ? [] : (index.get(value) ?? []);
  };
  const whole = (table: string, row: Json): Json => {
    placed.add(row);
    const own = (NAMED[table] ?? []).flatMap(({ table: of, as, by }) =>
      rowsBy(of, 'id', row[by]).map((one) => [as, whole(of, one)] as const),
    );
    const below = [...(PARTS[table] ?? []), ...ATTACHED].flatMap(({ table: of, as, by }) => {
      const rows = rowsBy(of, by, row['id']).filter((one) => one !== row);
      return rows.length === 0 ? [] : [[as, rows.map((one) => whole(of, one))] as const];
    });
    return { ...row, ...Object.fromEntries([...own, ...below]) };
  };
  const organizations = (tables.get('organizations') ?? []).map((row) => whole('organizations', row));
  const rest = [...tables].flatMap(([table, rows]) => {
    const left = rows.filter((row) => !placed.has(row));
    return left.length === 0 ? [] : [[table, left] as const];
  });
  return { organizations, rest: new Map(rest) };
}

/** Columns whose values are numbers in JSON, and texts in a file of rows. */
const NUMBERS = new Set(
  `year_incorporated minimum_age maximum_age latitude longitude extension timezone count interval amount`.split(
    ' ',
  ),
);

/** A row of a file: what is empty is not there. */
export function tableRow(texts: Readonly<Record<string, string>>): Json {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]): [string, string | number][] => {
      if (text === '') return [];
      const isNumber = NUMBERS.has(name) && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text);
      return [[name, isNumber ? Number(text) : text]];
    }),
  );
}
