/**
 * A backup as it lies on a disk: compressed, then encrypted in the age format to keys whose other half the hub does not
 * hold. Any age program opens it, also without this one.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { Refused } from '../errors.ts';
import { decrypterWith, encrypterTo } from '../sealing/age-keys.ts';

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
