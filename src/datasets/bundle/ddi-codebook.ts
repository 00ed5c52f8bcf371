/** ddi-codebook.xml: the dataset as a data archive describes it, DDI-Codebook 2.5. Pure. */
import { textOf } from '../request.ts';
import { type DescribedColumn, describedColumns, describedMetrics } from './codebook.ts';
import {
  addressOfDataset,
  citationOf,
  type Dataset,
  dayOf,
  descriptionOf,
  limitsOf,
  PUBLISHER,
  titleOf,
} from './dataset.ts';

export function ddiCodebook(dataset: Dataset): string {
  const { request, release, number, tally } = dataset;
  const columns = describedColumns(dataset);
  const heading = [
    tag('titlStmt', tag('titl', text(titleOf(dataset))) + tag('IDNo', text(addressOfDataset(dataset)))),
    tag('rspStmt', tag('AuthEnty', text(PUBLISHER))),
    tag(
      'prodStmt',
      tag('producer', text(PUBLISHER)) + tag('prodDate', dayOf(dataset), { date: dayOf(dataset) }),
    ),
    tag('distStmt', tag('distrbtr', text(PUBLISHER), { URI: addressOfDataset(dataset) })),
    tag('verStmt', tag('version', `${release.number}.${number}`, { date: dayOf(dataset) })),
    tag('biblCit', text(citationOf(dataset))),
  ].join('');
  const study = [
    tag('citation', heading),
    tag(
      'stdyInfo',
      [
        tag(
          'subject',
          describedMetrics(dataset)
            .map(({ title }) => tag('keyword', text(title)))
            .join(''),
        ),
        tag('abstract', text(descriptionOf(dataset))),
        tag(
          'sumDscr',
          [
            tag('timePrd', text(textOf(request, 'from_year')), {
              event: 'start',
              date: textOf(request, 'from_year'),
            }),
            tag('timePrd', text(textOf(request, 'to_year')), {
              event: 'end',
              date: textOf(request, 'to_year'),
            }),
            tag('nation', 'United States', { abbr: 'US' }),
            tag('geogCover', 'California'),
            tag('anlyUnit', 'A cell of a released table'),
            tag('dataKind', 'Aggregate data, protected'),
          ].join(''),
        ),
      ].join(''),
    ),
    tag(
      'method',
      tag(
        'anlyInfo',
        limitsOf(dataset)
          .map((words) => tag('dataAppr', text(words)))
          .join(''),
      ),
    ),
    tag(
      'dataAccs',
      tag(
        'useStmt',
        [
          tag(
            'confDec',
            text('Nobody tries to find a person, or joins the figures with others in order to.'),
            { required: 'yes' },
          ),
          tag(
            'restrctn',
            text(
              `For ${textOf(request, 'organization')} under agreement ${textOf(request, 'agreement')}, until ${textOf(request, 'until')}.`,
            ),
          ),
          tag('citReq', text(citationOf(dataset))),
        ].join(''),
      ),
    ),
  ].join('');
  const file = tag(
    'fileTxt',
    tag('fileName', 'data.csv') +
      tag('dimensns', tag('caseQnty', String(tally.cells)) + tag('varQnty', String(columns.length))) +
      tag('fileType', 'CSV, UTF-8'),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    tag(
      'codeBook',
      [
        tag('docDscr', tag('citation', tag('titlStmt', tag('titl', text(`Codebook: ${titleOf(dataset)}`))))),
        tag('stdyDscr', study),
        tag('fileDscr', file, { ID: 'F1' }),
        tag('dataDscr', columns.map(variable).join('')),
      ].join(''),
      { version: '2.5', xmlns: 'ddi:codebook:2_5', 'xml:lang': 'en' },
    ),
    '\n',
  ].join('');
}

function variable({ name, type, words, codes }: DescribedColumn, at: number): string {
  return tag(
    'var',
    [
      tag('labl', text(words)),
      ...codes.map(([code, label]) => tag('catgry', tag('catValu', text(code)) + tag('labl', text(label)))),
      tag('varFormat', '', { type: type === 'number' ? 'numeric' : 'character' }),
    ].join(''),
    { ID: `V${at + 1}`, name, files: 'F1', intrvl: type === 'number' ? 'contin' : 'discrete' },
  );
}

/** `content` is written already; only what stands in text and attributes is escaped. */
function tag(name: string, content: string, attributes: Readonly<Record<string, string>> = {}): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${text(value)}"`);
  return `<${name}${given.join('')}>${content}</${name}>`;
}

function text(words: string): string {
  return words
    .replaceAll(/[\p{Cc}\ufffe\uffff]+/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
