/** What an agency runs before it sends: the same reading and judging as the hub's, with nothing stored anywhere. */
import { randomBytes } from 'node:crypto';
import { loadContracts } from '../src/contracts/contracts.ts';
import { recordNamed } from '../src/contracts/lookup.ts';
import { permitDelivery } from '../src/sources/permit.ts';
import { readSourcesFile } from '../src/sources/sources-file.ts';
import { type FileReport, fileReport, type IntakeReport } from './intake-report.ts';
import { refuseUnusual, thresholdsOf } from './load/thresholds.ts';
import { circumstancesUnder, wantedBy } from './permitted.ts';
import { openDelivery, verifyFile } from './receive/delivery.ts';
import { refuseOtherDeletes } from './receive/hold-to-manifest.ts';
import { openRows } from './receive/open-rows.ts';
import { CopyBuffer } from './validate/copy-buffer.ts';
import { compileRowValidator } from './validate/row-validator.ts';

/**
 * Rules that look at stored rows are the hub's to judge. The agreement is held against the delivery where the agency
 * was given the register's file; without it, services to which a minor consents alone count as not agreed on.
 */
export async function checkDelivery(folder: string, sourcesFile?: string): Promise<IntakeReport> {
  const contracts = loadContracts();
  const delivery = await openDelivery(folder, contracts);
  const { manifest, files } = delivery;
  const permit =
    sourcesFile === undefined
      ? undefined
      : permitDelivery(contracts, readSourcesFile(sourcesFile), wantedBy(delivery));
  const reports: FileReport[] = [];
  for (const file of files) {
    const record = recordNamed(contracts, file.recordType);
    const system = contracts.mappings.get(manifest.agency)?.system ?? record.system;
    const terms = permit ?? { system, minorConsentServices: false };
    const circumstances = circumstancesUnder(terms, delivery, randomBytes(32));
    const validator = compileRowValidator(contracts, record, circumstances);
    const rows = await openRows(await verifyFile(file));
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
  for (const report of reports) refuseUnusual(report, [], thresholdsOf(manifest.agency));
  return { outcome: 'loaded', delivery: manifest.deliveryId, files: reports };
}
