/**
 * The hub's own stand-in for an agency's pseudonym. The same pseudonym from the same agency always gives the same
 * surrogate; without the hub's key nobody can tell which belongs to which.
 */
import { hash } from 'node:crypto';

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

/** Half of a SHA-256 over key and pseudonym: what is cut off keeps the hash from being continued. */
export function surrogateWriter(key: Uint8Array, agency: string): WriteSurrogate {
  const prefix = Buffer.concat([key, Buffer.from(`${agency}\0`)]);
  const message = Buffer.alloc(prefix.length + longestPseudonym);
  prefix.copy(message);
  return (bytes, start, end, out, at) => {
    message.set(bytes.subarray(start, end), prefix.length);
    const hex = hash('sha256', message.subarray(0, prefix.length + end - start), 'hex');
    out[at] = 0x5c;
    out[at + 1] = 0x5c;
    out[at + 2] = 0x78;
    for (let i = 0; i < 2 * surrogateBytes; i++) out[at + 3 + i] = hex.charCodeAt(i);
    return at + surrogateTextLength;
  };
}
