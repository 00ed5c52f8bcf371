/**
 * `npm run pictures`: the screenshots of README, taken in a real browser from the real demo with one more night, in which
 * a delivery arrived cut short. --data DIR names the data folder of a stopped hub that holds the demo; without it one is
 * made, which takes some minutes.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs, promisify } from 'node:util';
import { packageRoot } from '../../src/package-root.ts';
import { launchBrowser } from '../support/chromium.ts';

const MOST_BYTES = 200_000;
const album = join(packageRoot, 'docs', 'pictures', 'console');
const program = join(packageRoot, 'dist', 'src', 'app', 'cli.js');

const { values } = parseArgs({ options: { data: { type: 'string' } } });
const made = values.data === undefined;
const data = values.data ?? scratch();
const environment = { ...process.env, TESSERA_DATA_DIR: data, TESSERA_DEMO: 'off', PORT: '0' };

try {
  if (made) await tessera('demo');
  const hub = spawn(process.execPath, [program, 'start'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    await takePictures(await addressOf(hub));
  } finally {
    hub.kill('SIGTERM');
    await once(hub, 'exit');
  }
} finally {
  if (made) rmSync(data, { recursive: true, force: true });
}

async function takePictures(hub: string): Promise<void> {
  sendCutShort();
  // Refused, which is what is to be seen.
  await tessera('nightly', '--until', 'load').catch((error: { code?: unknown }) => {
    if (error.code !== 2) throw error;
  });
  const { url } = JSON.parse(await tessera('signin', '--role', 'steward', '--json')) as { url: string };
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    mkdirSync(album, { recursive: true });
    const take = async (path: string, name: string): Promise<void> => {
      await page.goto(`${hub}${path}`, { waitUntil: 'networkidle' });
      await page.evaluate('document.fonts.ready');
      const file = join(album, `${name}.png`);
      await page.screenshot({ path: file });
      const { size } = statSync(file);
      if (size > MOST_BYTES) throw new Error(`${file} has ${size} bytes, more than ${MOST_BYTES}`);
      console.log(`${file}: ${Math.round(size / 1000)} kB`);
    };
    await take('/tables?metric=identified&place=each&period=2024#answer', 'tables');
    await page.goto(new URL(url).pathname === '/' ? url : `${hub}${new URL(url).pathname}`);
    await take('/runs', 'runs');
  } finally {
    await browser.close();
  }
}

/** What a county's child welfare sends on the next day, its largest file cut where a line broke down. */
function sendCutShort(): void {
  const nights = join(data, 'demo', 'deliveries');
  const night = readdirSync(nights)
    .filter((name) => /^\d{4}-/.test(name))
    .toSorted()
    .at(-1);
  const agency = readdirSync(join(nights, night ?? '')).find((name) => name.startsWith('CW-'));
  if (night === undefined || agency === undefined) throw new Error(`${data} holds no demo`);
  const folder = join(data, 'inbox', agency, 'cut-short');
  cpSync(join(nights, night, agency), folder, { recursive: true });
  const manifest = join(folder, 'manifest.json');
  const said = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, string>;
  const nextDay = (moment = ''): string =>
    `${new Date(Date.parse(moment) + 86_400_000).toISOString().slice(0, 19)}Z`;
  for (const name of ['as_of', 'covers_from', 'covers_to']) said[name] = nextDay(said[name]);
  said['delivery_id'] = `made-up-data-${agency}-${said['as_of']?.slice(0, 10)}`;
  writeFileSync(manifest, JSON.stringify(said));
  const [largest] = readdirSync(folder)
    .filter((name) => name !== 'manifest.json')
    .map((name) => ({ file: join(folder, name), size: statSync(join(folder, name)).size }))
    .toSorted((a, b) => b.size - a.size);
  if (largest !== undefined) truncateSync(largest.file, largest.size >> 1);
}

async function tessera(...words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...words], { env: environment });
  return stdout;
}

async function addressOf(hub: ChildProcess): Promise<string> {
  if (hub.stdout === null) throw new Error('the hub has no output');
  const lines = createInterface(hub.stdout);
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      const found = /answers on (http\S+)/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
    hub.once('exit', () => reject(new Error('the hub ended')));
  });
}

function scratch(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tessera-pictures-')));
  chmodSync(folder, 0o711);
  return folder;
}
