/** The rows of `person_linkage` that hold now, as linkage compares them. */
import type { ClientBase } from 'pg';
import { streamRows } from '../../src/db/copy.ts';
import { Refused } from '../../src/errors.ts';
import { personLayout } from '../encode/layout.ts';
import type { ClkRecords } from '../link/clk-groups.ts';
import { CellReader } from '../link/linkage-cells.ts';
import { type RecordTable, TableBuilder } from '../link/table.ts';
import { readClkRows } from './clk-rows.ts';
import type { LeftOut } from './left-out.ts';

export interface LinkageRows {
  readonly keyVersion: string;
  /** A record's person is its surrogate: 16 bytes, which no two agencies share. */
  readonly table: RecordTable;
  /** By record: its surrogate in hexadecimal. */
  readonly surrogates: readonly string[];
  /** By record: which row of which delivery it is. */
  readonly versions: readonly RowVersion[];
  /** Rows that have the filter of the whole record and nothing else, with those that they are compared with. */
  readonly clks: ClkRecords;
  /** Surrogates that cannot be compared with the others; each stands for a person of its own. */
  readonly leftOut: readonly LeftOut[];
}

export interface RowVersion {
  readonly delivery: number;
  readonly line: number;
}

/** Modes whose rows carry tokens and filters field by field. */
const comparable = `mode IN ('field', 'both')`;
const holds = `known_to = 'infinity' AND op NOT IN ('delete', 'absent')`;

/** What was delivered, in one value that changes with every row that comes, changes or goes. */
export async function rowsHash(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ hash: string }>(
    `SELECT coalesce(string_agg(source_agency || ' ' || rows || ' ' || sum, ',' ORDER BY source_agency), '') AS hash
     FROM (SELECT source_agency, count(*) AS rows, sum(hashtextextended(
             concat_ws('|', encode(surrogate, 'hex'), key_version, delivery, line), 0)::numeric) AS sum
           FROM linkage.person_linkage WHERE ${holds} GROUP BY source_agency) agency`,
  );
  return rows[0]?.hash ?? '';
}

/** Streams the rows, in an order that depends on them alone, under the key version that most of them carry. */
export async function readLinkageRows(client: ClientBase): Promise<LinkageRows> {
  const keyVersion = await commonKeyVersion(client);
  const builder = new TableBuilder(personLayout);
  const tokenCells = new CellReader(personLayout, 'tokens');
  const filterCells = new CellReader(personLayout, 'filters');
  const surrogates: string[] = [];
  const versions: RowVersion[] = [];
  const { clks, leftOut } = await readClkRows(client, keyVersion, await notComparable(client, keyVersion));
  const rows = streamRows<Row>(
    client,
    `SELECT source_agency AS agency, surrogate, coalesce(tokens, '') AS tokens, coalesce(filters, '') AS filters,
            delivery::integer AS delivery, line
     FROM linkage.person_linkage WHERE ${holds} AND key_version = $1 AND ${comparable}
     ORDER BY source_agency, surrogate`,
    [keyVersion],
  );
  for await (const { agency, surrogate, tokens, filters, delivery, line } of rows) {
    const name = surrogate.toString('hex');
    const tokenBytes = read(tokenCells, tokens);
    const filterBytes = read(filterCells, filters);
    if (tokenBytes === undefined || filterBytes === undefined) {
      leftOut.push({ agency, surrogate: name, why: 'layout' });
      continue;
    }
    builder.add(agency, surrogate, tokenBytes, filterBytes);
    surrogates.push(name);
    versions.push({ delivery, line });
  }
  return { keyVersion, table: builder.finish(), surrogates, versions, clks, leftOut };
}

/** A row of another layout stands for a person of its own; it does not stop the night. */
function read(cells: CellReader, text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'latin1');
  try {
    return cells.read(bytes, 0, bytes.length, 'person_linkage');
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

interface Row {
  readonly agency: string;
  readonly surrogate: Buffer;
  readonly tokens: string;
  readonly filters: string;
  readonly delivery: number;
  readonly line: number;
}

async function commonKeyVersion(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ key_version: string }>(
    `SELECT key_version FROM linkage.person_linkage WHERE ${holds} AND ${comparable}
     GROUP BY key_version ORDER BY count(*) DESC, key_version DESC LIMIT 1`,
  );
  const [row] = rows;
  if (row !== undefined) return row.key_version;
  throw new Refused(
    'NOTHING_TO_LINK',
    'No agency has sent rows of person_linkage in the modes field or both.',
    {
      remedy: 'Take deliveries in with `npx tessera deliver FOLDER`.',
    },
  );
}

/** Who has no row under the key version and mode that are compared. */
async function notComparable(client: ClientBase, keyVersion: string): Promise<LeftOut[]> {
  const { rows } = await client.query<{ agency: string; surrogate: Buffer; mode: boolean }>(
    `SELECT source_agency AS agency, surrogate, bool_or(key_version = $1) AS mode
     FROM linkage.person_linkage WHERE ${holds} GROUP BY source_agency, surrogate
     HAVING NOT bool_or(key_version = $1 AND ${comparable}) ORDER BY source_agency, surrogate`,
    [keyVersion],
  );
  return rows.map(({ agency, surrogate, mode }) => ({
    agency,
    surrogate: surrogate.toString('hex'),
    why: mode ? 'mode' : 'key',
  }));
}
