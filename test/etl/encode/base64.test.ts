import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeBase64 } from '../../../etl/encode/base64.ts';

test('bytes are written as Node writes them, in both alphabets and of any length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(5), fc.boolean(), (bytes, at, ofUrls) => {
      const into = Buffer.alloc(160);
      const end = writeBase64(bytes, into, at, ofUrls);
      const wanted = Buffer.from(bytes).toString(ofUrls ? 'base64url' : 'base64');
      expect(into.toString('latin1', at, end)).toBe(wanted);
    }),
  );
});
