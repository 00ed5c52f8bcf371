/** What a night would do, with nothing stored: what waits is really held against its agreement, verified and judged. */

import { holdsInForce } from '../../src/runs/holds.ts';
import type { NightStage } from '../night-stages.ts';
import { type Night, plannedStages } from '../pipeline.ts';
import { waitingDeliveries } from '../receive/inbox.ts';
import type { NightReport, StageOfNight } from './stage-of-night.ts';
import { stepWatch } from './step-watch.ts';
import { lookAtWaiting } from './take-waiting.ts';

type Look = Pick<
  Night,
  'as' | 'surrogateKey' | 'deliveryKeyFile' | 'inbox' | 'requestedBy' | 'from' | 'until' | 'signal'
> & {
  /** How many releases the calendar says are due. */
  readonly dueReleases: () => Promise<number>;
};

export async function planNight(night: Look): Promise<NightReport> {
  const planned = plannedStages(night);
  const loader = await night.as('loader');
  const held = await holdsInForce(loader);
  const watch = stepWatch(['agree', 'verify', 'validate', 'load']);
  const looks = (['validate', 'verify', 'agree'] as const).find((step) => planned.includes(step));
  const signal = night.signal ?? new AbortController().signal;
  if (looks !== undefined)
    await lookAtWaiting({ ...night, loader, held: held.sources }, looks, watch, signal);
  const waiting = (await waitingDeliveries(night.inbox, held.sources)).length;
  const due = planned.includes('protect') || planned.includes('release') ? await night.dueReleases() : 0;
  const stages = planned.map((stage): StageOfNight => {
    const reason = whyHeld(stage, held);
    if (reason !== undefined) return { ...nothing(stage), reason: `HELD: ${reason}` };
    if (stage === 'agree' || stage === 'verify' || stage === 'validate') {
      const { codes, ...found } = watch.found(stage);
      return codes.length === 0
        ? { stage, outcome: 'planned', ...found }
        : { stage, outcome: 'refused', ...found, reason: [...new Set(codes)].join(', ') };
    }
    if (stage === 'collect') return { ...nothing(stage), rows_in: waiting };
    if (stage === 'load') return { ...nothing(stage), rows_in: watch.found('validate').accepted };
    if (stage === 'protect' || stage === 'release') return { ...nothing(stage), rows_in: due };
    return nothing(stage);
  });
  return { run: null, stages, release: null };
}

function nothing(stage: NightStage): StageOfNight {
  return { stage, outcome: 'planned', rows_in: 0, accepted: 0, rejected: 0, seconds: 0 };
}

function whyHeld(stage: NightStage, held: Awaited<ReturnType<typeof holdsInForce>>): string | undefined {
  const night = held.of('night')?.because;
  if (night !== undefined) return night;
  if (stage === 'protect' || stage === 'release') return held.of('releases')?.because;
  return stage === 'reports' ? held.of('reports')?.because : undefined;
}
