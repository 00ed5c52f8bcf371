import type { Contracts } from '../contracts.ts';
import { SYSTEMS, type System } from '../record.ts';
import {
  agenciesPage,
  clocksPage,
  handlingPage,
  requirementsPage,
  rulesPage,
  termsPage,
} from './definition-pages.ts';
import { codesPage, needsPage } from './list-pages.ts';
import { link, page, spoken, table } from './markdown.ts';
import { recordPage } from './record-page.ts';

/** The pages of the data dictionary, by file name. Pure: the same contracts give the same bytes. */
export function dictionaryPages(contracts: Contracts): ReadonlyMap<string, string> {
  const systems = SYSTEMS.filter((system) =>
    [...contracts.records.values()].some((record) => record.system === system),
  );
  return new Map([
    ['README.md', indexPage(contracts, systems)],
    ...systems.map((system): [string, string] => [pageOf(system), recordPage(contracts, system)]),
    ['codes.md', codesPage(contracts)],
    ['terms.md', termsPage(contracts)],
    ['needs.md', needsPage(contracts)],
    ['clocks.md', clocksPage(contracts)],
    ['rules.md', rulesPage(contracts)],
    ['handling.md', handlingPage(contracts)],
    ['agencies.md', agenciesPage(contracts)],
    ['requirements.md', requirementsPage(contracts)],
  ]);
}

function indexPage(contracts: Contracts, systems: readonly System[]): string {
  return page(
    'Data dictionary',
    'What agencies send, in which codes, under which definitions. A star marks a required field. Nothing here is about a real person or a real agency; the agencies named are made up.',
    table(
      ['Page', 'What it holds'],
      [
        [
          link('Shared definitions', 'terms.md'),
          `${contracts.terms.size} terms, with rule, authority and what changed`,
        ],
        [link('Code lists', 'codes.md'), `${contracts.codeLists.size - 2} lists`],
        [link('Needs and services', 'needs.md'), `${contracts.needs.nodes.size} nodes`],
        [link('Clocks and parties', 'clocks.md'), `${contracts.clocks.size} clocks, and who must take part`],
        [link('Data-quality rules', 'rules.md'), `${contracts.qualityRules.size} rules`],
        [link('Handling', 'handling.md'), 'Who may see what, legal bases, and what is never held'],
        [link('What the program asks', 'requirements.md'), 'Each requirement, and what answers it'],
        [link("Agencies' own codes", 'agencies.md'), `${contracts.mappings.size} made-up agencies`],
      ],
    ),
    ...systems.map((system) => {
      const records = [...contracts.records.values()].filter((record) => record.system === system);
      return `## ${spoken(system)}\n\n${table(
        ['Record', 'What it holds', 'Fields'],
        records.map((record) => [
          link(record.name, pageOf(system), record.name),
          record.title,
          String(record.fields.length),
        ]),
      )}`;
    }),
  );
}

function pageOf(system: System): string {
  return `${system.replaceAll('_', '-')}.md`;
}
