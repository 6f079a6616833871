/* The pages inside the page: learners, one learner, one item of evidence, what a search finds, and the check of the pack. */
const MAIN = document.getElementById("main");

function standing(unit) {
  const count = (word) => unit.points.filter((point) => point.verdict === word).length;
  const parts = [["met", "met"], ["partly met", "partly met"], ["not met", "not met"], ["", "open"]];
  return parts.filter(([word]) => count(word)).map(([word, name]) => `${count(word)} ${name}`).join(" · ");
}

const shownUnits = new Set();  // which units somebody unfolded, for the way back from the evidence

function report(learner) {
  return learner.report ? el("a", { href: address(learner.report), target: "_blank", rel: "noopener" }, "Report (PDF)", el("span", { class: "unseen" }, ` of ${learner.name}`)) : "No report";
}

function titled(title, lede, ...content) {
  return [title, [el("header", { class: "page-header" }, el("div", { class: "page-title" }, el("h1", { tabindex: "-1" }, title), lede ? el("p", { class: "lede" }, lede) : "")), ...content]];
}

function learnersPage() {
  const unit = (one) => el("li", {}, el("strong", {}, one.code), ` ${one.title} `, status(one.state), " ", el("span", { class: "quiet" }, standing(one)));
  const rows = RECORD.learners.map((learner) => [
    [el("a", { class: "table-title", href: `#/${learner.folder}` }, learner.name), " ", el("span", { class: "quiet" }, learner.number)],
    [learner.aims.map((one) => el("p", { class: "small" }, one.title, el("span", { class: "quiet" }, ` · achieved: ${amount(one)}`))), el("ul", { class: "pack-list" }, learner.units.map(unit))], report(learner), learner.absent ? `${learner.absent} missing` : "Nothing missing"]);
  const count = RECORD.learners.length;
  return titled("Learners", `The work of ${count === 1 ? "one learner" : `${count} learners`}, with the place in the evidence for every marking point, who judged it, and what they said.`,
    table("Learners", ["Learner", "Units", "Report", "Missing"], rows));
}

function matrix(learner, unit) {
  const claims = learner.claims.filter((claim) => claim.unit === unit.code);
  const used = learner.evidence.filter((item) => claims.some((claim) => claim.evidence === item.ref));
  const mark = (claim, item) => el("a", { class: "matrix-mark is-claimed", href: link(learner, claim), "aria-label": `Claim ${claim.number}, in ${item.ref}: ${spoken(claim)}` }, String(claim.number));
  const cell = (point, item) => {
    const here = claims.filter((claim) => claim.point === point.ref && claim.evidence === item.ref);
    return el("td", { class: here.length ? "matrix-cell" : "matrix-cell is-none" }, here.length ? [el("span", { class: "matrix-ref" }, `${item.ref} `), here.map((claim) => mark(claim, item))] : el("span", { class: "unseen" }, "none"));
  };
  const rows = unit.points.map((point) => el("tr", {},
    el("th", { scope: "row" }, el("span", { class: "matrix-point" }, el("a", { class: "point-ref", href: `#/${learner.folder}/${unit.code}/point/${point.ref}`, "aria-label": `Point ${point.ref}` }, point.ref), el("span", {}, point.text))),
    used.map((item) => cell(point, item)), el("td", { class: "matrix-verdict" }, status(point.verdict))));
  const columns = used.map((item) => el("th", { scope: "col", class: "matrix-column" }, el("a", { href: `#/${learner.folder}/${item.ref}`, "aria-label": `${item.ref}, ${item.title}` }, item.ref)));
  const name = `Points and evidence of ${unit.code}`, head = el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Marking point"), columns, el("th", { scope: "col" }, "Verdict")));
  return el("div", { class: "matrix-scroll", role: "region", "aria-label": name, tabindex: "0" }, el("table", { class: "table matrix" }, head, el("tbody", {}, rows)));
}

/* What an item was said to fail in, and whether that was taken back or superseded. */
function failed({ evidence, version, fails, reason, current }) {
  return el("p", { class: "small" }, `${evidence}, version ${version}, not ${fails.join(", not ")}: `, lined(reason), current ? "" : " (said no more)");
}

