/** The two characters that stand for each twelve bits, in the usual alphabet and in that of URLs. */
const USUAL = pairs('+/');
const OF_URLS = pairs('-_');
const EQUALS = 61;

function pairs(last: string): { readonly first: Uint8Array; readonly second: Uint8Array } {
  const letters = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789${last}`;
  const code = (six: number): number => letters.charCodeAt(six);
  return {
    first: Uint8Array.from({ length: 4096 }, (_, twelve) => code(twelve >> 6)),
    second: Uint8Array.from({ length: 4096 }, (_, twelve) => code(twelve & 63)),
  };
}

/**
 * Writes bytes as base64 straight into the bytes of a text, and gives the place after it; that of URLs has no signs of
 * equality at its end. Rows hold some hundred bytes of it, and a text made for each is most of what a row costs.
 */
export function writeBase64(bytes: Uint8Array, into: Uint8Array, at: number, ofUrls = false): number {
  const { first, second } = ofUrls ? OF_URLS : USUAL;
  const { length } = bytes;
  let to = at;
  let i = 0;
  for (; i + 2 < length; i += 3) {
    const three = ((bytes[i] as number) << 16) | ((bytes[i + 1] as number) << 8) | (bytes[i + 2] as number);
    into[to] = first[three >> 12] as number;
    into[to + 1] = second[three >> 12] as number;
    into[to + 2] = first[three & 4095] as number;
    into[to + 3] = second[three & 4095] as number;
    to += 4;
  }
  if (i === length) return to;
  const two = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8);
  into[to++] = first[two >> 12] as number;
  into[to++] = second[two >> 12] as number;
  if (i + 1 < length) into[to++] = first[two & 4095] as number;
  if (ofUrls) return to;
  while ((to - at) % 4 !== 0) into[to++] = EQUALS;
  return to;
}
