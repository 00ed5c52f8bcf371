/** What a question about a row comes to where values may be missing, as in SQL: a rule breaks only on a plain answer. */
export const FALSE = 0;
export const TRUE = 1;
export const UNKNOWN = 2;
export type Answer = typeof FALSE | typeof TRUE | typeof UNKNOWN;
export type Question = () => Answer;

export function and(questions: readonly Question[]): Question {
  const [only] = questions;
  if (questions.length === 1 && only !== undefined) return only;
  return () => {
    let answer: Answer = TRUE;
    for (let i = 0; i < questions.length; i++) {
      const next = (questions[i] as Question)();
      if (next === FALSE) return FALSE;
      if (next === UNKNOWN) answer = UNKNOWN;
    }
    return answer;
  };
}
