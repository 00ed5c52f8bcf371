import { en, type MessageKey } from './en.ts';
import { es } from './es.ts';

export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

export type { MessageKey };

/** Says a message in the reader's language; `{name}` in it takes the value of that name. */
export type Say = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;

const catalogues: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { en, es };

export function sayIn(language: Language): Say {
  const messages = catalogues[language];
  return (key, values = {}) =>
    messages[key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
