/* What others state and sign: a witness and their standing, the minutes of a meeting, signatures, checks, sources. */

/* Codes of units and refs of points, each unit named once. */
function pointed(pairs) {
  const units = new Map();
  for (const [code, ref] of pairs) units.set(code, [...(units.get(code) || []), ref]);
  return [...units].map(([code, refs]) => `${code}/${refs.join(", ")}`).join("; ");
}

const TIES = { none: "No family or other interest ties them to the learner", family: "Family", other: "Another interest" };

/* Expertise and standards, of those who were asked for them: a supervisor is not asked whether they are an expert. */
function standingOf(item) {
  if (item.kind === "customer feedback") return "Not asked";
  const { expert, knows_standards: knows } = item.testimony;
  if (!expert && item.kind === "supervisor statement") return `${knows ? "Familiar" : "Not familiar"} with the standards`;
  return `${expert ? "Expert" : "Not an expert"} in the occupation; ${knows ? "familiar" : "not familiar"} with the standards`;
}

function onFile(item) {
  const signed = item.signatures.find(({ signer }) => signer === "witness");
  if (!signed) return item.testimony.signed_at ? time(item.testimony.signed_at) : "Not signed";
  return [`${signed.name}, `, time(signed.at), signed.reached ? `, reached ${signed.reached}` : ""];
}

const HOW = { known: "known to the assessor", contacted: "contacted" };
const lastCheck = ({ checks }) => checks.length ? [day(checks.at(-1).on), `, ${enumerated(HOW[checks.at(-1).how], checks.at(-1).means)}; ${checks.at(-1).by}`] : "Not checked yet";

/* What is known of a witness, in pairs of name and value. */
function witnessed(item) {
  const { witness, job, employer, relationship, contact, until, tie, interest, points, entered_by: typist } = item.testimony;
  return [["Witness", enumerated(witness, job, employer)], ["Relationship", relationship || "Not given"], ["Contact", contact || "Not given"],
    ...(until ? [["Saw it until", day(until)]] : []), ["Status", standingOf(item)], ...(tie ? [["Interest", [TIES[tie] || tie, interest ? [": ", lined(interest)] : ""]]] : []),
    ...(points.length ? [["Says they saw", pointed(points)]] : []), ["Written by", typist ? `Entered by ${typist}` : "The witness"], ["Signature on file", onFile(item)], ["Last checked", lastCheck(item)]];
}

function sourced({ address: page, title, version, clause }) {
  return [["Address", page], ["Policy or procedure", title], ["Version", version], ["Clause", clause]].filter(([, value]) => value);
}

function met({ starts, ends, medium, present, planned, agreed }) {
  return [["Time", [starts, ends].filter(Boolean).join("–")], ["Medium", medium], ["Present", present && lined(present)], ["Planned", planned && lined(planned)], ["Agreed points", pointed(agreed)]].filter(([, value]) => value);
}

/* By SHA-256, the name of each recording where there are several; those of one name are numbered. */
function calledOf(files) {
  const recordings = files.filter(({ kind }) => kind === "audio" || kind === "video"), times = new Map(), names = new Map();
  if (recordings.length < 2) return names;
  for (const { sha256, name } of recordings) {
    times.set(name, (times.get(name) || 0) + 1);
    const said = times.get(name) === 1 ? name : `${name} (${times.get(name)})`;
    names.set(sha256, names.has(sha256) ? `${names.get(sha256)} / ${said}` : said);
  }
  return names;
}

/* When an entry was: a button that plays those seconds where the recording is there, else the time. */
function entryTime(entry, media, names) {
  const source = media.get(entry.file) || (entry.file ? undefined : [...media.values()][0]);
  if (entry.start === null) return entry.at || "–";
  const said = `${clock(entry.start)}${entry.end === null ? "" : ` to ${clock(entry.end)}`}${names.has(entry.file) ? ` in ${names.get(entry.file)}` : ""}`;
  if (!source || entry.end === null) return said;
  const button = el("button", { type: "button", class: "button button-secondary button-small" }, icon("play"), `Play ${said}`);
  button.addEventListener("click", () => play(source, entry));
  return button;
}

function minuted(minutes, media, names) {
  const label = { question: "Question: ", product: "Produced: " };
  const rows = minutes.entries.map((entry) => [entryTime(entry, media, names), pointed(entry.points) || "–", [label[entry.sort] || "", lined(entry.words), entry.answer ? el("p", {}, "Answer: ", lined(entry.answer)) : ""]]);
  return el("section", { class: "stack is-tight" }, el("h2", {}, "Times against points"), factsOf(met(minutes)),
    rows.length ? table("Times against points", ["Time", "Points", "Seen or said"], rows) : el("p", { class: "quiet" }, "Nothing was written down."),
    minutes.conclusion ? el("p", {}, el("strong", {}, "Conclusion: "), lined(minutes.conclusion)) : "");
}

function signatures(item) {
  if (!item.signatures.length) return item.minutes ? [el("h2", {}, "Signatures"), el("p", { class: "quiet" }, "Nobody has signed this yet.")] : [];
  const one = ({ signer, name, at, reached, words, agrees, comment, sha256 }) => el("li", {}, el("strong", {}, name), `, ${signer}, `, time(at), reached ? `, reached ${reached}` : "", ". ", el("q", {}, lined(words)),
    agrees && !comment ? "" : el("p", {}, agrees ? "" : el("strong", {}, comment ? "Does not agree: " : "Does not agree."), lined(comment)), el("p", { class: "hash" }, sha256));
  return [el("h2", {}, "Signatures"), el("ul", { class: "pack-list" }, item.signatures.map(one))];
}

function checks(item) {
  if (!item.checks.length) return [];
  const one = ({ on, how, means, words, by, at }) => el("li", {}, day(on), `, ${enumerated(HOW[how], means)}. `, lined(words), el("p", { class: "small quiet" }, `${by}, `, time(at)));
  return [el("h2", {}, "Checks of the witness"), el("ul", { class: "pack-list" }, item.checks.map(one))];
}

/* The witness status list of one learner. */
function witnesses(learner) {
  const rows = learner.evidence.filter(({ testimony }) => testimony).map((item) => [
    [item.testimony.witness, " ", el("a", { href: `#/${learner.folder}/${item.ref}` }, item.ref)], enumerated(item.testimony.job, item.testimony.employer, item.testimony.relationship) || "–", standingOf(item), onFile(item), lastCheck(item)]);
  return rows.length ? el("section", { class: "section" }, el("h2", {}, "Witness status list"), table("Witness status list", ["Witness", "Role and relationship", "Status", "Signature on file", "Last checked"], rows)) : "";
}

/* All that others state in an item, for a search. */
function statedIn({ testimony, source, minutes, signatures: signed }) {
  const said = [...Object.values(testimony || {}), ...Object.values(source || {}), ...signed.map(({ name, comment }) => `${name} ${comment}`)];
  const told = minutes ? [minutes.present, minutes.planned, minutes.conclusion, ...minutes.entries.map(({ words, answer }) => `${words} ${answer}`)] : [];
  return [...said, ...told].filter((each) => typeof each === "string").join(" ");
}
