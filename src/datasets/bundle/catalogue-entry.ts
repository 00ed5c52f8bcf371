/** dcat-us.json: the dataset as a catalogue of open data lists it, DCAT-US with its own JSON-LD context. Pure. */
import { textOf } from '../request.ts';
import { json } from './data-package.ts';
import {
  addressOfDataset,
  type BundledFile,
  citationOf,
  DATA_FILES,
  type Dataset,
  dayOf,
  descriptionOf,
  metricsOf,
  PUBLISHER,
  titleOf,
} from './dataset.ts';

const CONTEXT = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dcterms: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  spdx: 'http://spdx.org/rdf/terms#',
  Dataset: 'dcat:Dataset',
  Distribution: 'dcat:Distribution',
  Organization: 'foaf:Organization',
  Checksum: 'spdx:Checksum',
  PeriodOfTime: 'dcterms:PeriodOfTime',
  title: 'dcterms:title',
  description: 'dcterms:description',
  identifier: 'dcterms:identifier',
  issued: 'dcterms:issued',
  publisher: 'dcterms:publisher',
  name: 'foaf:name',
  keyword: 'dcat:keyword',
  version: 'dcat:version',
  landingPage: { '@id': 'dcat:landingPage', '@type': '@id' },
  spatial: 'dcterms:spatial',
  temporal: 'dcterms:temporal',
  startDate: 'dcat:startDate',
  endDate: 'dcat:endDate',
  accessRights: 'dcterms:accessRights',
  rights: 'dcterms:rights',
  bibliographicCitation: 'dcterms:bibliographicCitation',
  distribution: 'dcat:distribution',
  mediaType: 'dcat:mediaType',
  byteSize: 'dcat:byteSize',
  checksum: 'spdx:checksum',
  algorithm: 'spdx:algorithm',
  checksumValue: 'spdx:checksumValue',
};

export function catalogueEntry(dataset: Dataset, files: readonly BundledFile[]): string {
  const { request, release, number } = dataset;
  return json({
    '@context': CONTEXT,
    '@id': addressOfDataset(dataset),
    '@type': 'Dataset',
    title: titleOf(dataset),
    description: descriptionOf(dataset),
    identifier: addressOfDataset(dataset),
    version: `${release.number}.${number}`,
    issued: dayOf(dataset),
    publisher: { '@type': 'Organization', name: PUBLISHER },
    landingPage: addressOfDataset(dataset),
    keyword: metricsOf(dataset).map(({ title }) => title),
    spatial: 'California',
    temporal: {
      '@type': 'PeriodOfTime',
      startDate: `${textOf(request, 'from_year')}-01-01`,
      endDate: `${textOf(request, 'to_year')}-12-31`,
    },
    accessRights: 'restricted public',
    rights: `Under agreement ${textOf(request, 'agreement')}, until ${textOf(request, 'until')}. The figures are those that the release shows to everybody.`,
    bibliographicCitation: citationOf(dataset),
    distribution: files
      .filter(({ name }) => DATA_FILES[name] !== undefined)
      .map(({ name, bytes, sha256 }) => ({
        '@type': 'Distribution',
        title: name,
        mediaType: DATA_FILES[name],
        byteSize: bytes,
        checksum: { '@type': 'Checksum', algorithm: 'spdx:checksumAlgorithm_sha256', checksumValue: sha256 },
      })),
  });
}
