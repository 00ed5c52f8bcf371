import { LANGUAGES, type Language } from './messages/messages.ts';

/** The address decides, then what was chosen before, then what the browser asks for. */
export function chooseLanguage(asked: {
  readonly inAddress: string | null;
  readonly inCookie: string | undefined;
  readonly accepted: string | undefined;
}): Language {
  return known(asked.inAddress) ?? known(asked.inCookie) ?? firstAccepted(asked.accepted ?? '') ?? 'en';
}

function known(name: string | null | undefined): Language | undefined {
  return LANGUAGES.find((language) => language === name);
}

function firstAccepted(header: string): Language | undefined {
  const wishes = header.split(',').map((part) => {
    const [tag = '', ...rest] = part.trim().split(';');
    const quality = rest.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
    return { language: known(tag.toLowerCase().split('-')[0]), quality: Number(quality ?? 1) };
  });
  return wishes
    .toSorted((a, b) => b.quality - a.quality)
    .find((wish) => wish.language !== undefined && wish.quality > 0)?.language;
}
