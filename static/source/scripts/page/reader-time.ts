/** Times are written in the centre's zone; where the reader's clock differs, this adds the reader's own time. */

/** Gives every `time` with an instant a title in the reader's zone where that reads differently. */
export function explainTimes(within: ParentNode = document): void {
  const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const time of within.querySelectorAll<HTMLTimeElement>("time[data-zone]")) {
    const moment = new Date(time.dateTime);
    const zone = time.dataset["zone"] ?? mine;
    if (Number.isNaN(moment.getTime()) || written(moment, zone) === written(moment, mine)) continue;
    time.title = `${written(moment, mine)} on your clock`;
  }
}

function written(moment: Date, zone: string): string {
  return new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: zone,
  }).format(moment);
}
