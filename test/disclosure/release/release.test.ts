import { generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/disclosure/release/canonical-json.ts';
import { commitment, type Heading, releasePayload } from '../../../src/disclosure/release/payload.ts';
import type { ReleaseFigure } from '../../../src/disclosure/release/release-figures.ts';
import { signatureFindings, signPayload } from '../../../src/disclosure/release/signature.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const heading: Heading = {
  number: 12,
  state: 'final',
  cadence: 'yearly',
  period: '2025',
  closedOn: '2025-12-31',
  knownOn: '2026-05-01',
  corrects: null,
  policy: 'calhhs-ddg-2',
  definitions: { identified: 1 },
  linkageVersion: '3',
  codeVersion: '0.1.0',
  factsCommitment: 'a',
  certificateCommitment: 'b',
};
const figure: ReleaseFigure = {
  metric: 'identified',
  version: 1,
  tbl: 'all',
  period: '2025',
  cell: 'all',
  dims: {},
  numerator: 40,
  denominator: null,
  value: 40,
  lower: null,
  upper: null,
  status: 'shown',
  footnotes: [],
};

describe('a signed payload', () => {
  const payload = releasePayload(heading, 'public', [figure, { ...figure, period: '2024' }]);
  const signed = signPayload(payload, privateKey);

  it('does not depend on the order of its figures', () => {
    const turned = releasePayload(heading, 'public', [{ ...figure, period: '2024' }, figure]);
    expect(signPayload(turned, privateKey)).toEqual(signed);
  });

  it('can be checked by anybody, and fails when a figure is changed or under another key', () => {
    expect(signatureFindings(payload, signed, publicKey)).toEqual([]);
    const changed = releasePayload(heading, 'public', [{ ...figure, numerator: 999 }]);
    expect(signatureFindings(changed, signed, publicKey)).toEqual(['HASH', 'SIGNATURE']);
    expect(signatureFindings(payload, signed, generateKeyPairSync('ed25519').publicKey)).toEqual([
      'SIGNATURE',
    ]);
  });

  it('tells nobody a plain hash of the facts, which few guesses would find', () => {
    expect(commitment(Buffer.alloc(32, 7), 4)).not.toBe(commitment(Buffer.alloc(32, 8), 4));
  });

  it('is signed with Ed25519 only', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(() => signPayload(payload, rsa.privateKey)).toThrow(/Ed25519/);
  });
});

describe('canonical JSON', () => {
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