/* A place on which a verdict rests: the learner's, by its number where it is shown here, or one that the assessor marked. */
function ground(learner, { unit, point }, one) {
  const same = (claim) => claim.unit === unit && claim.point === point && ["place", "start", "end", "exact", "page", "xywh", "file"].every((name) => claim[name] === one[name]);
  const claim = one.lies === "claimed" && learner.claims.find((each) => each.evidence === one.evidence && same(each));
  const item = `${one.evidence}, version ${one.version}, ${spoken(one)}`;
  if (claim) return el("li", {}, link(learner, claim, `Claim ${claim.number}`), ` ${item}`);
  return el("li", {}, one.lies === "claimed" ? item : `${item}: marked by the assessor, ${{ narrower: "narrower than a claim", wider: "wider than a claim", added: "added" }[one.lies]}`, one.exact ? [" ", el("q", {}, one.exact)] : "");
}

function judged(learner, judgement) {
  const on = learner.grounds.filter((one) => one.judgement === judgement.id);
  const flaws = learner.flaws.filter(({ id }) => judgement.flaws.includes(id));
  return el("div", { class: `judgement stack is-tight${judgement.current ? "" : " is-past"}` },
    el("p", { class: "cluster" }, status(judgement.verdict), el("span", { class: "meta" }, [judgement.assessor, `round ${judgement.round}`, time(judgement.at), judgement.current ? "" : "superseded"].filter(Boolean).map((each) => el("span", {}, each)))),
    judgement.missing.length ? el("p", { class: "small" }, `Missing: ${judgement.missing.join("; ")}.`) : "",
    judgement.fails.length ? el("p", { class: "small" }, `Not ${judgement.fails.join(", not ")}: `, lined(judgement.reason)) : "", flaws.map(failed), on.length ? [el("p", { class: "small" }, "Rests on"), el("ul", { class: "pack-list small" }, on.map((one) => ground(learner, judgement, one)))] : "", judgement.feedback ? el("p", { class: "feedback" }, lined(judgement.feedback)) : "");
}

function pointOf(learner, unit, point) {
  const own = ({ unit: code, point: ref }) => code === unit.code && ref === point.ref;
  const reason = Object.fromEntries(unit.gaps)[point.ref];
  const places = learner.claims.filter(own).map((claim) => el("li", {}, place(learner, claim), claim.reason ? el("p", { class: "small quiet" }, lined(claim.reason)) : ""));
  const answers = learner.judgements.filter(own).reverse().map((one) => judged(learner, one));
  return el("section", { class: "pack-point", id: `${unit.code}-${point.ref}`, tabindex: "-1" },
    el("h3", {}, el("span", { class: "point-ref" }, el("span", { class: "unseen" }, `${unit.code}, point `), point.ref), el("span", {}, `${point.text} `, status(point.verdict))),
    places.length ? el("ul", { class: "pack-list" }, places) : el("p", { class: "quiet" }, reason ? ["No claim. The learner’s reason: ", lined(reason)] : "No claim and no reason."),
    answers.length ? el("div", { class: "answers" }, answers) : "");
}

function roundOf(round) {
  return el("li", {}, `Round ${round.number}: handed in `, time(round.handed_in_at), round.declared_by ? `, declared by ${round.declared_by}` : ", not declared", ". ",
    round.decision ? [`${round.decision[0].toUpperCase()}${round.decision.slice(1)} by ${round.decided_by}, `, time(round.decided_at), round.feedback ? [". ", lined(round.feedback)] : ".",
      round.authenticity ? el("p", { class: "small" }, "The learner’s own work: ", lined(round.authenticity)) : ""] : "No decision yet.");
}

/* Who judged a unit or decided on it. */
const acted = (learner, unit) => [...learner.judgements.filter(({ unit: code }) => code === unit.code).map(({ assessor }) => assessor), ...unit.rounds.map((round) => round.decided_by)];

/* Whoever is responsible; who did nothing yet is said to be allocated. */
const duty = (name, active) => !name ? "Nobody is allocated" : active.includes(name) ? name : `${name} (allocated, nothing on record yet)`;

