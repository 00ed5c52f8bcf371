import { weighted } from '../../stream.ts';
import { ranked, type Tradition, words } from '../tradition.ts';

export const chinese: Tradition = {
  name: 'chinese',
  given: {
    female: ranked(
      words(
        'Mei Xin Jia Yan Hui Ling Ying Wei Na Qing Yun Lily Amy Vivian Michelle Joyce Cindy Fiona Jie Xue',
      ),
    ),
    male: ranked(
      words(
        'Wei Jun Ming Hao Jian Lei Tao Kai Bin Feng Yong Kevin Jason Eric Raymond Alan Vincent Cheng Zhi Peng',
      ),
    ),
  },
  surnames: ranked(
    words(
      'Wang Li Zhang Chen Liu Huang Wu Wong Chan Lee Lin Zhao Zhou Yang Xu Ma Leung Lau Cheung Ng Tang Yu Ho Kwan Fong Tam',
    ),
    2,
  ),
  twoSurnames: 10,
  hyphen: 500,
  race: weighted([
    ['ASIAN', 980],
    ['ASIAN;WHITE', 20],
  ]),
  language: weighted([
    ['cmn', 250],
    ['yue', 280],
    ['eng', 470],
  ]),
};
