import { weighted } from '../../stream.ts';
import { composed, ranked, type Tradition, words } from '../tradition.ts';

export const armenianPersian: Tradition = {
  name: 'armenian_persian',
  given: {
    female: ranked(
      words('Ani Nare Lilit Talin Arpi Sona Shirin Leila Nasrin Parisa Mina Roya Nairi Gayane Anahit'),
    ),
    male: ranked(
      words('Aram Narek Tigran Hayk Arman Vahe Raffi Reza Amir Kian Dariush Babak Sevak Gor Levon'),
    ),
  },
  surnames: ranked(
    composed('Hakob Sark Grig Petros Hovan Karap Avet Mart Khach Manuk Stepan Babay Ohan Mkrt', 'yan ian'),
  ),
  twoSurnames: 10,
  hyphen: 900,
  race: weighted([
    ['WHITE', 500],
    ['MENA', 450],
    ['MENA;WHITE', 50],
  ]),
  language: weighted([
    ['hye', 400],
    ['pes', 200],
    ['eng', 400],
  ]),
};
