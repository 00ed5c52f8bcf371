import { type Beside, type Publishable, publishable } from '../../etl/prevalence/publishable.ts';
import type { Words } from '../../reports/charts/cell.ts';
import { curve } from '../../reports/charts/curve.ts';
import { dotComparison } from '../../reports/charts/dot-comparison.ts';
import type { About } from '../../reports/charts/frame.ts';
import { bullets, escaped, htmlTable, page, paragraph, whole } from './plain-page.ts';
import type { Reported } from './reported-estimate.ts';

/** Rounded figures and pictures only, or the refusal in words: what a committee may read of an estimate. */
export function committeePage({ of, who, holds, madeUp, answer }: Reported): string {
  const title = `How many ${who} no list has: ${of}`;
  const shown = publishable(answer);
  return page(title, madeUp, [
    `<h1>${escaped(title)}</h1>`,
    ...('withheld' in shown ? refusal(shown.withheld) : figures(shown, { who, holds, madeUp })),
    '<h2>What is assumed</h2>',
    bullets([
      'That a young person on one list had an ordinary chance of being on the others. Where agencies refer to each other the estimate would be too low; the referrals that are declared are allowed for, others are not.',
      'That some are not harder to see for everybody than others. They are, and so the estimate is too low: read it as “at least about”.',
      'That records were linked rightly. What linkage left open is in the interval; where it is wrong and does not know it, the estimate is wrong too.',
      'That the lists are of the same young people: one year, one area, one definition.',
    ]),
    '<h2>What must not be done with it</h2>',
    bullets([
      'Do not quote the middle alone, and never “the true number”.',
      'Do not subtract the estimates of two years: their difference is mostly noise.',
      'Do not apply it to a place, a group or a list that it was not made for.',
      'Do not publish it from this page: a release carries it, audited with the tables.',
    ]),
    paragraph('How it is made, and how well it does where the truth is known: docs/prevalence.md.'),
  ]);
}

function refusal(reason: string): string[] {
  return [
    `<p class="notice"><span class="figure">There is no figure.</span><br>${escaped(reason)}.</p>`,
    paragraph(
      'This is a finding, and belongs in the report where the figure would stand. An estimate that its data cannot carry would be worse than none. More lists, lists that share more young people, or a better linkage could change it; another method cannot.',
    ),
  ];
}

function figures(
  shown: Publishable,
  { who, holds, madeUp }: Pick<Reported, 'who' | 'holds' | 'madeUp'>,
): string[] {
  const { figure, byMethod, without, byOddsRatio } = shown;
  const source = 'An estimate, rounded. Not a release.';
  const about = (id: string, title: string, desc: string): About => ({
    id,
    title,
    desc,
    words: WORDS,
    madeUp,
    source,
  });
  return [
    `<p class="figure">At least about ${whole(figure.value)} ${who} (${whole(figure.lower)} to ${whole(figure.upper)})</p>`,
    paragraph(`${holds} It does not hold ${who} who are hard to see for every list.`),
    '<h2>Do the ways of estimating agree?</h2>',
    dotComparison(about('side', 'Estimates side by side', told(byMethod, nameOf)), {
      estimates: [
        { label: 'The estimate', cell: { status: 'shown', ...figure }, kind: 1 },
        ...byMethod.map(({ member, ...cell }) => ({
          label: nameOf(member),
          cell: { status: 'shown' as const, ...cell },
        })),
      ],
    }),
    besideTable('Estimates side by side', 'Way of estimating', byMethod, nameOf),
    '<h2>How much is assumption?</h2>',
    paragraph(
      'Every estimate of this kind rests on one thing that no list can show: whether systems see the same young people even more than pairs of them show. One is assumed. If it were two, half as many would be hidden; if a half, twice as many. The curve is of the model that uses the overlaps most fully, so that at one it need not be the estimate above.',
    ),
    ...(byOddsRatio.length < 2
      ? [paragraph('For these lists the curve cannot be drawn.')]
      : [
          curve(
            about(
              'xi',
              'The estimate under other assumptions',
              told(byOddsRatio, (xi) => xi),
            ),
            {
              xAxis: 'Odds ratio that no list can show (ξ)',
              yAxis: 'Estimated number',
              log: true,
              points: byOddsRatio.map(({ member, value, lower, upper }) => ({
                x: Number(member),
                y: value,
                lower,
                upper,
              })),
              marks: byOddsRatio
                .filter(({ member }) => member === '1')
                .map(({ value }) => ({ x: 1, y: value, label: 'Assumed' })),
            },
          ),
          besideTable('The estimate under other assumptions', 'Odds ratio', byOddsRatio, (xi) => xi),
        ]),
    '<h2>Does one agency make the answer?</h2>',
    ...(without.length === 0
      ? [paragraph('Without any one of the lists the others give no estimate.')]
      : [
          dotComparison(
            about('without', 'The estimate without each system in turn', told(without, systemName)),
            {
              reference: { at: figure.value, label: `${whole(figure.value)} from all` },
              estimates: without.map(({ member, ...cell }) => ({
                label: `Without ${systemName(member)}`,
                cell: { status: 'shown' as const, ...cell },
              })),
            },
          ),
          besideTable('The estimate without each system in turn', 'Without', without, systemName),
        ]),
  ];
}

const WORDS: Words = {
  number: (value) => value.toLocaleString('en-US', { maximumFractionDigits: 2 }),
  hidden: 'hidden',
  notAvailable: 'not available',
  provisional: 'provisional',
  madeUp: 'Made-up data',
};

const NAMES: Readonly<Record<string, string>> = {
  'mth-chao': 'Lower bound where young people differ (Chao)',
  'main-effects': 'Lists taken as independent',
  stepwise: 'Dependences added one by one',
  'best-bic': 'Best of all models by BIC',
  'bic-average': 'Average of all models by BIC',
  bma: 'Average over graphs of dependence',
  'linkage-put-right': 'Measured errors of linkage put right',
};

function nameOf(method: string): string {
  return NAMES[method] ?? method;
}

function systemName(list: string): string {
  return list.replaceAll('_', ' ');
}

function told(beside: readonly Beside[], name: (member: string) => string): string {
  return beside
    .map(
      ({ member, value, lower, upper }) =>
        `${name(member)}: ${whole(value)} (${whole(lower)} to ${whole(upper)})`,
    )
    .join('; ');
}

function besideTable(
  caption: string,
  head: string,
  beside: readonly Beside[],
  name: (member: string) => string,
): string {
  return htmlTable(
    caption,
    [head, 'Estimate', 'From', 'To'],
    beside.map(({ member, value, lower, upper }) => [name(member), whole(value), whole(lower), whole(upper)]),
  );
}
