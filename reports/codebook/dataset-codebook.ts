/** The codebook of a dataset as people print it: what it is, its columns and codes, and what every metric counts. */
import { describedColumns, describedMetrics } from '../../src/datasets/bundle/codebook.ts';
import {
  citationOf,
  type Dataset,
  dayOf,
  descriptionOf,
  titleOf,
} from '../../src/datasets/bundle/dataset.ts';
import type { Block, Report, Table } from '../blocks/block.ts';

/** A list of codes as long as that of all counties is read in the file beside. */
const MOST_CODES = 60;

export function datasetCodebook(dataset: Dataset): Report {
  const { release, number, note, tally } = dataset;
  const columns = describedColumns(dataset);
  return {
    name: 'codebook',
    language: 'en',
    title: `Codebook: ${titleOf(dataset)}`,
    subtitle: `Dataset ${number} of release ${release.number}`,
    author: 'Tessera',
    running: `Release ${release.number}, closed ${release.closedOn} · ${tally.cells} cells`,
    contents: 'Contents',
    madeUp: note === undefined ? undefined : 'Made-up data',
    day: dayOf(dataset),
    short: true,
    cover: [
      { kind: 'paragraph', words: [descriptionOf(dataset)] },
      { kind: 'paragraph', words: [`Cite as: ${citationOf(dataset)}`] },
      {
        kind: 'callout',
        title: 'Before you add anything up',
        words: [
          'A hidden figure is not a zero and is not always small. Margins (all) stand beside the cells that they are the sum of. Counts of 1 to 10 cannot be worked out.',
        ],
      },
    ],
    blocks: [
      { kind: 'heading', level: 1, id: 'columns', text: 'Columns' },
      table(
        'columns-of-data',
        'The columns of data.csv, data.parquet and data.arrow',
        ['Column', 'Type', 'Holds'],
        columns.map(({ name, type, words }) => [name, type, words]),
      ),
      { kind: 'heading', level: 1, id: 'codes', text: 'Codes' },
      ...columns
        .filter(({ codes, name }) => codes.length > 0 && name !== 'metric')
        .flatMap(({ name, codes }): Block[] => [
          { kind: 'heading', level: 2, id: `codes-${name}`, text: name },
          table(
            `codes-of-${name}`,
            codes.length > MOST_CODES
              ? `Codes of ${name}, the first ${MOST_CODES}; codebook.csv has all ${codes.length}`
              : `Codes of ${name}`,
            ['Code', 'Means'],
            codes.slice(0, MOST_CODES).map(([code, label]) => [code, label]),
          ),
        ]),
      { kind: 'heading', level: 1, id: 'metrics', text: 'What is counted' },
      ...describedMetrics(dataset).flatMap(({ id, title, says }): Block[] => [
        { kind: 'heading', level: 2, id: `metric-${id}`, text: title },
        table(
          `says-${id}`,
          id,
          ['Part', 'Says'],
          says.map(([attribute, words]) => [attribute, words]),
        ),
      ]),
    ],
    definitions: [],
    notes: [],
  };
}

function table(
  id: string,
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): Table {
  return {
    kind: 'table',
    id,
    caption,
    columns: heads.map((head) => ({ head, numeric: false })),
    rows: rows.map((row) => row.map((words) => [words])),
  };
}
