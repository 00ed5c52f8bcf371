/** How the terms of an agreement reach the judging of rows: the same at the hub and at the agency. */
import type { Wanted } from '../src/sources/permit.ts';
import { surrogateTextLength, surrogateWriter } from './load/surrogate.ts';
import type { Delivery } from './receive/delivery.ts';
import type { Circumstances } from './validate/field/compile-fields.ts';

type Terms = Pick<Circumstances, 'system' | 'minorConsentServices' | 'withheld'>;

export function wantedBy({ manifest, files }: Delivery): Wanted {
  return {
    agency: manifest.agency,
    agreement: manifest.agreement,
    on: manifest.asOf.slice(0, 10),
    records: [...new Set(files.map((file) => file.recordType))],
  };
}

export function circumstancesUnder(
  terms: Terms,
  { manifest }: Delivery,
  surrogateKey: Uint8Array,
): Circumstances {
  const { agency, asOf, keyVersion } = manifest;
  return {
    agency,
    asOf,
    ...terms,
    keyVersion,
    writeSurrogate: surrogateWriter(surrogateKey, agency),
    surrogateBytes: surrogateTextLength,
  };
}
