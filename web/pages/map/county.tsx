import { countiesIn } from '../../../src/providers/asset-map.ts';
import { countiesOf } from '../../../src/providers/program.ts';
import { type Answer, html } from '../../answer.ts';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { notFoundPage } from '../not-found.tsx';
import { ProgramList } from './program-list.tsx';

/** Every program that serves a county. */
export async function countyPage(visit: Visit, { contracts, assetMap }: Ports): Promise<Answer> {
  const { say } = visit;
  const county = countiesIn(contracts).find(({ code }) => code === visit.params['county']);
  if (county === undefined) return notFoundPage(visit);
  const matches = (await assetMap.find({ county: county.code })).filter(({ program }) =>
    countiesOf(program.place).includes(county.code),
  );
  const title = say('map.county_title', { county: county.label });
  return html(
    renderPage({
      visit,
      title,
      children: (
        <>
          <h1>{title}</h1>
          <p class="tools-links">
            <a href="/map">{say('nav.map')}</a>
            <a href={`/map/gaps?county=${county.code}`}>{say('map.gaps')}</a>
          </p>
          {matches.length === 0 ? (
            <p class="notice">{say('map.none')}</p>
          ) : (
            <ProgramList
              visit={visit}
              contracts={contracts}
              caption={say('map.county_programs', { n: matches.length })}
              matches={matches}
            />
          )}
        </>
      ),
    }),
  );
}
