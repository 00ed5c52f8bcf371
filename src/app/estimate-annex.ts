import type { Result } from '../../etl/estimate/result.ts';
import type { Sensitivity } from '../../etl/estimate/sensitivity.ts';
import type { Annex } from '../../etl/prevalence/hub-answer.ts';
import { bullets, escaped, htmlTable, page, paragraph, whole } from './plain-page.ts';
import type { Reported } from './reported-estimate.ts';

/** Everything behind an estimate, unrounded: for the steward and the statisticians whom the steward lets in. */
export function annexPage({ of, madeUp, answer, madeOf }: Reported): string {
  const { annex, refused, reasons, value, lower, upper } = answer;
  const title = `Technical annex: ${of}`;
  return page(title, madeUp, [
    `<h1>${escaped(title)}</h1>`,
    '<p class="notice"><strong>UNPROTECTED: for the steward.</strong> Counts here are exact, and overlaps may be of very few.</p>',
    refused
      ? `<p class="figure">No figure</p>${bullets(reasons)}`
      : `<p class="figure">${whole(value)} (${whole(lower)} to ${whole(upper)})</p>`,
    htmlTable(
      'Made of',
      ['What', ''],
      Object.entries(madeOf).map(([key, one]) => [key, typeof one === 'string' ? one : JSON.stringify(one)]),
    ),
    htmlTable(
      'Young people on exactly these lists',
      [...annex.table.lists, 'count'],
      [...annex.table.counts.entries()]
        .filter(([history, count]) => history > 0 && count > 0)
        .map(([history, count]) => [
          ...annex.table.lists.map((_, list) => ((history >> list) & 1 ? '1' : '0')),
          whole(count),
        ]),
    ),
    ...(annex.results === undefined ? [] : [resultTable('Methods, on the linkage as it is', annex.results)]),
    ...linkage(annex),
    ...(annex.sensitivity === undefined ? [] : sensitivity(annex.sensitivity)),
    ...(annex.imputed === undefined
      ? []
      : [
          paragraph(
            `${whole(annex.imputed.unknown)} of ${whole(annex.imputed.of)} young people seen are in this group by imputation. All groups together: ${annex.sumOfStrata ? `${whole(annex.sumOfStrata.estimate)} (${whole(annex.sumOfStrata.lower)} to ${whole(annex.sumOfStrata.upper)})` : 'no estimate'}.`,
          ),
        ]),
    paragraph(
      'Formulas, existence checks and references: docs/prevalence.md. All of this as data: the JSON file beside this page.',
    ),
  ]);
}

function resultTable(caption: string, results: readonly Result[]): string {
  const decimals = (value: number | null): string => (value === null ? '–' : value.toFixed(2));
  return htmlTable(
    caption,
    ['Method', 'Model', 'Estimate', 'From', 'To', 'SE', 'Deviance', 'df', 'AIC', 'BIC', 'Status'],
    results.map((one) => [
      one.method,
      one.refused ? `refused: ${one.reason}` : (one.model ?? ''),
      whole(one.estimate),
      whole(one.lower),
      whole(one.upper),
      whole(one.se),
      decimals(one.deviance),
      one.df === null ? '–' : String(one.df),
      decimals(one.aic),
      decimals(one.bic),
      one.status === null ? '–' : String(one.status),
    ]),
  );
}

/** What the errors of linkage do, told in both ways side by side: drawn, and put right in closed form. */
function linkage({ combined, corrected, results, draws }: Annex): string[] {
  const as = results?.find(({ method }) => method === 'stepwise');
  const right = corrected?.results.find(({ method }) => method === 'stepwise');
  const rows = [
    ['As linked, errors ignored', as?.estimate, as?.lower, as?.upper],
    [
      `Over ${draws?.length ?? 0} drawn linkages (Rubin)`,
      combined?.estimate,
      combined?.lower,
      combined?.upper,
    ],
    [
      corrected
        ? `Recall ${corrected.recall.toFixed(3)} (${corrected.recallBy}) and precision ${corrected.precision.toFixed(3)} (${corrected.precisionBy}) put right`
        : 'Recall and precision put right: not measured',
      right?.estimate,
      right?.lower,
      right?.upper,
    ],
  ] as const;
  const share = combined ? combined.between / (combined.within + combined.between) : undefined;
  return [
    htmlTable(
      'Linkage, without and with its errors (stepwise)',
      ['How', 'Estimate', 'From', 'To'],
      rows.map(([how, ...figures]) => [how, ...figures.map(whole)]),
    ),
    ...(combined && share !== undefined
      ? [
          paragraph(
            `Variance of log n0: ${combined.within.toPrecision(3)} within draws, ${combined.between.toPrecision(3)} between them (${Math.round(100 * share)} % is the linkage's); ${Number.isFinite(combined.df) ? combined.df.toFixed(1) : 'unbounded'} degrees of freedom; ${combined.withoutEstimate} draws without an estimate.`,
          ),
        ]
      : []),
  ];
}

function sensitivity(found: Sensitivity): string[] {
  const { oddsRatio, leaveOneOut, internalConsistency, consistencyBias, allModels, linkage } = found;
  return [
    ...(oddsRatio === null
      ? [paragraph('The curve of ξ cannot be drawn: the model has no estimate.')]
      : [
          htmlTable(
            `Odds ratio ξ of highest order (${oddsRatio.model})`,
            ['ξ', 'Estimate', 'From', 'To'],
            oddsRatio.points.map((one) => [
              one.xi.toFixed(2),
              whole(one.estimate),
              whole(one.lower),
              whole(one.upper),
            ]),
          ),
        ]),
    htmlTable(
      'Leave one list out',
      ['Without', 'Seen', 'Estimate', 'From', 'To', 'Model', 'Status'],
      leaveOneOut.map((one) => [
        one.list,
        whole(one.seen),
        whole(one.estimate),
        whole(one.lower),
        whole(one.upper),
        one.model,
        String(one.status),
      ]),
    ),
    htmlTable(
      `Internal consistency${consistencyBias === null ? '' : `: mean log ratio ${consistencyBias.toFixed(2)}`}`,
      ['List', 'Known', 'Seen by the others', 'Predicted', 'Ratio'],
      internalConsistency.map((one) => [
        one.list,
        whole(one.known),
        whole(one.seen),
        whole(one.estimate),
        Number.isFinite(one.ratio) ? one.ratio.toFixed(2) : '–',
      ]),
    ),
    htmlTable(
      'Supposed errors of linkage (stepwise)',
      ['Recall', 'Precision', 'Estimate'],
      linkage.map((one) => [String(one.recall), String(one.precision), whole(one.estimate)]),
    ),
    ...(allModels === null
      ? []
      : [
          paragraph(
            `${whole(allModels.admissible)} of ${whole(allModels.models)} models up to order ${allModels.order} have an estimate, from ${whole(allModels.lowest)} to ${whole(allModels.highest)} (quartiles ${allModels.quartiles.map(whole).join(', ')}); ${whole(allModels.supported.models)} within 10 BIC of the best, from ${whole(allModels.supported.lowest)} to ${whole(allModels.supported.highest)}; best ${allModels.supported.best}, weight ${allModels.supported.weightOfBest.toFixed(2)}.`,
          ),
        ]),
    ...(found.contradictedReferrals.length === 0
      ? []
      : [
          paragraph(
            `Declared to depend positively, against the counts: ${found.contradictedReferrals.join(', ')}.`,
          ),
        ]),
  ];
}
