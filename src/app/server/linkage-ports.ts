/**
 * Linkage for its page and for the API, read with the server's own rights: what the database answers to somebody who
 * claims every county names pairs, weights and opinions, and nothing of a record.
 */
import type { DataSource } from 'typeorm';
import { linkageReport, type LinkageQuality as Report } from '../../../etl/persons/linkage-report.ts';
import { pairsSeen, sayOfPair } from '../../../etl/persons/pairs-seen.ts';
import type { LinkageQuality, Share } from '../../../web/linkage-view.ts';
import type { Ports } from '../../../web/ports.ts';
import { nothingHere } from '../../access/permit.ts';
import type { LinkagePort } from '../../api/linkage/linkage-port.ts';
import { NotFound } from '../../errors.ts';

export function linkagePort(api: DataSource): LinkagePort {
  const { linkage, review, decide } = linkagePages(api);
  return { quality: linkage, queue: review, decide };
}

export function linkagePages(api: DataSource): Pick<Ports, 'linkage' | 'review' | 'decide'> {
  return {
    linkage: async ({ claims }) => {
      try {
        return shown(await linkageReport(api, claims));
      } catch (error) {
        if (error instanceof NotFound) return undefined;
        throw error;
      }
    },
    review: ({ claims }) => pairsSeen(api, claims),
    decide: async ({ claims }, pair, opinion) => {
      if (!(await sayOfPair(api, claims, pair, opinion))) throw nothingHere();
    },
  };
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
