import { weighted } from '../../stream.ts';
import { ranked, type Tradition, words } from '../tradition.ts';

export const pacificAndNative: Tradition = {
  name: 'pacific_and_native',
  given: {
    female: ranked(words('Leilani Malia Sina Talia Winona Sage Aiyana Kaya Mele Lani Dakota Cheyenne')),
    male: ranked(words('Keanu Tavita Sione Semisi Kai Tane Dakota Chayton Ioane Viliami Hunter Koa')),
  },
  surnames: ranked(
    words(`Tuilagi Faleolo Leota Tavake Fonoti Kealoha Kahale Mahuka Begay Tsosie Yazzie Nez Whitehorse Joaquin
      Antone Duro Lavato Moala Vainikolo Tupou`),
  ),
  twoSurnames: 30,
  hyphen: 800,
  race: weighted([
    ['NHPI', 450],
    ['AIAN', 400],
    ['NHPI;WHITE', 50],
    ['AIAN;WHITE', 60],
    ['AIAN;HISP', 40],
  ]),
  language: weighted([
    ['eng', 960],
    ['und', 40],
  ]),
};
