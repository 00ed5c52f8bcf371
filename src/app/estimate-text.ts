import type { Result } from '../../etl/estimate/result.ts';
import type { Answer } from './estimate-answer.ts';

/** The answer as a page of text: the verdict first, then the figures, then how far they lean on what is assumed. */
export function describe(answer: Answer): string {
  return [
    ...verdict(answer),
    '',
    ...table(answer.results),
    ...(answer.corrected === undefined
      ? []
      : [
          '',
          `With linkage recall ${answer.corrected.recall} and precision ${answer.corrected.precision} put right`,
          ...table(answer.corrected.results),
        ]),
    ...combined(answer),
    ...overCovered(answer),
    '',
    ...sensitivity(answer),
  ].join('\n');
}

function verdict({ verdict, sensitivity }: Answer): string[] {
  const { persons, byNumberOfLists } = sensitivity.overlaps;
  const seen = `${number(persons)} persons seen; on 1, 2, … lists: ${byNumberOfLists.map(number).join(', ')}`;
  const families = verdict.families.map(({ method, estimate }) => `${method} ${number(estimate)}`).join(', ');
  return verdict.refused
    ? [
        'NO FIGURE: these lists cannot carry an estimate of the hidden population',
        ...verdict.reasons.map((reason) => `  - ${reason}`),
        seen,
        ...(families === '' ? [] : [`families: ${families}`]),
      ]
    : [`The lists can carry an estimate. ${seen}`, `families: ${families}`];
}

const WIDTHS = [16, 34, 11, 11, 11, 9, 9] as const;

function table(results: readonly Result[]): string[] {
  const heads = ['method', 'model', 'estimate', 'lower', 'upper', 'AIC', 'BIC'];
  return [
    row(heads),
    ...results.map((result) => {
      const { method, model } = result;
      if (result.refused) return `${row([method, model ?? ''])} refused: ${result.reason}`;
      const decimals = (value: number | null): string => (value === null ? '' : value.toFixed(2));
      return row([
        method,
        model ?? '',
        number(result.estimate),
        number(result.lower),
        number(result.upper),
        decimals(result.aic),
        decimals(result.bic),
      ]);
    }),
  ];
}

function row(cells: readonly string[]): string {
  return cells
    .map((cell, i) => {
      const width = WIDTHS[i]!;
      const fitted = cell.length > width ? `${cell.slice(0, width - 1)}…` : cell;
      return i < 2 ? fitted.padEnd(width) : fitted.padStart(width);
    })
    .join(' ');
}

function combined({ combined, reviewed }: Answer): string[] {
  return [...drawn('linkages', combined), ...drawn('tables drawn from the review of the linkage', reviewed)];
}

function drawn(what: string, combined: Answer['combined']): string[] {
  if (combined === undefined) return [];
  if (combined === null) return ['', `Combined over ${what}: refused, too few of them give an estimate`];
  const share = combined.between / (combined.within + combined.between);
  return [
    '',
    `Combined over ${combined.draws} ${what} (stepwise): ${number(combined.estimate)}, ${range(combined)}; ${percent(share)} of the variance is the linkage's`,
  ];
}

function overCovered({ overCovered: bounded }: Answer): string[] {
  if (bounded === undefined) return [];
  const names = bounded.lists.join(', ');
  return [
    '',
    bounded.estimate === null
      ? `With ${names} as an upper bound: refused, no estimate exists`
      : `With what only ${names} holds as an upper bound: ${number(bounded.estimate)}${bounded.lower === null ? '' : `, ${range(bounded)}`}`,
  ];
}

function sensitivity({ sensitivity }: Answer): string[] {
  const { oddsRatio, leaveOneOut, internalConsistency, allModels, linkage, contradictedReferrals } =
    sensitivity;
  const lines: string[] = ['How much the answer leans on what it assumes'];
  if (allModels !== null)
    lines.push(
      `  models      ${number(allModels.admissible)} of ${number(allModels.models)} have an estimate, from ${number(allModels.lowest)} to ${number(allModels.highest)}, half of them within ${number(allModels.quartiles[0])}–${number(allModels.quartiles[2])}`,
      `              ${number(allModels.supported.models)} are supported by BIC, from ${number(allModels.supported.lowest)} to ${number(allModels.supported.highest)}; best ${allModels.supported.best}`,
    );
  if (oddsRatio !== null)
    lines.push(
      `  odds ratio  ${oddsRatio.points.map(({ xi, estimate }) => `ξ=${round(xi)}: ${number(estimate)}`).join('  ')}  (${oddsRatio.model}; ξ=1 is assumed and cannot be checked)`,
    );
  for (const { list, model, status, estimate, lower, upper } of leaveOneOut)
    lines.push(
      `  without ${list.padEnd(10)} ${status === 0 ? `${number(estimate)}, ${range({ lower, upper })}  ${model}` : 'no estimate exists'}`,
    );
  for (const { list, known, seen, status, estimate, ratio } of internalConsistency)
    lines.push(
      `  predicting ${list.padEnd(10)} ${status === 0 ? `${number(estimate)} for ${number(known)} (${percent(ratio)}), from ${number(seen)} seen by the others` : `no estimate exists for ${number(known)}, ${number(seen)} seen by the others`}`,
    );
  if (linkage.length > 0)
    lines.push(
      `  linkage     ${linkage.map(({ recall, precision, estimate }) => `${recall === 1 && precision === 1 ? 'as it is' : recall < 1 ? `recall ${recall}` : `precision ${precision}`}: ${number(estimate)}`).join('  ')}  (stepwise)`,
    );
  for (const pair of contradictedReferrals)
    lines.push(`  referrals   ${pair} were declared to depend positively; the counts say the contrary`);
  return lines;
}

function range({ lower, upper }: { lower: number | null; upper: number | null }): string {
  return `${number(lower)} to ${number(upper)}`;
}

function number(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '–';
  return Math.round(value).toLocaleString('en-US');
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function percent(value: number): string {
  return Number.isFinite(value) ? `${Math.round(value * 100)} %` : '–';
}
