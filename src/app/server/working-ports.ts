/** What those who run the hub, or look after it, read: each by the claims of a permission. */
import type { DataSource } from 'typeorm';
import type { Ports } from '../../../web/ports.ts';
import { uuidOf } from '../../access/named-id.ts';
import { agreementsSeen, recordTerms, terminate, termsOf } from '../../agreements/agreements.ts';
import { askReview, decideReview, reviews } from '../../agreements/reviews.ts';
import { readHistory } from '../../audit/history.ts';
import { transaction } from '../../db/transaction.ts';
import { deliveriesSeen, filesOf } from '../../deliveries/deliveries-seen.ts';
import { qualityOf } from '../../deliveries/quality.ts';
import { refusalsSeen } from '../../deliveries/refusals.ts';
import { rejectsSeen } from '../../deliveries/rejects-seen.ts';
import { NotFound } from '../../errors.ts';
import { entryHistory, recordEntry, registerEntries } from '../../register/entries.ts';
import { publicEntries } from '../../register/public-entries.ts';
import { askJob, jobSeen } from '../../runs/asked-jobs.ts';
import { recentRuns } from '../../runs/recent-runs.ts';

const RUNS = 20;
const DELIVERIES = 50;
const REFUSALS = 20;
const LINES = 100;
const ENTRIES = 5000;

type WorkingPorts = Omit<
  Ports,
  | 'contracts'
  | 'catalogue'
  | 'table'
  | 'pictures'
  | 'releases'
  | 'release'
  | 'linkage'
  | 'review'
  | 'decide'
  | 'assetMap'
  | 'reports'
  | 'access'
  | 'datasets'
>;

export function workingPorts(api: DataSource, jobAsked: () => void): WorkingPorts {
  return {
    runs: ({ claims }) => transaction(api, ({ manager }) => recentRuns(manager, RUNS), claims),
    askForNight: async ({ claims }, { person, key }) => {
      const job = { job: 'night', arguments: {} } as const;
      const asked = await askJob(api, claims, { id: uuidOf('job', person, key), job, by: person });
      jobAsked();
      return asked;
    },
    job: ({ claims }, id) =>
      jobSeen(api, claims, id).catch((error: unknown) => {
        if (error instanceof NotFound) return undefined;
        throw error;
      }),
    deliveries: async ({ claims }) => {
      const found = await deliveriesSeen(api, claims, { most: DELIVERIES });
      const keys = found.map(({ key }) => key);
      const files = Map.groupBy(await filesOf(api, claims, keys), ({ delivery }) => delivery);
      return found.map((delivery) => ({ ...delivery, files: files.get(delivery.key) ?? [] }));
    },
    refusals: ({ claims }) => refusalsSeen(api, claims, { most: REFUSALS }),
    rejects: ({ claims }) => rejectsSeen(api, claims, DELIVERIES),
    quality: ({ claims }) =>
      transaction(api, ({ manager }) => qualityOf(manager, undefined, 'counts'), claims),
    agreements: ({ claims }, only) => agreementsSeen(api, claims, { only, most: LINES }),
    terms: ({ claims }, agreements) => termsOf(api, claims, agreements),
    recordTerms: ({ claims }, given, person) => recordTerms(api, claims, given, person),
    terminate: ({ claims }, agreement, lastDay) => terminate(api, claims, agreement, lastDay),
    reviews: ({ claims }) => reviews(api, claims, { open: false, most: LINES }),
    askReview: ({ claims }, asked) => askReview(api, claims, asked),
    decideReview: ({ claims }, decided) => decideReview(api, claims, decided),
    register: async ({ claims }, { county, on }) => {
      const places = county === undefined ? ['state'] : ['state', county];
      return (
        await Promise.all(
          places.map((place) => registerEntries(api, claims, { county: place, on, most: ENTRIES })),
        )
      ).flat();
    },
    publicRegister: ({ claims }, county) => publicEntries(api, claims, { county, most: ENTRIES }),
    entryHistory: ({ claims }, id) => entryHistory(api, claims, id),
    recordEntry: ({ claims }, entry, by) => recordEntry(api, claims, entry, by),
    history: ({ claims }, before) => readHistory(api, claims, { before, most: LINES }),
  };
}
