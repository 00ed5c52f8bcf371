import type { Contracts } from '../../src/contracts/contracts.ts';
import type { DeclaredFile } from './declared-file.ts';
import { refusing } from './file-refused.ts';
import { MANIFEST } from './manifest-name.ts';

/** Files of a later layout than the hub's own would be misread, and so would those of one it no longer reads. */
export function refuseOtherSchema(contracts: Contracts, version: string): void {
  const [major, minor] = version.split('.').map(Number) as [number, number];
  const [ours, newest] = contracts.version.split('.').map(Number) as [number, number];
  if (major === ours && minor <= newest) return;
  refusing(MANIFEST)(
    'SCHEMA_VERSION',
    undefined,
    `schema_version is ${version}, and these contracts are ${contracts.version}`,
    major >= ours
      ? 'send what these contracts describe, or ask the hub’s steward for later ones'
      : `make the files as version ${ours} of the contracts describes them`,
  );
}

/** What the file holds is known once it was read to its end. */
export function refuseOtherDeletes({ file, deletes }: DeclaredFile, found: number): void {
  if (deletes === undefined || deletes === found) return;
  refusing(file)(
    'Q002',
    undefined,
    `has ${found} rows that withdraw another where the manifest says ${deletes} deletes`,
    'make the delivery again',
  );
}
