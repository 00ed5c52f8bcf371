/** What an agency runs before it sends: the same reading and judging as the hub's, with nothing stored anywhere. */
import { randomBytes } from 'node:crypto';
import { loadContracts } from '../src/contracts/contracts.ts';
import { recordNamed } from '../src/contracts/lookup.ts';
import { type FileReport, fileReport, type IntakeReport } from './intake-report.ts';
import { surrogateTextLength, surrogateWriter } from './load/surrogate.ts';
import { refuseUnusual, thresholdsOf } from './load/thresholds.ts';
import { openDelivery, verifyFile } from './receive/delivery.ts';
import { openRows } from './receive/open-rows.ts';
import { CopyBuffer } from './validate/copy-buffer.ts';
import { compileRowValidator } from './validate/row-validator.ts';

/** Rules that look at stored rows, and the agreement, are the hub's to judge. */
export async function checkDelivery(folder: string): Promise<IntakeReport> {
  const contracts = loadContracts();
  const { manifest, files } = await openDelivery(folder, contracts);
  const { agency, asOf } = manifest;
  const reports: FileReport[] = [];
  for (const file of files) {
    const record = recordNamed(contracts, file.recordType);
    const validator = compileRowValidator(contracts, record, {
      agency,
      asOf,
      system: contracts.mappings.get(agency)?.system ?? record.system,
      minorConsentServices: false,
      writeSurrogate: surrogateWriter(randomBytes(32), agency),
      surrogateBytes: surrogateTextLength,
    });
    const rows = await openRows(await verifyFile(file));
    try {
      const judge = validator.open(file.file, rows.columns);
      const out = new CopyBuffer();
      for await (const batch of rows.batches()) {
        out.clear();
        judge.validate(batch, out);
      }
      reports.push(fileReport(file.file, record.name, judge.tally));
    } finally {
      await rows[Symbol.asyncDispose]();
    }
  }
  for (const report of reports) refuseUnusual(report, [], thresholdsOf(agency));
  return { outcome: 'loaded', delivery: manifest.deliveryId, files: reports };
}
