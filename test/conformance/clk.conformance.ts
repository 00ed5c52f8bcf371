import { describe, expect, test } from 'vitest';
import { blakePositions, clkEncoder, clkKeys, doublePositions } from '../../etl/encode/clk.ts';
import { type ClkSchema, readClkSchema } from '../../etl/encode/clk-schema.ts';
import { type Comparison, tokenise } from '../../etl/encode/clk-tokens.ts';
import { readData } from './data.ts';

interface Vectors {
  kdf: {
    secret: string;
    salt_b64: string | null;
    info_b64: string | null;
    hash: 'SHA256' | 'SHA512';
    num_features: number;
    key_size: number;
    keys_hex: [string, string][];
  }[];
  tokens: { comparison: Record<string, unknown>; value: string; tokens: string[] }[];
  blake_token_indices: { key_hex: string; token: string; k: number; l: number; indices: number[] }[];
  double_token: {
    token: string;
    key_sha1: string;
    key_md5: string;
    l: number;
    sha1_mod_l: number;
    md5_mod_l: number;
    md5_mod_l_non_singular: number;
  }[];
  encodings: { name: string; schema: unknown; secret: string; rows: string[][]; clks: string[] }[];
}

const vectors = JSON.parse(readData('linkage', 'clk-vectors.json')) as Vectors;
const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');

describe('clkhash vectors', () => {
  test.each(vectors.kdf.map((vector, i) => [i, vector] as const))('key derivation %i', (_, vector) => {
    const schema = {
      kdf: {
        hash: vector.hash === 'SHA256' ? 'sha256' : 'sha512',
        salt: Buffer.from(vector.salt_b64 ?? '', 'base64'),
        info: Buffer.from(vector.info_b64 ?? '', 'base64'),
        keyBytes: vector.key_size,
      },
      features: Array.from({ length: vector.num_features }, () => undefined),
    } as unknown as ClkSchema;
    const keys = clkKeys(schema, utf8(vector.secret)).map((key) => Buffer.from(key).toString('hex'));
    expect(keys).toEqual(vector.keys_hex.flat());
  });

  test.each(vectors.tokens.map((vector, i) => [i, vector] as const))('tokens %i', (_, vector) => {
    const { fractional_precision, ...rest } = vector.comparison;
    const comparison = { ...rest, fractionalPrecision: fractional_precision ?? 0 } as unknown as Comparison;
    expect(tokenise(comparison, vector.value)).toEqual(vector.tokens);
  });

  test.each(vectors.blake_token_indices.map((vector, i) => [i, vector] as const))(
    'BLAKE2b %i',
    (_, vector) => {
      const positions = blakePositions(Buffer.from(vector.key_hex, 'hex'), vector.l);
      expect([...positions(utf8(vector.token), vector.k)].slice(0, vector.k)).toEqual(vector.indices);
    },
  );

  test.each(vectors.double_token.map((vector, i) => [i, vector] as const))('double hash %i', (_, vector) => {
    const [sha1, md5] = [utf8(vector.key_sha1), utf8(vector.key_md5)];
    const plain = doublePositions(sha1, md5, vector.l, false)(utf8(vector.token), 2);
    const safe = doublePositions(sha1, md5, vector.l, true)(utf8(vector.token), 2);
    expect([...plain]).toEqual([vector.sha1_mod_l, (vector.sha1_mod_l + vector.md5_mod_l) % vector.l]);
    expect([...safe]).toEqual([
      vector.sha1_mod_l,
      (vector.sha1_mod_l + vector.md5_mod_l_non_singular) % vector.l,
    ]);
  });

  test.each(vectors.encodings.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    const encoder = clkEncoder(readClkSchema(vector.schema), utf8(vector.secret));
    const clks = vector.rows.map((row, i) => Buffer.from(encoder.encode(row, i + 2)).toString('base64'));
    expect(clks).toEqual(vector.clks);
  });

  test('the numbers of vectors are not nought', () => {
    expect(vectors.kdf.length * vectors.tokens.length * vectors.encodings.length).toBeGreaterThan(0);
  });
});
