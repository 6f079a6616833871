/** What is known at once, without asking the device's store: how much of this person's is not yet sent. */
import { keep, kept, letGo } from "../drafts/device-storage";

/** One thing that is not yet sent: its title and where it is gone on with. */
export interface Unsent {
  readonly page: string;
  readonly title: string;
}

const key = "unsent";

/** What is not yet sent of this person. */
export const unsent = (): readonly Unsent[] => kept<readonly Unsent[]>(key) ?? [];

/** Writes down what is not yet sent. */
export const markUnsent = (all: readonly Unsent[]): void => void (all.length ? keep(key, all) : letGo(key));
