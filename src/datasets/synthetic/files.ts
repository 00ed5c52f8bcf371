/** The files that a researcher is given, each of which says what it is. */
import { createHash } from 'node:crypto';
import type { ComparedTable } from './fidelity.ts';
import { LEAST_TOGETHER } from './groups.ts';
import type { SyntheticRelease } from './of-release.ts';
import { COLUMNS, type PersonRow } from './person-row.ts';
import { MADE_FROM } from './synthetic-people.ts';

/** Stands in every row. */
const ROW_NOTE = 'synthetic: not for inference';

export interface SyntheticFile {
  readonly name: string;
  readonly content: string;
}

/** The same release gives the same bytes. */
export function syntheticFiles(made: SyntheticRelease): SyntheticFile[] {
  const files = [
    { name: 'person_period.csv', content: personPeriod(made.rows) },
    { name: 'load.sql', content: loadSql() },
    { name: 'fidelity.csv', content: fidelityCsv(made) },
    { name: 'README.md', content: readMe(made) },
  ];
  return [...files, { name: 'about.json', content: about(made, files) }];
}

function personPeriod(rows: readonly PersonRow[]): string {
  const names = COLUMNS.map(([name]) => name);
  const lines = rows.map((row) => [ROW_NOTE, ...names.map((name) => textOf(row[name]))].map(field).join(','));
  return `${[['note', ...names].join(','), ...lines].join('\r\n')}\r\n`;
}

/** As PostgreSQL reads it: what is not said is empty, a list stands in braces. */
function textOf(value: PersonRow[keyof PersonRow]): string {
  if (value === null) return '';
  if (typeof value === 'object') return `{${value.join(',')}}`;
  return String(value);
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function loadSql(): string {
  const columns = [['note', 'text'], ...COLUMNS].map(([name, type]) => `  ${name} ${type}`).join(',\n');
  return `-- ${ROW_NOTE}. For a PostgreSQL of your own: psql -f load.sql
CREATE TABLE person_period (\n${columns}\n);
\\copy person_period FROM 'person_period.csv' WITH (FORMAT csv, HEADER true)
`;
}

function fidelityCsv({ fidelity }: SyntheticRelease): string {
  const names = [
    'note',
    'period',
    'table',
    'cell',
    'released',
    'synthetic',
    'released_share',
    'synthetic_share',
    'lower',
    'upper',
  ];
  const short = (share: number | null): string => (share === null ? '' : share.toFixed(5));
  const lines = fidelity.cells.map((cell) =>
    [
      ROW_NOTE,
      cell.period,
      cell.table,
      cell.members.join('|'),
      String(cell.released),
      String(cell.synthetic),
      short(cell.releasedShare),
      short(cell.syntheticShare),
      short(cell.lower),
      short(cell.upper),
    ]
      .map(field)
      .join(','),
  );
  return `${[names.join(','), ...lines].join('\r\n')}\r\n`;
}

function about({ release, seed, rows, leftOut }: SyntheticRelease, files: readonly SyntheticFile[]): string {
  const described = {
    note: ROW_NOTE,
    release: release.number,
    madeFrom: MADE_FROM,
    seed,
    rows: rows.length,
    leastTogether: LEAST_TOGETHER,
    periodsLeftOut: leftOut,
    files: files.map(({ name, content }) => ({
      name,
      bytes: Buffer.byteLength(content),
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
  };
  return `${JSON.stringify(described, null, 2)}\n`;
}

function readMe({ release, rows, fidelity, leftOut }: SyntheticRelease): string {
  return `# Synthetic rows for writing code: not for inference

Nobody in \`person_period.csv\` exists. The rows have the columns of the facts of a young person in a period, so that a query that
runs on them runs on the facts. **Do not draw any conclusion from them**: not about young people, not about a county, not about how
two things go together.

They were made from release ${release.number} as everybody may read it, and from nothing else: ${MADE_FROM.join(', ')}. Whoever has
that release can make the same bytes again (\`npx tessera dataset synthetic --release ${release.number}\`). Hidden figures were not used, and no
row says a combination that the release hides.

- ${rows.length} rows. Each period (year, quarter, pooled years) was made by itself: no two rows are of one young person, and nobody is followed from one to
  another.
- Every combination of county, status, age, sex and race and ethnicity stands in at least ${LEAST_TOGETHER} rows. What could not be said is empty; in the
  facts nothing of these is empty, and what is not known is \`unknown\`.
- Everybody of an age band has its oldest age; all three counties of a row are one. Gender identity, sexual orientation and
  \`lgbtq\` are \`unknown\` throughout.
- \`newness\`, \`care_timing\`, \`sources\` and \`agree\` are drawn for each row by itself from the state's totals: they depend on nothing.
- ${fidelity.notReleased.length === 0 ? 'The release crosses all pairs of attributes.' : `The release never crosses ${fidelity.notReleased.map((pair) => pair.replace('+', ' with ')).join(', ')}: how these go together was not known.`}
${leftOut.length === 0 ? '' : `- Periods of which the release does not show how many there were are left out: ${leftOut.join(', ')}.\n`}
## How near it comes

\`fidelity.csv\` has each count of the release beside the rows that say the same, with the interval (Wilson, 95 %) that so few rows would
leave open. A distance is half of the sum of the differences between shares: 0 is the same, 1 is nothing in common. \`within\` is the
share of the cells whose released share lies in the interval.

| period | table | cells | rows that say it | distance | within |
|---|---|---|---|---|---|
${fidelity.tables
  .filter(({ cells }) => cells > 0)
  .map(tableLine)
  .join('\n')}
`;
}

function tableLine({ period, table, cells, said, distance, within }: ComparedTable): string {
  const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(100 * share)} %`);
  return `| ${period} | ${table} | ${cells} | ${percent(said)} | ${distance === null ? '–' : distance.toFixed(3)} | ${percent(within)} |`;
}
