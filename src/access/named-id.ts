import { createHash } from 'node:crypto';

/** A name-based id: the same words give the same one, so that a repeated request makes nothing twice. */
export function uuidOf(...words: readonly string[]): string {
  const hash = createHash('sha256').update(words.join('\n')).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
