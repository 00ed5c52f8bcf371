/** The ten questions that analysts ask most, as the console, GraphiQL and the examples send them. */
import type { Question } from './open-loop.ts';

const CELLS =
  'cells(first: 200) { nodes { period dims { dimension member } status value numerator denominator lower upper footnotes } }';

export interface Readers {
  readonly anybody: string;
  readonly county: string;
  readonly countyToken: string;
}

export function tenQuestions({ anybody, county, countyToken }: Readers): Question[] {
  const asked: readonly (readonly [name: string, query: string, token?: string])[] = [
    ['hub', '{ hub { version release } }'],
    ['releases', '{ releases(first: 10) { nodes { number state period closedOn publishedAt } } }'],
    ['metrics', '{ metrics(group: "identified", first: 50) { nodes { id title tables { by periods } } } }'],
    [
      'metric',
      '{ metric(id: "identified") { title question numerator definition limits versions { version why } } }',
    ],
    [
      'table by county, three years pooled',
      `{ table(metric: "identified_per_1000_enrolled", by: [COUNTY], kind: THREE_YEARS, from: 2021, to: 2025) { permalink release { number state } ${CELLS} } }`,
    ],
    [
      'table by county, one year',
      `{ table(metric: "identified", by: [COUNTY], period: ["2024"]) { permalink ${CELLS} } }`,
    ],
    [
      'table of one county by age',
      `{ table(metric: "identified", by: [COUNTY, AGE_BAND], where: [{dimension: COUNTY, member: "${county}"}], kind: YEAR) { permalink ${CELLS} } }`,
    ],
    [
      'compare two years by county',
      '{ compare(metric: "identified", by: [COUNTY], periods: ["2023", "2024"]) { first { value status } second { value status } difference } }',
    ],
    ['cascade, all metrics', `{ cascade(period: ["2024"]) { metric title ${CELLS.replace('200', '10')} } }`],
    [
      'table of the county’s own twin',
      `{ countyTable(county: "${county}", metric: "identified", by: [COUNTY], kind: YEAR) { ${CELLS} } }`,
      countyToken,
    ],
  ];
  return asked.map(([name, query, token = anybody]) => ({ name, token, body: JSON.stringify({ query }) }));
}

/** Those that read rows, and the same rows asked of PostGraphile. */
export function sameRows(release: number, county: string): Record<string, { ours: string; theirs: string }> {
  const fields = 'nodes { period dims status value numerator denominator lower upper footnotes }';
  const theirs = (list: string, condition: string): string =>
    JSON.stringify({
      query: `{ ${list}(condition: {releaseNumber: ${release}, ${condition}}, orderBy: CELL_ASC) { ${fields} } }`,
    });
  const ours = (query: string): string => JSON.stringify({ query });
  return {
    'counties in one year': {
      ours: ours(`{ table(metric: "identified", by: [COUNTY], period: ["2024"]) { ${CELLS} } }`),
      theirs: theirs('allFigures', 'metric: "identified", tbl: "county", period: "2024"'),
    },
    'the state in all periods': {
      ours: ours(`{ table(metric: "identified") { ${CELLS} } }`),
      theirs: theirs('allFigures', 'metric: "identified", tbl: "all"'),
    },
    'the twin of a county': {
      ours: ours(`{ countyTable(county: "${county}", metric: "identified", by: [COUNTY]) { ${CELLS} } }`),
      theirs: theirs('allCountyFigures', `countyFips: "${county}", metric: "identified", tbl: "county"`),
    },
  };
}
