/** Takes one delivery in: open, hold against its agreement, read and judge, load, tell. */
import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { type Contracts, loadContracts } from '../src/contracts/contracts.ts';
import { transaction } from '../src/db/transaction.ts';
import { keepRefusal } from '../src/deliveries/refusals.ts';
import { Refused } from '../src/errors.ts';
import { type Counts, closeRun, openRun, performStage, type StageInProgress } from '../src/runs/ledger.ts';
import { permitDelivery } from '../src/sources/permit.ts';
import { registeredSources } from '../src/sources/register.ts';
import { type FileReport, fileReport, type IntakeReport, withLater } from './intake-report.ts';
import { earlierReport, usualRows } from './load/earlier-deliveries.ts';
import { loadDelivery } from './load/load-delivery.ts';
import { type StagedDelivery, stageDelivery, stagingMark } from './load/stage-delivery.ts';
import { dropStaging } from './load/staging.ts';
import { countFindings } from './load/stored-rules.ts';
import { refuseUnusual, thresholdsOf } from './load/thresholds.ts';
import { circumstancesUnder, wantedBy } from './permitted.ts';
import { type Delivery, manifestIn, openDelivery } from './receive/delivery.ts';
import { LIMITS } from './receive/limits.ts';
import type { Circumstances } from './validate/field/compile-fields.ts';

export interface Intake {
  readonly loader: DataSource;
  readonly surrogateKey: Uint8Array;
  /** Opens what agencies encrypted for the hub. */
  readonly deliveryKeyFile?: string | undefined;
  readonly requestedBy: string;
  /** Hears how far it is, a few times a second. */
  readonly onProgress: (counts: Counts) => void;
  /** Hears what is being done with the delivery now. */
  readonly at?: (step: IntakeStep) => void;
}

export type IntakeStep = 'agree' | 'verify' | 'validate' | 'load';

/** What is refused is remembered with its reason, as far as its manifest can be read. */
export async function takeDelivery(intake: Intake, folder: string): Promise<IntakeReport> {
  const contracts = loadContracts();
  try {
    return await take(intake, contracts, folder);
  } catch (error) {
    const manifest = error instanceof Refused ? await manifestIn(folder, contracts) : undefined;
    if (manifest !== undefined) await keepRefusal(intake.loader, manifest, error as Refused);
    throw error;
  }
}

async function take(intake: Intake, contracts: Contracts, folder: string): Promise<IntakeReport> {
  intake.at?.('agree');
  const delivery = await openDelivery(folder, contracts, LIMITS, intake.deliveryKeyFile);
  const circumstances = await circumstancesOf(intake, contracts, delivery);
  const run = await openRun(intake.loader, 'delivery', intake.requestedBy);
  try {
    const stage = { run, name: 'load', inputHash: delivery.sha256 };
    let files: readonly FileReport[] = [];
    const { outcome } = await performStage(intake.loader, stage, async (progress) => {
      files = await load(intake, contracts, delivery, circumstances, progress);
      return totals(files);
    });
    await judge(intake.loader, contracts, delivery, run);
    await closeRun(intake.loader, run, 'succeeded');
    if (outcome === 'unchanged') return await earlierReport(intake.loader, delivery);
    return { outcome: 'loaded', delivery: delivery.manifest.deliveryId, files };
  } catch (error) {
    await closeRun(intake.loader, run, error instanceof Refused ? 'refused' : 'failed');
    throw error;
  }
}

/** Staging may be begun again and again; only the one transaction at its end counts. */
async function load(
  { loader, surrogateKey, onProgress, at = () => {} }: Intake,
  contracts: Contracts,
  delivery: Delivery,
  circumstances: Circumstances,
  progress: StageInProgress,
): Promise<readonly FileReport[]> {
  try {
    const report = nowAndThen(async (counts: Counts) => {
      onProgress(counts);
      await progress.report(counts);
    });
    const staged = await stageDelivery(loader, delivery, contracts, circumstances, { report, at });
    await refuseUnusualFiles(loader, delivery, staged);
    at('load');
    return await transaction(loader, async ({ client }) => {
      const { rejected, quarantined } = await loadDelivery(client, delivery, staged, contracts, surrogateKey);
      const files = staged.files.map(({ number, name, record, tally }) =>
        withLater(fileReport(name, record, tally), rejected.get(number), quarantined.get(number)),
      );
      await progress.succeed(client, totals(files));
      return files;
    });
  } finally {
    await transaction(loader, ({ client }) => dropStaging(client, stagingMark(delivery.sha256)));
  }
}

/** What holds only across rows is asked of what is stored, in a stage of its own: the delivery is current without it. */
async function judge(
  loader: DataSource,
  contracts: Contracts,
  { manifest, sha256 }: Delivery,
  run: string,
): Promise<void> {
  const inputHash = createHash('sha256').update(`findings of ${sha256}`).digest('hex');
  const delivery = { id: manifest.deliveryId, agency: manifest.agency, asOf: manifest.asOf };
  const none = { rowsIn: 0, accepted: 0, rejected: 0 };
  await performStage(loader, { run, name: 'judge', inputHash }, async (progress) =>
    transaction(loader, async ({ client }) => {
      await countFindings(client, contracts, delivery);
      await progress.succeed(client, none);
      return none;
    }),
  );
}

/** Who sends it, under which agreement, and what follows for the judging of its rows. */
async function circumstancesOf(
  { loader, surrogateKey }: Intake,
  contracts: Contracts,
  delivery: Delivery,
): Promise<Circumstances> {
  const permit = permitDelivery(contracts, await registeredSources(loader), wantedBy(delivery));
  return circumstancesUnder(permit, delivery, surrogateKey);
}

async function refuseUnusualFiles(
  loader: DataSource,
  delivery: Delivery,
  staged: StagedDelivery,
): Promise<void> {
  const thresholds = thresholdsOf(delivery.manifest.agency);
  for (const { name, record, tally } of staged.files) {
    const earlier = await usualRows(loader, delivery, record);
    refuseUnusual({ file: name, rows: tally.rows, rejected: tally.rejected }, earlier, thresholds);
  }
}

function totals(files: readonly FileReport[]): Counts {
  const sum = (of: (file: FileReport) => number): number =>
    files.reduce((total, file) => total + of(file), 0);
  return {
    rowsIn: sum((file) => file.rows),
    accepted: sum((file) => file.accepted),
    rejected: sum((file) => file.rejected),
  };
}

/** Passes on what comes after a pause; what comes in between is old by the time anybody reads it. */
function nowAndThen(report: (counts: Counts) => Promise<void>): (counts: Counts) => Promise<void> {
  let last = 0;
  return async (counts) => {
    if (Date.now() - last < 300) return;
    last = Date.now();
    await report(counts);
  };
}
