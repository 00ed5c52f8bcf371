import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { Refused } from '../errors.ts';

/** About 100 ms and 128 MiB a guess. The numbers are kept with each hash, so that they can grow. */
const cost = { N: 2 ** 17, r: 8, p: 1 };
const shortest = 12;
const longest = 200;

export async function hashPassword(password: string): Promise<string> {
  if (password.length < shortest || password.length > longest) {
    throw new Refused('PASSWORD', `A password has ${shortest} to ${longest} characters.`, {
      remedy: 'Several words in a row are easier to remember than symbols.',
    });
  }
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Takes as long for an account that is not there, so that time does not tell which are. */
export async function passwordFits(password: string, hash: string | null): Promise<boolean> {
  const [, n, r, p, salt, key] = (hash ?? nobody).split('$');
  const wanted = Buffer.from(key ?? '', 'base64url');
  const found = await derive(password.slice(0, longest), Buffer.from(salt ?? '', 'base64url'), {
    N: Number(n),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(found, wanted) && hash !== null;
}

const nobody = ['scrypt', cost.N, cost.r, cost.p, 'AAAAAAAAAAAAAAAAAAAAAA', 'A'.repeat(43)].join('$');

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

let turn: Promise<unknown> = Promise.resolve();

/** One at a time: however many sign in at once, they take the memory of one. */
async function derive(password: string, salt: Buffer, { N, r, p }: Cost): Promise<Buffer> {
  const mine = turn.then(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        scrypt(password.normalize('NFKC'), salt, 32, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
          error === null ? resolve(key) : reject(error),
        );
      }),
  );
  turn = mine.catch(() => {});
  return mine;
}
