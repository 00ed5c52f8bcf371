import { stringify } from 'yaml';
import { addressOfDataset, type Dataset, dayOf, descriptionOf, PUBLISHER, titleOf } from './dataset.ts';

/** CITATION.cff, version 1.2.0 of the Citation File Format. */
export function citationFile(dataset: Dataset): string {
  const { release, number } = dataset;
  return stringify({
    'cff-version': '1.2.0',
    message: 'Cite the dataset with the release that it is made of.',
    type: 'dataset',
    title: titleOf(dataset),
    abstract: descriptionOf(dataset),
    authors: [{ name: PUBLISHER }],
    version: `${release.number}.${number}`,
    'date-released': dayOf(dataset),
    url: addressOfDataset(dataset),
    identifiers: [
      { type: 'other', value: dataset.id, description: `Dataset ${number} of release ${release.number}` },
    ],
  });
}
