/** The verdicts in the words of the server (`Verdict` in `portfolio/assessment/rules.py`). */
export const met = "met";
export const partly = "partly met";
export const notMet = "not met";
