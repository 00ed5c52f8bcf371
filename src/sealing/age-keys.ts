/** Keys in the age format, as its own programs write them: a file of lines, comments beside them. */
import { readFileSync } from 'node:fs';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { Misuse, Unavailable } from '../errors.ts';

export async function makeIdentity(): Promise<{ readonly identity: string; readonly recipient: string }> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

export function encrypterTo(recipients: readonly string[]): Encrypter {
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch {
      throw new Misuse('RECIPIENT', 'A recipient is no age key.', {
        remedy: 'It begins with age1; `npx tessera backup key` and `npx tessera seal key` make one.',
      });
    }
  }
  return encrypter;
}

/** Those who can open what is sealed for the holder of a key file. */
export async function recipientsOf(keyFile: string): Promise<readonly string[]> {
  return Promise.all(keysIn(keyFile).map((key) => identityToRecipient(key)));
}

export function decrypterWith(keyFile: string): Decrypter {
  const decrypter = new Decrypter();
  for (const key of keysIn(keyFile)) decrypter.addIdentity(key);
  return decrypter;
}

function keysIn(keyFile: string): readonly string[] {
  let lines: readonly string[];
  try {
    lines = readFileSync(keyFile, 'utf8').split('\n');
  } catch (cause) {
    throw new Unavailable('KEY_FILE', `The key file ${keyFile} cannot be read.`, { cause });
  }
  const keys = lines.map((line) => line.trim()).filter((line) => line.startsWith('AGE-SECRET-KEY-'));
  if (keys.length === 0)
    throw new Misuse('KEY_FILE', `${keyFile} holds no age key.`, {
      remedy: 'A key is a line that begins with AGE-SECRET-KEY-.',
    });
  return keys;
}
