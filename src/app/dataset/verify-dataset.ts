/**
 * What `tessera dataset verify` does. Anybody can ask whether the files are those that were signed. With the hub at hand it
 * says whose copy it is, and holds every cell to the release by writing the data anew and comparing the bytes.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import type { Permission } from '../../access/permit.ts';
import type { Contracts } from '../../contracts/contracts.ts';
import { isSignedBy, KEY, keyIdOf, readChecksums, SIGNATURE, SUMS } from '../../datasets/bundle/checksums.ts';
import type { Bundle } from '../../datasets/request.ts';
import { textOf } from '../../datasets/request.ts';
import { bundleWithFingerprint, oneRequest } from '../../datasets/requests-seen.ts';
import { findTable } from '../../disclosure/asked-table.ts';
import { writeSeveral } from '../../disclosure/table-file/several-files.ts';
import { Misuse } from '../../errors.ts';
import { MADE_UP_NOTE } from '../server/made-up-note.ts';
import { type OpenBundle, withBundle } from './open-bundle.ts';

export type BundleFinding =
  | { readonly code: 'NO_CHECKSUMS' | 'NOT_SIGNED' | 'OTHER_KEY' | 'NOT_OF_THIS_HUB' | 'OTHER_CELLS' }
  | { readonly code: 'MISSING' | 'NOT_LISTED' | 'CHANGED'; readonly file: string };

export interface Verified {
  readonly findings: readonly BundleFinding[];
  readonly files: number;
  /** Of the key that signed it. */
  readonly keyId: string | null;
  /** Whether the key was held to one that the reader, or the hub, has. */
  readonly keyKnown: boolean;
  /** Where the hub was asked: whose copy it is, and that every cell is the release's. */
  readonly bundle: Bundle | null;
  readonly recipient: string | null;
}

export interface HubAtHand {
  readonly api: DataSource;
  readonly contracts: Contracts;
  readonly permission: Permission;
  /** As PEM. */
  readonly publicKey: string;
}

export async function verifyDataset(
  path: string,
  { key, hub }: { readonly key: string | undefined; readonly hub: HubAtHand | undefined },
): Promise<Verified> {
  return withBundle(path, async (bundle) => {
    const findings: BundleFinding[] = [];
    const sums = await bundle.text(SUMS);
    const listed = sums === undefined ? undefined : readChecksums(sums);
    if (sums === undefined || listed === undefined)
      return { ...nothing, findings: [{ code: 'NO_CHECKSUMS' }], files: bundle.names.length };
    findings.push(...(await changed(bundle, listed)));
    const own = (await bundle.text(KEY)) ?? '';
    const known = key === undefined ? hub?.publicKey : pemIn(key);
    if (!isSignedBy(sums, (await bundle.text(SIGNATURE)) ?? '', own)) findings.push({ code: 'NOT_SIGNED' });
    if (known !== undefined && known.trim() !== own.trim()) findings.push({ code: 'OTHER_KEY' });
    const told = await tellOf(bundle, hub);
    return {
      findings: [...findings, ...told.findings],
      files: listed.size,
      keyId: keyIdOf(own),
      keyKnown: known !== undefined,
      bundle: told.bundle,
      recipient: told.recipient,
    };
  });
}

const nothing = { keyId: null, keyKnown: false, bundle: null, recipient: null } as const;

async function changed(bundle: OpenBundle, listed: ReadonlyMap<string, string>): Promise<BundleFinding[]> {
  const findings: BundleFinding[] = [];
  for (const [file, sha256] of listed) {
    if (!bundle.names.includes(file)) findings.push({ code: 'MISSING', file });
    else if ((await bundle.sha256(file)) !== sha256) findings.push({ code: 'CHANGED', file });
  }
  const signing = new Set([SUMS, SIGNATURE]);
  for (const file of bundle.names)
    if (!listed.has(file) && !signing.has(file)) findings.push({ code: 'NOT_LISTED', file });
  return findings;
}

async function tellOf(
  bundle: OpenBundle,
  hub: HubAtHand | undefined,
): Promise<Pick<Verified, 'findings' | 'bundle' | 'recipient'>> {
  if (hub === undefined) return { findings: [], bundle: null, recipient: null };
  const { api, permission } = hub;
  const found = await bundleWithFingerprint(
    api,
    permission.claims,
    fingerprintIn((await bundle.text('datapackage.json')) ?? ''),
  );
  if (found === undefined) return { findings: [{ code: 'NOT_OF_THIS_HUB' }], bundle: null, recipient: null };
  const request = await oneRequest(api, permission.claims, found.request);
  const same = (await bundle.sha256('data.csv')) === (await csvAnew(hub, found, request));
  return {
    findings: same ? [] : [{ code: 'OTHER_CELLS' }],
    bundle: found,
    recipient: `${textOf(request, 'organization')}, ${textOf(request, 'recipient')}`,
  };
}

/** The hash of the cells as the release has them now: a withdrawn release has none that may be read. */
async function csvAnew(
  { api, contracts }: HubAtHand,
  { release }: Bundle,
  request: Awaited<ReturnType<typeof oneRequest>>,
): Promise<string> {
  const tables = await Promise.all(
    [...request.tables, ...request.proposals].map((address) => {
      const [metric = '', tbl = ''] = address.split('/');
      return findTable(api, contracts, {
        metric,
        by: tbl === 'all' ? [] : tbl.split('+'),
        where: new Map(),
        periods: [],
        release,
      });
    }),
  );
  const note = tables.some(({ madeUp }) => madeUp) ? MADE_UP_NOTE : undefined;
  const years = { from: Number(textOf(request, 'from_year')), to: Number(textOf(request, 'to_year')) };
  const hash = createHash('sha256');
  await writeSeveral(api, { tables, ...years, note, about: new Map() }, async (format, bytes) => {
    for await (const piece of bytes) if (format === 'csv') hash.update(piece);
  });
  return hash.digest('hex');
}

function fingerprintIn(text: string): string {
  try {
    const { tessera } = JSON.parse(text) as { tessera?: { fingerprint?: unknown } };
    return typeof tessera?.fingerprint === 'string' ? tessera.fingerprint : '';
  } catch {
    return '';
  }
}

function pemIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Misuse('NO_FILE', 'the key cannot be read', {
      remedy: '--key names a PEM file: the hub’s public key.',
    });
  }
}
