import type { NightStage } from '../night-stages.ts';

/** Up to the agreement and the hashes, deliveries are counted; from the judging on, rows. */
export interface StageCounts {
  readonly rows_in: number;
  readonly accepted: number;
  readonly rejected: number;
}

export interface StageOfNight extends StageCounts {
  readonly stage: NightStage;
  readonly outcome: 'succeeded' | 'unchanged' | 'refused' | 'failed' | 'planned';
  readonly seconds: number;
  /** How often it was begun, where once was not enough. */
  readonly attempts?: number;
  /** Why it went no further. */
  readonly reason?: string;
}

export interface NightReport {
  /** Null of a night that was only asked what it would do. */
  readonly run: string | null;
  readonly stages: readonly StageOfNight[];
  /** The last release that this night made. */
  readonly release: number | null;
}

/** What a stage came to, before its time is known. */
export type Done = Omit<StageOfNight, 'stage' | 'seconds' | 'attempts'>;

export function done(unchanged: boolean, rowsIn: number, accepted: number, rejected = 0): Done {
  return { outcome: unchanged ? 'unchanged' : 'succeeded', rows_in: rowsIn, accepted, rejected };
}
