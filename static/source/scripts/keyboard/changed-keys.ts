/** Keys that the person changed on this device, over those of the table. */
import { keep, kept, letGo } from "../drafts/device-storage";
import { type KeyGroup, table } from "./keys";

const setting = "keys";

/** By `group/deed`: the key that was chosen. */
type Changed = Readonly<Record<string, string>>;

/** Groups that stand on pages of others: their keys must differ from those of every group. */
const everywhere: readonly KeyGroup[] = ["points", "recording", "page"];

/** What was changed; deeds that an earlier release knew are left out. */
function changed(): Changed {
  const known = Object.entries(table).flatMap(([group, { keys }]) => Object.keys(keys).map((deed) => `${group}/${deed}`));
  return Object.fromEntries(Object.entries(kept<Changed>(setting) ?? {}).filter(([name]) => known.includes(name)));
}

/** The present key of each deed of a group that can be changed; empty where another deed was given the key it came with. */
export function keysOf(group: KeyGroup): Record<string, string> {
  const chosen = changed();
  const taken = new Set(Object.entries(chosen).flatMap(([name, key]) => (standTogether(name.split("/")[0] as KeyGroup, group) ? [key] : [])));
  return Object.fromEntries(
    Object.entries(table[group].keys as Changed).map(([deed, key]) => [deed, chosen[`${group}/${deed}`] ?? (taken.has(key) ? "" : key)]),
  );
}

/** Whether this deed has another key than the one it came with. */
export const isChanged = (group: KeyGroup, deed: string): boolean => `${group}/${deed}` in changed();

/** Whose a key is already on the pages of `group`: of several deeds only where these stand on no page together. */
export function holdersOf(group: KeyGroup, key: string): { group: KeyGroup; deed: string }[] {
  const others = (Object.keys(table) as KeyGroup[]).filter((other) => standTogether(other, group));
  return others.flatMap((other) => Object.entries(keysOf(other)).flatMap(([deed, held]) => (held === key ? [{ group: other, deed }] : [])));
}

/** What a key always does on the pages of `group`; undefined where it is free to be given. */
export function fixedIn(group: KeyGroup, key: string): string | undefined {
  const rows = (Object.keys(table) as KeyGroup[]).flatMap((other) => (standTogether(other, group) ? Object.entries<string>(table[other].fixed) : []));
  return rows.find(([, keys]) => keys.split(" ").includes(key))?.[0];
}

/** Gives a deed this key; the one it came with is no change. False where the device keeps nothing. */
export function give(group: KeyGroup, deed: string, key: string): boolean {
  const { [`${group}/${deed}`]: _, ...others } = changed();
  return keep(setting, (table[group].keys as Changed)[deed] === key ? others : { ...others, [`${group}/${deed}`]: key });
}

/** All keys as they came. */
export const putAllBack = (): void => letGo(setting);

const standTogether = (one: KeyGroup, other: KeyGroup): boolean => one === other || everywhere.includes(one) || everywhere.includes(other);
