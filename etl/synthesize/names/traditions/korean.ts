import { weighted } from '../../stream.ts';
import { ranked, type Tradition, words } from '../tradition.ts';

export const korean: Tradition = {
  name: 'korean',
  given: {
    female: ranked(words('Minji Soyeon Hana Jiwon Yuna Eunji Sumin Grace Esther Jisoo Haeun Seoyeon')),
    male: ranked(
      words('Minjun Jihoon Daniel Seojun Hyunwoo Jinho Joon Sungmin Brian Taeyang Donghyun Eugene'),
    ),
  },
  surnames: ranked(words('Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Shin Seo Kwon'), 1),
  twoSurnames: 10,
  hyphen: 500,
  race: weighted([['ASIAN', 1000]]),
  language: weighted([
    ['kor', 450],
    ['eng', 550],
  ]),
};
