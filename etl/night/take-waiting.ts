/**
 * Every delivery that waits, the earliest first: held against its agreement, verified, judged and loaded. One agency's
 * refused delivery is that agency's matter, and the others are taken in all the same. What can pass is not answered, and
 * the delivery stays where it is.
 */
import type { DataSource } from 'typeorm';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { Refused } from '../../src/errors.ts';
import { permitDelivery } from '../../src/sources/permit.ts';
import { registeredSources } from '../../src/sources/register.ts';
import { judgeDelivery } from '../check-delivery.ts';
import { type IntakeStep, takeDelivery } from '../intake.ts';
import type { FileReport } from '../intake-report.ts';
import { wantedBy } from '../permitted.ts';
import { openDelivery, verifyFile } from '../receive/delivery.ts';
import { clearFromInbox, waitingDeliveries } from '../receive/inbox.ts';
import { LIMITS } from '../receive/limits.ts';
import type { StepWatch } from './step-watch.ts';

type IntakeSteps = StepWatch<IntakeStep>;

export interface Waiting {
  readonly loader: DataSource;
  readonly surrogateKey: Uint8Array;
  readonly deliveryKeyFile?: string | undefined;
  readonly inbox: string;
  readonly requestedBy: string;
  /** Deliveries of these agencies are left where they are. */
  readonly held: ReadonlySet<string>;
}

/** Answers how many were taken in, of those that were not before. */
export async function takeWaiting(
  waiting: Waiting,
  steps: IntakeSteps,
  signal: AbortSignal,
): Promise<number> {
  const { inbox, held } = waiting;
  let taken = 0;
  for (const { folder } of await waitingDeliveries(inbox, held)) {
    signal.throwIfAborted();
    try {
      const report = await takeDelivery(
        { ...waiting, onProgress: () => {}, at: (step) => steps.at(step) },
        folder,
      );
      passed(steps, 'load', report.files);
      if (report.outcome === 'loaded') taken++;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused(steps, error.code);
    } finally {
      steps.at(undefined);
    }
    await clearFromInbox(inbox, folder);
  }
  return taken;
}

/** As far as `until`, with nothing stored and nothing taken out of the inbox. */
export async function lookAtWaiting(
  { loader, surrogateKey, deliveryKeyFile, inbox, held }: Waiting,
  until: Exclude<IntakeStep, 'load'>,
  steps: IntakeSteps,
  signal: AbortSignal,
): Promise<void> {
  const contracts = loadContracts();
  const register = await registeredSources(loader);
  for (const { folder } of await waitingDeliveries(inbox, held)) {
    signal.throwIfAborted();
    try {
      steps.at('agree');
      const delivery = await openDelivery(folder, contracts, LIMITS, deliveryKeyFile);
      const permit = permitDelivery(contracts, register, wantedBy(delivery));
      if (until !== 'agree') steps.at('verify');
      if (until === 'verify') for (const file of delivery.files) await verifyFile(file);
      const judged =
        until === 'validate'
          ? await judgeDelivery(contracts, delivery, {
              ...permit,
              at: (step) => steps.at(step),
              surrogateKey,
            })
          : [];
      passed(steps, until, judged);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused(steps, error.code);
    } finally {
      steps.at(undefined);
    }
  }
}

function passed(steps: IntakeSteps, until: IntakeStep, files: readonly FileReport[]): void {
  steps.count('agree', 1);
  if (until === 'agree') return;
  steps.count('verify', 1);
  if (until === 'verify') return;
  for (const { rows, accepted, rejected } of files) {
    steps.count('validate', rows, rejected);
    if (until === 'load') steps.count('load', accepted);
  }
}

/** The step that it was at is the one that refused it. Rows of a refused delivery count nowhere: none is kept. */
function refused(steps: IntakeSteps, code: string): void {
  const step = steps.now() ?? 'agree';
  steps.refuse(step, code);
  if (step === 'agree') return steps.count('agree', 1, 1);
  steps.count('agree', 1);
  if (step === 'verify') steps.count('verify', 1, 1);
  else steps.count('verify', 1);
}
