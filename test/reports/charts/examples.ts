/** One made-up example of every chart, for the golden files and for looking at. */
import { barInterval } from '../../../reports/charts/bar-interval.ts';
import { counties } from '../../../reports/charts/california.generated.ts';
import type { Cell, Words } from '../../../reports/charts/cell.ts';
import { choropleth } from '../../../reports/charts/choropleth.ts';
import { curve } from '../../../reports/charts/curve.ts';
import { distribution } from '../../../reports/charts/distribution.ts';
import { dotComparison } from '../../../reports/charts/dot-comparison.ts';
import { flow } from '../../../reports/charts/flow.ts';
import type { About } from '../../../reports/charts/frame.ts';
import { funnel } from '../../../reports/charts/funnel.ts';
import { heatMatrix } from '../../../reports/charts/heat-matrix.ts';
import { lines } from '../../../reports/charts/line.ts';
import { upset } from '../../../reports/charts/upset.ts';

const english: Words = {
  number: (value) => new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 }).format(value),
  hidden: 'Hidden: between 1 and 10, or it would give such a number away',
  notAvailable: 'Not available',
  provisional: 'Provisional',
  madeUp: 'Made-up data',
};

const spanish: Words = {
  number: (value) => new Intl.NumberFormat('es-US', { maximumFractionDigits: 2 }).format(value),
  hidden: 'Oculto: entre 1 y 10, o revelaría un número así',
  notAvailable: 'No disponible',
  provisional: 'Provisional',
  madeUp: 'Datos inventados',
};

const hidden: Cell = { status: 'hidden' };
const absent: Cell = { status: 'not_available' };
const shown = (value: number, lower?: number, upper?: number): Cell => ({
  status: 'shown',
  value,
  lower,
  upper,
});
const provisional = (value: number, lower?: number, upper?: number): Cell => ({
  status: 'provisional',
  value,
  lower,
  upper,
});

export type Example = (about: { readonly width?: number; readonly madeUp?: boolean }) => string;

function about(id: string, title: string, desc: string, given: Parameters<Example>[0]): About {
  return {
    id,
    title,
    desc,
    words: english,
    madeUp: given.madeUp ?? true,
    source: 'Release 3, period closed 31 December 2025. Definition: identified, version 1.',
    ...(given.width === undefined ? {} : { width: given.width }),
  };
}

const counts = [shown(412), shown(388), provisional(401)];

