/**
 * The hub's own stand-in for an agency's pseudonym. The same pseudonym from the same agency always gives the same
 * surrogate; without the hub's key nobody can tell which belongs to which.
 */
import { createHash } from 'node:crypto';
import { wasm } from './kernel/sha256.generated.ts';

/** Writes the surrogate of bytes[start..end) as COPY text for a bytea column; answers where the next byte goes. */
export type WriteSurrogate = (
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  at: number,
) => number;

export const surrogateBytes = 16;
/** `\\x` and two digits a byte; in COPY's text format the backslash is doubled. */
export const surrogateTextLength = 3 + 2 * surrogateBytes;

const longestPseudonym = 256;

/**
 * The 64 bytes that stand before every pseudonym of an agency when it is hashed: a secret of the agency's own, as
 * long as one block of SHA-256, so that the block is worked through once and not once a row.
 */
export function agencyBlock(key: Uint8Array, agency: string): Uint8Array {
  return createHash('sha512').update(key).update(`${agency}\0`).digest();
}

interface Kernel {
  readonly INPUT: WebAssembly.Global;
  readonly OUTPUT: WebAssembly.Global;
  begin(): void;
  halfHash(bytes: number): void;
}

/** Half of a SHA-256 over the agency's block and the pseudonym: what is cut off keeps the hash from being continued. */
export function surrogateWriter(key: Uint8Array, agency: string): WriteSurrogate {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const kernel = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernel;
  const own = new Uint8Array(memory.buffer);
  const input = kernel.INPUT.value;
  const output = kernel.OUTPUT.value;
  own.set(agencyBlock(key, agency), input);
  kernel.begin();
  return (bytes, start, end, out, at) => {
    const length = end - start;
    if (length > longestPseudonym)
      throw new RangeError(`a pseudonym is longer than ${longestPseudonym} bytes`);
    for (let i = 0; i < length; i++) own[input + i] = bytes[start + i] as number;
    kernel.halfHash(length);
    out[at] = 0x5c;
    out[at + 1] = 0x5c;
    out[at + 2] = 0x78;
    for (let i = 0; i < 2 * surrogateBytes; i++) out[at + 3 + i] = own[output + i] as number;
    return at + surrogateTextLength;
  };
}

const module = new WebAssembly.Module(Buffer.from(wasm, 'base64'));
