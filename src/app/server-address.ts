/** Where the running hub answers, left in its data folder for commands that name an address. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../config.ts';

export function leaveAddress(dataDir: string, url: string): { remove(): void } {
  const file = join(dataDir, 'server.json');
  writeFileSync(file, JSON.stringify({ url }));
  return { remove: () => rmSync(file, { force: true }) };
}

/** The public address if one is set; otherwise the one that the hub runs, or would run, at. */
export function serverAddress(dataDir: string, settings: Settings): string {
  if (settings.publicUrl !== undefined) return settings.publicUrl;
  try {
    return (JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8')) as { url: string }).url;
  } catch {
    return `http://localhost:${settings.port}`;
  }
}
