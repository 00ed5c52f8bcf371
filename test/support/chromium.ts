import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { type Browser, chromium as playwright } from 'playwright-core';

/**
 * The package unpacks its own NSS and the like only where it believes itself in a cloud function; a plain
 * Debian that lacks them is told so through that variable.
 */
export async function launchBrowser(): Promise<Browser> {
  const { default: carried } = await import('@sparticuz/chromium');
  const executablePath = await carried.executablePath();
  const missing = missingLibraries(executablePath);
  const environment = missing.length === 0 ? {} : await carriedLibraries();
  try {
    return await playwright.launch({
      executablePath,
      args: carried.args,
      env: { ...(process.env as Record<string, string>), ...environment },
    });
  } catch (cause) {
    throw new Error(
      `Chromium does not start; install ${missing.join(', ') || 'its libraries'} (apt install chromium brings them)`,
      {
        cause,
      },
    );
  }
}

function missingLibraries(executable: string): string[] {
  const lines = execFileSync('ldd', [executable], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes('not found')).map((line) => line.trim().split(' ')[0] ?? '');
}

async function carriedLibraries(): Promise<Record<string, string>> {
  const { inflate } = await import('@sparticuz/chromium');
  const packageFile = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const folder = await inflate(new URL('../bin/al2023.tar.br', `file://${packageFile}`).pathname);
  return { LD_LIBRARY_PATH: `${folder}/lib` };
}
