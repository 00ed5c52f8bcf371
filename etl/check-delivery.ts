/** What an agency runs before it sends: the same reading and judging as the hub's, with nothing stored anywhere. */
import { randomBytes } from 'node:crypto';
import { type Contracts, loadContracts } from '../src/contracts/contracts.ts';
import { recordNamed } from '../src/contracts/lookup.ts';
import { type Permit, permitDelivery } from '../src/sources/permit.ts';
import { readSourcesFile } from '../src/sources/sources-file.ts';
import { type FileReport, fileReport, type IntakeReport } from './intake-report.ts';
import { refuseUnusual, thresholdsOf } from './load/thresholds.ts';
import { circumstancesUnder, wantedBy } from './permitted.ts';
import { type Delivery, openDelivery, verifyFile } from './receive/delivery.ts';
import { refuseOtherDeletes } from './receive/hold-to-manifest.ts';
import { openRows } from './receive/open-rows.ts';
import { CopyBuffer } from './validate/copy-buffer.ts';
import type { Circumstances } from './validate/field/compile-fields.ts';
import { compileRowValidator } from './validate/row-validator.ts';

/**
 * Rules that look at stored rows are the hub's to judge. The agreement is held against the delivery where the agency
 * was given the register's file; without it, services to which a minor consents alone count as not agreed on.
 */
export async function checkDelivery(folder: string, sourcesFile?: string): Promise<IntakeReport> {
  const contracts = loadContracts();
  const delivery = await openDelivery(folder, contracts);
  const permit =
    sourcesFile === undefined
      ? undefined
      : permitDelivery(contracts, readSourcesFile(sourcesFile), wantedBy(delivery));
  const system = contracts.mappings.get(delivery.manifest.agency)?.system;
  const files = await judgeDelivery(contracts, delivery, {
    ...(permit ?? { system, minorConsentServices: false }),
    surrogateKey: randomBytes(32),
  });
  return { outcome: 'loaded', delivery: delivery.manifest.deliveryId, files };
}

interface Judging extends Omit<Partial<Permit>, 'system'> {
  /** Of an agency that nobody named, that of each record. */
  readonly system: Circumstances['system'] | undefined;
  readonly minorConsentServices: boolean;
  readonly surrogateKey: Uint8Array;
  readonly at?: (step: 'verify' | 'validate') => void;
}

/** Every file verified, read and judged, and what passed forgotten. */
export async function judgeDelivery(
  contracts: Contracts,
  delivery: Delivery,
  { system, surrogateKey, at, ...terms }: Judging,
): Promise<readonly FileReport[]> {
  const reports: FileReport[] = [];
  for (const file of delivery.files) {
    const record = recordNamed(contracts, file.recordType);
    const circumstances = circumstancesUnder(
      { ...terms, system: system ?? record.system },
      delivery,
      surrogateKey,
    );
    const validator = compileRowValidator(contracts, record, circumstances);
    at?.('verify');
    const verified = await verifyFile(file);
    at?.('validate');
    const rows = await openRows(verified);
    try {
      const judge = validator.open(file.file, rows.columns);
      const out = new CopyBuffer();
      for await (const batch of rows.batches()) {
        out.clear();
        judge.validate(batch, out);
      }
      refuseOtherDeletes(file, judge.tally.deletes);
      reports.push(fileReport(file.file, record.name, judge.tally));
    } finally {
      await rows[Symbol.asyncDispose]();
    }
  }
  for (const report of reports) refuseUnusual(report, [], thresholdsOf(delivery.manifest.agency));
  return reports;
}
