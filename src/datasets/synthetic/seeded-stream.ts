import { createHash } from 'node:crypto';

/** Numbers in [0, 1) that follow from a text alone, on every machine: SHA-256 in counter mode. */
export function seededStream(seed: string): () => number {
  let block = Buffer.alloc(0);
  let counter = 0;
  let at = 0;
  return () => {
    if (at === block.length) {
      block = createHash('sha256').update(`${seed} ${counter++}`).digest();
      at = 0;
    }
    const word = block.readUInt32BE(at);
    at += 4;
    return word / 2 ** 32;
  };
}
