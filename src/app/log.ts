/** Structured logs. What is logged is decided here: ids, codes, counts and times, never a value from a row. */
import { type Logger, pino, stdTimeFunctions } from 'pino';
import type { Settings } from '../config.ts';

export type Log = Logger;

export function openLog(settings: Pick<Settings, 'logLevel' | 'logFormat'>): Log {
  const forPeople = settings.logFormat === 'text' || (settings.logFormat === 'auto' && process.stderr.isTTY);
  const options = {
    level: settings.logLevel,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return pino(options, forPeople ? { write: (line) => process.stderr.write(asText(line)) } : process.stderr);
}

function asText(line: string): string {
  const { time, level, msg, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const details = Object.entries(rest).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  return `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${String(msg)}${details.join('')}\n`;
}
