/**
 * Somebody at the hub's doors: reads every table that the public catalogue names, as a file, and puts together what the catalogue
 * says of them, which numbers add up to which and which are part of which. Knows of the hub nothing but its address.
 */
import type { Knowledge } from './attacker.ts';

export interface Row {
  readonly metric: string;
  readonly period: string;
  readonly dims: Readonly<Record<string, string>>;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly status: string;
  readonly footnotes: string;
}

interface Doors {
  readonly url: string;
}

const NOT_DIMENSIONS = new Set(
  'metric definition release period value numerator denominator lower upper status footnotes note'.split(' '),
);

/**
 * Asked again where the connection was let go: the test that asks is the process that answers, and while it solves neither keeps
 * the other's connection alive.
 */
export async function read(url: string, init?: RequestInit): Promise<Response> {
  return fetch(url, init).catch(() => fetch(url, init));
}

/** The tables of these metrics that are for everybody, as the catalogue tells everybody. */
export async function publicTables(
  doors: Doors,
  metrics: Iterable<string>,
): Promise<{ readonly metric: string; readonly by: readonly string[] }[]> {
  const tables: { metric: string; by: readonly string[] }[] = [];
  for (const metric of metrics) {
    const answer = await read(`${doors.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ metric(id: "${metric}") { tables { by publish } } }` }),
    });
    const { data } = (await answer.json()) as {
      data: { metric: { tables: { by: string[]; publish: string }[] } };
    };
    for (const { by, publish } of data.metric.tables)
      if (publish === 'public') tables.push({ metric, by: by.map((name) => name.toLowerCase()) });
  }
  return tables;
}

/** Every row of a release, or of a county's twin, for whoever carries its token. */
export async function rowsOf(
  doors: Doors,
  tables: Awaited<ReturnType<typeof publicTables>>,
  { release, twin, token }: { release: number; twin?: string; token?: string },
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { metric, by } of tables) {
    const query = new URLSearchParams({ release: String(release), ...(twin === undefined ? {} : { twin }) });
    if (by.length > 0) query.set('by', by.join(','));
    const response = await read(`${doors.url}/data/${metric}.json?${query}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
    // A declared table of which the release holds no cell is not there.
    if (!response.ok) continue;
    const { rows: own } = (await response.json()) as { rows: Record<string, string>[] };
    for (const row of own) {
      const members = Object.entries(row).filter(([name]) => !NOT_DIMENSIONS.has(name));
      rows.push({ ...(row as unknown as Row), dims: Object.fromEntries(members) });
    }
  }
  return rows;
}

/** What numbers a figure is made of, in the reader's own words: what is counted, when, and of whom. */
export type Meaning = (row: Pick<Row, 'metric' | 'period' | 'dims'>) => {
  readonly numerator: string;
  readonly denominator?: string;
};

export function numberName(what: string, period: string, dims: Readonly<Record<string, string>>): string {
  const members = Object.entries(dims).filter(([, member]) => member !== 'all');
  return [what, period, ...members.map((pair) => pair.join(' is ')).toSorted()].join(', ');
}

/** The catalogue in words of sums: dimensions, quarters of a year, and parts of a whole with their rest. */
export function knowledgeOf(
  rows: readonly Row[],
  meaning: Meaning,
  adds: (metric: string) => boolean,
  floor: 0 | 1,
): Knowledge {
  const cells = new Map<string, number | null>();
  const sums = new Map<string, { total: string; parts: Set<string> }>();
  const put = (key: string, total: string, part: string): void => {
    const sum = sums.get(key) ?? { total, parts: new Set() };
    sums.set(key, { total, parts: sum.parts.add(part) });
  };
  const see = (id: string, v: number | null): void => {
    cells.set(id, v ?? cells.get(id) ?? null);
  };
  const known = new Set(rows.flatMap((row) => Object.values(meaning(row))));
  for (const row of rows) {
    const own = meaning(row);
    see(own.numerator, row.numerator);
    if (own.denominator !== undefined) {
      see(own.denominator, row.denominator);
      put(`rest of ${own.numerator}`, own.denominator, own.numerator);
      put(`rest of ${own.numerator}`, own.denominator, `not ${own.numerator}`);
    }
    if (!adds(row.metric)) continue;
    for (const at of ['numerator', 'denominator'] as const) {
      const part = own[at];
      if (part === undefined) continue;
      for (const [dimension, member] of Object.entries(row.dims)) {
        const over = meaning({ ...row, dims: { ...row.dims, [dimension]: 'all' } })[at];
        if (member !== 'all' && over !== undefined && known.has(over))
          put(`${dimension} ${over}`, over, part);
      }
      const year = meaning({ ...row, period: row.period.slice(0, 4) })[at];
      if (row.period.includes('Q') && year !== undefined && known.has(year)) put(`time ${year}`, year, part);
    }
  }
  return {
    cells: [...cells],
    sums: [...sums.values()].map(({ total, parts }) => [total, [...parts]]),
    floor,
  };
}
