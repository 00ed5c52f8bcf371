import { Misuse } from '../../errors.ts';

export function releaseNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1 || value > 2_147_483_647)
    throw new Misuse('NOT_A_RELEASE', 'a release has a whole number from 1', {
      remedy: 'npx tessera release list',
    });
  return value;
}
