import { weighted } from '../../stream.ts';
import { ranked, type Tradition, words } from '../tradition.ts';

export const filipino: Tradition = {
  name: 'filipino',
  given: {
    female: ranked(
      words(
        'Angelica Maricel Jasmine Princesa Kristine Rowena Liezl Cherry Marites Analyn Bianca Althea Nicole Lovely Divina',
      ),
    ),
    male: ranked(
      words(
        'Mark Joel Jericho Rommel Jayson Arnel Ronaldo Benjie Paolo Francis Christian Gilbert Jomar Reynaldo Noel',
      ),
    ),
  },
  surnames: ranked(
    words(`Santos Reyes Cruz Bautista Ocampo Mendoza Villanueva DelaCruz Dizon Pascual Manalo Tolentino Salonga
      Magbanua Panganiban Macaraeg Lumanog Dimaculangan Catacutan Bacani`),
  ),
  twoSurnames: 30,
  hyphen: 800,
  race: weighted([
    ['ASIAN', 850],
    ['ASIAN;WHITE', 80],
    ['ASIAN;NHPI', 70],
  ]),
  language: weighted([
    ['tgl', 350],
    ['eng', 650],
  ]),
};
