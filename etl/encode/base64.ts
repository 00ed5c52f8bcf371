const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Both letters of each number of twelve bits. */
interface Alphabet {
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  readonly padded: boolean;
}

function alphabet(last: string, padded: boolean): Alphabet {
  const letters = LETTERS + last;
  return {
    first: Uint8Array.from({ length: 4096 }, (_, i) => letters.charCodeAt(i >> 6)),
    second: Uint8Array.from({ length: 4096 }, (_, i) => letters.charCodeAt(i & 63)),
    padded,
  };
}

const base64 = alphabet('+/', true);
export const base64url = alphabet('-_', false);
const PADDING = 61;

export function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

/** Writes bytes as base64 text straight into `out`, which spares a string per row; returns the place after it. */
export function writeBase64(
  bytes: Uint8Array,
  out: Uint8Array,
  from: number,
  { first: firsts, second: seconds, padded }: Alphabet = base64,
): number {
  let at = from;
  const whole = bytes.length - (bytes.length % 3);
  for (let i = 0; i < whole; i += 3) {
    const first = ((bytes[i] as number) << 4) | ((bytes[i + 1] as number) >> 4);
    const second = (((bytes[i + 1] as number) & 15) << 8) | (bytes[i + 2] as number);
    out[at] = firsts[first] as number;
    out[at + 1] = seconds[first] as number;
    out[at + 2] = firsts[second] as number;
    out[at + 3] = seconds[second] as number;
    at += 4;
  }
  if (whole === bytes.length) return at;
  const first = ((bytes[whole] as number) << 4) | ((bytes[whole + 1] ?? 0) >> 4);
  out[at] = firsts[first] as number;
  out[at + 1] = seconds[first] as number;
  const two = bytes.length - whole === 2;
  if (two) out[at + 2] = firsts[((bytes[whole + 1] ?? 0) & 15) << 8] as number;
  if (!padded) return at + (two ? 3 : 2);
  if (!two) out[at + 2] = PADDING;
  out[at + 3] = PADDING;
  return at + 4;
}
