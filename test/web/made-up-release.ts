/** A small made-up release, in the shapes that the pages are given. */
import type { Cell } from '../../reports/charts/cell.ts';
import type { Distribution } from '../../reports/charts/distribution.ts';
import type { Group, Picture, Pictures } from '../../web/pictures.ts';
import type {
  Catalogue,
  Member,
  ReleasedCell,
  ReleasedTable,
  TableQuestion,
} from '../../web/released-table.ts';
import type { Release } from '../../web/visit.ts';

export const release: Release = { number: 3, state: 'final', closedOn: '2025-12-31' };

const periods = ['2021', '2022', '2023', '2024', '2025'];

const places: readonly Member[] = [
  { code: '06001', label: 'Alameda' },
  { code: '06019', label: 'Fresno' },
  { code: '06037', label: 'Los Angeles' },
  { code: '06049', label: 'Modoc' },
  { code: '06073', label: 'San Diego' },
];

const ages: readonly Member[] = [
  { code: '0-12', label: '12 and under' },
  { code: '13-14', label: '13 to 14' },
  { code: '15-17', label: '15 to 17' },
  { code: '18-20', label: '18 to 20, in extended foster care' },
];

export const catalogue: Catalogue = {
  places,
  metrics: [
    {
      id: 'identified',
      version: 1,
      group: 'Identification',
      title: 'Young people identified',
      question: 'How many young people came to the attention of any system?',
      unit: 'Young people',
      statistic: 'count',
      limits: 'An identified count is no estimate of how many young people were exploited.',
      breakdowns: ['age_band'],
      periods,
    },
    {
      id: 'screened_followed_up',
      version: 2,
      group: 'Screening',
      title: 'Clear screenings that were followed up',
      question: 'Of the screenings with clear concern, how many led to a follow-up?',
      unit: '% of screenings',
      statistic: 'share',
      limits: undefined,
      breakdowns: ['age_band'],
      periods,
    },
  ],
};

/** Numbers that follow from the question, so that every view has some, hidden ones among them. */
function cellFor(member: string, period: string, at: number, share: boolean): ReleasedCell {
  const dims = { county: member, age_band: member };
  const base = { dims, period, footnotes: at === 0 ? ['Two agencies began to report in 2022.'] : [] };
  const nothing = { value: null, numerator: null, denominator: null, lower: null, upper: null };
  const place = Number(period) - 2021;
  if (member === '06049' || (at === 0 && place % 2 === 1)) return { ...base, ...nothing, status: 'hidden' };
  if (at === 3 && place === 0) return { ...base, ...nothing, status: 'not_available' };
  const counted = 40 + at * 61 + place * 13;
  const status = period === '2025' ? 'provisional' : 'shown';
  if (!share)
    return {
      ...base,
      value: counted,
      numerator: counted,
      denominator: null,
      lower: Math.round(counted * 0.86),
      upper: Math.round(counted * 1.16),
      status,
    };
  const value = 50 + at * 7 + place;
  return {
    ...base,
    value,
    numerator: counted,
    denominator: Math.round((counted * 100) / value),
    lower: value - 6,
    upper: value + 6,
    status,
  };
}

export function table(question: TableQuestion): ReleasedTable | undefined {
  const metric = catalogue.metrics.find((one) => one.id === question.metric);
  if (metric === undefined) return undefined;
  const members = question.by === 'age_band' ? ages : question.place === 'each' ? places : [];
  const listed = members.length === 0 ? [question.place] : members.map((member) => member.code);
  return {
    metric,
    question,
    tbl: tableFor(question),
    secure: false,
    members,
    placeLabel:
      places.find((place) => place.code === question.place)?.label ??
      (question.place === 'each' ? 'every county' : 'California'),
    release: {
      ...release,
      number: question.release ?? release.number,
      newer: question.release === 2 ? 3 : undefined,
    },
    cells: listed.flatMap((member, at) =>
      periods.map((period) =>
        cellFor(member, period, members.length === 0 ? 2 : at, metric.statistic === 'share'),
      ),
    ),
  };
}

