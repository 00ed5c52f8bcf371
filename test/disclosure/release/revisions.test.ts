import { expect, test } from 'vitest';
import type { CandidateFigure } from '../../../src/disclosure/catalogue/candidate.ts';
import type { ReleaseFigure } from '../../../src/disclosure/release/release-figures.ts';
import { revisionsBetween, type Side } from '../../../src/disclosure/release/revisions.ts';

const PLACE = { metric: 'identified', tbl: 'all', period: '2024', dims: {} };

function shown(
  values: Readonly<Record<string, number>>,
  changes: Partial<ReleaseFigure> = {},
): ReleaseFigure[] {
  return Object.entries(values).map(([cell, value]) => ({
    ...PLACE,
    version: 1,
    cell,
    numerator: value,
    denominator: null,
    value,
    lower: null,
    upper: null,
    status: 'shown',
    footnotes: [],
    ...changes,
  }));
}

function counted(values: Readonly<Record<string, number>>): CandidateFigure[] {
  return shown(values).map((figure) => ({ ...figure, status: 'counted', reason: null }));
}

function side(figures: readonly ReleaseFigure[], changes: Partial<Side> = {}): Side {
  return { figures, knownOn: '2025-01-31', linkageVersion: 'first', codeVersion: '1', ...changes };
}

const later = { knownOn: '2025-02-28', linkageVersion: 'second' };

test('rows of the earlier day with the persons of the later one tell linkage and late data apart', () => {
  const before = side(shown({ same: 20, linked: 30, late: 40, both: 50 }));
  const after = side(shown({ same: 20, linked: 28, late: 44, both: 53 }), later);
  const between = counted({ same: 20, linked: 28, late: 40, both: 49 });
  expect(
    revisionsBetween(before, after, between).map(({ cell, was, is, reasons }) => [cell, was, is, ...reasons]),
  ).toEqual([
    ['linked', 30, 28, 'linkage'],
    ['late', 40, 44, 'late data'],
    ['both', 50, 53, 'linkage', 'late data'],
  ]);
});

test.each([
  ['linkage alone', { linkageVersion: 'second' }, 'linkage'],
  ['a later day alone', { knownOn: '2025-02-28' }, 'late data'],
  ['another release of the software alone', { codeVersion: '2' }, 'software'],
  ['a later day and linkage', later, 'unclear'],
])('without them, %s', (_, changes, reason) => {
  const revisions = revisionsBetween(side(shown({ all: 20 })), side(shown({ all: 21 }), changes), undefined);
  expect(revisions.map(({ reasons }) => reasons)).toEqual([[reason]]);
});

test('a new version of the metric is the reason, whatever else changed', () => {
  const after = side(shown({ all: 31 }, { version: 2 }), later);
  expect(revisionsBetween(side(shown({ all: 20 })), after, undefined)[0]?.reasons).toEqual(['definition']);
});

test('what either release hides is not compared', () => {
  const hidden = shown({ all: 20 }, { status: 'hidden', value: null, numerator: null });
  expect(revisionsBetween(side(shown({ all: 20 })), side(hidden, later), undefined)).toEqual([]);
  expect(revisionsBetween(side(hidden), side(shown({ all: 20 }), later), undefined)).toEqual([]);
});
