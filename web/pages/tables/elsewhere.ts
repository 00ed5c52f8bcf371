/** The same view at the hub's other doors: as a file to take along, and as a question in GraphQL. */
import type { ReleasedTable } from '../../released-table.ts';

/** Cells of the released table that the view shows: a dimension that has one member, and those that have all. */
function cut({ tbl, question }: ReleasedTable): { by: readonly string[]; county: string | undefined } {
  const dimensions = tbl === 'all' ? [] : tbl.split('+');
  const county = dimensions.includes('county') && question.place !== 'each' ? question.place : undefined;
  return { by: dimensions.filter((name) => county === undefined || name !== 'county'), county };
}

/** With everything that somebody needs who finds the file later. */
export function zipAddress(table: ReleasedTable): string {
  const { by, county } = cut(table);
  const { metric, period } = table.question;
  const query = new URLSearchParams();
  if (by.length > 0) query.set('by', by.join(','));
  if (county !== undefined) query.set('county', county);
  if (period !== 'each') query.set('period', period);
  query.set('release', String(table.release.number));
  return `/data/${metric}.zip?${query}`;
}

export function graphqlOf(table: ReleasedTable): string {
  const { by, county } = cut(table);
  const { metric, period } = table.question;
  const asked = [
    `metric: "${metric}"`,
    ...(by.length === 0 ? [] : [`by: [${by.map((name) => name.toUpperCase()).join(', ')}]`]),
    ...(county === undefined ? [] : [`where: [{ dimension: COUNTY, member: "${county}" }]`]),
    ...(period === 'each' ? [] : [`period: ["${period}"]`]),
    `release: ${table.release.number}`,
  ];
  return `{
  table(${asked.join(', ')}) {
    title
    cells(first: 200) {
      nodes { period dims { dimension member } status value numerator denominator lower upper footnotes }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;
}
