/** The stages of a night as OpenLineage events: which data each read and wrote, and when. Rooms, never rows or counts. */
import type { NightStage } from '../night-stages.ts';

export interface StageTold {
  readonly run: string;
  readonly stage: NightStage;
  readonly outcome: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

const SCHEMA = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent';
const NAMESPACE = 'tessera';

/** The schemas of the database that each stage reads and writes, as schema/database-access.yaml lets it. */
const ROOMS: Readonly<
  Record<NightStage, { readonly reads: readonly string[]; readonly writes: readonly string[] }>
> = {
  collect: { reads: ['sources'], writes: ['inbox'] },
  agree: { reads: ['inbox', 'governance'], writes: [] },
  verify: { reads: ['inbox'], writes: [] },
  validate: { reads: ['inbox'], writes: ['staging'] },
  load: { reads: ['staging'], writes: ['events', 'linkage', 'ops'] },
  destroy: { reads: ['governance'], writes: ['events', 'linkage'] },
  link: { reads: ['linkage'], writes: ['persons'] },
  scope: { reads: ['events'], writes: ['persons'] },
  purge: { reads: ['linkage', 'persons'], writes: ['linkage'] },
  measure: { reads: ['events', 'persons'], writes: ['measures'] },
  estimate: { reads: ['events', 'persons'], writes: ['measures'] },
  candidate: { reads: ['measures'], writes: ['measures'] },
  protect: { reads: ['measures'], writes: ['release'] },
  release: { reads: ['measures', 'release'], writes: ['release'] },
  reports: { reads: ['release'], writes: [] },
  notify: { reads: ['ledger'], writes: [] },
};

export function lineageOf(stages: readonly StageTold[], version: string): readonly object[] {
  const producer = `https://tessera.invalid/${version}`;
  const datasets = (names: readonly string[]) => names.map((name) => ({ namespace: NAMESPACE, name }));
  return stages.flatMap(({ run, stage, outcome, startedAt, endedAt }) => {
    const { reads, writes } = ROOMS[stage];
    const event = (eventType: string, moment: Date) => ({
      eventType,
      eventTime: moment.toISOString(),
      run: { runId: run },
      job: { namespace: NAMESPACE, name: `night.${stage}` },
      inputs: datasets(reads),
      outputs: datasets(writes),
      producer,
      schemaURL: SCHEMA,
    });
    const start = event('START', startedAt);
    if (endedAt === null) return [start];
    return [start, event(outcome === 'failed' || outcome === 'refused' ? 'FAIL' : 'COMPLETE', endedAt)];
  });
}
