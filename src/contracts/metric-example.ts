import type { Entry } from './entry.ts';

/** Rows that agencies send and the figures that follow: a definition by example, tested on the database as it is read. */
export interface MetricExample {
  readonly says: string;
  /** The day up to which the hub is taken to know. */
  readonly today: string;
  readonly rows: readonly ExampleRow[];
  readonly figures: readonly ExampleFigure[];
}

export interface ExampleRow {
  readonly record: string;
  /** A young person, by a letter; rows of one person may come from several agencies. None for counts. */
  readonly of: string | undefined;
  readonly from: string;
  readonly fields: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

export interface ExampleFigure {
  readonly period: string;
  readonly by: Readonly<Record<string, string>>;
  readonly numerator: number | undefined;
  readonly denominator: number | undefined;
  readonly value: number | undefined;
  readonly status: 'counted' | 'provisional' | 'not_available';
}

const OF_ROW = new Set(['record', 'of', 'from']);

export function readExamples(file: Entry): MetricExample[] {
  file.only('examples');
  return file.list('examples').map((example) => {
    example.only('says', 'today', 'rows', 'figures');
    return {
      says: example.text('says'),
      today: example.optionalDate('today') ?? '2026-06-30',
      rows: example.list('rows').map((row) => ({
        record: row.text('record'),
        of: row.optionalText('of'),
        from: row.text('from'),
        fields: Object.fromEntries(
          row
            .keys()
            .filter((key) => !OF_ROW.has(key))
            .map((key) => [key, row.at(key).value as string | number | boolean | readonly string[]]),
        ),
      })),
      figures: example.list('figures').map((figure) => {
        figure.only('period', 'by', 'numerator', 'denominator', 'value', 'status');
        const by = figure.at('by');
        return {
          period: figure.text('period'),
          by: Object.fromEntries(by.keys().map((name) => [name, by.text(name)])),
          numerator: figure.optionalNumber('numerator'),
          denominator: figure.optionalNumber('denominator'),
          value: figure.optionalNumber('value'),
          status: figure.choice('status', ['counted', 'provisional', 'not_available'] as const, 'counted'),
        };
      }),
    };
  });
}
