import { type CaptureTable, captureTable } from './capture-table.ts';
import { correctTable, type LinkageQuality } from './linkage-error.ts';
import { beta, type Random, randomStream } from './random.ts';

/** What a clerical review of the linkage found, and on how many pairs each of the two shares rests. */
export interface LinkageReview extends LinkageQuality {
  readonly reviewed: number;
}

/**
 * Tables drawn from what a review leaves open: recall and precision from their posteriors, the table put right by
 * them, and its fractions rounded at random. Where the linkage itself can be drawn, its own draws are better.
 */
export function linkageDraws(
  table: CaptureTable,
  review: LinkageReview,
  draws: number,
  seed: number,
): CaptureTable[] {
  return Array.from({ length: draws }, (_, draw) => {
    const random = randomStream(seed, draw);
    const quality = {
      recall: posteriorShare(random, review.recall, review.reviewed),
      precision: posteriorShare(random, review.precision, review.reviewed),
    };
    return rounded(correctTable(table, quality), random);
  });
}

function posteriorShare(random: Random, share: number, reviewed: number): number {
  return beta(random, 0.5 + share * reviewed, 0.5 + (1 - share) * reviewed);
}

function rounded(table: CaptureTable, random: Random): CaptureTable {
  return captureTable(
    table.lists,
    table.counts.map((count) => Math.floor(count + random.uniform())),
  );
}
