import { weighted } from '../../stream.ts';
import { ranked, type Tradition, words } from '../tradition.ts';

export const southAsian: Tradition = {
  name: 'south_asian',
  given: {
    female: ranked(
      words(
        'Priya Ananya Simran Harpreet Jaspreet Neha Pooja Kavya Aarti Manpreet Divya Riya Meera Anjali Gurleen',
      ),
    ),
    male: ranked(
      words(
        'Arjun Rohan Gurpreet Manjit Harjit Rahul Vikram Amit Jasdeep Karan Sanjay Nikhil Ravi Dev Sukhdeep',
      ),
    ),
  },
  surnames: ranked(
    words(
      'Singh Kaur Patel Sharma Gill Sandhu Dhillon Sidhu Grewal Kumar Shah Gupta Reddy Rao Mehta Desai Bains Mann Brar Khan',
    ),
    2,
  ),
  twoSurnames: 30,
  hyphen: 500,
  race: weighted([['ASIAN', 1000]]),
  language: weighted([
    ['pan', 300],
    ['hin', 200],
    ['eng', 500],
  ]),
};
