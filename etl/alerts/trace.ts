/**
 * A night as one trace of OpenTelemetry, in the JSON of OTLP over HTTP: a span for the night, one for each of its stages, and
 * under it one for each step of the ledger that was begun meanwhile. Names, times and outcomes; never counts, which are about young people.
 */
import { createHash } from 'node:crypto';

export interface Timed {
  readonly name: string;
  readonly outcome: string;
  /** Why it ended early: a code, never a message. */
  readonly code: string | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

export interface NightTold {
  readonly run: string;
  readonly startedAt: Date;
  readonly stages: readonly Timed[];
  /** Whatever the ledger began since. */
  readonly steps: readonly Timed[];
}

const INTERNAL = 1;
const ERROR = 2;

/** The run's id is the trace's, and a span's id follows from its name and beginning: told twice, it is the same trace. */
export function traceOf({ run, startedAt, stages, steps }: NightTold, version: string, now: Date): object {
  const traceId = run.replaceAll('-', '');
  const root = spanId(run, 'night');
  const idOf = ({ name, startedAt: at }: Timed): string => spanId(run, `${name} ${at.toISOString()}`);
  const span = (one: Timed, id: string, parentSpanId?: string): object => ({
    traceId,
    spanId: id,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    name: one.name,
    kind: INTERNAL,
    startTimeUnixNano: nanoseconds(one.startedAt),
    endTimeUnixNano: nanoseconds(one.endedAt ?? now),
    attributes: [
      attribute('tessera.outcome', one.outcome),
      ...(one.code === null ? [] : [attribute('error.type', one.code)]),
    ],
    status: badly(one) ? { code: ERROR } : {},
  });
  const during = ({ startedAt: at }: Timed): string => {
    const holds = stages.findLast((stage) => stage.startedAt <= at && at <= (stage.endedAt ?? now));
    return holds === undefined ? root : idOf(holds);
  };
  const ended = stages.find(badly);
  const night: Timed = {
    name: 'night',
    outcome: ended?.outcome ?? 'succeeded',
    code: ended?.code ?? null,
    startedAt,
    endedAt: now,
  };
  return {
    resourceSpans: [
      {
        resource: {
          attributes: [attribute('service.name', 'tessera'), attribute('service.version', version)],
        },
        scopeSpans: [
          {
            scope: { name: 'tessera.night' },
            spans: [
              span(night, root),
              ...stages.map((stage) => span({ ...stage, name: `night.${stage.name}` }, idOf(stage), root)),
              ...steps.map((step) => span(step, spanId(run, `step ${idOf(step)}`), during(step))),
            ],
          },
        ],
      },
    ],
  };
}

function badly({ outcome }: Timed): boolean {
  return outcome === 'failed' || outcome === 'refused' || outcome === 'interrupted';
}

function spanId(run: string, of: string): string {
  return createHash('sha256').update(`${run} ${of}`).digest('hex').slice(0, 16);
}

function nanoseconds(moment: Date): string {
  return `${moment.getTime()}000000`;
}

function attribute(key: string, stringValue: string): object {
  return { key, value: { stringValue } };
}
