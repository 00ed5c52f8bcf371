/** Deliveries in a bucket of S3, or of whatever speaks as it does. */
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { AwsClient } from 'aws4fetch';
import { Misuse, Unavailable } from '../../src/errors.ts';
import { MANIFEST } from '../receive/manifest-name.ts';
import type { Remote } from '../schedule/schedule-file.ts';
import type { RemoteFolder, RemoteSource } from './remote.ts';

/** The client tries again by itself what failed on the server's side, and waits longer each time. */
const RETRIES = 4;
const WAIT_MS = 30_000;

export async function openS3({
  agency,
  from,
  keyFile,
  endpoint,
  region = 'us-east-1',
}: Remote): Promise<RemoteSource> {
  const client = new AwsClient({
    ...keyIn(keyFile),
    service: 's3',
    region,
    retries: RETRIES,
    initRetryMs: 100,
  });
  const bucket = new URL(
    `${(endpoint ?? `https://s3.${region}.amazonaws.com`).replace(/\/$/, '')}/${from.hostname}`,
  );
  const ask = async (url: string): Promise<Response> => {
    const answer = await client.fetch(url, { signal: AbortSignal.timeout(WAIT_MS) });
    if (answer.ok) return answer;
    await answer.body?.cancel();
    throw new Unavailable('S3', `The bucket of ${agency} answered ${answer.status}.`, {
      remedy: 'Check bucket, region and key in the schedule.',
    });
  };
  const prefix = decodeURIComponent(from.pathname)
    .replace(/^\//, '')
    .replace(/\/?$/, '/')
    .replace(/^\/$/, '');
  return {
    async folders() {
      const keys = await keysUnder(ask, bucket, prefix);
      const byFolder = Map.groupBy(keys, (key) => key.slice(0, key.lastIndexOf('/') + 1));
      return [...byFolder].flatMap(([folder, inside]): RemoteFolder[] => {
        const names = inside.map((key) => key.slice(folder.length));
        if (!names.includes(MANIFEST)) return [];
        const read = async (file: string): Promise<Readable> => {
          const { body } = await ask(`${bucket}/${pathOf(`${folder}${file}`)}`);
          return body === null ? Readable.from([]) : Readable.fromWeb(body as never);
        };
        return [{ names, read }];
      });
    },
    close: async () => {},
  };
}

async function keysUnder(
  ask: (url: string) => Promise<Response>,
  bucket: URL,
  prefix: string,
): Promise<readonly string[]> {
  const keys: string[] = [];
  for (;;) {
    // The first version of the listing: every server knows it, and its pages need nothing but the last key of the one before.
    const query = new URLSearchParams({
      prefix,
      ...(keys.length === 0 ? {} : { marker: keys.at(-1) ?? '' }),
    });
    // A space that is written as + is signed as one thing here and read as another there.
    const page = await (await ask(`${bucket}?${String(query).replaceAll('+', '%20')}`)).text();
    const found = [...page.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => plain(key));
    keys.push(...found);
    if (found.length === 0 || !/<IsTruncated>true<\/IsTruncated>/.test(page)) return keys;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plain(xml: string): string {
  return xml.replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const hex = name[1]?.toLowerCase() === 'x';
    return String.fromCodePoint(Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10));
  });
}

function pathOf(key: string): string {
  return key.split('/').map(encodeURIComponent).join('/');
}

/** Two lines: the key's id, and its secret. */
function keyIn(keyFile: string | undefined): { accessKeyId: string; secretAccessKey: string } {
  const [accessKeyId = '', secretAccessKey = ''] =
    keyFile === undefined
      ? []
      : readFileSync(keyFile, 'utf8')
          .split('\n')
          .map((line) => line.trim());
  if (accessKeyId !== '' && secretAccessKey !== '') return { accessKeyId, secretAccessKey };
  throw new Misuse('KEY_FILE', 'A bucket needs a key_file with two lines: the key’s id and its secret.');
}
