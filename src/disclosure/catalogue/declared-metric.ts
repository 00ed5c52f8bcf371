/** What the catalogue says of a metric, as far as protection asks. */
export interface DeclaredMetric {
  readonly id: string;
  readonly statistic: string;
  /** Whether the cells of a table hold different young people, so that they add up to their margins. */
  readonly additive: boolean;
  /** A service that a minor may consent to alone: nothing finer than the state may be published about it. */
  readonly minorConsent: boolean;
  readonly denominatorOf?:
    | {
        /** Another metric, whose count it is. */
        readonly metric: string | undefined;
        /** Whether it counts young people of this hub; otherwise everybody may know it. */
        readonly protected: boolean;
      }
    | undefined;
  readonly tables: readonly DeclaredTable[];
}

export interface DeclaredTable {
  readonly by: readonly string[];
  /** `secure`: for the county's own analysts only. `steward`: for nobody outside, and in no release. */
  readonly publish: 'public' | 'secure' | 'steward';
}

export interface ReckonedTable {
  readonly name: string;
  readonly by: readonly string[];
  /** `nobody`: in no release, but those whom it is about may know it, and what is released must not give it away. */
  readonly audience: 'public' | 'secure' | 'nobody';
}

/**
 * The tables of a metric, and who may see them. What a minor consented to alone must not come back to a family by way of
 * a county's table, not even the county's own: nobody sees one.
 */
export function reckonedTables(metric: DeclaredMetric): ReckonedTable[] {
  return metric.tables.map(({ by, publish }) => {
    const isClosed = publish === 'steward' || (metric.minorConsent && by.some(isGeography));
    return { name: tableName(by), by, audience: isClosed ? 'nobody' : publish };
  });
}

function tableName(by: readonly string[]): string {
  return by.length === 0 ? 'all' : by.join('+');
}

function isGeography(dimension: string): boolean {
  return /county|region/.test(dimension);
}

export function isShare({ statistic }: DeclaredMetric): boolean {
  return statistic === 'share';
}

/** Whether those above the line are some of those below it: the rest is a count of young people too. */
export function isPartOfWhole({ statistic }: DeclaredMetric): boolean {
  return ['share', 'survival', 'median'].includes(statistic);
}

/** Values of single young people in order, such as a median: they say something about the one in the middle. */
export function isOfValues({ statistic }: DeclaredMetric): boolean {
  return !['count', 'share', 'rate', 'distribution'].includes(statistic);
}
