import { weighted } from '../../stream.ts';
import { composed, ranked, type Tradition, words } from '../tradition.ts';

export const english: Tradition = {
  name: 'english',
  given: {
    female: ranked(
      words(`Emily Madison Hannah Abigail Olivia Sarah Elizabeth Katherine Alexandra Jessica Samantha Natalie
        Rebecca Victoria Jennifer Margaret Amanda Nicole Rachel Stephanie Christina Allison Megan Kimberly Julia
        Grace Chloe Lily Ella Caroline Heather Laura Brooke Paige Molly Erin Kelsey Lindsay Tessa Wendy`),
    ),
    male: ranked(
      words(`Michael Joshua Matthew William Christopher Andrew Joseph Daniel Anthony Nicholas Alexander Ethan
        Benjamin Samuel Jonathan Zachary Nathan Robert Thomas James Edward Patrick Timothy Gregory Steven Charles
        Jacob Tyler Logan Owen Caleb Connor Dylan Lucas Evan Jeremy Brian Kevin Scott Peter`),
    ),
  },
  surnames: ranked([
    ...words(`Smith Miller Johnson Anderson Davis Wilson Moore Taylor Clark Hall Baker Adams Nelson Carter Mitchell
      Roberts Turner Phillips Campbell Parker Evans Edwards Collins Stewart Morris Rogers Reed Cook Morgan Bell
      Murphy Bailey Cooper Richardson Cox Howard Ward Peterson Gray Hughes Price Foster`),
    ...composed(
      'Ash Bram Cald Dray Elm Fair Green Hart Kirk Lang Marsh Nor Oak Pem Rad Stan Thorn Wal Wyn Hather',
      'ford ton well ley wick worth field bury more combe stead by man er',
    ),
  ]),
  twoSurnames: 40,
  hyphen: 900,
  race: weighted([
    ['WHITE', 900],
    ['WHITE;AIAN', 30],
    ['WHITE;HISP', 50],
    ['AIAN', 20],
  ]),
  language: weighted([['eng', 1000]]),
};
