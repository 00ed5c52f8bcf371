/** Chapters that the county's parties wrote themselves. Their numbers are the parties' own, and the page says so. */
import type { Block } from '../blocks/block.ts';
import { callout } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { ownBlocks } from '../parts/own-words.ts';
import { partyLabel, placeLabel, textsOf } from '../parts/party-texts.ts';
import { say } from '../parts/say.ts';

export function ownChapters(edition: Edition): Block[] {
  return textsOf(edition, 'chapter').signed.flatMap(({ county, party, title, language, words }, at) => [
    { kind: 'heading' as const, level: 1 as const, id: `own-${at + 1}`, text: title },
    callout(
      edition,
      { en: 'Written by a party', es: 'Escrito por una parte' },
      say(
        edition,
        {
          en: 'This chapter was written by {party}. Its figures are not of the release.',
          es: 'Este capítulo lo escribió {party}. Sus cifras no son de la publicación.',
        },
        {
          party:
            edition.place.county === undefined
              ? `${placeLabel(edition, county)}, ${partyLabel(edition, party)}`
              : partyLabel(edition, party),
        },
      ),
    ),
    ...ownBlocks(edition, { id: `own-${at + 1}`, language, words }, title),
  ]);
}
