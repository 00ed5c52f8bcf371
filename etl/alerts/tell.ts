/** Tells whoever wants to know: by a webhook that is signed, or by mail. One that does not answer is told again later. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Listener } from '../schedule/schedule-file.ts';
import type { KeptAlert } from './kept-alerts.ts';
import { openMailer } from './mailer.ts';

const WAIT_MS = 10_000;

/** Answers the listeners that could not be told, as they may be named in a log: by their host. */
export async function tellAll(
  listeners: readonly Listener[],
  alerts: readonly KeptAlert[],
): Promise<readonly string[]> {
  if (alerts.length === 0) return [];
  const told = await Promise.allSettled(listeners.map((listener) => tellOne(listener, alerts)));
  return listeners.flatMap(({ url }, i) => (told[i]?.status === 'fulfilled' ? [] : [url.host]));
}

async function tellOne(listener: Listener, alerts: readonly KeptAlert[]): Promise<void> {
  if (listener.kind === 'webhook') await post(listener, alerts);
  else await mail(listener, alerts);
}

async function post(
  { url, secretFile }: Extract<Listener, { kind: 'webhook' }>,
  alerts: readonly KeptAlert[],
): Promise<void> {
  const body = JSON.stringify({
    alerts: alerts.map(({ alert, about, level, words, raisedAt, clearedAt }) => ({
      alert,
      about,
      level,
      words,
      raised_at: raisedAt,
      cleared_at: clearedAt,
    })),
  });
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (secretFile !== undefined)
    headers['x-tessera-signature'] =
      `sha256=${createHmac('sha256', secretIn(secretFile)).update(body).digest('hex')}`;
  const answer = await fetch(url, {
    method: 'POST',
    headers,
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(WAIT_MS),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
}

async function mail(
  listener: Extract<Listener, { kind: 'smtp' }>,
  alerts: readonly KeptAlert[],
): Promise<void> {
  const urgent = alerts.some(({ level, clearedAt }) => level === 'urgent' && clearedAt === null);
  const open = alerts.filter(({ clearedAt }) => clearedAt === null).length;
  const mailer = openMailer(listener);
  try {
    await mailer.send({
      to: listener.to,
      subject: `Tessera: ${urgent ? 'urgent, ' : ''}${open} raised, ${alerts.length - open} gone`,
      text: alerts.map(lineOf).join('\n'),
    });
  } finally {
    mailer.close();
  }
}

function lineOf({ level, words, raisedAt, clearedAt }: KeptAlert): string {
  return clearedAt === null
    ? `${level}, since ${raisedAt.toISOString()}: ${words}`
    : `gone since ${clearedAt.toISOString()}: ${words}`;
}

function secretIn(file: string): string {
  return readFileSync(file, 'utf8').trim();
}

/** For whoever watches that nights go on: silence is what they are told by. */
export async function beat(heartbeat: URL): Promise<boolean> {
  try {
    const answer = await fetch(heartbeat, { signal: AbortSignal.timeout(WAIT_MS) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