/* One unit: its line, and all about it folded below. */
function unitOf(learner, unit, isOpen) {
  const key = `${learner.folder}/${unit.code}`;
  const facts = [["Edition", `${unit.edition}${unit.level ? `, level ${unit.level}` : ""}`], ["Assessor", duty(unit.assessor, acted(learner, unit))], ["Quality assurer", duty(unit.iqa, [])], ...unit.steps.map((step) => [{ withdraw: "Withdrawn", reinstate: "Reinstated", reopen: "Opened again" }[step.step], [`${step.by}, `, time(step.at), ": ", lined(step.reason)]]), ["Rounds", unit.rounds.length ? el("ul", { class: "pack-list" }, unit.rounds.map(roundOf)) : "Not handed in yet"]];
  const box = el("details", { class: "pack-unit", open: isOpen || shownUnits.has(key) },
    el("summary", {}, el("h2", {}, el("span", { class: "pack-code" }, unit.code), ` ${unit.title} `), status(unit.state), el("span", { class: "quiet" }, ` ${standing(unit)}`)),
    el("div", { class: "stack" }, factsOf(facts), matrix(learner, unit), unit.points.map((point) => pointOf(learner, unit, point))));
  box.addEventListener("toggle", () => shownUnits[box.open ? "add" : "delete"](key));
  return box;
}