function tableFor({ place, by }: TableQuestion): string {
  return place === 'all' ? (by ?? 'all') : ['county', by].filter((name) => name !== undefined).join('+');
}

const hidden: Cell = { status: 'hidden' };
const shown = (value: number, lower?: number, upper?: number): Cell => ({
  status: 'shown',
  value,
  lower,
  upper,
});
const systems = ['Child welfare', 'Probation', 'Health', 'Education'];
const known = { version: 1, footnotes: [] };

export const pictures: Pictures = {
  headlines: [
    {
      label: 'Young people identified, 2025',
      unit: 'Made-up unit',
      cell: shown(1204, 1137, 1274),
      takeaway: 'A twentieth more than in 2024.',
      href: '/tables?metric=identified',
    },
    {
      label: 'Known to more than one system',
      unit: 'Made-up unit',
      cell: shown(41.3, 38.5, 44.2),
      takeaway: 'Per cent; two in five.',
      href: '/crossover',
    },
    {
      label: 'Seen within two hours in a crisis',
      unit: 'Made-up unit',
      cell: shown(62.1, 54.9, 68.8),
      takeaway: 'Per cent; the protocol promises all.',
      href: '/clocks',
    },
    {
      label: 'Boys followed up by education',
      unit: 'Made-up unit',
      cell: hidden,
      takeaway: 'Too few to show.',
      href: '/tables',
    },
  ],
  changed: [
    'Health began to report from two more counties.',
    'The definition of “screened” has a second version.',
  ],
  combinations: {
    ...known,
    id: 'combinations',
    metric: 'Crossover',
    title: 'Young people by the systems that knew them, 2025',
    takeaway: 'Child welfare and health share more young people than any other two systems.',
    data: {
      sets: systems.map((label, at) => ({ label, cell: shown([612, 388, 451, 297][at] ?? 0) })),
      combinations: [
        { of: [0], cell: shown(141) },
        { of: [1], cell: shown(87) },
        { of: [2], cell: shown(64) },
        { of: [3], cell: hidden },
        { of: [0, 1], cell: shown(92) },
        { of: [0, 2], cell: shown(118) },
        { of: [1, 2], cell: hidden },
        { of: [0, 1, 2], cell: shown(73) },
        { of: [0, 1, 2, 3], cell: shown(49) },
      ],
    },
  },
  flows: {
    ...known,
    id: 'flows',
    metric: 'Next system',
    title: 'From the first system to the next, 2025',
    takeaway: 'Most who were known first to child welfare were known next to probation.',
    data: {
      from: systems,
      to: systems,
      fromWords: 'Known first to',
      toWords: 'Then to',
      flows: [
        { from: 0, to: 1, cell: shown(118) },
        { from: 0, to: 2, cell: shown(76) },
        { from: 1, to: 0, cell: shown(54) },
        { from: 2, to: 0, cell: shown(61) },
        { from: 3, to: 0, cell: hidden },
      ],
    },
  },
  crossover: group({
    distributions: [
      waiting(
        'first',
        'From the first contact with any system to identification, 2025',
        'For half, more than a year passed between first contact and identification.',
        'Months',
        ['0–3', '3–6', '6–12', '12–24', '24 +'],
        [{ at: 12, label: 'one year' }],
      ),
    ],
  }),
  prevalence: {
    comparison: {
      ...known,
      id: 'estimates',
      metric: 'Estimates',
      title: 'Estimates of how many young people were exploited, 2025',
      takeaway:
        'Between one and two thousand; about as many again as were identified may be unknown to every system.',
      data: {
        reference: { at: 770, label: '770 identified' },
        estimates: [
          { label: 'Lower bound from two systems', cell: shown(940, 860, 1050), kind: 1 },
          { label: 'Log-linear models, averaged', cell: shown(1460, 1180, 1890) },
          {
            label: 'Latent classes',
            cell: { status: 'not_available' },
            refused: 'No estimate: the lists overlap too little.',
          },
        ],
      },
    },
    assumption: {
      ...known,
      id: 'assumption',
      metric: 'Estimates',
      title: 'How the estimate depends on an assumption that nobody can check',
      takeaway: 'If being on one list makes a second twice as likely, the estimate rises by a third.',
      data: {
        xAxis: 'Odds of being on a second list',
        yAxis: 'Estimated number',
        log: true,
        points: [0.5, 1, 2, 4].map((x) => ({
          x,
          y: 770 + 690 * x ** 0.8,
          lower: 770 + 500 * x ** 0.7,
          upper: 770 + 980 * x ** 0.9,
        })),
        marks: [{ x: 1, y: 1460, label: 'Assumed' }],
      },
    },
    leaveOneOut: {
      ...known,
      id: 'without',
      metric: 'Estimates',
      title: 'The estimate without each system in turn',
      takeaway: 'No single system carries the estimate alone.',
      data: {
        estimates: systems.map((label, at) => ({
          label: `Without ${label.toLowerCase()}`,
          cell: shown(1380 + at * 60, 1100 + at * 50, 1800 + at * 70),
        })),
      },
    },
  },
  funnel: {
    ...known,
    id: 'cascade',
    metric: 'Cascade',
    title: 'From referral to follow-up, 2025',
    takeaway: 'More young people were served than screened: some came to services by other ways.',
    data: [
      { label: 'Referred', cell: shown(141) },
      { label: 'Screened', cell: shown(104), remark: '74 % of those before' },
      { label: 'Served', cell: shown(112), remark: '108 % of those before' },
      { label: 'Completed a program', cell: shown(18), remark: '16 % of those before' },
      { label: 'Followed up', cell: hidden },
    ],
  },
  cascade: group({}),
  clocks: group({
    distributions: [
      waiting(
        'crisis',
        'Until somebody was with the young person, 2025',
        'Three in five were met within two hours.',
        'Hours',
        ['0–1', '1–2', '2–4', '4–24', '24 +'],
        [
          { at: 2, label: '2 h' },
          { at: 4, label: '24 h' },
        ],
      ),
    ],
  }),
  gaps: group({
    matrices: [
      {
        ...known,
        id: 'gaps',
        metric: 'Needs',
        title: 'Needs by how they were met, 2025',
        takeaway: 'A third of the needs for emergency housing were not met.',
        data: {
          columns: ['Met in time', 'Met late', 'Not met'],
          rows: [
            { label: 'Emergency housing', cells: [shown(88), shown(41), shown(63)] },
            { label: 'Medical evaluation', cells: [shown(164), shown(29), shown(18)] },
            { label: 'Acute mental-health care', cells: [shown(57), hidden, shown(80)] },
            {
              label: 'Advocate at the side',
              cells: [{ status: 'not_available' }, { status: 'not_available' }, { status: 'not_available' }],
            },
          ],
        },
      },
    ],
  }),
};

function group(parts: Partial<Group>): Group {
  return {
    period: '2025',
    bars: [],
    distributions: [],
    matrices: [],
    absent: [{ id: 'identified', title: 'A figure that is not published' }],
    lines: [
      {
        title: 'A figure of the state',
        metric: 'identified',
        unit: '% of young people',
        cell: shown(41.3, 38.5, 44.2),
        href: '/tables?metric=identified',
      },
    ],
    ...parts,
  };
}

function waiting(
  id: string,
  title: string,
  takeaway: string,
  axis: string,
  labels: readonly string[],
  marks: readonly { readonly at: number; readonly label: string }[],
): Picture<Distribution> {
  const cells = [shown(64), shown(88), shown(41), hidden, shown(13)];
  return {
    ...known,
    id,
    metric: 'Time',
    title,
    takeaway,
    data: {
      axis,
      marks,
      bins: labels.map((label, at) => ({ label, from: at, to: at + 1, cell: cells[at] ?? hidden })),
    },
  };
}
