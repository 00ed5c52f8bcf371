/**
 * Linkage for its page. The linker's connection is opened for a steward whom the policy let through, and is used for
 * these three questions alone: what comes back names pairs, weights and opinions.
 */
import type { DataSource } from 'typeorm';
import { decide, reviewedPair, reviewList } from '../../../etl/persons/decisions.ts';
import { linkageReport, type LinkageQuality as Report } from '../../../etl/persons/linkage-report.ts';
import type { LinkageQuality, Share } from '../../../web/linkage-view.ts';
import type { Ports } from '../../../web/ports.ts';
import type { LinkagePort } from '../../api/linkage/linkage-port.ts';
import { NotFound } from '../../errors.ts';

export function linkagePorts(
  linker: () => Promise<DataSource>,
): Pick<Ports, 'linkage' | 'review' | 'decide'> {
  return {
    linkage: async () => {
      try {
        return shown(await linkageReport(await linker()));
      } catch (error) {
        if (error instanceof NotFound) return undefined;
        throw error;
      }
    },
    review: async () => reviewList(await linker()),
    decide: async (pair, opinion) => {
      const source = await linker();
      await reviewedPair(source, pair);
      await decide(source, pair, opinion);
    },
  };
}

/** The same for the API. */
export function apiLinkage(linker: () => Promise<DataSource>): LinkagePort {
  const { linkage, review, decide: say } = linkagePorts(linker);
  return { quality: linkage, queue: review, decide: say };
}

function shown(report: Report): LinkageQuality {
  const { linkage, kind, threshold, records, persons, sizes, changes, doubts } = report;
  return {
    linkage,
    kind,
    threshold,
    records,
    persons,
    sizes,
    changes,
    doubts,
    precision: share(report.precision_by_model),
    recall: share(report.recall_by_model),
    reviewed: { ...share(report.precision_by_review), pairs: report.precision_by_review.pairs },
    thresholds: report.by_threshold,
    drift: report.drift.map(
      ({ field, level, what, before, now }) =>
        `${field}, ${level} (${what}): ${before.toPrecision(2)} → ${now.toPrecision(2)}`,
    ),
  };
}

function share({ value, low, high }: { value: number; low: number; high: number }): Share {
  return { value, lower: low, upper: high };
}
