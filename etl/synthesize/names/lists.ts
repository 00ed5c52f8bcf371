import { weighted } from '../stream.ts';
import type { Tradition } from './tradition.ts';
import { africanAmerican } from './traditions/african-american.ts';
import { armenianPersian } from './traditions/armenian-persian.ts';
import { chinese } from './traditions/chinese.ts';
import { english } from './traditions/english.ts';
import { filipino } from './traditions/filipino.ts';
import { korean } from './traditions/korean.ts';
import { pacificAndNative } from './traditions/pacific-and-native.ts';
import { southAsian } from './traditions/south-asian.ts';
import { spanish } from './traditions/spanish.ts';
import { vietnamese } from './traditions/vietnamese.ts';

/**
 * Shares of the state's young people, in a thousand. The names were written for this project from names that are in common
 * use; no list of persons was read.
 */
export const traditions = weighted<Tradition>([
  [spanish, 520],
  [english, 235],
  [africanAmerican, 60],
  [chinese, 45],
  [vietnamese, 25],
  [filipino, 35],
  [southAsian, 35],
  [armenianPersian, 15],
  [korean, 15],
  [pacificAndNative, 15],
]);