export const examples: Readonly<Record<string, Example>> = {
  'bar-interval': (given) =>
    barInterval(
      about(
        'bars',
        'Confirmed among identified young people, by age',
        'Bars with 95 % intervals by age group.',
        given,
      ),
      [
        { label: 'Under 10', cell: hidden },
        { label: '10 to 12', cell: shown(21, 14, 30) },
        { label: '13 to 14', cell: shown(143, 121, 168) },
        { label: '15 to 17', cell: shown(402, 364, 443) },
        { label: '18 and over, in extended foster care', cell: provisional(57, 43, 74) },
        { label: 'Not known', cell: absent },
      ],
    ),
  line: (given) =>
    lines(
      about(
        'lines',
        'Identified young people by system that knew them first',
        'Lines by year and system.',
        given,
      ),
      {
        periods: ['2018', '2019', '2020', '2021', '2022', '2023', '2024', '2025'],
        series: [
          {
            label: 'Child welfare',
            cells: [
              shown(120, 99, 143),
              shown(141, 119, 166),
              shown(132, 110, 156),
              shown(160, 136, 187),
              shown(188, 162, 217),
              shown(214, 186, 245),
              shown(231, 202, 263),
              provisional(240, 210, 272),
            ],
          },
          {
            label: 'Probation',
            cells: [
              shown(96),
              shown(101),
              hidden,
              shown(74),
              shown(70),
              shown(61),
              shown(64),
              provisional(58),
            ],
          },
          {
            label: 'Health',
            cells: [hidden, hidden, shown(18), shown(22), hidden, shown(31), shown(44), provisional(47)],
          },
          {
            label: 'Education',
            cells: [absent, absent, hidden, hidden, shown(12), shown(15), hidden, hidden],
          },
        ],
      },
    ),
  upset: (given) =>
    upset(
      about(
        'upset',
        'Which systems knew the same young people, 2024',
        'Combinations of four systems.',
        given,
      ),
      {
        sets: [
          { label: 'Child welfare', cell: shown(612) },
          { label: 'Probation', cell: shown(388) },
          { label: 'Health', cell: shown(451) },
          { label: 'Education', cell: shown(297) },
        ],
        combinations: [
          { of: [0], cell: shown(141) },
          { of: [1], cell: shown(87) },
          { of: [2], cell: shown(64) },
          { of: [3], cell: hidden },
          { of: [0, 1], cell: shown(92) },
          { of: [0, 2], cell: shown(118) },
          { of: [0, 3], cell: shown(45) },
          { of: [1, 2], cell: shown(31) },
          { of: [1, 3], cell: hidden },
          { of: [2, 3], cell: shown(27) },
          { of: [0, 1, 2], cell: shown(73) },
          { of: [0, 1, 3], cell: shown(28) },
          { of: [0, 2, 3], cell: provisional(66) },
          { of: [1, 2, 3], cell: hidden },
          { of: [0, 1, 2, 3], cell: shown(49) },
        ],
      },
    ),
  choropleth: (given) =>
    choropleth(
      about(
        'map',
        'Identified young people per 100,000 aged 10 to 17, 2022 to 2024',
        'Counties of California by rate.',
        given,
      ),
      counties.map(({ fips }, at) => ({
        fips,
        label: `County ${fips}`,
        cell: at % 7 === 3 ? hidden : at % 19 === 5 ? absent : shown(((at * 37) % 90) + 4),
      })),
      'Per 100,000',
    ),
  funnel: (given) =>
    funnel(
      about(
        'funnel',
        'From referral to a completed program, 2024',
        'Steps; more were served than screened.',
        given,
      ),
      [
        { label: 'Referred', cell: shown(141) },
        { label: 'Screened', cell: shown(104), remark: '74 % of those before' },
        { label: 'Served', cell: shown(112), remark: '108 % of those before' },
        { label: 'Completed a program', cell: shown(18), remark: '16 % of those before' },
        { label: 'Followed up', cell: hidden },
      ],
    ),
  'heat-matrix': (given) =>
    heatMatrix(
      about('heat', 'Needs by how they were met, 2024', 'Needs in rows, outcome in columns.', given),
      {
        columns: ['Met in time', 'Met late', 'Not met'],
        rows: [
          { label: 'Emergency housing', cells: [shown(88), shown(41), shown(63)] },
          { label: 'Medical evaluation', cells: [shown(164), shown(29), shown(18)] },
          { label: 'Acute mental-health care', cells: [shown(57), hidden, shown(80)] },
          { label: 'Safe transportation', cells: [shown(120), hidden, hidden] },
          { label: 'Advocate at the side', cells: [absent, absent, absent] },
        ],
      },
    ),
  flow: (given) =>
    flow(
      about(
        'flow',
        'Where young people were known next, 2024',
        'Ribbons from the first system to the next.',
        given,
      ),
      {
        fromWords: 'Known first to',
        toWords: 'Then to',
        from: ['Child welfare', 'Probation', 'Health', 'Education'],
        to: ['Child welfare', 'Probation', 'Health', 'Education'],
        flows: [
          { from: 0, to: 1, cell: shown(118) },
          { from: 0, to: 2, cell: shown(76) },
          { from: 0, to: 3, cell: hidden },
          { from: 1, to: 0, cell: shown(54) },
          { from: 1, to: 2, cell: shown(23) },
          { from: 2, to: 0, cell: shown(61) },
          { from: 2, to: 1, cell: hidden },
          { from: 3, to: 0, cell: shown(38) },
          { from: 3, to: 2, cell: hidden },
        ],
      },
    ),
  distribution: (given) =>
    distribution(
      about(
        'clock',
        'From identification until somebody was with the young person, 2024',
        'Hours, against limits.',
        given,
      ),
      {
        axis: 'Hours after identification',
        bins: [
          { label: '0–1', from: 0, to: 1, cell: shown(64) },
          { label: '1–2', from: 1, to: 2, cell: shown(88) },
          { label: '2–4', from: 2, to: 4, cell: shown(41) },
          { label: '4–8', from: 4, to: 8, cell: shown(22) },
          { label: '8–24', from: 8, to: 24, cell: shown(30) },
          { label: '24–48', from: 24, to: 48, cell: hidden },
          { label: '48–72', from: 48, to: 72, cell: hidden },
          { label: '72 +', from: 72, to: 240, cell: shown(13) },
        ],
        marks: [
          { at: 2, label: '2 h: the promise' },
          { at: 24, label: '24 h' },
          { at: 72, label: '72 h' },
        ],
      },
    ),
  'dot-comparison': (given) =>
    dotComparison(
      about(
        'dots',
        'Estimates of how many young people were exploited, 2024',
        'Estimates with intervals.',
        given,
      ),
      {
        reference: { at: 770, label: '770 identified' },
        estimates: [
          { label: 'Two systems, lower bound', cell: shown(940, 860, 1050), kind: 1 },
          { label: 'Log-linear, all models', cell: shown(1460, 1180, 1890), kind: 0 },
          { label: 'Averaged over graphs', cell: provisional(1520, 1210, 2010), kind: 0 },
          {
            label: 'Latent classes',
            cell: { status: 'not_available' },
            kind: 2,
            refused: 'No estimate: the lists overlap too little for this method.',
          },
        ],
      },
    ),
  curve: (given) =>
    curve(
      about(
        'curve',
        'How the estimate depends on what nobody can observe',
        'Estimate by assumed odds ratio.',
        given,
      ),
      {
        xAxis: 'Odds of being on a second list, for those on a first',
        yAxis: 'Estimated number of young people',
        log: true,
        points: [0.5, 0.7, 1, 1.4, 2, 2.8, 4].map((x) => ({
          x,
          y: 770 + 690 * x ** 0.8,
          lower: 770 + 500 * x ** 0.7,
          upper: 770 + 980 * x ** 0.9,
        })),
        marks: [
          { x: 1, y: 1460, label: 'Assumed: independent' },
          { x: 2, y: 770 + 690 * 2 ** 0.8, label: 'Twice as likely' },
        ],
      },
    ),
  'in-spanish': (given) =>
    barInterval(
      {
        ...about('barras', 'Jóvenes identificados por edad', 'Barras por grupo de edad.', given),
        words: spanish,
        source: 'Publicación 3.',
      },
      ['10 a 12 años', '13 a 14 años', '15 a 17 años'].map((label, at) => ({
        label,
        cell: counts[at] ?? hidden,
      })),
    ),
};
