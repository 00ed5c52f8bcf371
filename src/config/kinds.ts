/** What a setting may hold: how its documentation names it, and how its text is read. */
import { isAbsolute, resolve } from 'node:path';

export interface Kind<T> {
  readonly words: string;
  readonly parse: (text: string) => T;
}

export const text: Kind<string | undefined> = { words: 'text', parse: (value) => value };

export const words: Kind<string> = { words: 'text', parse: (value) => value };

export const mailAddress: Kind<string> = {
  words: 'mail address',
  parse: (value) => {
    if (!/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(value)) throw new Error('must be a mail address');
    return value;
  },
};

export const folder: Kind<string | undefined> = {
  words: 'folder',
  parse: (value) => (isAbsolute(value) ? value : resolve(value)),
};

export const file: Kind<string | undefined> = { ...folder, words: 'file' };

export const postgresUrl: Kind<string | undefined> = {
  words: 'postgres:// address',
  parse: (value) => {
    if (!/^postgres(ql)?:\/\//.test(value) || !URL.canParse(value))
      throw new Error('must be a postgres:// address');
    return value;
  },
};

export const webAddress: Kind<string | undefined> = {
  words: 'http(s):// address',
  parse: (value) => {
    if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol))
      throw new Error('must be an http:// or https:// address');
    return value.replace(/\/$/, '');
  },
};

/** A secret is never shown, so the complaint names its length only. */
export const secret: Kind<string | undefined> = {
  words: 'secret of 32 characters or more',
  parse: (value) => {
    if (value.length < 32) throw new Error('must have 32 characters or more');
    return value;
  },
};

export function integer(lowest: number, highest: number): Kind<number> {
  return {
    words: `whole number from ${lowest} to ${highest}`,
    parse: (value) => {
      const number = Number(value);
      if (!/^\d+$/.test(value) || number < lowest || number > highest) {
        throw new Error(`must be a whole number from ${lowest} to ${highest}`);
      }
      return number;
    },
  };
}

export function choice<const T extends string>(...allowed: readonly T[]): Kind<T> {
  return {
    words: allowed.join(' or '),
    parse: (value) => {
      const found = allowed.find((option) => option === value);
      if (found === undefined) throw new Error(`must be one of ${allowed.join(', ')}`);
      return found;
    },
  };
}
