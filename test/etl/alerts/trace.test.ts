import { expect, test } from 'vitest';
import { type Timed, traceOf } from '../../../etl/alerts/trace.ts';

const run = '0197a000-0000-7000-8000-00000000000a';
const at = (second: number): Date => new Date(Date.UTC(2026, 2, 1, 9, 0, second));
const timed = (name: string, from: number, to: number | null, outcome = 'succeeded'): Timed => ({
  name,
  outcome,
  code: outcome === 'succeeded' ? null : 'Q002',
  startedAt: at(from),
  endedAt: to === null ? null : at(to),
});

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status: { readonly code?: number };
}

function spansOf(trace: object): readonly Span[] {
  const { resourceSpans } = trace as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}

test('a night is one trace: every span has its own id, a parent that is there, and lies within it', () => {
  const night = {
    run,
    startedAt: at(0),
    stages: [timed('load', 1, 10), timed('link', 10, 20, 'refused'), timed('notify', 20, null)],
    steps: [timed('load', 2, 4), timed('load', 4, 9), timed('link', 11, 19, 'failed'), timed('judge', 0, 1)],
  };
  const spans = spansOf(traceOf(night, '1', at(30)));
  expect(spansOf(traceOf(night, '1', at(30)))).toEqual(spans);
  expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
  const root = spans.find(({ parentSpanId }) => parentSpanId === undefined);
  expect(root).toMatchObject({ name: 'night', traceId: run.replaceAll('-', '') });
  for (const span of spans) {
    expect([span.traceId, span.spanId]).toEqual([
      expect.stringMatching(/^[0-9a-f]{32}$/),
      expect.stringMatching(/^[0-9a-f]{16}$/),
    ]);
    if (span === root) continue;
    const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
    expect(parent, span.name).toBeDefined();
    expect(BigInt(parent!.startTimeUnixNano)).toBeLessThanOrEqual(BigInt(span.startTimeUnixNano));
    expect(BigInt(parent!.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.endTimeUnixNano));
  }
  const parentOf = (name: string) =>
    spans
      .filter((one) => one.name === name)
      .map(({ parentSpanId }) => spans.find(({ spanId }) => spanId === parentSpanId)?.name);
  expect([parentOf('load'), parentOf('link'), parentOf('judge')]).toEqual([
    ['night.load', 'night.load'],
    ['night.link'],
    ['night'],
  ]);
  expect(spans.filter(({ status }) => status.code === 2).map(({ name }) => name)).toEqual([
    'night',
    'night.link',
    'link',
  ]);
});
