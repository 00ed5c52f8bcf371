import { weighted } from '../../stream.ts';
import { ranked, type Tradition, words } from '../tradition.ts';

export const vietnamese: Tradition = {
  name: 'vietnamese',
  given: {
    female: ranked(
      words(
        'Linh Thuy Huong Mai Lan Ngoc Trang Phuong Thao Anh Hanh Kim Yen Vy Tram My Quynh Nhi Chau Tuyet',
      ),
    ),
    male: ranked(
      words(
        'Minh Hung Tuan Duc Khanh Long Nam Bao Quang Hieu Thanh Phong Hai Khoa Tien Dat Vinh Son Huy Tri',
      ),
    ),
  },
  surnames: ranked(
    words('Nguyen Tran Le Pham Huynh Vo Dang Bui Do Ho Ngo Duong Ly Dinh Trinh Lam Truong Vu Cao Mai'),
    1,
  ),
  twoSurnames: 10,
  hyphen: 500,
  race: weighted([['ASIAN', 1000]]),
  language: weighted([
    ['vie', 550],
    ['eng', 450],
  ]),
};
