import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64Length, base64url, writeBase64 } from '../../../etl/encode/base64.ts';

test('writes what Node writes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(3), (bytes, from) => {
      const out = Buffer.alloc(from + base64Length(bytes.length));
      expect(writeBase64(bytes, out, from)).toBe(out.length);
      expect(out.subarray(from).toString('latin1')).toBe(Buffer.from(bytes).toString('base64'));
      const end = writeBase64(bytes, out, from, base64url);
      expect(out.subarray(from, end).toString('latin1')).toBe(Buffer.from(bytes).toString('base64url'));
    }),
  );
});
