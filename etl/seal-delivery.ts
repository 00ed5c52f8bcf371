/** What an agency runs last: every file of a delivery encrypted for the hub, under a manifest that names them as they are then. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { loadContracts } from '../src/contracts/contracts.ts';
import { Misuse } from '../src/errors.ts';
import { encrypterTo } from '../src/sealing/age-keys.ts';
import { type DeliveredFile, openDelivery, verifyFile } from './receive/delivery.ts';
import { MANIFEST } from './receive/manifest-name.ts';

export interface Sealed {
  readonly delivery: string;
  readonly files: readonly string[];
}

export async function sealDelivery(
  folder: string,
  out: string,
  recipients: readonly string[],
): Promise<Sealed> {
  const encrypter = encrypterTo(recipients);
  const { manifest, stored, files } = await openDelivery(folder, loadContracts());
  await mkdir(out).catch((cause) => {
    throw new Misuse('OUT', 'The folder for the encrypted delivery cannot be made, or is there already.', {
      remedy: 'Name a folder that is not there yet, in one that is.',
      cause,
    });
  });
  const hashes = new Map<string, string>();
  for (const file of files) {
    await verifyFile(file);
    hashes.set(file.file, await sealFile(file, join(out, sealedName(file.file)), encrypter));
  }
  const named = stored as { files: { file: string }[] };
  const sealed = named.files.map((entry) => ({
    ...entry,
    file: sealedName(entry.file),
    sha256: hashes.get(entry.file),
    encryption: 'age',
  }));
  await writeFile(join(out, MANIFEST), `${JSON.stringify({ ...named, files: sealed }, null, 2)}\n`);
  return { delivery: manifest.deliveryId, files: sealed.map(({ file }) => file) };
}

function sealedName(file: string): string {
  return `${file}.age`;
}

async function sealFile(
  { folder, file, encryption }: DeliveredFile,
  path: string,
  encrypter: ReturnType<typeof encrypterTo>,
): Promise<string> {
  if (encryption !== 'none')
    throw new Misuse('SEALED', `${file} is encrypted already.`, { remedy: 'Send the delivery as it is.' });
  const plain = Readable.toWeb(createReadStream(join(folder, file))) as ReadableStream<Uint8Array>;
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const sealed = await encrypter.encrypt(plain);
  await pipeline(Readable.fromWeb(sealed as never), hashing, createWriteStream(path, { flags: 'wx' }));
  return hash.digest('hex');
}
