import type { FoundTable } from '../asked-table.ts';

/** What a table's figures are, for whoever finds the file later. */
export function tableMetadata({ metric, tbl, release }: FoundTable, note: string | undefined): object {
  const { id, title, question, version, statistic, unit, numerator, denominator, per } = metric;
  return {
    note,
    metric: { id, title, question, version, statistic, unit, numerator, denominator, per },
    dimensions: tbl === 'all' ? {} : Object.fromEntries(metric.dimensions),
    limits: metric.limits,
    exclusions: metric.exclusions,
    authority: metric.authority.citation,
    release: {
      number: release.number,
      state: release.state,
      period: release.period,
      knownOn: release.knownOn,
      policy: release.policy,
    },
    status: STATUS_WORDS,
  };
}

/** What the status of a cell says of it. */
export const STATUS_WORDS: Readonly<Record<string, string>> = {
  shown: 'It is shown.',
  provisional: 'It is shown, and not final.',
  hidden: 'It is hidden to protect young people; its numbers are empty.',
  not_available: 'There is none; the footnote says why.',
};
