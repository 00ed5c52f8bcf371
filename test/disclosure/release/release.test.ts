import { generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namedPolicy } from '../../../src/disclosure/policy.ts';
import { protect } from '../../../src/disclosure/protect/protect.ts';
import { canonicalJson } from '../../../src/disclosure/release/canonical-json.ts';
import { releasePayload, tombstone } from '../../../src/disclosure/release/payload.ts';
import {
  type SignedRelease,
  type StewardsEvidence,
  signRelease,
  verifyRelease,
  verifySignature,
} from '../../../src/disclosure/release/signature.ts';
import { readTable } from '../../../src/disclosure/table.ts';

const policy = namedPolicy('calhhs-ddg-2');
const commitmentKey = Buffer.alloc(32, 7);
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const heading = {
  number: 12,
  status: 'final',
  period: '2025',
  versions: { code: '0.1.0', linkage: '3' },
} as const;
const table = readTable({
  cells: [
    { id: 'a', v: 4 },
    { id: 'b', v: 37 },
    { id: 'c', v: 53 },
    { id: 'never', v: 53, withheld: true },
    { id: 'all', v: 94 },
  ],
  eqs: [
    ['all', ['a', 'b', 'c']],
    ['c', ['never']],
  ],
  figures: [
    { id: 'share of a', kind: 'ratio', num: 'a', den: 'all' },
    { id: 'share of c', kind: 'ratio', num: 'c', den: 'all', decimals: 1 },
  ],
});

async function made(): Promise<{ release: SignedRelease; evidence: StewardsEvidence }> {
  const result = await protect(table, { policy, cost: 'values' });
  if (result.refused) throw new Error(result.reason);
  const { certificate } = result;
  const payload = releasePayload(table, certificate, policy, heading, commitmentKey);
  const release = signRelease(payload, privateKey, 'key-1');
  return { release, evidence: { table, policy, certificate, commitmentKey } };
}

describe('a release', { timeout: 30_000 }, () => {
  it('shows what may be shown, one empty place for all that may not, and nothing withheld', async () => {
    const { release } = await made();
    const cells = new Map(release.payload.cells);
    expect(cells.get('a')).toBeNull();
    expect(cells.has('never')).toBe(false);
    expect(new Map(release.payload.figures).get('share of a')).toBeNull();
  });

  it('is the same to the byte when it is made again', async () => {
    const [one, two] = [await made(), await made()];
    expect(canonicalJson(one.release.payload)).toBe(canonicalJson(two.release.payload));
    expect(one.release.signature).toBe(two.release.signature);
  });

  it('can be checked by anybody, and by the steward against the facts', async () => {
    const { release, evidence } = await made();
    expect(verifySignature(release, publicKey)).toEqual([]);
    expect(verifyRelease(release, publicKey, evidence)).toEqual([]);
  });

  it('tells nobody a plain hash of the facts, which few guesses would find', async () => {
    const { release, evidence } = await made();
    const other = releasePayload(table, evidence.certificate, policy, heading, Buffer.alloc(32, 8));
    expect(other.factsCommitment).not.toBe(release.payload.factsCommitment);
  });

  it('fails when a figure is changed, under another key, for other facts and with another certificate', async () => {
    const { release, evidence } = await made();
    const codes = (given: SignedRelease, key = publicKey, by = evidence): string[] =>
      verifyRelease(given, key, by).map(({ code }) => code);
    const [first, ...others] = release.payload.cells;
    const changed = { ...release.payload, cells: [[first?.[0] ?? '', 999] as const, ...others] };
    expect(codes({ ...release, payload: changed })).toEqual(
      expect.arrayContaining(['SIGNATURE', 'HASH', 'PAYLOAD']),
    );
    expect(codes(release, generateKeyPairSync('ed25519').publicKey)).toEqual(['SIGNATURE']);
    const grown = { ...table, cells: table.cells.filter(({ id }) => id !== 'never') };
    expect(codes(release, publicKey, { ...evidence, table: grown })).toContain('FACTS');
    const certificate = { ...evidence.certificate, tables: [] };
    expect(codes(release, publicKey, { ...evidence, certificate })).toEqual(
      expect.arrayContaining(['CERTIFICATE', 'NOT_PROTECTED']),
    );
  });

  it('codes percentages at both ends where its policy says so', async () => {
    const nces = namedPolicy('ferpa-nces');
    const shares = readTable({
      cells: [
        { id: 'passed', v: 58 },
        { id: 'all', v: 60 },
      ],
      figures: [{ id: 'share', kind: 'ratio', num: 'passed', den: 'all' }],
    });
    const result = await protect(shares, { policy: nces, cost: 'values' });
    if (result.refused) throw new Error(result.reason);
    const payload = releasePayload(shares, result.certificate, nces, heading, commitmentKey);
    expect(payload.figures).toEqual([['share', '≥95%']]);
  });

  it('leaves a tombstone when it is withdrawn: number and reason, no figures', async () => {
    const { release, evidence } = await made();
    const stone = signRelease(tombstone(release.payload, 'a delivery was wrong'), privateKey, 'key-1');
    expect(stone.payload).toMatchObject({ number: 12, status: 'withdrawn', cells: [], figures: [] });
    expect(verifyRelease(stone, publicKey, evidence)).toEqual([]);
  });

  it('is signed with Ed25519 only', async () => {
    const { release } = await made();
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(() => signRelease(release.payload, rsa.privateKey, 'key-2')).toThrow(/Ed25519/);
  });
});

describe('canonical JSON', { timeout: 30_000 }, () => {
  it('does not depend on the order of keys, and reads back as it was', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).toReversed());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('is as RFC 8785 has it: sorted by UTF-16, numbers as ECMAScript writes them', () => {
    expect(canonicalJson({ '\u20ac': 1, '\r': 2, '1': [1e30, 4.5, 0.002], a: null })).toBe(
      '{"\\r":2,"1":[1e+30,4.5,0.002],"a":null,"\u20ac":1}',
    );
    expect(() => canonicalJson(Number.NaN)).toThrow(TypeError);
    expect(() => canonicalJson(1n)).toThrow(TypeError);
  });
});
