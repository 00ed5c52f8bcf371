/** A new key in a file of its own, which is never written over; answers its public half. */
import { writeFileSync } from 'node:fs';
import { Misuse } from '../errors.ts';
import { makeIdentity } from '../sealing/age-keys.ts';

export async function writeKey(out: string): Promise<string> {
  const { identity, recipient } = await makeIdentity();
  try {
    writeFileSync(out, `# public key: ${recipient}\n${identity}\n`, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    throw new Misuse('KEY_FILE', `${out} cannot be written, or is there already.`, {
      remedy: 'Name a file that is not there yet; a key is never overwritten.',
      cause,
    });
  }
  return recipient;
}