function factsOf(facts) {
  return el("dl", { class: "facts" }, facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

/* How far somebody is: units and credits, of those needed. */
function amount({ units, needed, credit, credit_needed: wanted }) {
  return [needed ? `${units} of ${needed} ${needed === 1 ? "unit" : "units"} needed` : "", wanted ? `${credit} of ${wanted} ${wanted === 1 ? "credit" : "credits"}` : ""].filter(Boolean).join(", ");
}

function programmeOf({ qualification, edition, units, reached, groups }) {
  const chosen = (group) => group.units.map(({ code }) => code).filter((code) => units.includes(code)).join(", ") || "None";
  const rows = qualification.groups.map((group, at) => [group.title, group.asked_for, chosen(group), amount(groups[at])]);
  return el("section", { class: "section stack is-tight" }, el("h2", {}, qualification.title),
    el("p", {}, el("span", { class: "quiet" }, enumerated(qualification.number, qualification.level ? `level ${qualification.level}` : "", qualification.body, `edition ${edition}`)), ` · achieved: ${amount(reached)}`),
    table(qualification.title, ["Group", "Needed", "Units chosen", "Achieved"], rows));
}

function learnerPage(learner, wanted) {
  const lede = [[learner.number, learner.qualification].filter(Boolean).join(" · "), " ", report(learner)];
  const items = learner.evidence.map((item) => [el("a", { href: `#/${learner.folder}/${item.ref}` }, `${item.ref} ${item.title}`), item.kind, day(item.happened_on), item.confirmer || "Nobody named"]);
  const lacks = learner.absent.map(({ where, what, rule }) => [where, what, el("span", { class: "quiet" }, rule)]);
  return titled(learner.name, lede, learner.programmes.map(programmeOf),
    el("div", { class: learner.programmes.length ? "section" : undefined }, learner.units.map((unit) => unitOf(learner, unit, learner.units.length === 1 || unit.code === wanted))),
    el("section", { class: "section" }, el("h2", {}, "Evidence"), items.length ? table("Evidence", ["Item", "Kind", "Happened", "Can confirm it"], items) : el("p", {}, "None.")),
    witnesses(learner),
    el("section", { class: "section" }, el("h2", {}, "What is missing"), lacks.length ? table("What is missing", ["Where", "Missing", "Rule"], lacks) : el("p", {}, "Nothing.")));
}

function claimOf(learner, claim, chosen, media) {
  const point = learner.units.find(({ code }) => code === claim.unit)?.points.find(({ ref }) => ref === claim.point);
  const box = el("li", { class: "pack-claim", "aria-current": claim === chosen ? "true" : undefined }, place(learner, claim, false),
    el("p", { class: "small" }, el("a", { href: `#/${learner.folder}/${claim.unit}/point/${claim.point}` }, `${claim.unit}, point ${claim.point}`), " ", status(point ? point.verdict : "")),
    claim.reason ? el("p", { class: "small quiet" }, lined(claim.reason)) : "");
  const source = media.get(claim.file) || [...media.values()][0];
  if (claim.place === "span" && source) {
    const button = el("button", { type: "button", class: "button button-secondary button-small" }, icon("play"), `Play ${clock(claim.start)} to ${clock(claim.end)}`);
    button.addEventListener("click", () => play(source, claim));
    box.append(button);
  }
  return box;
}

/* Which record of the learner an item came from, where it came from another one. */
const cameFrom = (learner, item) => learner.merged.filter(({ id }) => id === item.record).map((one) => ["Came from", [`record ${[one.name, one.number].filter(Boolean).join(", ")}, there ${item.record_ref}, merged on `, time(one.at), ` by ${one.by}`]]);

function evidencePage(learner, item, number) {
  const verdicts = new Map(learner.units.flatMap((unit) => unit.points.map((point) => [`${unit.code}/${point.ref}`, point.verdict])));
  const claims = learner.claims.filter((claim) => claim.evidence === item.ref).map((claim) => ({ ...claim, verdict: verdicts.get(`${claim.unit}/${claim.point}`) }));
  const chosen = claims.find((claim) => claim.number === number), figures = item.files.map((file) => original(file, claims, chosen));
  const media = new Map(item.files.map((file, at) => [file.sha256, figures[at].querySelector("audio, video")]).filter(([, found]) => found));
  const facts = [["Kind", `${item.kind}, version ${item.version}`], ["Happened", day(item.happened_on)], ["Received", time(item.received_at)], ["Where", item.context || "Not given"], ["Can confirm it", item.confirmer || "Nobody named"], ...(item.testimony ? witnessed(item) : []), ...(item.source ? sourced(item.source) : []), ...cameFrom(learner, item), ["SHA-256", el("span", { class: "hash" }, item.sha256)]];
  const [title, content] = titled(`${item.ref} ${item.title}`, "", el("div", { class: "split is-wide-side" },
    el("div", { class: "stack" }, figures, item.plain ? marked(item, claims, chosen) : "", item.minutes ? minuted(item.minutes, media, calledOf(item.files)) : "", signatures(item), checks(item)),
    el("aside", { class: "split-side stack", "aria-label": "Claims and facts", tabindex: "0" }, el("h2", {}, "Offered for"), claims.length ? el("ol", { class: "pack-list" }, claims.map((claim) => claimOf(learner, claim, chosen, media))) : el("p", {}, "No marking point."),
      el("h2", {}, "About it"), factsOf(facts))));
  const back = el("nav", { class: "breadcrumbs", "aria-label": "Breadcrumbs" }, el("ol", {}, el("li", {}, el("a", { href: "#/" }, "Learners")), el("li", {}, el("a", { href: `#/${learner.folder}` }, learner.name))));
  return [title, [back, ...content]];
}

function searchPage(words) {
  const wanted = alike(words).split(" ").filter(Boolean), holds = (...texts) => wanted.every((word) => alike(texts.join(" ")).includes(word));
  const found = RECORD.learners.map(({ folder }) => whole(folder)).flatMap((learner) => [
    ...(holds(learner.name, learner.number) ? [[`#/${learner.folder}`, learner.name, "Learner"]] : []),
    ...learner.units.flatMap((unit) => unit.points.filter((point) => holds(unit.code, unit.title, point.text)).map((point) => [`#/${learner.folder}/${unit.code}/point/${point.ref}`, `${unit.code}, point ${point.ref}: ${point.text}`, learner.name])),
    ...learner.evidence.filter((item) => holds(item.ref, item.title, item.plain, item.context, statedIn(item), item.files.flatMap((file) => file.transcript?.cues.map(({ words }) => words) ?? []).join(" "))).map((item) => [`#/${learner.folder}/${item.ref}`, `${item.ref} ${item.title}`, learner.name]),
    ...learner.claims.filter((claim) => holds(claim.reason, claim.exact)).map((claim) => [link(learner, claim), `Claim ${claim.number}, ${claim.evidence}: ${spoken(claim)}`, learner.name])]);
  const shown = found.slice(0, 200), count = `${found.length} found for “${words}”${found.length > shown.length ? "; the first 200 are shown" : ""}.`;
  return titled("Search", el("span", { role: "status" }, count), el("ul", { class: "pack-list" }, shown.map(([to, name, whose]) => el("li", {}, el("a", { href: to }, name), el("span", { class: "quiet" }, ` · ${whose}`)))));
}

const command = (words) => el("code", { class: "hash" }, words);

function checkPage() {
  const input = el("input", { type: "file", id: "pack", accept: ".zip" }), result = el("div", { class: "result", role: "status" });
  const drop = el("div", { class: "drop" }, el("label", { class: "label", for: "pack" }, "Drop the pack (the ZIP as you received it) here, or choose it"), input);
  const start = (file) => { if (file) checked(file, result); };
  input.addEventListener("change", () => start(input.files[0]));
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("is-over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); drop.classList.remove("is-over"); start(event.dataTransfer.files[0]); });
  return titled("Check this pack", "Every file in the ZIP is compared with the pack’s own list, byte by byte, and the event log is followed from its first line to its last. Nothing leaves this computer.", drop, result,
    el("h2", {}, "Check the records and the signature, too"),
    el("p", {}, "This page compares bytes. Whether the records say what the log says, and who signed, is checked by ", el("a", { href: "verify.py" }, "verify.py"), ", one file that lies beside this page. It needs Python 3.11 or later and no network:"),
    el("ul", { class: "pack-list" },
      el("li", {}, "of the ZIP as you received it: ", command("python3 verify.py PACK.zip --certificate SHA-256")),
      el("li", {}, "of the folder that this page lies in: ", command("python3 verify.py --certificate SHA-256"))),
    el("p", {}, "The SHA-256 is that of the centre’s certificate: ask the centre for it, not this pack. What could not be checked is said, and how it can be."),
    el("p", { class: "quiet" }, "A page or a program inside a pack can’t vouch for itself against somebody who rewrote the whole pack. If that is in doubt, use a verify.py that you had from elsewhere: the centre’s Markwell offers it under /exports/verify.py."));
}

async function checked(file, result) {
  const bar = el("progress", { max: "1", value: "0", "aria-label": "Read so far" });
  result.className = "result";
  result.replaceChildren(el("p", {}, `Reading ${file.name} …`), bar);
  const { files, events, faults } = await checkPack(file, (done, all) => { bar.value = done / all; });
  result.classList.add(faults.length ? "fails" : "holds");
  const words = faults.length
    ? [el("h2", {}, "✗ It does not hold"), el("ul", {}, faults.slice(0, 100).map(([where, what]) => el("li", {}, el("span", { class: "hash" }, where), ` ${what}`)))]
    : [el("h2", {}, "✓ It holds"), el("p", {}, `${files} files and ${events} events are exactly as the pack says (${bytes(file.size)}). The signature was not checked.`)];
  result.replaceChildren(...words);
}

/* What the address after # names: a title and the content under it. */
function pageAt(path) {
  const [first, second, third, fourth] = path.split("/").map(decodeURIComponent);
  if (first === "check") return checkPage();
  if (first === "search") return searchPage(second || "");
  const learner = whole(first);
  if (!learner) return learnersPage();
  const item = third === "point" ? undefined : learner.evidence.find(({ ref }) => ref === second);
  return item ? evidencePage(learner, item, Number(third)) : [...learnerPage(learner, second), third === "point" ? `${second}-${fourth}` : undefined];
}

function show(turned) {
  const path = location.hash.startsWith("#/") ? location.hash.slice(2) : "";
  document.getElementById("words").value = path.startsWith("search/") ? decodeURIComponent(path.slice(7)) : "";
  const [title, content, target] = pageAt(path);
  document.title = `${title}: audit pack of ${RECORD.centre.name}`;
  MAIN.replaceChildren(...content.flat(Infinity));
  for (const to of document.querySelectorAll(".mainnav a")) {
    const here = path === "check" ? "#/check" : path.startsWith("search") ? "" : "#/";
    if (to.getAttribute("href") === here) to.setAttribute("aria-current", "page"); else to.removeAttribute("aria-current");
  }
  for (const account of MAIN.querySelectorAll(".account")) spread(account);
  const place = document.getElementById(target) || MAIN.querySelector(".is-current");
  if (place) place.scrollIntoView({ block: target ? "start" : "center" }); else window.scrollTo(0, 0);
  if (turned) (target && place ? place : MAIN.querySelector("h1")).focus({ preventScroll: true });
}

document.getElementById("search").addEventListener("submit", (event) => {
  event.preventDefault();
  location.hash = `#/search/${encodeURIComponent(document.getElementById("words").value.trim())}`;
});
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); MAIN.focus(); });
window.addEventListener("hashchange", () => show(true));
show(false);
