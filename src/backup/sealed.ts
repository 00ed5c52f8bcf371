/**
 * A backup as it lies on a disk: compressed, then encrypted in the age format to keys whose other half the hub does not
 * hold. Any age program opens it, also without this one.
 */
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { Misuse, Refused, Unavailable } from '../errors.ts';

export async function makeIdentity(): Promise<{ readonly identity: string; readonly recipient: string }> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

function encrypterTo(recipients: readonly string[]): Encrypter {
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch {
      throw new Misuse('RECIPIENT', 'A recipient is no age key.', {
        remedy: 'It begins with age1; `npx tessera backup key` makes one.',
      });
    }
  }
  return encrypter;
}

/** Those who can open what is sealed for the holder of a key file. */
export async function recipientsOf(keyFile: string): Promise<readonly string[]> {
  return Promise.all(keysIn(keyFile).map((key) => identityToRecipient(key)));
}

function decrypterWith(keyFile: string): Decrypter {
  const decrypter = new Decrypter();
  for (const key of keysIn(keyFile)) decrypter.addIdentity(key);
  return decrypter;
}

/** The lines of a key file that are keys; age writes comments beside them. */
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

export async function seal(
  plain: AsyncIterable<Uint8Array>,
  recipients: readonly string[],
  out: NodeJS.WritableStream,
): Promise<void> {
  const encrypter = encrypterTo(recipients);
  const compressed = zlib.createZstdCompress();
  const feeding = pipeline(Readable.from(plain), compressed);
  const sealed = await encrypter.encrypt(Readable.toWeb(compressed) as ReadableStream<Uint8Array>);
  await Promise.all([feeding, pipeline(Readable.fromWeb(sealed as never), out)]);
}

export async function unseal(sealed: Readable, keyFile: string): Promise<AsyncIterable<Uint8Array>> {
  const decrypter = decrypterWith(keyFile);
  try {
    const plain = await decrypter.decrypt(Readable.toWeb(sealed) as ReadableStream<Uint8Array>);
    return Readable.fromWeb(plain as never).compose(zlib.createZstdDecompress()) as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw new Refused('BACKUP_LOCKED', 'The backup does not open with this key, or it is damaged.', {
      remedy: 'Use the key file whose public half it was made for.',
      cause,
    });
  }
}
