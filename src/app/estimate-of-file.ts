import { basename } from 'node:path';
import { version } from '../package-root.ts';
import type { Answer } from './estimate-answer.ts';
import { type EstimateFlags, tableOf } from './estimate-answer.ts';
import { writeReport } from './estimate-report.ts';

/** The same two pages for a table from a file: the drawn linkages' figure where there are any, else the stepwise one. */
export function writeFileReport(folder: string, file: string, flags: EstimateFlags, answer: Answer): void {
  const { results, sensitivity, verdict, combined } = answer;
  const own = results.find(({ method }) => method === 'stepwise') ?? results.find(({ refused }) => !refused);
  const figure = combined ?? (own === undefined ? undefined : { ...own, estimate: own.estimate });
  const table = tableOf(file, flags);
  writeReport(folder, {
    name: basename(file).replace(/[.][^.]*$/, ''),
    of: basename(file),
    who: 'persons',
    holds: holdsOf(flags, answer),
    madeUp: false,
    madeOf: { file: basename(file), code_version: version, seed: flags.seed, resamples: flags.bootstrap },
    answer: {
      refused: verdict.refused,
      reasons: verdict.reasons,
      value: verdict.refused ? null : (figure?.estimate ?? null),
      lower: verdict.refused ? null : (figure?.lower ?? null),
      upper: verdict.refused ? null : (figure?.upper ?? null),
      annex: {
        table: { lists: table.lists, counts: [...table.counts] },
        results,
        sensitivity,
        verdict,
        combined: combined ?? null,
      },
    },
  });
}

function holdsOf({ bootstrap }: EstimateFlags, { combined }: Answer): string {
  if (combined) return 'The interval holds chance, the choice of the model and the linkages that were given.';
  return bootstrap > 0
    ? 'The interval holds chance and the choice of the model, and takes the linkage as right.'
    : 'The interval holds chance alone: it takes the model as given and the linkage as right (--bootstrap does better).';
}
