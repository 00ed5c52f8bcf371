import { describe, expect, test } from 'vitest';
import { configurationPage, readSettings, settingsTable } from '../src/config.ts';
import { Misuse } from '../src/errors.ts';

describe('settings', () => {
  test('have their defaults in an empty environment', () => {
    expect(readSettings({})).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      poolSize: 10,
      databaseUrl: undefined,
    });
  });

  test('are read from their variables', () => {
    const settings = readSettings({
      PORT: '0',
      DATABASE_URL: 'postgres://hub@db/tessera',
      TESSERA_LOG_FORMAT: 'json',
    });
    expect(settings).toMatchObject({ port: 0, databaseUrl: 'postgres://hub@db/tessera', logFormat: 'json' });
  });

  test('that are wrong are all named in one error, with what would be right', () => {
    const read = () => readSettings({ PORT: 'http', TESSERA_POOL_SIZE: '0', DATABASE_URL: 'mysql://db' });
    expect(read).toThrow(Misuse);
    expect(read).toThrow(
      /PORT must be a whole number from 0 to 65535.*DATABASE_URL must be.*TESSERA_POOL_SIZE must be/,
    );
  });

  test('that nobody knows are named, so that a misspelt one is not silently ignored', () => {
    expect(() => readSettings({ TESSERA_POOLSIZE: '5' })).toThrow('TESSERA_POOLSIZE is not a setting');
  });

  test('never show a secret when they complain about it', () => {
    expect(() => readSettings({ TESSERA_ROLE_SECRET: 'too-short-secret' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('too-short-secret') }),
    );
  });

  test('are each on the generated page', () => {
    const page = configurationPage();
    for (const { variable, meaning } of Object.values(settingsTable)) {
      expect(page).toContain(`| \`${variable}\` |`);
      expect(page).toContain(meaning);
    }
  });
});
