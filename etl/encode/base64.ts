const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Both letters of each number of twelve bits. */
const FIRST = Uint8Array.from({ length: 4096 }, (_, i) => LETTERS.charCodeAt(i >> 6));
const SECOND = Uint8Array.from({ length: 4096 }, (_, i) => LETTERS.charCodeAt(i & 63));
const PADDING = 61;

export function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

/** Writes bytes as base64 text straight into `out`, which spares a string per row; returns the place after it. */
export function writeBase64(bytes: Uint8Array, out: Uint8Array, from: number): number {
  let at = from;
  const whole = bytes.length - (bytes.length % 3);
  for (let i = 0; i < whole; i += 3) {
    const first = ((bytes[i] as number) << 4) | ((bytes[i + 1] as number) >> 4);
    const second = (((bytes[i + 1] as number) & 15) << 8) | (bytes[i + 2] as number);
    out[at] = FIRST[first] as number;
    out[at + 1] = SECOND[first] as number;
    out[at + 2] = FIRST[second] as number;
    out[at + 3] = SECOND[second] as number;
    at += 4;
  }
  if (whole === bytes.length) return at;
  const first = ((bytes[whole] as number) << 4) | ((bytes[whole + 1] ?? 0) >> 4);
  out[at] = FIRST[first] as number;
  out[at + 1] = SECOND[first] as number;
  out[at + 2] = bytes.length - whole === 1 ? PADDING : (FIRST[((bytes[whole + 1] ?? 0) & 15) << 8] as number);
  out[at + 3] = PADDING;
  return at + 4;
}
